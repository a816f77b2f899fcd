// The box at the bottom of a conversation: text, slash commands, shortcuts.

import { act, post } from "./api.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { toNewest } from "./messages.js";
import { channelTitle, local, store, update } from "./store.js";
import { h } from "./vdom.js";

const EMPTY = { text: "", active: 0, hidden: false, busy: null, error: null, sent: Promise.resolve() };

const memory = (channel, thread) => local(`composer/${store.user}/${channel.id}/${thread ?? ""}`, EMPTY);

const inputId = (thread) => (thread ? "thread-composer" : "composer");

function candidates(self, thread) {
  if (thread || self.hidden || !/^\/\S*$/.test(self.text)) return [];
  return store.state.commands.filter((entry) => entry.command.startsWith(self.text.toLowerCase()));
}

function set(self, text) {
  Object.assign(self, { text, active: 0, hidden: false, error: null });
  update();
}

function complete(self, entry) {
  set(self, `${entry.command} `);
  self.hidden = true;
  document.getElementById(inputId())?.focus();
}

// The words come back, so that a failed command can be tried again.
function fail(self, text, error) {
  Object.assign(self, { error, text: self.text || text });
  store.toasts = store.toasts.filter((item) => item.text !== error);
}

// One after another, in their order: whoever types on does not wait for the answer.
function send(self, channel, thread) {
  const text = self.text.trim();
  if (!text) return;
  Object.assign(self, { text: "", error: null });
  update();
  toNewest(thread);
  const body = { user: store.user, channel: channel.id, text };
  if (thread) body.thread_ts = thread;
  self.sent = self.sent.then(() => deliver(self, body));
}

async function deliver(self, body) {
  const command = body.text.startsWith("/") && !body.thread_ts ? body.text.split(/\s/)[0] : null;
  self.busy = command;
  update();
  const answer = await post(command ? "command" : "message", body);
  self.busy = null;
  if (!answer.ok) fail(self, body.text, answer.error);
  else if (command) store.commandsRun.add(command);
  update();
}

function onKey(event, self, channel, thread) {
  const list = candidates(self, thread);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (list.length && step) {
    event.preventDefault();
    self.active = (self.active + step + list.length) % list.length;
    update();
  } else if (list.length && event.key === "Escape") {
    event.stopPropagation();
    self.hidden = true;
    update();
  } else if (list.length && (event.key === "Tab" || event.key === "Enter") && list[self.active].command !== self.text) {
    event.preventDefault();
    complete(self, list[self.active]);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send(self, channel, thread);
  }
}

function row(self, entry, index) {
  const active = index === self.active;
  const props = {
    id: `command-${index}`, role: "option", "aria-selected": String(active), class: `command${active ? " active" : ""}`,
    onmousedown: (event) => event.preventDefault(), onclick: () => complete(self, entry),
  };
  const usage = entry.usage_hint ? h("span", { class: "usage" }, entry.usage_hint) : null;
  return h("div", props, h("div", {}, h("b", {}, entry.command), usage), h("small", {}, entry.description));
}

function suggestions(self, list) {
  if (!list.length) return null;
  const head = h("div", { class: "option-group", role: "presentation" }, `Commands of ${store.state.app.name}`);
  const props = { key: "commands", id: "commands", class: "commands", role: "listbox", "aria-label": "Commands" };
  return h("div", props, head, list.map((entry, index) => row(self, entry, index)));
}

function shortcutMenu() {
  const items = store.state.shortcuts
    .filter((shortcut) => shortcut.type === "global")
    .map((shortcut) => ({
      label: shortcut.name, note: shortcut.description,
      choose: () => act("shortcut", { callback_id: shortcut.callback_id }),
    }));
  const commands = store.state.commands.map((entry) => ({
    label: entry.command, note: entry.description,
    choose: () => compose(`${entry.command} `),
  }));
  const all = [...items, ...commands];
  return menuButton({ id: "shortcuts", label: "Shortcuts and commands", content: icon("bolt"), items: all });
}

/** Puts a text into the main composer. */
export function compose(text) {
  const channel = store.state.channels.find((item) => item.id === store.channel);
  const self = memory(channel);
  set(self, text);
  self.hidden = /\s$/.test(text);
  document.getElementById(inputId())?.focus();
}

function grow(el) {
  el.style.height = "auto";
  el.style.height = `${Math.min(el.scrollHeight, 200)}px`;
}

function box(self, channel, thread, list) {
  const title = channelTitle(channel);
  const words = thread ? "Reply…" : `Message ${channel.is_im ? title : `#${title}`}, or type / for commands`;
  const aria = list.length
    ? { "aria-controls": "commands", "aria-activedescendant": `command-${self.active}` }
    : {};
  return h("textarea", {
    id: inputId(thread), rows: "1", value: self.text, placeholder: words, role: "combobox", "aria-autocomplete": "list",
    "aria-expanded": String(list.length > 0), "aria-label": thread ? "Reply in thread" : `Message ${title}`, ...aria,
    oninput: (event) => {
      grow(event.target);
      set(self, event.target.value);
    },
    onkeydown: (event) => {
      onKey(event, self, channel, thread);
      queueMicrotask(() => grow(event.target));
    },
  });
}

function status(self) {
  if (self.error) return h("div", { class: "composer-note error", role: "alert" }, icon("fault", 15), self.error);
  if (!self.busy) return null;
  return h("div", { class: "composer-note" }, h("span", { class: "spinner" }), `Waiting for ${store.state.app.name} to answer ${self.busy}…`);
}

/** The composer of a conversation, or of a thread in it. */
export function composer(channel, thread = null) {
  if (channel.is_read_only) return h("p", { class: "composer-off" }, "Sending messages to this app has been turned off.");
  const self = memory(channel, thread);
  const list = candidates(self, thread);
  const press = { type: "button", class: "send", onclick: () => send(self, channel, thread), disabled: !self.text.trim() };
  const button = h("button", { ...press, "aria-label": "Send" }, icon("send"));
  const keys = h("span", { class: "keys" }, thread ? "" : "Enter to send · Shift+Enter for a new line");
  const tools = h("div", { class: "composer-tools" }, thread ? h("span") : shortcutMenu(), keys, button);
  return h("div", { class: "composer", key: `composer-${channel.id}-${thread}` }, suggestions(self, list),
    h("div", { class: "composer-box" }, box(self, channel, thread, list), tools), status(self));
}
