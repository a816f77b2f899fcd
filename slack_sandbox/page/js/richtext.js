// rich_text blocks as elements.

import { emoji } from "./emoji.js";
import { broadcast, channelMention, dateSpan, link, userMention } from "./mrkdwn.js";
import { h } from "./vdom.js";

const TAGS = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u" };

function styled(style, content) {
  return Object.keys(TAGS).reduce(
    (inner, name) => (style?.[name] ? h(TAGS[name], {}, inner) : inner),
    content,
  );
}

const LEAVES = {
  text: (leaf) => styled(leaf.style, leaf.text),
  link: (leaf) => styled(leaf.style, link(leaf.url, leaf.text)),
  emoji: (leaf) => emoji(leaf.name) ?? `:${leaf.name}:`,
  user: (leaf) => userMention(leaf.user_id),
  channel: (leaf) => channelMention(leaf.channel_id),
  usergroup: (leaf) => broadcast(leaf.usergroup_id),
  broadcast: (leaf) => broadcast(leaf.range),
  date: (leaf) => dateSpan(leaf.timestamp, leaf.format, leaf.url),
  color: (leaf) => h("code", {}, leaf.value),
};

const leaves = (part) => part.elements.map((leaf) => LEAVES[leaf.type]?.(leaf) ?? leaf.text ?? "");

function list(part) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const start = part.offset ? String(part.offset + 1) : null;
  const props = { class: "rich-list", style: `--depth:${part.indent ?? 0}`, start };
  return h(tag, props, part.elements.map((item) => h("li", {}, leaves(item))));
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "rich-line" }, leaves(part)),
  rich_text_preformatted: (part) => h("pre", {}, leaves(part)),
  rich_text_quote: (part) => h("blockquote", { class: "rich-line" }, leaves(part)),
  rich_text_list: list,
};

/** The elements of a rich_text block. */
export function richText(block) {
  return h("div", { class: "rich" }, block.elements.map((part) => PARTS[part.type]?.(part)));
}
