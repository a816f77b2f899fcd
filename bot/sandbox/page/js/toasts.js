// Short notices in the corner, and the dialog that asks before an action.

import { icon } from "./icons.js";
import { plain, textObject } from "./mrkdwn.js";
import { dropToast, store, update } from "./store.js";
import { h } from "./vdom.js";

const note = ({ id, text, level }) =>
  h("div", { class: `toast toast-${level}`, key: id, role: level === "error" ? "alert" : "status" },
    icon(level === "info" ? "check" : "fault", 18),
    h("span", {}, text),
    h("button", { type: "button", class: "icon-button", "aria-label": "Dismiss", onclick: () => dropToast(id) }, icon("close", 14)));

export const toasts = () => h("div", { class: "toasts", key: "toasts" }, store.toasts.map(note));

const forget = () => update({ confirm: null });

function settle(go) {
  forget();
  go();
}

/** The confirmation dialog of an element, when one is asked for. */
export function confirmDialog() {
  if (!store.confirm) return null;
  const { facts, go } = store.confirm;
  const cancel = h("button", { type: "button", class: "button", onclick: forget }, plain(facts.deny) || "Cancel");
  const style = facts.style === "danger" ? "button-danger" : "button-primary";
  const yes = h("button", { type: "button", class: `button ${style}`, onclick: () => settle(go) }, plain(facts.confirm) || "Yes");
  const props = { key: "confirm", class: "confirm", role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" };
  const onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    forget();
  };
  return h("dialog", { ...props, onkeydown, onmount: (el) => el.showModal(), onunmount: (el) => el.close() },
    h("h2", { id: "confirm-title" }, plain(facts.title) || "Are you sure?"),
    h("div", { id: "confirm-text" }, textObject(facts.text)),
    h("footer", {}, cancel, yes));
}
