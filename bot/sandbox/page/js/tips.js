// "What to try first": a card above the messages until it is put away.

import { compose } from "./composer.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { actAs } from "./sidebar.js";
import { store, update } from "./store.js";
import { h } from "./vdom.js";

const KEY = "sandbox-tips-hidden";
let hidden = sessionStorage.getItem(KEY) === "yes";

function setHidden(value) {
  hidden = value;
  sessionStorage.setItem(KEY, value ? "yes" : "no");
  update();
}

// The slash command that a tip names: one press writes it into the composer.
function commandIn(tip) {
  const quoted = /`(\/[^`]+)`/.exec(tip)?.[1];
  const names = store.state.commands.map((entry) => entry.command);
  return quoted ?? names.sort((a, b) => b.length - a.length).find((name) => tip.includes(name));
}

const personIn = (tip) => store.state.users.find((user) => tip.includes(`Act as ${user.real_name.split(" ")[0]}`));

// What a tip speaks of, as a button: [label, what it does].
function deedIn(tip) {
  const command = commandIn(tip);
  if (command) return [`Type ${command}`, () => compose(`${command} `)];
  const user = personIn(tip);
  if (user) return [`Act as ${user.real_name.split(" ")[0]}`, () => actAs(user.id)];
  return /\bclock\b/.test(tip) ? ["Open the clock", () => update({ panel: "clock" })] : null;
}

function row(tip, index) {
  const command = commandIn(tip);
  const text = command && !tip.includes("`") ? tip.replace(command, `\`${command}\``) : tip;
  const deed = deedIn(tip);
  const press = deed && h("button", { type: "button", class: "button small", onclick: deed[1] }, deed[0]);
  return h("li", {}, h("span", { class: "tip-number", "aria-hidden": "true" }, index + 1), h("div", { class: "tip-text" }, mrkdwn(text)), press);
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
