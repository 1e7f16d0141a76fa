// The pages work without any of this; each module adds one comfort.
import { mountCharts } from "./charts.js";
import { watchDialogs } from "./dialogs.js";
import { keepDrafts } from "./drafts.js";
import { watchForms } from "./forms.js";
import { watchNames } from "./hover-card.js";
import { watchKeys } from "./keys.js";
import { watchSearch } from "./palette.js";
import { watchSelection } from "./selection.js";
import { watchThemeChoice } from "./theme-choice.js";
import { watchToasts } from "./toast.js";
import { watchTyping } from "./typing.js";

watchTyping();
watchThemeChoice();
watchKeys();
watchSearch();
watchNames();
watchDialogs();
watchForms();
watchSelection();
watchToasts();

// Of more tabs than a phone is wide, the one that is open.
const showTab = (root) => {
  const tab = root.querySelector(".tabs [aria-current]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.offsetWidth) / 2;
};

const renew = (root) => {
  showTab(root);
  keepDrafts(root);
  mountCharts(root);
};
renew(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) renew(event.target);
});
