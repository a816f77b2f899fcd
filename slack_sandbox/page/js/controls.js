// The buttons of the page itself.

import { icon } from "./icons.js";
import { h } from "./vdom.js";

/** A button with words. `attrs` may change its class. */
export const button = (label, onclick, attrs = {}) =>
  h("button", { type: "button", class: "button", onclick, ...attrs }, label);

/**
 * A button with a picture; `label` is for screen readers and the pointer.
 * @param {string} label @param {string} symbol @param {(event: any) => void} onclick
 * @param {{size?: number, [attribute: string]: any}} more
 */
export function iconButton(label, symbol, onclick, { size = 18, ...attrs } = {}) {
  const props = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return h("button", { ...props, onclick, ...attrs }, icon(symbol, size));
}
