// Which messages a person has not looked at since the page was opened.

import { store } from "./store.js";

const seen = new Map(); // "user channel" -> ts of the newest message looked at

const keyOf = (channel) => `${store.state.me} ${channel.id}`;
const newest = (channel) => channel.messages.reduce((ts, message) => (message.ts > ts ? message.ts : ts), "0");

/** How many new messages of others wait in a conversation. */
export function unread(channel) {
  const since = seen.get(keyOf(channel)) ?? "0";
  return channel.messages.filter((message) => message.ts > since && message.user !== store.state.me).length;
}

/** Marks what is on the screen as read; what was there at the first sight of a conversation counts as read. */
export function markRead(channels) {
  for (const channel of channels) {
    const onScreen = channel.id === store.channel && store.tab === "messages";
    if (onScreen || !seen.has(keyOf(channel))) seen.set(keyOf(channel), newest(channel));
  }
}
