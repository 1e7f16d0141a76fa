// Runs before the first paint: the chosen theme must not flash.
{
  let kept = null;
  try {
    kept = localStorage.getItem("theme");
  } catch {
    // storage is closed to us: the system's theme it is
  }
  const root = document.documentElement;
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;
  root.classList.add("scripted");
}
