/* Menus of filters close when one goes elsewhere, and by Escape, which leads back to the menu. */
"use strict";
{
  const openMenu = () => document.querySelector(".filter-menu[open], .views-add details[open]");
  document.addEventListener("click", (event) => {
    const menu = openMenu();
    if (menu && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    const menu = openMenu();
    if (menu && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
