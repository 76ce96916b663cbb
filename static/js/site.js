// Live filters, a nicety on top of htmx: hides the Apply buttons that it makes needless, and leaves the folds
// of the page as the reader had them when a list is replaced. Everything works without this file.
if (window.htmx) {
  document.documentElement.classList.add("is-live");

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
}
