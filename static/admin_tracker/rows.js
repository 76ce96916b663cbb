// Rows of a form: a new one gets the focus; each can be copied, moved and removed, by keyboard too, and its line says what
// its inputs hold. Django's own script adds and removes them; without this file rows are added by sending the form.
"use strict";
{
  const $ = (found) => window.django.jQuery(found);
  const ROW = "tr.form-row:not(.empty-form), .inline-related[id]:not(.empty-form)";
  const SIDES = ">";
  let words;
  let made = null;
  let isQuiet = false;

  const groupOf = (node) => node.closest(".rows");
  const rowOf = (node) => groupOf(node) && node.closest(ROW);
  const rowsOf = (group) => [...group.querySelectorAll(ROW)];
  const place = (row) => Number(row.id.slice(row.id.lastIndexOf("-") + 1));
  const control = (row, name) => row.querySelector(`[name="${row.id}-${name}"]`);
  const order = (row) => groupOf(row).dataset.order && control(row, groupOf(row).dataset.order);
  const controls = (row) => [...row.querySelectorAll("input, select, textarea")].filter((each) => each.name);
  const texts = (row) => controls(row).filter((each) => each.matches("textarea, input:not([type=hidden], [type=checkbox])"));
  const isNew = (row) => !row.classList.contains("has_original");
  const isBlank = (row) => isNew(row) && texts(row).every((each) => each.value === each.defaultValue);
  const label = (row) => row.querySelector(".row-label")?.textContent.trim() || "";

  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_whole, name) => values[name]);
  const say = (key, row, values = {}) => {
    const number = row ? rowsOf(groupOf(row)).indexOf(row) + 1 : 0;
    words.textContent = fill(words.dataset[key], { number, row: row ? label(row) : "", ...values });
  };
  const changed = (input) => {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    $(input).trigger("change");
  };
  const set = (input, value) => {
    if (!input || input.value === String(value)) return;
    input.value = value;
    changed(input);
  };

  const focusFirst = (row) => {
    const first = controls(row).find((each) => each.type !== "hidden" && !each.closest(".hidden"));
    if (!first) return;
    const chosen = first.matches(".select2-hidden-accessible") && row.querySelector(".select2-selection");
    (chosen || first).focus();
  };
  const focusRow = (row) => (row.querySelector("summary") || controls(row).find((each) => each.type !== "hidden"))?.focus();

  const count = (group) => {
    const rows = rowsOf(group);
    rows.forEach((row, number) => {
      const shown = row.querySelector("[data-number]");
      if (shown) shown.textContent = number + 1;
    });
    const total = rows.filter((row) => !isBlank(row) && !control(row, "DELETE")?.checked).length || "";
    for (const each of document.querySelectorAll(`[data-count-of="${group.dataset.prefix}"]`)) each.textContent = total;
    const own = group.querySelector("[data-count]");
    if (own) own.textContent = total;
  };

  // What the line of a folded row says of one cell.
  const wordsOf = (row, name) => {
    const input = control(row, name);
    if (!input || input.type === "hidden") return "";
    if (input.type === "checkbox") return input.checked ? row.querySelector(`label[for="${input.id}"]`).textContent : "";
    if (input.matches("select")) return [...input.selectedOptions].filter((each) => each.value).map((each) => each.text).join(", ");
    return input.value.trim().replace(/\s+/g, " ");
  };
  const together = (row, names) => names.split("+").map((name) => wordsOf(row, name)).filter(Boolean).join(" ");
  const sideBySide = (row, cell) => {
    const sides = cell.dataset.of.split(SIDES).map((side) =>
      side.trim().split(" ").map((each) => together(row, each)).filter(Boolean).join(" · "));
    const [old, to] = sides;
    if (!to) return old;
    return old === to ? fill(words.dataset.mutual, { sides: old }) : fill(words.dataset.arrow, { old, new: to });
  };
  const refresh = (row) => {
    for (const cell of row.querySelectorAll("summary [data-of]")) {
      const target = cell.querySelector(".row-label") || cell;
      const said = sideBySide(row, cell) || (target === cell ? "" : "–");
      if (target.textContent.trim() !== said) target.textContent = said;
    }
  };

  const addTools = (row) => {
    const tools = row.querySelector(".fold-tools");
    const model = document.getElementById("row-tools");
    if (!tools || !model || tools.querySelector("[data-do]")) return;
    tools.prepend(model.content.cloneNode(true));
    if (!order(row)) tools.querySelectorAll("[data-do^=move]").forEach((each) => each.remove());
    if (!groupOf(row).querySelector(".empty-form")) tools.querySelector("[data-do=copy]").remove();
    const remove = row.querySelector(".inline-deletelink");
    if (remove) {
      remove.classList.add("button", "small");
      tools.append(remove);
    }
  };

  const addLink = (group) => group.querySelector(".add-row a.addlink");
  const canAdd = (group) => addLink(group) && addLink(group).parentElement.style.display !== "none";
  const add = (group) => {
    if (!canAdd(group)) {
      say("full");
      return null;
    }
    made = null;
    isQuiet = true;
    addLink(group).click();
    isQuiet = false;
    return made;
  };

  const number = (group) => {
    const rows = rowsOf(group).filter((row) => order(row) && !isBlank(row));
    const numbers = rows.map((row) => Number(order(row).value) || 0);
    const sorted = [...numbers].sort((one, other) => one - other);
    const areTold = new Set(numbers).size === numbers.length;
    rows.forEach((row, at) => set(order(row), areTold ? sorted[at] : at + 1));
  };
  const nextNumber = (group) => Math.max(0, ...rowsOf(group).map((row) => Number(order(row)?.value) || 0)) + 1;

  const whole = (row) => {
    const before = row.previousElementSibling;
    return before?.matches(".row-form-errors") ? [before, row] : [row];
  };
  // The other row moves, so that the focus stays where it is.
  const move = (row, step) => {
    const rows = rowsOf(groupOf(row));
    const other = rows[rows.indexOf(row) + step];
    if (!other) return say("end", row);
    if (step < 0) row.after(...whole(other));
    else whole(row)[0].before(...whole(other));
    number(groupOf(row));
    count(groupOf(row));
    say("moved", row);
  };

  const copyInto = (input, from) => {
    if (input.matches("select")) {
      for (const option of from.selectedOptions) {
        if (![...input.options].some((each) => each.value === option.value)) input.add(option.cloneNode(true));
      }
      const values = [...from.selectedOptions].map((each) => each.value);
      for (const option of input.options) option.selected = values.includes(option.value);
    } else if (input.type === "checkbox") {
      input.checked = from.type === "checkbox" ? from.checked : from.value === "True";
    } else {
      input.value = from.value;
    }
    changed(input);
  };
  const copy = (row) => {
    const group = groupOf(row);
    const other = add(group);
    if (!other) return;
    for (const input of controls(other)) {
      const name = input.name.slice(other.id.length + 1);
      const from = control(row, name);
      if (from && input.type !== "hidden" && name !== "DELETE" && name !== group.dataset.order) copyInto(input, from);
    }
    if (order(row)) {
      row.after(other);
      set(order(other), nextNumber(group));
      number(group);
    }
    refresh(other);
    count(group);
    focusFirst(other);
    say("copied", other);
  };

  const inOrder = (group, rows) => rows.forEach((row) => group.querySelector(".empty-form").before(...whole(row)));

  const start = (group) => {
    const rows = rowsOf(group);
    if (group.dataset.order) {
      // A form that is shown again has its rows as they were entered, not as they were moved.
      const key = (row) => (isBlank(row) ? Infinity : Number(order(row)?.value) || 0);
      const sorted = [...rows].sort((one, other) => key(one) - key(other));
      if (group.querySelector(".empty-form") && sorted.some((row, at) => row !== rows[at])) inOrder(group, sorted);
    }
    rows.filter((row) => row.matches("tr") || row.querySelector("details[open]")).forEach(addTools);
    if (rows.length > 1 && group.querySelector(".fold")) {
      group.querySelector("[data-tools]").append(document.getElementById("group-tools").content.cloneNode(true));
    }
    count(group);
  };

  const TOOLS = {
    copy,
    "move-up": (row) => move(row, -1),
    "move-down": (row) => move(row, 1),
  };

  document.addEventListener("click", (event) => {
    const tool = event.target.closest?.("[data-do]");
    if (!tool || !groupOf(tool)) return;
    if (tool.dataset.do in TOOLS) return TOOLS[tool.dataset.do](rowOf(tool));
    const isOpen = tool.dataset.do === "unfold";
    for (const fold of groupOf(tool).querySelectorAll(".inline-related:not(.empty-form) > .fold")) fold.open = isOpen;
  });

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.(ROW);
    if (!row || !groupOf(row)) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && step && order(row) && !event.target.matches("select, .select2-selection")) move(row, step);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") copy(row);
    else return;
    event.preventDefault();
  });

  document.addEventListener("formset:added", (event) => {
    const row = event.target;
    if (!groupOf(row)) return;
    for (const each of row.querySelectorAll("[aria-describedby*=__prefix__], [data-select2-id*=__prefix__]")) {
      each.setAttribute("aria-describedby", each.getAttribute("aria-describedby")?.replaceAll("__prefix__", place(row)) || "");
    }
    made = row;
    addTools(row);
    count(groupOf(row));
    if (isQuiet) return;
    say("added", row);
    queueMicrotask(() => focusFirst(row));
  });

  // Django numbers the rows that are left as they stand on the page: while it does so they stand as they were entered.
  document.addEventListener("formset:removed", (event) => {
    const group = document.getElementById(`${event.detail.formsetName}-group`);
    if (!group?.matches(".rows")) return;
    const shown = rowsOf(group);
    inOrder(group, [...shown].sort((one, other) => place(one) - place(other)));
    queueMicrotask(() => {
      inOrder(group, shown);
      count(group);
      if (shown.length) focusRow(shown.at(-1));
      else addLink(group)?.focus();
      say("removed");
    });
  });

  const notice = (event) => {
    const row = event.target.closest?.(ROW);
    const group = row && groupOf(row);
    if (!group || event.target.closest(".paste-list")) return;
    const own = order(row);
    const isUnnumbered = own && own !== event.target && isNew(row) && own.value === own.defaultValue;
    if (isUnnumbered && !isBlank(row) && nextNumber(group) > 1) own.value = nextNumber(group);
    refresh(row);
    count(group);
  };
  document.addEventListener("input", notice);
  document.addEventListener("toggle", (event) => {
    const row = event.target.matches?.(".fold[open]") && event.target.closest(ROW);
    if (row) addTools(row);
  }, true);

  // After Django's script, which makes the links with which rows are added and removed.
  window.addEventListener("load", () => window.django.jQuery(() => {
    words = document.getElementById("row-words");
    if (!words) return;
    document.querySelectorAll(".rows").forEach(start);
    // A choice in a list with a search is told by jQuery alone.
    $(document).on("change", ".rows select", notice);
  }));

  window.deskRows = { add, control, count, focusRow, groupOf, isBlank, nextNumber, order, place, refresh, rowsOf, say, set };
}
