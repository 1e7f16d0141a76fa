// What is typed into form[data-draft] stays in this browser until the server has it: sent, and answered by another
// page than an error or the same form with its mistakes.
const prefix = "draft:";
const days = 14 * 24 * 3600 * 1000;

export function keepDrafts(root) {
  if (root === document) forgetSent();
  const forms = [...root.querySelectorAll("form[data-draft]")];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) {
    restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("submit", () => save(form, true));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.target !== form || !event.detail.successful) return;
      drop(prefix + form.dataset.draft);
      form.reset();
    });
  }
}

function forgetSent() {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  if (!arrived || document.querySelector(".oops, form[data-draft] [aria-invalid=true]")) return;
  for (const key of kept()) if (read(key)?.sent) drop(key);
}

function kept() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function fields(form) {
  return [...form.elements].filter((field) =>
    field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type));
}

function save(form, sent = false) {
  const values = fields(form).map((field) => [field.name, field.value, field.checked ?? null]);
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ at: Date.now(), sent, values }));
  } catch {
    // full or closed: the form still works
  }
}

function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

// What the server sent back with a message is newer than the draft and stays.
function restore(form) {
  const draft = read(prefix + form.dataset.draft);
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  const all = fields(form);
  for (const [name, value, checked] of draft.values) {
    for (const field of all.filter((field) => field.name === name)) fill(field, value, checked);
  }
}

function fill(field, value, checked) {
  if (field.type === "radio" || field.type === "checkbox") {
    if (field.value === value) field.checked = checked;
  } else if (field.tagName === "SELECT") {
    if ([...field.options].some((option) => option.value === value)) field.value = value;
  } else if (field.value === "") {
    field.value = value;
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < days && Array.isArray(draft.values) ? draft : null;
  } catch {
    return null;
  }
}
