// The small card of a customer beside the name: after resting on it with a mouse, or by a long press.
const rest = 400;
const known = new Map();
let card, waiting, leaving, pressed;

export function watchNames() {
  card = document.createElement("div");
  card.popover = "manual";
  card.className = "peek-frame";
  document.body.append(card);
  document.addEventListener("pointerover", over);
  document.addEventListener("pointerout", out);
  document.addEventListener("pointerdown", press);
  for (const end of ["pointerup", "pointercancel", "scroll"]) document.addEventListener(end, () => clearTimeout(waiting), true);
  document.addEventListener("click", swallowAfterPress, true);
  document.addEventListener("contextmenu", (event) => pressed && event.preventDefault());
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}

function over(event) {
  if (event.pointerType !== "mouse") return;
  if (card.contains(event.target)) return clearTimeout(leaving);
  const name = event.target.closest?.("a[data-customer]");
  if (!name) return;
  clearTimeout(leaving);
  later(name);
}

function out(event) {
  if (event.pointerType !== "mouse") return;
  clearTimeout(waiting);
  clearTimeout(leaving);
  leaving = setTimeout(hide, 200);
}

function press(event) {
  pressed = false;
  if (event.pointerType === "mouse") return card.contains(event.target) ? undefined : hide();
  if (!card.contains(event.target)) hide();
  const name = event.target.closest?.("a[data-customer]");
  if (name) later(name, () => { pressed = true; });
}

// The click at the end of a long press opens nothing: the card is there.
function swallowAfterPress(event) {
  if (!pressed) return;
  pressed = false;
  event.preventDefault();
  event.stopPropagation();
}

function later(name, then) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    then?.();
    show(name);
  }, rest);
}

async function show(name) {
  const id = name.dataset.customer;
  if (!known.has(id)) known.set(id, await fragment(id));
  const text = known.get(id);
  if (!text) return known.delete(id);
  if (!name.isConnected) return;
  card.innerHTML = text;
  card.showPopover();
  place(name.getBoundingClientRect());
}

async function fragment(id) {
  try {
    const answer = await fetch(`/customers/${encodeURIComponent(id)}/peek`, { headers: { "HX-Request": "true" } });
    return answer.ok ? await answer.text() : "";
  } catch {
    return "";
  }
}

function place(name) {
  const { width, height } = card.getBoundingClientRect();
  const below = name.bottom + 6 + height <= innerHeight;
  card.style.insetBlockStart = `${Math.max(8, below ? name.bottom + 6 : name.top - height - 6)}px`;
  card.style.insetInlineStart = `${Math.max(8, Math.min(name.left, innerWidth - width - 8))}px`;
}

function hide() {
  clearTimeout(waiting);
  if (card.matches(":popover-open")) card.hidePopover();
}
