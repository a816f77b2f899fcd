// The drawer on the right: one tool of the sandbox at a time.

import { icon } from "./icons.js";
import { store, update } from "./store.js";
import { h } from "./vdom.js";

export const togglePanel = (name) => update({ panel: store.panel === name ? null : name });

const onEscape = (event) => event.key === "Escape" && !store.popup && update({ panel: null });

/** The frame of a tool: title, what it is for, body. */
export function panel(name, title, lead, ...body) {
  const close = { type: "button", class: "icon-button", "aria-label": `Close ${title}`, onclick: () => update({ panel: null }) };
  const head = h("header", { class: "panel-head" }, h("div", {}, h("h2", {}, title), lead ? h("p", {}, lead) : null), h("button", close, icon("close")));
  return h("aside", { class: `panel panel-${name}`, key: name, "aria-label": title, onkeydown: onEscape }, head, h("div", { class: "panel-body" }, body));
}
