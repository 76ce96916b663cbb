// Live filters, a nicety on top of htmx; everything works without this file. What somebody types in is never replaced:
// the list is, and the facets with their counts; what a field is told stands in a place of its own beside it.
if (window.htmx) {
  document.documentElement.classList.add("is-live");

  // Who stops for longer than this has come to an end: what comes then is a step of its own in the browser's history.
  const PAUSE = 1000;
  let typedAt = 0; // when the last letter was typed
  let typing = 0; // a number for each time that somebody types without such a pause
  let pushed = -1; // the one whose list stands in the history already
  let asked = null; // the query that was asked for last

  const form = () => document.getElementById("filter-form");

  document.addEventListener("input", (event) => {
    if (!event.target.closest("#filter-form [type=search]")) return;
    const now = performance.now();
    if (now - typedAt > PAUSE) typing += 1;
    typedAt = now;
  });

  // Addresses name what is chosen and nothing that is empty.
  const chosen = (data) => [...data].filter(([, value]) => value.trim() !== "");
  const query = (pairs) => new URLSearchParams(pairs).toString();

  // The same list is not asked for twice. This comes before what is under way is given up for what is new.
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.elt !== form()) return;
    const wanted = query(chosen(new FormData(form())));
    if (wanted === (asked ?? query(chosen(new URLSearchParams(location.search))))) event.preventDefault();
    else asked = wanted;
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== form()) return;
    const { formData, triggeringEvent } = event.detail;
    const pairs = chosen(formData);
    for (const name of [...formData.keys()]) formData.delete(name);
    for (const [name, value] of pairs) formData.append(name, value);
    form().dataset.typing = triggeringEvent?.target?.type === "search" ? typing : -1;
  });

  document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
    const { history, requestConfig } = event.detail;
    if (requestConfig?.elt !== form()) return;
    const own = Number(form().dataset.typing);
    const isPresent = history.path === location.pathname + location.search;
    if (isPresent || (own >= 0 && own === pushed)) history.type = "replace";
    pushed = own;
  });

  // Folds stay as the reader had them.
  let folds = new Map();
  document.addEventListener("htmx:beforeSwap", () => {
    folds = new Map([...document.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]));
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const [id, open] of folds) {
      const fold = document.getElementById(id);
      if (fold) fold.open = open;
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.elt !== form()) return;
    for (const input of form().querySelectorAll("[data-told]")) {
      const told = document.getElementById(input.dataset.told);
      if (told?.textContent.trim()) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    // A region that was there before is read out; one that comes with its text may not be.
    const count = document.getElementById("results-count");
    document.getElementById("results-said").textContent = count ? count.textContent.trim() : "";
  });

  // What cannot be answered is shown as the page that says so.
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.requestConfig?.elt === form()) location.assign(event.detail.pathInfo.finalRequestPath);
  });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:historyRestore", "htmx:sendAbort"]) {
    document.addEventListener(name, () => {
      asked = name === "htmx:sendAbort" ? asked : null;
    });
  }
  window.addEventListener("popstate", () => {
    asked = null;
    pushed = -1;
  });
}

// A citation is text that can be selected; where the browser can copy it, a button does.
if (navigator.clipboard) {
  const offer = () => {
    for (const text of document.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet cite-copy";
      button.textContent = text.dataset.label;
      button.setAttribute("aria-label", text.dataset.copy);
      button.addEventListener("click", async () => {
        const section = text.closest("[data-copied]");
        const said = section.querySelector("[data-said]");
        said.textContent = "";
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = section.dataset.copied;
        button.textContent = section.dataset.copied;
        setTimeout(() => (button.textContent = text.dataset.label), 3000);
      });
      text.before(button);
      text.removeAttribute("data-copy");
    }
  };
  offer();
  document.addEventListener("htmx:afterSwap", offer);
}
