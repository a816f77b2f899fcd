// Short notices in the corner, and the dialog that asks before an action.

import { button, iconButton } from "./controls.js";
import { icon } from "./icons.js";
import { plain, textObject } from "./mrkdwn.js";
import { dropToast, store, update } from "./store.js";
import { h } from "./vdom.js";

const note = ({ id, text, level }) =>
  h("div", { class: `toast toast-${level}`, key: id, role: level === "error" ? "alert" : "status" },
    icon(level === "info" ? "check" : "fault", 18),
    h("span", {}, text),
    iconButton("Dismiss", "close", () => dropToast(id), { size: 14 }));

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
  const cancel = button(plain(facts.deny) || "Cancel", forget);
  const style = facts.style === "danger" ? "button-danger" : "button-primary";
  const yes = button(plain(facts.confirm) || "Yes", () => settle(go), { class: `button ${style}` });
  const names = { "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" };
  const props = { key: "confirm", class: "confirm", role: "alertdialog", ...names };
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
