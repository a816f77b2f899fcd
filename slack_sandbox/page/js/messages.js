// Messages and what hangs on them: files, threads, shortcuts.

import { act, fileUrl } from "./api.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { iconButton } from "./controls.js";
import { size } from "./fields.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { messageScope } from "./scope.js";
import { focusSoon, me, person, sandboxNow, store, update } from "./store.js";
import { clockTime, isoDay, longDay, nearDay, shortDay } from "./time.js";
import { h } from "./vdom.js";

const GROUP = 300; // seconds within which messages of one person share a heading

export const dateOf = (message) => new Date(Number(message.ts) * 1000);

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

function fileCard(file) {
  const text = h("span", { class: "file-text" }, h("b", {}, file.name), h("small", {}, size(file.size ?? 0)));
  const props = {
    class: "file-card", href: fileUrl(file), download: file.name, key: file.id,
    "data-file": file.id, "aria-label": `Download ${file.name}`,
  };
  return h("a", props, h("span", { class: "file-icon" }, icon("file", 22)), text, icon("download", 18));
}

function words(message, scope) {
  if (message.deleted) return h("em", { class: "gone" }, message.text);
  if (message.blocks?.length) return blocks(message.blocks, scope);
  return h("div", { class: "text" }, mrkdwn(message.text));
}

function body(message, channel, inThread) {
  const scope = messageScope(channel.id, message, inThread ? "thread-" : "");
  const edited = message.edited ? h("span", { class: "edited" }, "(edited)") : null;
  const files = message.files?.length ? h("div", { class: "files" }, message.files.map(fileCard)) : null;
  return [words(message, scope), edited, files];
}

function openThread(ts) {
  update({ thread: ts, panel: null });
  focusSoon("thread-composer");
}

function replies(message, all) {
  const found = all.filter((item) => isReply(item) && item.thread_ts === message.ts);
  const count = Math.max(message.reply_count ?? 0, found.length);
  if (!count) return null;
  const faces = [...new Set(found.map((item) => item.user))].slice(0, 3).map((id) => avatar(person(id), "tiny"));
  const last = found.length ? h("small", {}, `Last reply ${when(dateOf(found.at(-1)))}`) : null;
  const label = h("b", {}, `${count} ${count === 1 ? "reply" : "replies"}`);
  return h("button", { type: "button", class: "replies", onclick: () => openThread(message.ts) }, faces, label, last);
}

function when(date) {
  const { tz } = me();
  const near = nearDay(date, sandboxNow(), tz);
  const day = near ? near.toLowerCase() : shortDay(date, tz);
  return `${day} at ${clockTime(date, tz)}`;
}

function shortcuts(message, channel) {
  return store.state.shortcuts
    .filter((shortcut) => shortcut.type === "message")
    .map((shortcut) => ({
      label: shortcut.name, note: store.state.app.name,
      choose: () => act("shortcut", { callback_id: shortcut.callback_id, channel: channel.id, ts: message.ts }),
    }));
}

function tools(message, channel, inThread) {
  if (message.ephemeral) return null;
  const reply = () => openThread(message.ts);
  const answer = inThread ? null : iconButton("Reply in thread", "reply", reply);
  const id = `menu-${inThread ? "thread-" : ""}${message.ts}`;
  const items = shortcuts(message, channel);
  const menu = items.length ? menuButton({ id, label: "Message shortcuts", content: icon("more"), items }) : null;
  return answer || menu ? h("div", { class: "message-tools" }, answer, menu) : null;
}

const onlyYou = () => h("div", { class: "only-you" }, icon("eye", 14), "Only visible to you");

function heading(author, date) {
  const badge = author.role === "app" ? h("span", { class: "badge" }, "App") : null;
  const time = h("time", { datetime: date.toISOString(), title: longDay(date, me().tz) }, clockTime(date, me().tz));
  return h("div", { class: "message-head" }, h("b", {}, author.real_name), badge, time);
}

function messageRow(message, channel, { follows, inThread, all }) {
  const author = person(message.user);
  const date = dateOf(message);
  const side = follows ? h("time", { class: "side-time" }, clockTime(date, me().tz)) : avatar(author);
  const open = store.thread === message.ts && !inThread;
  const marks = [follows && "follows", message.ephemeral && "ephemeral", open && "open"];
  const props = {
    key: message.ts, "data-ts": message.ts, "aria-label": `Message from ${author.real_name}`,
    class: ["message", ...marks].filter(Boolean).join(" "),
  };
  return h("article", props,
    h("div", { class: "message-side" }, side),
    h("div", { class: "message-body" },
      message.ephemeral ? onlyYou() : null,
      follows ? null : heading(author, date),
      body(message, channel, inThread),
      inThread ? null : replies(message, all)),
    tools(message, channel, inThread));
}

function follows(message, previous) {
  return Boolean(previous) && previous.user === message.user && !message.ephemeral && !previous.ephemeral &&
    Number(message.ts) - Number(previous.ts) < GROUP && !previous.reply_count;
}

function dayLine(date) {
  const { tz } = me();
  const name = nearDay(date, sandboxNow(), tz) ?? longDay(date, tz);
  return h("div", { class: "day", key: `day-${isoDay(date, tz)}` }, h("span", {}, name));
}

/** The messages in order, with a line for each new day. `all` is the whole conversation. */
export function messageList(messages, channel, { inThread = false, all = messages } = {}) {
  const out = [];
  let previous = null;
  for (const message of messages) {
    const date = dateOf(message);
    const newDay = !previous || isoDay(dateOf(previous), me().tz) !== isoDay(date, me().tz);
    if (newDay && !inThread) out.push(dayLine(date));
    out.push(messageRow(message, channel, { follows: !newDay && follows(message, previous), inThread, all }));
    previous = message;
  }
  return out;
}

/** Keeps a scrolling pane at its newest message, unless the person has scrolled up to read. */
export function keepAtEnd(el) {
  const toEnd = () => (el.scrollTop = el.scrollHeight);
  const size = () => `${el.scrollHeight} ${el.clientHeight}`;
  let atEnd = true;
  let known = "";
  const settle = () => {
    if (atEnd) toEnd();
    known = size();
    el.parentElement?.classList.toggle("scrolled-up", !atEnd);
  };
  el.addEventListener("scroll", () => {
    if (size() !== known) return; // it grew or shrank: nobody scrolled
    atEnd = el.scrollHeight - el.scrollTop - el.clientHeight < 80;
    settle();
  });
  el.addEventListener("newest", () => {
    atEnd = true;
    settle();
  });
  const sizes = new ResizeObserver(settle);
  sizes.observe(el);
  sizes.observe(el.firstElementChild);
  settle();
}

/** Goes to the newest message of the conversation, or of the open thread. */
export function toNewest(thread = null) {
  document.querySelector(`${thread ? ".thread" : ".pane"} > .scroll`)?.dispatchEvent(new Event("newest"));
}
