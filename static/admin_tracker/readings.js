// How a date or a period is read, under it, while it is typed. The server reads it; without this file the reading stands
// there once the form is shown again.
{
  const PAUSE = 200;
  const waiting = new WeakMap();

  const ask = async (input, output) => {
    waiting.get(input)?.request?.abort();
    const request = new AbortController();
    waiting.set(input, { request });
    try {
      const address = `${input.dataset.reading}&text=${encodeURIComponent(input.value)}`;
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok || response.redirected) return;
      output.innerHTML = await response.text();
      output.classList.toggle("is-read", Boolean(output.textContent) && !output.querySelector(".is-unread"));
    } catch {
      // Overtaken by the next letter, or away from the network: it is read with the next letter, or on saving.
    }
  };

  document.addEventListener("input", (event) => {
    const input = event.target;
    const output = input.dataset?.reading && input.parentElement.querySelector(".reading");
    if (!output) return;
    clearTimeout(waiting.get(input)?.timer);
    waiting.set(input, { ...waiting.get(input), timer: setTimeout(() => ask(input, output), PAUSE) });
  });
}
