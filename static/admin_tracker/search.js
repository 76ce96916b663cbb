/* "/" leads to the search over all lists, from anywhere but a field. */
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("desk-q");
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping || !field) {
    return;
  }
  event.preventDefault();
  field.focus();
  field.select();
});
