// The faults panel: make the little Slack misbehave, to see that the app copes.

import { tell } from "./api.js";
import { button } from "./controls.js";
import { panel } from "./panels.js";
import { store, toast } from "./store.js";
import { h } from "./vdom.js";

const COUNTERS = [
  ["rate_limit", "Too many requests", "The next calls are answered with 429."],
  ["server_error", "Slack is down", "The next calls are answered with 500."],
  ["drop_answer", "Answer lost", "The next calls are done, but the answer does not arrive."],
  ["silent", "No answer", "The next calls hang."],
  ["lost_share", "Files get lost", "The next files are taken and never shown."],
  ["late_share", "Files come late", "The next files are shown after three seconds."],
];

const SWITCHES = [
  ["duplicate_delivery", "Deliver everything twice"],
  ["shuffle_delivery", "Deliver out of order"],
  ["double_click", "Every click is a double click"],
  ["bad_signature", "Wrong signature (HTTP mode)"],
  ["old_timestamp", "Old timestamp (HTTP mode)"],
  ["revoke_token", "Revoke the bot token"],
  ["withhold_optional_scopes", "Withhold the optional scopes"],
  ["silent_handshake", "New connections are not answered"],
];

const facts = () => store.state.faults ?? {};

const send = (change) => tell("faults", change);

function counter(/** @type {string[]} */ [name, title, note]) {
  const id = `fault-${name}`;
  const onchange = (event) => send({ [name]: Math.max(0, Number(event.target.value) || 0) });
  const field = { type: "number", min: "0", max: "99", class: "field field-tiny", id, value: String(facts()[name] ?? 0), onchange };
  return h("div", { class: "fault" }, h("label", { for: id }, h("b", {}, title), h("small", {}, note)), h("input", field));
}

function toggle(/** @type {string[]} */ [name, title]) {
  const onchange = (event) => send({ [name]: event.target.checked });
  const box = { type: "checkbox", role: "switch", checked: Boolean(facts()[name]), onchange };
  return h("label", { class: "fault" }, h("span", {}, title), h("input", box));
}

function methods() {
  const onchange = (event) => {
    const names = event.target.value.split(/[\s,]+/).filter(Boolean);
    send({ methods: names.length ? names : null });
  };
  const field = { type: "text", class: "field", id: "fault-methods", placeholder: "All methods", value: facts().methods?.join(", ") ?? "", onchange };
  return [
    h("label", { class: "label", for: "fault-methods" }, "Only for these methods"), h("input", field),
    h("p", { class: "hint" }, "For example chat.postMessage, views.open"),
  ];
}

const RATES = [["none", "Off"], ["posts", "A message a second in a channel, 50 updates a minute"], ["all", "All of Slack's limits"]];

function rates() {
  const onchange = (event) => send({ enforce_rates: event.target.value });
  const row = (/** @type {string[]} */ [value, label]) => h("option", { value, selected: facts().enforce_rates === value }, label);
  return [
    h("label", { class: "label", for: "fault-rates" }, "Rate limits in force"),
    h("select", { id: "fault-rates", class: "field", onchange }, RATES.map(row)),
  ];
}

const BREAKS = [
  ["disconnect", "Cut the connection", "The connection was cut. The app should come back by itself."],
  ["close", "Close it", "The connection was closed. The app should come back by itself."],
  ["reset", "Reset it", "The connection was reset. The app should come back by itself."],
  ["silence", "Let it go silent", "Nothing is read or answered any more. The app has to notice by itself."],
];

function breaker(/** @type {string[]} */ [how, title, done]) {
  const onclick = async () => {
    const answer = await send({ break_connection: how });
    if (answer.ok) toast(done);
  };
  return button(title, onclick, { class: "button button-danger" });
}

async function calm() {
  const off = Object.fromEntries(SWITCHES.map(([name]) => [name, false]));
  const none = Object.fromEntries(COUNTERS.map(([name]) => [name, 0]));
  const answer = await send({ ...off, ...none, methods: null });
  if (answer.ok) toast("All faults are off.");
}

/** How many faults are switched on. */
export const activeFaults = () =>
  [...COUNTERS, ...SWITCHES].filter(([name]) => Boolean(facts()[name])).length;

/** The faults panel. */
export function faultsPanel() {
  return panel("faults", "Faults", "Make the sandbox misbehave as networks do, and watch the app cope.",
    h("h3", {}, "Web API calls of the app"), COUNTERS.map(counter), methods(), rates(),
    h("h3", {}, "Delivery to the app"), SWITCHES.map(toggle),
    h("div", { class: "row" }, BREAKS.map(breaker), button("All off", calm)));
}
