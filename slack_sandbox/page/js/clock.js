// The sandbox's clock: what time it is, and how to move it.

import { tell } from "./api.js";
import { button } from "./controls.js";
import { panel } from "./panels.js";
import { local, me, sandboxNow, store, update } from "./store.js";
import { clockTime, fromLocalInput, localInput, longDay, nextHour, shortDay, zoneName } from "./time.js";
import { h } from "./vdom.js";

const HOUR = 3600;
const STEPS = [["+1 hour", HOUR], ["+4 hours", 4 * HOUR], ["+1 day", 24 * HOUR], ["+1 week", 7 * 24 * HOUR]];
const PLACES = [
  ["New York", "America/New_York"],
  ["Los Angeles", "America/Los_Angeles"],
  ["London", "Europe/London"],
  ["UTC", "UTC"],
];

const advance = (seconds) => tell("clock", { advance_seconds: seconds });
const jump = (date) => tell("clock", { to: date.toISOString() });

function ahead() {
  const seconds = Math.round(store.state.clock.offset_seconds);
  if (Math.abs(seconds) < 60) return "The sandbox runs on real time.";
  const days = Math.floor(Math.abs(seconds) / 86400);
  const hours = Math.round((Math.abs(seconds) % 86400) / HOUR);
  const size = [days && `${days} d`, hours && `${hours} h`].filter(Boolean).join(" ") || "under an hour";
  return `${size} ${seconds > 0 ? "ahead of" : "behind"} real time.`;
}

function jumper(now, tz) {
  const self = local("clock", { text: "" });
  const value = self.text || localInput(now, tz);
  const typed = (event) => {
    self.text = event.target.value;
    update();
  };
  const go = (event) => {
    event.preventDefault();
    jump(fromLocalInput(value, tz));
    self.text = "";
  };
  const field = h("input", { type: "datetime-local", id: "clock-to", class: "field", value, onchange: typed, onfocus: typed });
  return h("form", { class: "row", onsubmit: go }, field, h("button", { type: "submit", class: "button button-primary" }, "Go"));
}

function face(now, tz, name) {
  const whose = h("small", {}, `${name}'s time, ${zoneName(now, tz)}`);
  return h("div", { class: "clock-face" }, h("b", {}, clockTime(now, tz)), h("span", {}, longDay(now, tz)), whose);
}

/** The clock panel. */
export function clockPanel() {
  const now = sandboxNow();
  const { tz, real_name: name } = me();
  const places = PLACES.map(([place, zone]) =>
    h("tr", {}, h("th", { scope: "row" }, place), h("td", {}, shortDay(now, zone)), h("td", {}, clockTime(now, zone))));
  return panel("clock", "Clock", "Move time forward to see reminders and porting days happen.",
    face(now, tz, name),
    h("div", { class: "grid" }, STEPS.map(([label, seconds]) => button(label, () => advance(seconds)))),
    button("Next 8 am", () => jump(nextHour(now, tz, 8)), { class: "button wide" }),
    h("label", { class: "label", for: "clock-to" }, "Go to a date and time"), jumper(now, tz),
    h("p", { class: "hint" }, ahead()),
    h("table", { class: "zones" }, h("tbody", {}, places)));
}
