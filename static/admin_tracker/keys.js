// Keys of the desk. Each page says beside its links and fields which key leads there (data-key); letters alone count only
// outside fields, and can be switched off (WCAG 2.2, 2.1.4). Everything can be reached without them too.
"use strict";
{
  const OFF = "desk-letters-off";
  const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), select, textarea, [contenteditable], .select2-container";
  // What Django's own templates draw.
  const KNOWN = { "/": "#desk-q, #searchbar", n: ".object-tools .addlink" };
  const PAUSE = 1500;
  let first = "";
  let at = 0;

  const dialog = () => document.getElementById("keys");
  const isOff = () => localStorage.getItem(OFF) === "1";

  const press = (name) => {
    const form = document.querySelector(".change-form #content-main form[method=post]:has([name=_opened]), #meanwhile_form");
    const button = form?.querySelector(`.submit-row [name="${name}"]`);
    if (button) form.requestSubmit(button);
    return Boolean(button);
  };

  const go = (key) => {
    const target = document.querySelector(KNOWN[key] ?? `[data-key="${key}"]`);
    if (!target) return false;
    if (target.matches("a")) target.click();
    else target.focus();
    return true;
  };

  const step = (by) => {
    const rows = [...document.querySelectorAll("#result_list tbody tr")];
    if (!rows.length) return false;
    const now = rows.indexOf(document.activeElement.closest?.("tr"));
    const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
    next.querySelector("th a, td a")?.focus();
    return true;
  };
  const select = () => {
    const box = document.activeElement.closest?.("#result_list tr")?.querySelector(".action-select");
    box?.click();
    return Boolean(box);
  };

  const letter = (key) => {
    const both = Date.now() - at < PAUSE ? `${first} ${key}` : key;
    [first, at] = [key, Date.now()];
    if (both !== key && go(both)) return true;
    if (key === "?") {
      dialog().showModal();
      return true;
    }
    return { j: () => step(1), k: () => step(-1), x: select }[key]?.() || go(key);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    let isDone = false;
    if (isCommand && event.key.toLowerCase() === "s") isDone = press("_save");
    else if (isCommand && event.key === "Enter") isDone = press("_continue");
    else if (!isCommand && !event.altKey && event.key.length === 1 && !event.target.closest(`${FIELDS}, dialog`) && !isOff()) {
      isDone = letter(event.key);
    }
    if (isDone) event.preventDefault();
  });

  // What opens is shown, and the words that it asks for first are not read as keys.
  document.addEventListener(
    "toggle",
    ({ target: panel }) => {
      if (!panel.open || !panel.matches(".step, .views-add details")) return;
      if (document.activeElement !== panel.querySelector("summary")) return;
      const bar = panel.closest(".steps");
      if (bar?.getBoundingClientRect().top < 0) bar.scrollIntoView();
      const asked = panel.querySelector("input:not([type=hidden]), textarea, select, button");
      if (asked?.matches("[type=text], textarea")) asked.focus();
    },
    true,
  );

  window.addEventListener("load", () => {
    const letters = dialog()?.querySelector("[name=_letters]");
    if (!letters) return;
    letters.checked = !isOff();
    letters.addEventListener("change", () => localStorage.setItem(OFF, letters.checked ? "0" : "1"));
    const opener = document.getElementById("keys-opener");
    opener.hidden = false;
    opener.addEventListener("click", () => dialog().showModal());
  });
}
