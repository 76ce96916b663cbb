// A list becomes rows, one for each of its points: from the text area below the rows, or pasted into one of them. The
// server takes the list apart; without this file the form is sent, and shown again with the rows.
"use strict";
{
  const rows = window.deskRows;

  const pointsOf = async (form, text) => {
    const body = new URLSearchParams({ text, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const response = await fetch(document.getElementById("row-words").dataset.points, { method: "POST", body });
    if (!response.ok || response.redirected) throw new Error(response.status);
    return (await response.json()).points;
  };

  // Returns the points for which there is no room.
  const make = (group, points) => {
    const free = rows.rowsOf(group).filter(rows.isBlank);
    const left = [...points];
    let first = null;
    while (left.length) {
      const row = free.shift() || rows.add(group);
      if (!row) break;
      if (rows.order(row)) rows.set(rows.order(row), rows.nextNumber(group));
      rows.set(rows.control(row, group.dataset.list), left.shift());
      rows.refresh(row);
      if (first && row.querySelector(".fold")) row.querySelector(".fold").open = false;
      first ??= row;
    }
    rows.count(group);
    if (first) rows.focusRow(first);
    rows.say("made", null, { number: points.length - left.length });
    return left;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.(".paste-list button");
    if (!button) return;
    event.preventDefault();
    const list = button.closest(".paste-list");
    const area = list.querySelector("textarea");
    let points;
    try {
      points = await pointsOf(button.form, area.value);
    } catch {
      // The form itself asks, and keeps what was typed wherever it gets stuck.
      const way = document.createElement("input");
      Object.assign(way, { type: "hidden", name: button.name, value: button.value });
      button.form.append(way);
      button.form.requestSubmit();
      return;
    }
    area.value = make(rows.groupOf(list), points).join("\n");
    list.open = Boolean(area.value);
  });

  const offer = (input, before, points) => {
    const box = document.getElementById("paste-offer").content.cloneNode(true).firstElementChild;
    const accept = box.querySelector("[data-do=make]");
    const after = input.value;
    accept.textContent = accept.textContent.replace("%(count)s", points.length);
    const close = () => {
      box.remove();
      input.removeEventListener("input", close);
    };
    accept.addEventListener("click", () => {
      close();
      if (input.value === after) rows.set(input, before);
      const group = rows.groupOf(input);
      if (before) return make(group, points);
      // The first point stays in the row into which the list was pasted.
      rows.set(input, points[0]);
      make(group, points.slice(1));
    });
    box.querySelector("[data-do=leave]").addEventListener("click", () => {
      close();
      input.focus();
    });
    input.addEventListener("input", close);
    input.closest(".flex-container, td").after(box);
  };

  document.addEventListener("paste", async (event) => {
    const input = event.target;
    const group = input.closest?.(".rows");
    if (!group?.dataset.list || !input.name?.endsWith(`-${group.dataset.list}`)) return;
    const text = event.clipboardData.getData("text");
    if (text.trim().split(/\r\n|\r|\n/).length < 2) return;
    const before = input.value;
    try {
      const points = await pointsOf(input.form, text);
      if (points.length > 1) offer(input, before, points);
    } catch {
      // Away from the network: what was pasted stands in the field, as ever.
    }
  });
}
