// The drawer on the right: one tool of the sandbox at a time.

import { iconButton } from "./controls.js";
import { store, update } from "./store.js";
import { h } from "./vdom.js";

export const togglePanel = (name) => update({ panel: store.panel === name ? null : name });

const onEscape = (event) => event.key === "Escape" && !store.popup && update({ panel: null });

/** The frame of a tool: title, what it is for, body. */
export function panel(name, title, lead, ...body) {
  const close = iconButton(`Close ${title}`, "close", () => update({ panel: null }));
  const words = h("div", {}, h("h2", {}, title), h("p", {}, lead));
  const props = { class: `panel panel-${name}`, key: name, "aria-label": title, onkeydown: onEscape };
  return h("aside", props, h("header", { class: "panel-head" }, words, close), h("div", { class: "panel-body" }, body));
}
