// Toasts leave by themselves unless somebody is reading; a failed request says so in one.
const time = 8000;
let shelf;

export function watchToasts() {
  shelf = document.getElementById("toasts");
  if (!shelf) return;
  for (const toast of shelf.children) settle(toast);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.matches?.(".toast")) settle(node);
  }).observe(shelf, { childList: true });
  shelf.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest(".toast")?.remove();
  });
  document.addEventListener("htmx:sendError", () => say(shelf.dataset.offline));
  document.addEventListener("htmx:responseError", () => say(shelf.dataset.failed));
}

function settle(toast) {
  if ("keep" in toast.dataset) return;
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), time); };
  const stop = () => clearTimeout(timer);
  for (const enter of ["pointerenter", "focusin"]) toast.addEventListener(enter, stop);
  for (const leave of ["pointerleave", "focusout"]) toast.addEventListener(leave, start);
  start();
}

function say(text) {
  if (!text) return;
  const toast = document.createElement("div");
  toast.className = "toast bad";
  const words = document.createElement("p");
  words.textContent = text;
  toast.append(words);
  shelf.append(toast);
}
