// Rows chosen by their checkbox: counted in the bar, told to the row.
export function watchSelection() {
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (box.matches("[data-all]")) {
      for (const each of box.closest("table").querySelectorAll("[data-row] input[type=checkbox]")) each.checked = box.checked;
    }
    if (box.closest("[data-rows]")) count();
  });
}

function count() {
  let chosen = 0;
  for (const row of document.querySelectorAll("[data-row]")) {
    const on = row.querySelector("input[type=checkbox]")?.checked ?? false;
    row.setAttribute("aria-selected", on);
    if (on) chosen += 1;
  }
  for (const bar of document.querySelectorAll("[data-bulk]")) {
    bar.hidden = chosen === 0;
    const number = bar.querySelector("[data-count]");
    if (number) number.textContent = chosen;
  }
}
