// Light, dark or as the system: kept in this browser, told to whoever draws (charts).
const root = document.documentElement;

export function watchThemeChoice() {
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-theme-choice]")?.dataset.themeChoice;
    if (choice) choose(choice);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", announce);
  mark();
}

function choose(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // not kept, but shown
  }
  mark();
  announce();
}

function mark() {
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", button.dataset.themeChoice === (root.dataset.theme ?? "auto"));
  }
}

function announce() {
  document.dispatchEvent(new Event("themechange"));
}
