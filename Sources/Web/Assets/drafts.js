// What is typed into form[data-draft] stays in this browser until the server has it: sent, and answered by another
// page than an error or the same form with its mistakes. Beside it stands what the form held before, so that a field
// somebody else has changed since is left alone.
const prefix = "draft:";
const days = 14 * 24 * 3600 * 1000;

export function keepDrafts(root) {
  if (root === document) forgetSent();
  const forms = [...root.querySelectorAll("form[data-draft]")];
  if (root.matches?.("form[data-draft]")) forms.push(root);
  for (const form of forms) keep(form);
}

function keep(form) {
  const before = state(form);
  if (restore(form, before)) announce(form, before);
  form.addEventListener("input", () => save(form, before));
  form.addEventListener("submit", () => save(form, before, true));
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form || !event.detail.successful) return;
    drop(prefix + form.dataset.draft);
    form.reset();
  });
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

// Fields of one name, as radios and checks are, are told apart by where they stand.
function state(form) {
  return fields(form).map((field) => [field.name, field.value, field.checked ?? null]);
}

function save(form, before, sent = false) {
  try {
    localStorage.setItem(prefix + form.dataset.draft, JSON.stringify({ at: Date.now(), sent, before, values: state(form) }));
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
function restore(form, now) {
  const draft = read(prefix + form.dataset.draft);
  if (!draft || form.querySelector("[aria-invalid=true]")) return false;
  let isChanged = false;
  fields(form).forEach((field, place) => {
    const [typed, before] = [draft.values[place], draft.before[place]];
    if (!typed || typed[0] !== field.name || !same(before, now[place]) || same(typed, now[place])) return;
    if (field.type === "radio" || field.type === "checkbox") field.checked = typed[2];
    else field.value = typed[1];
    isChanged = true;
  });
  return isChanged;
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

// Says that what stands there was typed and not saved, and offers to let it go.
function announce(form, before) {
  const notice = document.getElementById("draft-notice")?.content.firstElementChild?.cloneNode(true);
  if (!notice) return;
  notice.querySelector("button").addEventListener("click", () => {
    drop(prefix + form.dataset.draft);
    fields(form).forEach((field, place) => {
      field.value = before[place][1];
      if (before[place][2] !== null) field.checked = before[place][2];
    });
    notice.remove();
  });
  form.prepend(notice);
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    const isWhole = draft && Array.isArray(draft.values) && Array.isArray(draft.before);
    return isWhole && Date.now() - draft.at < days ? draft : null;
  } catch {
    return null;
  }
}
