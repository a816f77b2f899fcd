// A person's initials on their colour.

import { h } from "./vdom.js";

const COLOURS = ["#0f766e", "#9a3412", "#4338ca", "#9d174d", "#166534", "#1d4ed8", "#6b21a8", "#854d0e"];

const initials = (name) =>
  name.split(/[\s._-]+/).filter(Boolean).slice(0, 2).map((word) => [...word][0].toUpperCase()).join("");

const fallback = (id) => COLOURS[[...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS.length];

const colourOf = (user) => (user.color ? `#${user.color.replace("#", "")}` : fallback(user.id));

export function avatar(user, size = "") {
  const style = `--tint:${user.role === "app" ? "#1f3a5f" : colourOf(user)}`;
  const kind = user.role === "app" ? " avatar-app" : "";
  return h("span", { class: `avatar${kind} ${size}`, style, "aria-hidden": "true" }, initials(user.real_name));
}
