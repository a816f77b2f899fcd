// The elements of Block Kit: buttons, choices, and (from fields.js) what takes text.

import { combobox } from "./combobox.js";
import { FIELDS } from "./fields.js";
import { option } from "./forms.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { plain, textObject } from "./mrkdwn.js";
import { store } from "./store.js";
import { h } from "./vdom.js";

function button(el, ctx) {
  const style = { primary: " button-primary", danger: " button-danger" }[el.style] ?? "";
  const open = () => {
    if (el.url && /^https?:/i.test(el.url)) window.open(el.url, "_blank", "noopener");
    ctx.press();
  };
  const props = {
    type: "button", id: ctx.id, class: `button${style}`, onclick: open, disabled: ctx.disabled,
    "aria-busy": ctx.busy ? "true" : null, ...ctx.attrs, "aria-label": el.accessibility_label ?? null,
  };
  return h("button", props, ctx.busy ? h("span", { class: "spinner" }) : null, plain(el.text));
}

function overflow(el, ctx) {
  const choose = (item) => () => {
    if (item.url) window.open(item.url, "_blank", "noopener");
    ctx.press(item.value);
  };
  const items = el.options.map((item) => ({
    label: plain(item.text), choose: choose(item), note: plain(item.description), attrs: { "data-value": item.value },
  }));
  const { "data-block-id": block, "data-action-id": action } = ctx.attrs;
  const attrs = { class: "button button-icon", "data-block-id": block, "data-action-id": action };
  return menuButton({ id: ctx.id, label: "More actions", content: icon("more"), items, attrs });
}

function choice(type, el, ctx, item, index) {
  const many = type === "checkbox";
  const chosen = many ? ctx.value.includes(item.value) : ctx.value === item.value;
  const toggle = (checked) => {
    const rest = ctx.read().filter((value) => value !== item.value);
    ctx.set(checked ? [...rest, item.value] : rest);
  };
  const onchange = (event) => (many ? toggle(event.target.checked) : ctx.set(item.value));
  const note = item.description ? h("span", { class: "choice-note" }, textObject(item.description)) : null;
  const { "data-block-id": block, "data-action-id": action } = ctx.attrs;
  const input = h("input", {
    type, name: ctx.id, id: `${ctx.id}-${index}`, value: item.value, checked: chosen, disabled: ctx.disabled,
    onchange, "data-block-id": block, "data-action-id": action,
  });
  return h("label", { class: "choice", key: item.value }, input, h("span", {}, textObject(item.text), note));
}

const choices = (type) => (el, ctx) => {
  const role = type === "radio" ? "radiogroup" : "group";
  const props = { role, id: ctx.id, class: "choices", "aria-labelledby": ctx.labelledby ?? null };
  const { "data-block-id": _block, "data-action-id": _action, ...aria } = ctx.attrs;
  return h("div", { ...props, ...aria }, el.options.map((item, index) => choice(type, el, ctx, item, index)));
};

const people = () => [{ options: store.state.users.map((user) => ({ value: user.id, text: user.real_name })) }];

const rooms = () => [{
  options: store.state.channels
    .filter((channel) => !channel.is_im)
    .map((channel) => ({ value: channel.id, text: `#${channel.name}` })),
}];

const fixed = (el) =>
  el.option_groups
    ? el.option_groups.map((group) => ({ label: plain(group.label), options: group.options.map(option) }))
    : [{ options: el.options.map(option) }];

function toggled(ctx, item, most) {
  const rest = ctx.read().filter((chosen) => chosen.value !== item.value);
  if (rest.length < ctx.read().length) return rest;
  return rest.length < most ? [...rest, item] : rest;
}

function select(source, multi) {
  return (el, ctx) => {
    const choose = multi ? (item) => ctx.set(toggled(ctx, item, el.max_selected_items ?? 100)) : ctx.set;
    const external = source === "app";
    return combobox({
      id: ctx.id, label: ctx.label, multi, choose: (item) => choose(item),
      chosen: multi ? ctx.value : [ctx.value].filter(Boolean), clear: () => ctx.set(null),
      groups: external ? [] : source(el), suggest: external ? ctx.suggest : null,
      minQuery: el.min_query_length ?? (external ? 3 : 0), disabled: ctx.disabled, attrs: ctx.attrs,
      placeholder: plain(el.placeholder) || (multi ? "Choose some" : "Choose one"),
    });
  };
}

const image = (el) => h("img", { class: "thumb", src: el.image_url, alt: el.alt_text });

const ELEMENTS = {
  ...FIELDS,
  button,
  workflow_button: button,
  overflow,
  checkboxes: choices("checkbox"),
  radio_buttons: choices("radio"),
  static_select: select(fixed, false),
  external_select: select("app", false),
  users_select: select(people, false),
  channels_select: select(rooms, false),
  conversations_select: select(rooms, false),
  multi_static_select: select(fixed, true),
  multi_external_select: select("app", true),
  multi_users_select: select(people, true),
  multi_channels_select: select(rooms, true),
  multi_conversations_select: select(rooms, true),
  image,
};

const GROUPS = new Set(["checkboxes", "radio_buttons"]);

/** True for elements that are several inputs under one label. */
export const isGroup = (el) => GROUPS.has(el.type);

/** Draws one element. */
export function element(el, ctx) {
  return ELEMENTS[el.type]?.(el, ctx) ?? h("em", { class: "unknown" }, `The sandbox cannot show "${el.type}".`);
}
