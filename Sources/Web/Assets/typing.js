// A Chinese input method sends its letters before the word is chosen: nobody hears of them until it is.
// And an answer to what stood in a field before must not replace what stands there now.
export function watchTyping() {
  document.addEventListener("input", (event) => {
    if (event.isComposing) event.stopImmediatePropagation();
  }, true);
  document.addEventListener("compositionend", (event) => {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const field = document.activeElement;
    if (!detail.target.contains(field) || field.type !== "search") return;
    const asked = new URL(detail.xhr.responseURL, location).searchParams.get(field.name) ?? "";
    if (asked.trim() !== field.value.trim()) detail.shouldSwap = false;
  });
}
