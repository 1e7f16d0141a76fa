// Runs before the first paint: the chosen theme must not flash.
(() => {
  const kept = (() => { try { return localStorage.getItem("theme") } catch { return null } })();
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
  document.documentElement.classList.add("scripted");
})();
