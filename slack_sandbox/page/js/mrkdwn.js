// Slack's mrkdwn as elements. Anything that is not understood stays text.

import { emoji, withEmoji } from "./emoji.js";
import { channelById, me, person, sandboxNow, store } from "./store.js";
import { spellDate } from "./time.js";
import { h } from "./vdom.js";

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** Undoes Slack's escaping. */
export const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** A link, if the address is one that is safe to open; else its text. */
export function link(url, label) {
  const safe = /^(https?:|mailto:|tel:)/i.test(url);
  if (!safe) return h("span", {}, label || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

export function userMention(id) {
  const mine = id === store.user ? " mention-me" : "";
  return h("span", { class: `mention${mine}` }, `@${person(id).real_name}`);
}

export function channelMention(id, label) {
  return h("span", { class: "mention" }, `#${channelById(id)?.name ?? label ?? id}`);
}

export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);

/** A date in the acting user's zone. */
export function dateSpan(seconds, pattern, url) {
  const text = spellDate(Number(seconds), unescape(pattern), { now: sandboxNow(), tz: me().tz });
  return h("span", { class: "date", title: new Date(seconds * 1000).toUTCString() }, url ? link(url, text) : text);
}

function special(body) {
  const date = /^!date\^(\d+)\^([^|^]*)(?:\^([^|]*))?(?:\|.*)?$/s.exec(body);
  if (date) return dateSpan(date[1], date[2], date[3]);
  const [name, label] = body.slice(1).split("|");
  if (name.startsWith("subteam^")) return broadcast(label?.replace(/^@/, "") ?? name.slice(8));
  return broadcast(name);
}

function angle(body) {
  const [target, label] = body.split("|");
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!")) return special(body);
  return link(unescape(target), label === undefined ? undefined : unescape(label));
}

const STYLED = { "*": "strong", _: "em", "~": "s" };

// The order matters: code before styles, so that a style mark inside code stays as it is.
const INLINE =
  /`([^`\n]+)`|<([@#!]?[^<>\n]+)>|(https?:\/\/[^\s<>|*~`]+[\w\/])|:([a-z0-9_+-]+):|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\5(?![\p{L}\p{N}*_~])/gu;

function inline(text) {
  const out = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > from) out.push(unescape(text.slice(from, match.index)));
    out.push(piece(match));
    from = match.index + match[0].length;
  }
  out.push(unescape(text.slice(from)));
  return out;
}

function piece([whole, code, body, bare, short, mark, styled]) {
  if (code) return h("code", {}, unescape(code));
  if (body) return angle(body);
  if (bare) return link(unescape(bare));
  if (short) return emoji(short) ?? whole;
  return h(STYLED[mark], {}, inline(styled));
}

const ITEM = /^(\s*)(•|◦|-|\d+\.)\s+(.*)$/;

function line(text) {
  const item = ITEM.exec(text);
  if (!item) return h("div", { class: "line" }, text ? inline(text) : h("br"));
  const depth = `--depth:${Math.floor(item[1].length / 2)}`;
  return h("div", { class: "line item", style: depth }, h("span", { class: "bullet" }, item[2]), h("span", {}, inline(item[3])));
}

function lines(text) {
  const out = [];
  for (const row of text.split("\n")) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(row);
    const last = out.at(-1);
    if (!quote) out.push(line(row));
    else if (last?.tag === "blockquote") last.children.push(line(quote[1]));
    else out.push(h("blockquote", {}, line(quote[1])));
  }
  return out;
}

/** The elements of a mrkdwn text. */
export function mrkdwn(text) {
  const out = [];
  String(text ?? "").split(/```\n?/).forEach((part, index) => {
    if (index % 2) out.push(h("pre", {}, unescape(part.replace(/\n$/, ""))));
    else if (part) out.push(...lines(index ? part.replace(/^\n/, "") : part));
  });
  return out;
}

/** The elements of a text object {type, text}. */
export function textObject(object) {
  if (!object) return null;
  if (typeof object === "string") return object;
  return object.type === "mrkdwn" ? mrkdwn(object.text) : plain(object);
}

/** A plain_text object as a string with its emoji. */
export function plain(object) {
  const text = typeof object === "string" ? object : (object?.text ?? "");
  return object?.emoji === false ? text : withEmoji(text);
}
