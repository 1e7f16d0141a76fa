// Files by dropping, Ctrl Enter to send, selects that send at once, no sending twice, the summary of mistakes in view.
export function watchForms() {
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("keydown", (event) => {
    const quick = (event.ctrlKey || event.metaKey) && event.key === "Enter" && !event.isComposing;
    if (quick && event.target.matches("[data-submit-keys]")) event.target.form?.requestSubmit();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-now]")) event.target.form?.requestSubmit();
    const name = event.target.closest("[data-drop]")?.querySelector("[data-name]");
    if (name && event.target.files?.[0]) name.textContent = event.target.files[0].name;
  });
  document.addEventListener("submit", onlyOnce);
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
  for (const type of ["dragover", "dragleave", "drop"]) document.addEventListener(type, drag);
}

function onlyOnce(event) {
  const form = event.target;
  if (form.method !== "post" || form.matches("[hx-post], [hx-put], [hx-delete]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "true";
}

function drag(event) {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.classList.toggle("over", event.type === "dragover");
  const input = zone.querySelector("input[type=file]");
  if (event.type !== "drop" || !event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
