// "What to try first": a card above the messages until it is put away.

import { compose } from "./composer.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { store, update } from "./store.js";
import { h } from "./vdom.js";

const KEY = "sandbox-tips-hidden";
let hidden = sessionStorage.getItem(KEY) === "yes";

function setHidden(value) {
  hidden = value;
  sessionStorage.setItem(KEY, value ? "yes" : "no");
  update();
}

// The first slash command that a tip names, so that one press writes it into the composer.
function commandIn(tip) {
  const quoted = /`(\/[^`]+)`/.exec(tip)?.[1];
  return quoted ?? store.state.commands.map((entry) => entry.command).find((name) => tip.includes(name));
}

function row(tip, index) {
  const command = commandIn(tip);
  const label = command ? { "aria-label": `Write ${command} for me` } : {};
  const go = command
    ? h("button", { type: "button", class: "button small", onclick: () => compose(`${command} `), ...label }, "Try it")
    : null;
  return h("li", {}, h("span", { class: "tip-number", "aria-hidden": "true" }, index + 1), h("div", { class: "tip-text" }, mrkdwn(tip)), go);
}

/** The card, or the small button that brings it back. */
export function tips() {
  const list = store.state.tips ?? [];
  if (!list.length) return null;
  if (hidden) {
    return h("button", { type: "button", class: "tips-back", key: "tips-back", onclick: () => setHidden(false) }, icon("bolt", 14), "What to try first");
  }
  const close = { type: "button", class: "icon-button", "aria-label": "Hide what to try first", onclick: () => setHidden(true) };
  return h("section", { class: "tips", key: "tips", "aria-label": "What to try first" },
    h("header", {}, icon("bolt", 16), h("h3", {}, "What to try first"), h("button", close, icon("close", 15))),
    h("ol", {}, list.map(row)));
}
