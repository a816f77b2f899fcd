// Menus that drop from a button: overflow, message actions, shortcuts. One is open at a time.

import { store, update } from "./store.js";
import { h } from "./vdom.js";

export const closePopup = () => update({ popup: null });

/** Puts a popup next to its anchor, above it where there is no room below. */
export function place(anchor, popup) {
  const box = anchor.getBoundingClientRect();
  const { offsetHeight: height, offsetWidth: width } = popup;
  const below = window.innerHeight - box.bottom - 12;
  const above = below < height && box.top > below;
  popup.style.top = above ? `${Math.max(8, box.top - height - 4)}px` : `${box.bottom + 4}px`;
  popup.anchor = anchor;
  popup.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - width - 8))}px`;
}

/** Keeps the open popup at its anchor when something scrolls. */
export function followAnchor(event) {
  if (event.target.closest?.(".popup")) return;
  const popup = /** @type {any} */ (document.querySelector(".popup"));
  if (popup?.anchor?.isConnected) place(popup.anchor, popup);
}

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

function onKey(event, anchorId) {
  moveFocus(event);
  if (event.key !== "Escape" && event.key !== "Tab") return;
  event.preventDefault();
  event.stopPropagation();
  closePopup();
  document.getElementById(anchorId)?.focus();
}

function item(entry, anchorId) {
  const choose = () => {
    closePopup();
    document.getElementById(anchorId)?.focus();
    entry.choose();
  };
  const note = entry.note ? h("span", { class: "menu-note" }, entry.note) : null;
  const props = { type: "button", role: "menuitem", class: "menu-item", tabindex: "-1", onclick: choose };
  return h("button", { ...props, ...entry.attrs }, h("span", {}, entry.label), note);
}

function popup(id, label, items) {
  const show = (el) => {
    place(document.getElementById(id), el);
    el.querySelector('[role="menuitem"]')?.focus();
  };
  const props = { key: "menu", class: "popup menu", role: "menu", "aria-label": label, onmount: show };
  const body = items.length ? items.map((entry) => item(entry, id)) : h("p", { class: "menu-empty" }, "Nothing here.");
  return h("div", { ...props, onkeydown: (event) => onKey(event, id) }, body);
}

/** A button with a menu. `items` are {label, note?, choose, attrs?}. */
export function menuButton({ id, label, content, items, attrs = {} }) {
  const open = store.popup === id;
  const toggle = (event) => {
    event.stopPropagation();
    update({ popup: open ? null : id });
  };
  const aria = { "aria-haspopup": "menu", "aria-expanded": String(open), "aria-label": label, title: label };
  const button = h("button", { type: "button", id, class: "icon-button", onclick: toggle, ...aria, ...attrs }, content);
  return h("span", { class: "menu-anchor" }, button, open ? popup(id, label, items) : null);
}
