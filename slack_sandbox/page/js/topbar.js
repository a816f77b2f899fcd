// The strip at the top: that this is a sandbox, and its tools.

import { activeFaults } from "./faults.js";
import { icon } from "./icons.js";
import { togglePanel } from "./panels.js";
import { me, sandboxNow, store } from "./store.js";
import { clockTime, shortDay, zoneName } from "./time.js";
import { h } from "./vdom.js";

function tool(name, symbol, label, ...content) {
  const open = store.panel === name;
  const props = { type: "button", class: `tool${open ? " open" : ""}`, "aria-expanded": String(open), "aria-label": label, title: label };
  return h("button", { ...props, id: `tool-${name}`, onclick: () => togglePanel(name) }, icon(symbol, 16), content);
}

function connection() {
  const { connected, app } = store.state;
  const [kind, words] = !store.online
    ? ["off", "Sandbox unreachable"]
    : connected ? ["on", `${app.name} connected`] : ["wait", `${app.name} not connected`];
  return h("span", { class: `connection ${kind}`, role: "status" }, h("span", { class: "dot", "aria-hidden": "true" }), words);
}

/** The strip at the top. */
export function topbar() {
  const now = sandboxNow();
  const { tz } = me();
  const faults = activeFaults();
  return h("header", { class: "topbar" },
    h("div", { class: "topbar-title" }, h("span", { class: "sandbox-mark" }, "Sandbox"), h("span", { class: "topbar-note" }, "Nothing leaves this computer")),
    connection(),
    h("div", { class: "tools" },
      tool("clock", "clock", "Clock", h("span", { class: "tool-time" }, `${shortDay(now, tz)}, ${clockTime(now, tz)}`), h("small", {}, zoneName(now, tz))),
      tool("traffic", "traffic", "Traffic", h("span", { class: "tool-name" }, "Traffic")),
      tool("faults", "fault", "Faults", h("span", { class: "tool-name" }, "Faults"), faults ? h("span", { class: "count" }, faults) : null)));
}
