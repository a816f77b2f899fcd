// Where a block stands (a message, a modal, the Home tab), and what its elements do there.

import { act, post } from "./api.js";
import { collect, read, simple, write } from "./forms.js";
import { plain } from "./mrkdwn.js";
import { store, toast, update } from "./store.js";

const TYPING = 400; // ms without a key before on_character_entered is sent
const pending = new Set();
const typing = new Map(); // element -> {go, timer} of what was typed and not sent yet

/** `place` tells the two drawings of a message apart that stands both in its channel and its thread. */
export function messageScope(channel, message, place = "") {
  const container = { type: "message", channel, ts: message.ts };
  return { id: `${channel}/${message.ts}`, place, container, errors: {}, view: null, values: message.values };
}

export function viewScope(view, errors = {}, busy = false) {
  return { id: view.id, place: "", container: { type: "view", view_id: view.id }, errors, busy, view, values: view.state?.values };
}

async function send(scope, block, el, value) {
  const key = `${scope.id} ${block.block_id} ${el.action_id}`;
  const body = { container: scope.container, block_id: block.block_id, action_id: el.action_id };
  if (value !== undefined) body.value = value;
  if (scope.view) body.state = collect(scope.view);
  pending.add(key);
  update();
  await act("action", body);
  pending.delete(key);
  update();
}

/** Sends an action, after the element's confirmation dialog if it has one. */
export function dispatch(scope, block, el, value) {
  const go = () => send(scope, block, el, value);
  if (!el.confirm) return go();
  return update({ confirm: { facts: el.confirm, go } });
}

const TEXTS = new Set([
  "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input",
]);
const TRIGGER = { typed: "on_character_entered", enter: "on_enter_pressed" };

// Whether a change of this kind ("typed", "enter", "picked") is sent to the app at once.
function isSent(block, el, how) {
  if (el.type === "file_input") return false; // of a chosen file Slack tells no app
  if (block.type === "input" && !block.dispatch_action) return false;
  if (!TEXTS.has(el.type)) return how === "picked";
  const triggers = el.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return triggers.includes(TRIGGER[how]);
}

function later(scope, block, el) {
  const key = `${scope.id} ${block.block_id} ${el.action_id}`;
  clearTimeout(typing.get(key)?.timer);
  const go = () => {
    typing.delete(key);
    return dispatch(scope, block, el, simple(el, read(scope.id, block, el)));
  };
  typing.set(key, { go, timer: setTimeout(go, TYPING) });
}

/**
 * Holds back typing that was not sent yet, and answers what sends it after all: a submission
 * carries it, but one that was refused and a closed form do not.
 */
export function holdTyping() {
  const held = [...typing.values()];
  for (const { timer } of held) clearTimeout(timer);
  typing.clear();
  return () => Promise.all(held.map(({ go }) => go()));
}

function change(scope, block, el, value, how) {
  write(scope.id, block, el, value);
  delete scope.errors[block.block_id]; // it spoke of the old value
  update();
  if (!isSent(block, el, how)) return;
  if (how === "typed") later(scope, block, el);
  else dispatch(scope, block, el, simple(el, value));
}

async function suggest(scope, block, el, value) {
  const body = { user: store.user, block_id: block.block_id, action_id: el.action_id, value };
  if (scope.view) body.view_id = scope.view.id;
  else body.container = scope.container;
  const answer = await post("suggest", body);
  if (!answer.ok) toast(answer.error, "error");
  const groups = (answer.option_groups ?? []).map((group) => ({ label: plain(group.label), options: group.options }));
  return [...groups, { options: answer.options ?? [] }].map((group) => ({
    ...group,
    options: group.options.map((item) => ({ ...item, text: plain(item.text) })),
  }));
}

const domId = (text) => text.replace(/[^\w-]/g, "_");

/**
 * Everything an element needs in order to be drawn.
 * @param {any} scope @param {any} block @param {any} el
 * @param {{label?: string, labelledby?: string | null, describedby?: string}} names
 */
export function context(scope, block, el, { label, labelledby, describedby } = {}) {
  const key = `${scope.id} ${block.block_id} ${el.action_id}`;
  const invalid = Boolean(scope.errors[block.block_id]);
  return {
    id: domId(`${scope.place}${scope.id}-${block.block_id}-${el.action_id ?? el.type}`),
    label: label ?? (plain(el.placeholder) || plain(el.text) || el.action_id),
    labelledby,
    attrs: {
      "data-block-id": block.block_id,
      "data-action-id": el.action_id,
      "aria-label": labelledby ? null : (label ?? (plain(el.placeholder) || null)),
      "aria-describedby": describedby || null,
      "aria-invalid": invalid ? "true" : null,
      "data-autofocus": el.focus_on_load ? "yes" : null,
      "aria-required": block.type === "input" && !block.optional ? "true" : null,
    },
    busy: pending.has(key),
    disabled: Boolean(scope.busy),
    value: read(scope.id, block, el, scope.values),
    set: (value, how = "picked") => change(scope, block, el, value, how),
    read: () => read(scope.id, block, el),
    press: (value) => dispatch(scope, block, el, value),
    suggest: (query) => suggest(scope, block, el, query),
  };
}
