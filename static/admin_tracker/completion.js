// Long words that the form holds already, or the pasted text of the source, are offered while they are typed again. The
// arrow that goes on takes the word; nothing is ever put in by itself, and whoever types on sees no difference.
{
  const LEAST_TYPED = 3;
  const LEAST_LEFT = 2;
  const LONG_WORD = /[\p{L}\p{M}][\p{L}\p{M}’'-]{6,}/gu;
  const UNFINISHED = /[\p{L}\p{M}][\p{L}\p{M}’'-]*$/u;
  const FIELDS = ".change-form form textarea, .change-form form input[type=text]:not([data-reading])";
  const hint = Object.assign(document.createElement("span"), { className: "completion", hidden: true });
  hint.setAttribute("aria-hidden", "true");
  let words = new Map();
  let rest = "";

  // The last one of a beginning is the likeliest: options first, then the source, then what was typed.
  const collect = (field) => {
    const chosen = [...document.querySelectorAll(".change-form option:checked")].map((option) => option.text);
    const typed = [...document.querySelectorAll(FIELDS)].filter((each) => each !== field).map((each) => each.value);
    const article = document.querySelector(".article-text textarea")?.value ?? "";
    words = new Map();
    for (const text of [...chosen, article, ...typed]) learn(text);
  };
  const learn = (text) => {
    for (const word of text.match(LONG_WORD) ?? []) {
      words.delete(word.toLocaleLowerCase());
      words.set(word.toLocaleLowerCase(), word);
    }
  };
  const find = (begun) => {
    const start = begun.toLocaleLowerCase();
    const found = [...words.keys()].reverse().find((word) => word.startsWith(start) && word !== start);
    return found && found.length - start.length >= LEAST_LEFT ? words.get(found) : "";
  };
  const hide = () => {
    hint.hidden = true;
    rest = "";
  };
  const offer = (field) => {
    hide();
    const { selectionStart: end, selectionEnd, value } = field;
    const begun = value.slice(0, end).match(UNFINISHED)?.[0] ?? "";
    if (end !== selectionEnd || begun.length < LEAST_TYPED || /^[\p{L}\p{M}]/u.test(value.slice(end))) return;
    learn(value.slice(0, end - begun.length));
    const word = find(begun);
    if (!word) return;
    rest = word.slice(begun.length);
    const box = field.getBoundingClientRect();
    hint.textContent = `${isRightToLeft(field) ? "←" : "→"} ${begun}${rest}`;
    hint.hidden = false;
    document.body.append(hint);
    hint.style.insetBlockStart = `${box.bottom + window.scrollY}px`;
    hint.style.left = `${box.left + window.scrollX}px`;
  };
  const isRightToLeft = (field) => getComputedStyle(field).direction === "rtl";

  document.addEventListener("focusin", ({ target }) => {
    hide();
    if (target.matches?.(FIELDS)) collect(target);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("input", ({ target, isComposing }) => {
    if (!isComposing && target.matches?.(FIELDS)) offer(target);
  });
  document.addEventListener("keydown", (event) => {
    if (hint.hidden) return;
    const field = event.target;
    const forward = isRightToLeft(field) ? "ArrowLeft" : "ArrowRight";
    if (event.key === forward && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      field.setRangeText(rest, field.selectionStart, field.selectionEnd, "end");
      hide();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (event.key === "Escape") {
      hide();
    }
  });
}
