/* Asks before a page is left on which something was typed that is not saved. */
"use strict";
window.addEventListener("load", () => {
  const form = document.querySelector(".change-form form[method=post]:has([name=_opened]), #meanwhile_form");
  if (!form) return;
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  const atFirst = form.querySelector("[name=_opened]").dataset.unsaved ? "" : typed();
  let isSent = false;
  form.addEventListener("submit", () => { isSent = true; });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && typed() !== atFirst) event.preventDefault();
  });
});
