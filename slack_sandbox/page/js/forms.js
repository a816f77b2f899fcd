// What a person has filled in. A draft lives as long as its block_id and action_id are in view, so
// that views.update keeps what was typed, as Slack does.

import { plain } from "./mrkdwn.js";
import { store } from "./store.js";

const drafts = new Map(); // container id -> Map("block action" -> value)

export const option = (item) => ({
  text: plain(item.text),
  value: item.value,
  description: item.description ? plain(item.description) : "",
});

const one = (item) => (item ? option(item) : null);
const many = (items) => (items ?? []).map(option);
const person = (id) => {
  const known = store.state.users.find((user) => user.id === id);
  return { value: id, text: known?.real_name ?? id };
};
const channel = (id) => {
  const known = store.state.channels.find((item) => item.id === id);
  return { value: id, text: `#${known?.name ?? id}` };
};
const idOr = (make, id) => (id ? make(id) : null);

const bare = (value) => value;
const textOf = (value) => value || null;
const valueOf = (value) => value?.value ?? null;
const valuesOf = (value) => value.map((item) => item.value);

// type -> [the value it starts with, the value as the sandbox wants it]
const KINDS = {
  plain_text_input: [(el) => el.initial_value ?? "", textOf],
  email_text_input: [(el) => el.initial_value ?? "", textOf],
  url_text_input: [(el) => el.initial_value ?? "", textOf],
  number_input: [(el) => String(el.initial_value ?? ""), textOf],
  rich_text_input: [() => "", textOf],
  datepicker: [(el) => el.initial_date ?? "", textOf],
  timepicker: [(el) => el.initial_time ?? "", textOf],
  datetimepicker: [(el) => el.initial_date_time ?? null, bare],
  static_select: [(el) => one(el.initial_option), valueOf],
  external_select: [(el) => one(el.initial_option), valueOf],
  users_select: [(el) => idOr(person, el.initial_user), valueOf],
  channels_select: [(el) => idOr(channel, el.initial_channel), valueOf],
  conversations_select: [(el) => idOr(channel, el.initial_conversation), valueOf],
  multi_static_select: [(el) => many(el.initial_options), valuesOf],
  multi_external_select: [(el) => many(el.initial_options), valuesOf],
  multi_users_select: [(el) => (el.initial_users ?? []).map(person), valuesOf],
  multi_channels_select: [(el) => (el.initial_channels ?? []).map(channel), valuesOf],
  multi_conversations_select: [(el) => (el.initial_conversations ?? []).map(channel), valuesOf],
  checkboxes: [(el) => valuesOf(el.initial_options ?? []), bare],
  radio_buttons: [(el) => el.initial_option?.value ?? null, bare],
  file_input: [(el) => el.files ?? [], (files) => files.filter((file) => file.id).map((file) => file.id)],
};

/** True for elements that hold a value. */
export const holdsValue = (el) => el?.type in KINDS;

const keyOf = (block, el) => `${block.block_id} ${el.action_id}`;

// What the sandbox remembers of an earlier visit, written as if the app had put it in:
// selected_option becomes initial_option, value becomes initial_value.
function remembered(el, kept) {
  if (!kept) return el;
  const rename = (name) => (name === "files" ? name : `initial_${name.replace("selected_", "")}`);
  const facts = Object.entries(kept).filter(([name]) => name !== "type");
  return { ...el, ...Object.fromEntries(facts.map(([name, value]) => [rename(name), value])) };
}

/** The value of an element: what was chosen, else what the app put in. */
export function read(container, block, el, values) {
  if (!holdsValue(el)) return undefined;
  if (!drafts.has(container)) drafts.set(container, new Map());
  const draft = drafts.get(container);
  const key = keyOf(block, el);
  if (!draft.has(key)) {
    const kept = values?.[block.block_id]?.[el.action_id];
    draft.set(key, KINDS[el.type][0](remembered(el, kept)));
  }
  return draft.get(key);
}

export function write(container, block, el, value) {
  read(container, block, el);
  drafts.get(container).set(keyOf(block, el), value);
}

/** A value as the sandbox wants it. */
export const simple = (el, value) => KINDS[el.type]?.[1](value);

function elementsOf(block) {
  return [block.element, block.accessory, ...(block.elements ?? [])].filter(holdsValue);
}

/** All values of a view: {block_id: {action_id: value}}. */
export function collect(view) {
  const state = {};
  for (const block of view.blocks) {
    for (const el of elementsOf(block)) {
      state[block.block_id] ??= {};
      state[block.block_id][el.action_id] = simple(el, read(view.id, block, el, view.state?.values));
    }
  }
  return state;
}

/** Forgets the values of closed views, and of fields that an update took away. */
export function prune(views, previous = []) {
  for (const old of previous) if (!views.some((view) => view.id === old.id)) drafts.delete(old.id);
  for (const view of views) {
    const draft = drafts.get(view.id);
    if (!draft) continue;
    const present = new Set(view.blocks.flatMap((block) => elementsOf(block).map((el) => keyOf(block, el))));
    for (const key of draft.keys()) if (!present.has(key)) draft.delete(key);
  }
}
