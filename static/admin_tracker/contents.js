// A long form: its contents show where one is, and a link into it opens the row that it leads to and sets the focus there.
"use strict";
{
  const open = (node) => {
    for (let each = node.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  };

  // An input behind a list with a search is not the element that takes the focus.
  const focus = (target) => {
    const chosen = target.matches(".select2-hidden-accessible") && target.parentElement.querySelector(".select2-selection");
    const first = target.matches("input, select, textarea") ? target : target.querySelector("summary, input:not([type=hidden]), select, textarea");
    (chosen || first || target).focus({ preventScroll: true });
    (target.matches("input, select, textarea") ? first.parentElement : target).scrollIntoView({ block: "start" });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".error-summary a, .form-contents a");
    const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    event.preventDefault();
    open(target);
    focus(target);
  });

  const follow = (links) => {
    const seen = new Map();
    const watcher = new IntersectionObserver((entries) => {
      for (const entry of entries) seen.set(entry.target, entry.isIntersecting);
      const current = [...seen].find(([, isSeen]) => isSeen)?.[0];
      if (!current) return;
      for (const [target, link] of links) link.toggleAttribute("aria-current", target === current);
    }, { rootMargin: "-80px 0px -50% 0px" });
    for (const target of links.keys()) {
      seen.set(target, false);
      watcher.observe(target);
    }
  };

  const unfoldOnPaper = () => {
    const closed = () => [...document.querySelectorAll(".fold:not([open])")];
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = closed();
      for (const each of opened) each.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const each of opened) each.open = false;
    });
  };

  window.addEventListener("load", () => {
    document.querySelector(".error-summary")?.focus();
    const links = [...document.querySelectorAll(".form-contents a")];
    follow(new Map(links.map((link) => [document.getElementById(link.hash.slice(1)), link]).filter(([target]) => target)));
    unfoldOnPaper();
  });
}
