// The middle: a conversation or the app's Home, and the thread beside it.

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { iconButton } from "./controls.js";
import { icon } from "./icons.js";
import { isReply, keepAtEnd, messageList, toNewest } from "./messages.js";
import { viewScope } from "./scope.js";
import { channelTitle, currentChannel, focusSoon, partner, person, store, update } from "./store.js";
import { tips } from "./tips.js";
import { h } from "./vdom.js";

const hasHome = (channel) => store.state.home_tab && partner(channel) === store.state.app.bot_user_id;

function openHome() {
  update({ tab: "home", thread: null });
  act("home", {});
}

function tab(name, label, onclick) {
  const chosen = store.tab === name;
  return h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(chosen), onclick }, label);
}

function tabs(channel) {
  if (!hasHome(channel)) return null;
  return h("div", { class: "tabs", role: "tablist" },
    tab("home", "Home", openHome), tab("messages", "Messages", () => update({ tab: "messages" })));
}

function head(channel) {
  const face = channel.is_im ? avatar(person(partner(channel)), "small") : icon("hash", 20);
  const note = channel.is_im ? h("span", { class: "pane-note" }, "Direct message") : null;
  return h("header", { class: "pane-head" }, face, h("h1", {}, channelTitle(channel)), note, tabs(channel));
}

function emptyChannel(channel) {
  const text = channel.is_im
    ? `This is the start of your messages with ${channelTitle(channel)}.`
    : `This is the start of #${channelTitle(channel)}. What the app posts here appears at once.`;
  return h("div", { class: "empty-room" }, h("p", {}, text));
}

function homeTab() {
  const { home } = store.state;
  const content = home ? blocks(home.blocks, viewScope(home)) : h("p", { class: "empty" }, "The app has not published a Home yet.");
  return h("div", { class: "scroll home", key: "home" }, h("div", { class: "home-card" }, content));
}

function scroll(key, label, ...list) {
  const props = { class: "scroll", key, onmount: keepAtEnd, tabindex: "0", role: "region", "aria-label": label };
  return h("div", props, h("div", { class: "messages" }, list));
}

const newest = (thread) =>
  h("button", { type: "button", class: "to-newest", key: "to-newest", onclick: () => toNewest(thread) }, icon("down", 15), "Newest messages");

function messages(channel) {
  const shown = channel.messages.filter((message) => !isReply(message));
  const list = shown.length ? messageList(shown, channel, { all: channel.messages }) : emptyChannel(channel);
  return scroll(`messages-${store.user}-${channel.id}`, "Messages", list);
}

/** The main pane. */
export function pane() {
  const channel = currentChannel();
  if (!channel) return h("main", { class: "pane" }, h("p", { class: "empty" }, "This person is in no conversation yet."));
  if (store.tab === "home" && hasHome(channel)) return h("main", { class: "pane" }, head(channel), homeTab());
  return h("main", { class: "pane" }, head(channel), messages(channel), newest(), tips(), composer(channel));
}

function closeThread() {
  update({ thread: null });
  focusSoon("composer");
}

const onEscape = (event) => event.key === "Escape" && !store.popup && closeThread();

function threadHead(channel) {
  const where = channel.is_im ? channelTitle(channel) : `#${channelTitle(channel)}`;
  const note = h("span", { class: "pane-note" }, where);
  return h("header", { class: "pane-head" }, h("h2", {}, "Thread"), note, iconButton("Close thread", "close", closeThread));
}

/** The open thread, beside the conversation. */
export function threadPane() {
  const channel = currentChannel();
  const parent = channel?.messages.find((message) => message.ts === store.thread);
  if (!channel || !parent) return null;
  const replies = channel.messages.filter((message) => isReply(message) && message.thread_ts === parent.ts);
  const count = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
  const line = h("div", { class: "day", key: "count" }, h("span", {}, count));
  return h("aside", { class: "thread", key: "thread", "aria-label": "Thread", onkeydown: onEscape },
    threadHead(channel),
    scroll(`thread-${parent.ts}`, "Replies",
      messageList([parent], channel, { inThread: true }), line, messageList(replies, channel, { inThread: true })),
    newest(parent.ts), composer(channel, parent.ts));
}
