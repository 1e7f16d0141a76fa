// Search as you type, under the field on top: records and commands, chosen by arrows and Enter.
let field, finds, waiting, running;

export function watchSearch() {
  const form = document.querySelector("[data-palette]");
  if (!form) return;
  field = form.querySelector("input");
  finds = form.querySelector(".finds");
  field.addEventListener("input", soon);
  field.addEventListener("focus", soon);
  field.addEventListener("keydown", (event) => event.isComposing || steer(event));
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  // a press on a result must not take the focus away before it becomes a click
  finds.addEventListener("pointerdown", (event) => event.preventDefault());
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(find, 90);
}

async function find() {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  const address = new URL(field.form.dataset.palette, location.origin);
  address.searchParams.set("q", field.value.trim());
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok) return close();
    const text = await answer.text();
    if (signal.aborted || document.activeElement !== field) return;
    finds.innerHTML = text;
    field.setAttribute("aria-expanded", finds.childElementCount > 0);
    mark(field.value ? options()[0] : null);
  } catch {
    // aborted or offline: Enter still asks the server for the page of results
  }
}

function steer(event) {
  const all = options();
  const at = all.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    mark(all[(at + step + all.length) % all.length] ?? all[0]);
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault();
    all[at].click();
  } else if (event.key === "Escape") {
    event.preventDefault();
    if (finds.childElementCount) close();
    else field.blur();
  }
}

function options() {
  return [...finds.querySelectorAll("[role=option]")];
}

function mark(chosen) {
  for (const option of options()) option.setAttribute("aria-selected", option === chosen);
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
}

function close() {
  clearTimeout(waiting);
  running?.abort();
  finds.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}
