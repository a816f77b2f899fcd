// "What to try first": a card with all tips at the beginning, one tip at a time once work has begun.

import { compose } from "./composer.js";
import { button, iconButton } from "./controls.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { actAs, openChannel } from "./sidebar.js";
import { store, update } from "./store.js";
import { h } from "./vdom.js";

const KEY = "sandbox-tips-hidden";
let hidden = sessionStorage.getItem(KEY) === "yes";
let step = 0;
let reached = 0; // the furthest tip that the reader's own deeds led to

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

const directMessages = () => store.state.channels.find((channel) => channel.is_im);
const speaksOfMessages = (tip) => /direct message/i.test(tip) && directMessages();
const speaksOfClock = (tip) => /\bclock\b/.test(tip);

// Where a tip's deed leads: past the tip when a command was given, to the tip while the rest goes on.
function ledTo(tip, index) {
  const command = commandIn(tip);
  if (command) return store.commandsRun.has(command) ? index + 1 : 0;
  const goesOn = personIn(tip)?.id === store.user || (speaksOfClock(tip) && store.panel === "clock") ||
    (speaksOfMessages(tip) && store.channel === directMessages()?.id);
  return goesOn ? index : 0;
}

// The card follows what the reader does, and never goes back by itself.
function follow(list) {
  const furthest = Math.min(Math.max(...list.map(ledTo)), list.length - 1);
  if (furthest > reached) step = reached = furthest;
}

// What a tip speaks of, as a button: [label, what it does].
function deedIn(tip) {
  const command = commandIn(tip);
  if (command) return [`Type ${command}`, () => compose(`${command} `)];
  const user = personIn(tip);
  if (user) return [`Act as ${user.real_name.split(" ")[0]}`, () => actAs(user.id)];
  if (speaksOfMessages(tip)) return ["Open the messages", () => openChannel(directMessages()?.id)];
  return speaksOfClock(tip) ? ["Open the clock", () => update({ panel: "clock" })] : null;
}

function parts(tip, index) {
  const command = commandIn(tip);
  const text = command && !tip.includes("`") ? tip.replace(command, `\`${command}\``) : tip;
  const deed = deedIn(tip);
  const press = deed && button(deed[0], deed[1], { class: "button small" });
  const number = h("span", { class: "tip-number", "aria-hidden": "true" }, index + 1);
  return [number, h("div", { class: "tip-text" }, mrkdwn(text)), press];
}

function go(list, by) {
  step = Math.min(Math.max(step + by, 0), list.length - 1);
  update();
}

function stepper(list) {
  const turn = (by, label, name, end) =>
    iconButton(label, name, () => go(list, by), { size: 16, disabled: step === end });
  return h("div", { class: "tip-step" }, parts(list[step], step),
    turn(-1, "Previous tip", "left", 0), turn(1, "Next tip", "right", list.length - 1), hide());
}

const hide = () => iconButton("Hide what to try first", "close", () => setHidden(true), { size: 15 });

const whole = (list) => [
  h("header", {}, icon("bolt", 16), h("h3", {}, "What to try first"), hide()),
  h("ol", {}, list.map((tip, index) => h("li", {}, parts(tip, index)))),
];

/** The tips, or the small button that brings them back. */
export function tips() {
  const list = store.state.tips ?? [];
  if (!list.length) return null;
  if (hidden) {
    const back = { type: "button", class: "tips-back", key: "tips-back", onclick: () => setHidden(false) };
    return h("button", back, icon("bolt", 14), "What to try first");
  }
  follow(list);
  const begun = store.state.channels.some((channel) => channel.messages.length > 0);
  const props = { class: "tips", key: "tips", "aria-label": "What to try first" };
  return h("section", props, begun ? stepper(list) : whole(list));
}
