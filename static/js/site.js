// Marks the page as live when htmx is running; the style sheet then hides the Apply buttons that it makes needless.
// Everything works without this file.
if (window.htmx) {
  document.documentElement.classList.add("is-live");
}
