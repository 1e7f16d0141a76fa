// What is typed into form[data-draft] stays in this browser until the server says it has it (data-draft-done).
const prefix = "draft:";
const days = 14 * 24 * 3600 * 1000;

export function keepDrafts(root) {
  forgetDone(root);
  const forms = [...root.querySelectorAll("form[data-draft]")];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) {
    restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("htmx:afterRequest", (event) => {
      if (event.target !== form || !event.detail.successful) return;
      drop(form.dataset.draft);
      form.reset();
    });
  }
}

function forgetDone(root) {
  for (const done of root.querySelectorAll("[data-draft-done]")) drop(done.dataset.draftDone);
  if (root.dataset?.draftDone) drop(root.dataset.draftDone);
}

function fields(form) {
  return [...form.elements].filter((field) =>
    field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type));
}

function save(form) {
  const values = fields(form).map((field) => [field.name, field.value, field.checked ?? null]);
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // full or closed: the form still works
  }
}

function drop(key) {
  try {
    localStorage.removeItem(prefix + key);
  } catch {
    // nothing was kept
  }
}

// What the server sent back with a message is newer than the draft and stays.
function restore(form) {
  const draft = read(form.dataset.draft);
  if (!draft || form.querySelector("[aria-invalid=true]")) return;
  const all = fields(form);
  for (const [name, value, checked] of draft.values) {
    for (const field of all.filter((field) => field.name === name)) {
      if (field.type === "radio" || field.type === "checkbox") {
        if (field.value === value) field.checked = checked;
      } else if (field.value === "" || field.tagName === "SELECT") {
        field.value = value;
      }
    }
  }
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(prefix + key));
    return draft && Date.now() - draft.at < days && Array.isArray(draft.values) ? draft : null;
  } catch {
    return null;
  }
}
