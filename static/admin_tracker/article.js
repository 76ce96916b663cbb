// The text of the source, pasted beside the form: its paragraphs are then offered, by their first words, wherever a
// place in it is asked for. It is kept in this tab alone, and never sent.
{
  const LIST = "paragraphs-of-the-source";
  const FIRST_WORDS = 80;

  const offer = (text, word) => {
    const list = document.getElementById(LIST);
    const paragraphs = text.split(/\n+/).map((each) => each.trim()).filter(Boolean);
    list.replaceChildren(
      ...paragraphs.map((paragraph, place) => {
        const option = document.createElement("option");
        option.value = word.replace("%s", place + 1);
        option.label = `${place + 1}  ${paragraph.slice(0, FIRST_WORDS)}`;
        return option;
      }),
    );
    return paragraphs.length;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector(".article-text");
    if (!box) return;
    const area = box.querySelector("textarea");
    const key = `article ${location.pathname}`;
    const list = Object.assign(document.createElement("datalist"), { id: LIST });
    box.append(list);
    box.hidden = false;
    area.value = sessionStorage.getItem(key) ?? "";
    const follow = () => {
      sessionStorage.setItem(key, area.value);
      const number = offer(area.value, area.dataset.paragraph);
      box.querySelector("output").textContent = number ? area.dataset.found.replace("%s", number) : "";
    };
    area.addEventListener("input", follow);
    follow();
    document.addEventListener("focusin", ({ target }) => {
      if (target.dataset?.place) target.setAttribute("list", LIST);
    });
  });
}
