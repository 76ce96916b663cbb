// Lists with a search say what they are for: their boxes stand in the place of the inputs that the labels name.
"use strict";
{
  const name = (root) => {
    for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
      const box = select.nextElementSibling;
      if (!label || !box?.matches(".select2-container")) continue;
      label.id ||= `${select.id}_label`;
      const selection = box.querySelector(".select2-selection");
      const chosen = box.querySelector(".select2-selection__rendered");
      if (chosen.id) selection.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
      else selection.setAttribute("aria-labelledby", label.id);
      if (chosen.getAttribute("role") === "textbox") chosen.setAttribute("aria-labelledby", label.id);
      box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id);
      const described = select.getAttribute("aria-describedby");
      if (described) selection.setAttribute("aria-describedby", described);
    }
  };
  // After the lists were made, which is done where all scripts are ready.
  window.addEventListener("load", () => window.django?.jQuery(() => name(document)));
  document.addEventListener("formset:added", (event) => queueMicrotask(() => name(event.target)));
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details[open]")) name(event.target);
  }, true);
}
