// A link with data-dialog opens the dialog of this id in place of the page it leads to; arrows move within a menu.
export function watchDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      opener.closest("[popover]")?.hidePopover();
      dialog.showModal();
    }
    if (event.target.closest("[data-print]")) {
      event.target.closest("[popover]")?.hidePopover();
      print();
    }
    // a click beside the dialog closes it
    if (event.target.matches("dialog.dialog")) event.target.close();
  });
  document.addEventListener("keydown", moveInMenu);
  document.addEventListener("toggle", (event) => {
    if (event.newState === "open" && event.target.matches(".menu")) choices(event.target)[0]?.focus();
  }, true);
}

function choices(menu) {
  return [...menu.querySelectorAll("a[href], button, input")];
}

function moveInMenu(event) {
  const menu = event.target.closest?.(".menu");
  if (!menu || event.target.matches("input") || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const all = choices(menu);
  const step = event.key === "ArrowDown" ? 1 : -1;
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
}
