// The common part of Markdown, for `markdown` blocks, as elements.

import { withEmoji } from "./emoji.js";
import { link } from "./mrkdwn.js";
import { h } from "./vdom.js";

const INLINE =
  /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|~~(.+?)~~|(?<![\w*])([*_])(\S(?:.*?\S)?)\6(?![\w*])/g;

function inline(text) {
  const out = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(withEmoji(text.slice(from, match.index)), piece(match));
    from = match.index + match[0].length;
  }
  out.push(withEmoji(text.slice(from)));
  return out;
}

function piece([, code, label, url, bold, struck, , slanted]) {
  if (code) return h("code", {}, code);
  if (url) return link(url, label);
  if (bold) return h("strong", {}, inline(bold));
  return struck ? h("s", {}, inline(struck)) : h("em", {}, inline(slanted));
}

const cells = (row) => row.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function table(rows) {
  const [head, , ...body] = rows;
  const line = (tag) => (row) => h("tr", {}, cells(row).map((cell) => h(tag, {}, inline(cell))));
  const inner = [h("thead", {}, line("th")(head)), h("tbody", {}, body.map(line("td")))];
  return h("div", { class: "table-wrap" }, h("table", {}, inner));
}

const items = (tag, mark) => (rows) =>
  h(tag, { class: "rich-list" }, rows.map((row) => h("li", {}, inline(row.replace(mark, "")))));

const BULLET = /^\s*[-*+]\s+/;
const NUMBER = /^\s*\d+[.)]\s+/;

// [which lines belong together, how they are drawn]; the last row takes what is left.
/** What begins a kind of rows, and what they become. @type {[RegExp, (rows: string[]) => any][]} */
const GROUPS = [
  [/^\s*\|.*\|\s*$/, table],
  [BULLET, items("ul", BULLET)],
  [NUMBER, items("ol", NUMBER)],
  [/^>/, (rows) => h("blockquote", {}, rows.map((row) => h("div", {}, inline(row.replace(/^>\s?/, "")))))],
  [/^#{1,6}\s/, (rows) => rows.map((row) => h("h4", { class: "md-heading" }, inline(row.replace(/^#+\s/, ""))))],
  [/^\s*(---+|\*\*\*+)\s*$/, () => h("hr", {})],
  [/^\s*$/, () => null],
  [/^/, (rows) => h("p", {}, rows.map((row, index) => [index ? h("br") : null, inline(row)]))],
];

const groupOf = (row) => GROUPS.findIndex(([pattern]) => pattern.test(row));

function paragraphs(text) {
  const groups = [];
  for (const row of text.split("\n")) {
    const kind = groupOf(row);
    if (groups.at(-1)?.kind === kind) groups.at(-1).rows.push(row);
    else groups.push({ kind, rows: [row] });
  }
  return groups.map(({ kind, rows }) => GROUPS[kind][1](rows));
}

/** The elements of a Markdown text. */
export function markdown(text) {
  const parts = text.split(/^```.*\n?/m);
  const draw = (part, index) => (index % 2 ? h("pre", {}, part.replace(/\n$/, "")) : paragraphs(part));
  return h("div", { class: "markdown" }, parts.map(draw));
}
