// The blocks of Block Kit.

import { element, isGroup } from "./elements.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { plain, textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { context } from "./scope.js";
import { h } from "./vdom.js";

function section(block, scope) {
  const text = block.text ? h("div", { class: "section-text" }, textObject(block.text)) : null;
  const fields = block.fields
    ? h("div", { class: "section-fields" }, block.fields.map((field) => h("div", {}, textObject(field))))
    : null;
  const el = block.accessory;
  const side = el ? h("div", { class: `accessory accessory-${el.type}` }, element(el, context(scope, block, el))) : null;
  return [h("div", { class: "section-main" }, text, fields), side];
}

function input(block, scope) {
  const el = block.element;
  const error = scope.errors[block.block_id];
  const ids = { labelledby: isGroup(el) ? `${block.block_id}-label` : null };
  const says = [block.hint && `${block.block_id}-hint`, error && `${block.block_id}-error`];
  const label = plain(block.label);
  const describedby = says.filter(Boolean).join(" ");
  const ctx = context(scope, block, el, { label: isGroup(el) ? label : undefined, ...ids, describedby });
  ctx.label = label;
  ctx.attrs["aria-label"] = null;
  const mark = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const name = isGroup(el)
    ? h("div", { class: "label", id: ids.labelledby }, label, mark)
    : h("label", { class: "label", for: ctx.id }, label, mark);
  const hint = block.hint ? h("div", { class: "hint", id: `${block.block_id}-hint` }, plain(block.hint)) : null;
  const wrong = error ? h("div", { class: "error", id: `${block.block_id}-error` }, icon("fault", 15), error) : null;
  return [name, element(el, ctx), wrong, hint];
}

const actions = (block, scope) => block.elements.map((el) => element(el, context(scope, block, el)));

const contextLine = (block) =>
  block.elements.map((el) =>
    el.type === "image" ? h("img", { src: el.image_url, alt: el.alt_text }) : h("span", {}, textObject(el)));

function picture(block) {
  const title = block.title ? h("figcaption", {}, plain(block.title)) : null;
  return h("figure", {}, title, h("img", { src: block.image_url, alt: block.alt_text }));
}

function cell(tag, content, settings) {
  const style = `text-align:${settings?.align ?? "left"}`;
  const wraps = settings?.is_wrapped ? "wraps" : null;
  const inner = content.type === "rich_text" ? richText(content) : String(content.text ?? content.value ?? "");
  return h(tag, { style, class: wraps }, inner);
}

function table(block) {
  const row = (tag) => (cells) =>
    h("tr", {}, cells.map((content, index) => cell(tag, content, block.column_settings?.[index])));
  const [head, ...body] = block.rows;
  const inner = [h("thead", {}, row("th")(head)), h("tbody", {}, body.map(row("td")))];
  return h("div", { class: "table-wrap", tabindex: "0", role: "region", "aria-label": "Table" }, h("table", {}, inner));
}

const LEVELS = { error: "fault", warning: "fault", success: "check" };

const alert = (block) => [icon(LEVELS[block.level] ?? "eye", 18), h("div", {}, textObject(block.text))];

const remoteFile = (block) => [icon("file", 20), h("span", {}, block.external_id)];

const BLOCKS = {
  section,
  input,
  actions,
  context: contextLine,
  context_actions: actions,
  header: (block) => h("h3", {}, plain(block.text)),
  divider: () => h("hr", {}),
  image: picture,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
  alert,
  file: remoteFile,
};

function one(block, scope, index) {
  const draw = BLOCKS[block.type];
  const level = block.level ? ` alert-${block.level}` : "";
  const wrong = scope.errors[block.block_id] ? " invalid" : "";
  const props = { key: block.block_id ?? index, class: `block block-${block.type}${level}${wrong}`, "data-block": block.block_id };
  if (block.type === "alert") props.role = "status";
  return h("div", props, draw ? draw(block, scope) : h("em", { class: "unknown" }, `The sandbox cannot show a "${block.type}" block.`));
}

/** Draws a list of blocks. */
export const blocks = (list, scope) =>
  h("div", { class: "blocks" }, list.map((block, index) => one(block, scope, index)));
