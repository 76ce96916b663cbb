// The next dates of what recurs, shown while its rule is typed. The server reads the rule; without this file the dates
// stand there once the form is saved.
{
  const PAUSE = 300;
  const READ = ["recurrence", "due", "meeting", "agreement"];

  const follow = (output) => {
    const form = output.closest("form");
    let timer;
    let request = new AbortController();

    const ask = async () => {
      request.abort();
      request = new AbortController();
      const query = new URLSearchParams(READ.map((name) => [name, form.elements[name]?.value ?? ""]));
      try {
        const response = await fetch(`${output.dataset.address}?${query}`, { signal: request.signal });
        if (response.ok && !response.redirected) output.textContent = await response.text();
      } catch {
        // Overtaken by the next letter, or away from the network: the dates come with the next letter, or on saving.
      }
    };
    const notice = (event) => {
      if (READ.includes(event.target.name)) {
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
      }
    };
    form.addEventListener("input", notice);
    // A choice in a list with a search is told by jQuery alone.
    window.django.jQuery(form).on("change", notice);
  };

  document.addEventListener("DOMContentLoaded", () => {
    for (const output of document.querySelectorAll("form .next-dates")) follow(output);
  });
}
