// One-letter keys, as long as nobody is typing. What they do is written in the page: data-key, data-go, data-row.
const editable = "input, textarea, select, [contenteditable]";
let goUntil = 0;

export function watchKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return take(event, toSearch);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(editable) || document.querySelector("dialog[open]")) return;
    const act = action(event.key, event.target);
    if (act) take(event, act);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys-help]")) showHelp();
  });
}

function take(event, act) {
  event.preventDefault();
  act();
}

function action(key, target) {
  if (Date.now() < goUntil) {
    goUntil = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    return link && (() => link.click());
  }
  switch (key) {
    case "/": return toSearch;
    case "?": return showHelp;
    case "g": return () => { goUntil = Date.now() + 1200; };
    case "j": return () => move(1);
    case "k": return () => move(-1);
    case "x": return press("[data-row]:focus input[type=checkbox]");
    case "Enter": return target.matches("[data-row]") ? press("[data-row]:focus a[href]") : null;
    default: return /^[a-z]$/.test(key) ? press(`[data-key="${key}"]`) : null;
  }
}

function press(selector) {
  const found = document.querySelector(selector);
  return found && (() => found.click());
}

function move(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

function toSearch() {
  const field = document.getElementById("finder");
  field?.focus();
  field?.select();
}

function showHelp() {
  document.getElementById("keys")?.showModal();
}
