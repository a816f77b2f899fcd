// What the page knows: `store.state` is the sandbox's answer, everything else is the page's own.

/**
 * The answer of /sandbox/state, as the acting person may see it. Slack's own objects (messages,
 * views, blocks) are as Slack documents them.
 * @typedef {{id: string, name: string, real_name: string, role?: string, tz?: string}} Person
 * @typedef {{id: string, name: string, is_im: boolean, with_user: string, messages: any[], [more: string]: any}} Channel
 * @typedef {{id: string, text: string, level: string}} Notice
 * @typedef {object} State
 * @property {number} version counts the changes
 * @property {string} me the acting person
 * @property {Person[]} users
 * @property {Channel[]} channels
 * @property {any[]} views the open windows, the last one on top
 * @property {any} home
 * @property {boolean} home_tab whether the app has one
 * @property {any[]} shortcuts
 * @property {any[]} commands
 * @property {{id: string, name: string, bot_user_id: string}} app
 * @property {{id: string, name: string}} team
 * @property {{now: string, [more: string]: any}} clock
 * @property {boolean} connected whether the app is
 * @property {any} faults
 * @property {any[]} tips
 * @property {Notice[]} [notices]
 */

/** @typedef {{facts: any, go: () => void}} Confirmation */

export const store = {
  state: /** @type {State} */ (/** @type {unknown} */ (null)), // the last one; null before the first
  fetchedAt: 0, // performance.now() of that answer
  refused: /** @type {string | null} */ (null), // why the sandbox gave no state
  online: true, // the page reaches the sandbox
  user: /** @type {string | null} */ (null),
  channel: /** @type {string | null} */ (null),
  tab: "messages",
  thread: /** @type {string | null} */ (null), // ts of the parent of the open thread
  panel: /** @type {string | null} */ (null), // "clock" | "traffic" | "faults" | "people"
  popup: /** @type {string | null} */ (null), // id of the one open menu or list
  confirm: /** @type {Confirmation | null} */ (null),
  toasts: /** @type {{id: number, text: string, level: string}[]} */ ([]),
  commandsRun: new Set(), // slash commands that were answered
  said: "", // the line for screen readers
};

let draw = () => {};
let planned = false;
const locals = new Map();

/** Names the function that redraws the page. */
export function onChange(callback) {
  draw = callback;
}

/** Merges `changes` into the store and redraws the page once, soon. */
export function update(changes = {}) {
  Object.assign(store, changes);
  if (planned) return;
  planned = true;
  queueMicrotask(() => {
    planned = false;
    draw();
  });
}

/** Moves the focus once the page is drawn. */
export function focusSoon(id) {
  setTimeout(() => document.getElementById(id)?.focus());
}

/** Memory of one widget between redraws. */
export function local(id, initial) {
  if (!locals.has(id)) locals.set(id, { ...initial });
  return locals.get(id);
}

/** The person with this id, or a stand-in that shows the id. */
export function person(id) {
  const known = store.state.users.find((user) => user.id === id);
  if (known) return known;
  const { app } = store.state;
  if (id === app.bot_user_id) return { id, name: app.name, real_name: app.name, role: "app" };
  return { id, name: id, real_name: id, tz: "UTC" };
}

export const me = () => person(store.user);
export const channelById = (id) => store.state.channels.find((channel) => channel.id === id);
export const currentChannel = () => channelById(store.channel);

/** What a conversation is called in the sidebar. */
export function channelTitle(channel) {
  return channel.is_im ? person(partner(channel)).real_name : channel.name;
}

/** The other side of a direct message. */
export function partner(channel) {
  return channel.with_user === store.user ? store.state.app.bot_user_id : channel.with_user;
}

/** The sandbox's time, which runs on between two answers. */
export function sandboxNow() {
  return new Date(Date.parse(store.state.clock.now) + performance.now() - store.fetchedAt);
}

/** Shows a short notice that goes away by itself. */
export function toast(text, level = "info") {
  if (store.toasts.some((item) => item.text === text)) return;
  const id = Math.random();
  store.toasts = [...store.toasts, { id, text, level }];
  const seconds = level === "error" ? 12 : 6;
  setTimeout(() => dropToast(id), seconds * 1000);
  update();
}

export function dropToast(id) {
  update({ toasts: store.toasts.filter((item) => item.id !== id) });
}
