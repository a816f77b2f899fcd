// A list to choose from by typing: selects with fixed options, and those that ask the app.

import { closePopup, place } from "./menu.js";
import { local, store, update } from "./store.js";
import { icon } from "./icons.js";
import { h } from "./vdom.js";

const DELAY = 250; // ms between the last key and the question to the app

const matches = (query) => (option) => option.text.toLowerCase().includes(query.trim().toLowerCase());

/** The options that fit what was typed; for an external list the app has chosen them already. */
function visible(spec, self) {
  const groups = spec.suggest ? (self.groups ?? []) : spec.groups;
  const fits = spec.suggest || !self.query ? () => true : matches(self.query);
  return groups
    .map((group) => ({ ...group, options: group.options.filter(fits) }))
    .filter((group) => group.options.length);
}

const flat = (groups) => groups.flatMap((group) => group.options);

async function ask(spec, self) {
  const query = self.query;
  if (query.length < (spec.minQuery ?? 0)) {
    self.groups = [];
    return update();
  }
  self.busy = true;
  update();
  const groups = await spec.suggest(query);
  if (query !== self.query) return undefined; // an older question
  Object.assign(self, { groups, busy: false, active: 0 });
  return update();
}

function search(spec, self, wait) {
  clearTimeout(self.timer);
  if (spec.suggest) self.timer = setTimeout(() => ask(spec, self), wait);
}

function open(spec, self) {
  if (spec.disabled || store.popup === spec.id) return;
  Object.assign(self, { query: "", active: 0 });
  search(spec, self, 0);
  update({ popup: spec.id });
}

function pick(spec, self, option) {
  self.query = "";
  spec.choose(option);
  if (spec.multi) update();
  else closePopup();
}

const KEYS = {
  ArrowDown: (spec, self, options) => (self.active = Math.min(self.active + 1, options.length - 1)),
  ArrowUp: (spec, self) => (self.active = Math.max(self.active - 1, 0)),
  Home: (spec, self) => (self.active = 0),
  End: (spec, self, options) => (self.active = options.length - 1),
  Enter: (spec, self, options) => options[self.active] && pick(spec, self, options[self.active]),
  Escape: closePopup,
};

function onKey(event, spec, self) {
  if (event.key === "Tab") return closePopup();
  if (store.popup !== spec.id) {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      open(spec, self);
    }
    return undefined;
  }
  if (event.key in KEYS) {
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key](spec, self, flat(visible(spec, self)));
    update();
  }
  return undefined;
}

function row(spec, self, option, index) {
  const chosen = spec.chosen.some((item) => item.value === option.value);
  const active = index === self.active;
  // Pressing the mouse must not take the focus away from the field.
  const props = {
    id: `${spec.id}-${index}`, role: "option", "aria-selected": String(chosen),
    class: `option${active ? " active" : ""}`, onmousedown: (event) => event.preventDefault(),
    onclick: () => pick(spec, self, option),
  };
  const note = option.description ? h("span", { class: "menu-note" }, option.description) : null;
  return h("div", props, h("span", {}, option.text, note), chosen ? icon("check", 16) : null);
}

function listbox(spec, self) {
  const groups = visible(spec, self);
  let index = -1;
  const rows = groups.map((group) => [
    group.label ? h("div", { class: "option-group", role: "presentation" }, group.label) : null,
    group.options.map((option) => row(spec, self, option, (index += 1))),
  ]);
  const empty = index < 0 ? h("div", { class: "menu-empty" }, self.busy ? "Asking the app…" : "Nothing found.") : null;
  const show = (el) => {
    const box = document.getElementById(spec.id)?.closest(".combobox-box");
    if (!(box instanceof HTMLElement)) return;
    el.style.minWidth = `${box.offsetWidth}px`;
    place(box, el);
  };
  const props = { id: `${spec.id}-list`, role: "listbox", "aria-label": spec.label, class: "popup options" };
  return h("div", { key: "list", ...props, onmount: show }, rows, empty);
}

function tags(spec) {
  if (!spec.multi) return null;
  const tag = (option) => {
    const drop = () => spec.choose(option);
    const cross = h("button", { type: "button", "aria-label": `Remove ${option.text}`, onclick: drop }, icon("close", 12));
    return h("span", { class: "tag", key: option.value }, option.text, cross);
  };
  return h("span", { class: "tags" }, spec.chosen.map(tag));
}

function field(spec, self, isOpen) {
  const shown = spec.multi ? "" : (spec.chosen[0]?.text ?? "");
  const typed = (event) => {
    if (store.popup !== spec.id) open(spec, self);
    Object.assign(self, { query: event.target.value, active: 0 });
    search(spec, self, DELAY);
    update();
  };
  const aria = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": String(isOpen),
    "aria-controls": `${spec.id}-list`, "aria-activedescendant": isOpen ? `${spec.id}-${self.active}` : null,
  };
  return h("input", {
    type: "text", id: spec.id, autocomplete: "off", value: isOpen ? self.query : shown,
    placeholder: (isOpen && shown) || spec.placeholder, disabled: Boolean(spec.disabled),
    onclick: () => open(spec, self), oninput: typed, onkeydown: (event) => onKey(event, spec, self),
    onblur: () => store.popup === spec.id && closePopup(), ...aria, ...spec.attrs,
  });
}

/**
 * Draws the field and, when open, its list.
 * `spec`: {id, label, groups | suggest(query), chosen: [{text, value}], choose(option), multi,
 * placeholder, minQuery, disabled, attrs, clear?}.
 */
export function combobox(spec) {
  const self = local(`combobox/${spec.id}`, { query: "", active: 0, groups: null, busy: false });
  const isOpen = store.popup === spec.id;
  const clear = spec.clear && spec.chosen.length && !spec.multi
    ? h("button", { type: "button", class: "clear", "aria-label": "Clear the choice", onclick: spec.clear }, icon("close", 14))
    : null;
  const box = h("span", { class: "combobox-box" }, tags(spec), field(spec, self, isOpen), clear, icon("down", 16));
  return h("span", { class: "combobox" }, box, isOpen ? listbox(spec, self) : null);
}
