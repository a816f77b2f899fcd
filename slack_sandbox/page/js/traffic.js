// The traffic panel: what the app was sent and what it answered.

import { get } from "./api.js";
import { icon } from "./icons.js";
import { panel } from "./panels.js";
import { local, me, store, update } from "./store.js";
import { clockTime } from "./time.js";
import { h } from "./vdom.js";

const MOST = 300; // rows kept in the list
const self = local("traffic", { entries: [], last: 0, open: null, filter: "", loading: false, again: false });

/** Fetches the new entries while the panel is open. */
export async function loadTraffic() {
  if (self.loading) {
    self.again = true;
    return;
  }
  self.loading = true;
  do {
    self.again = false;
    await loadOnce();
  } while (self.again);
  self.loading = false;
  update();
}

async function loadOnce() {
  try {
    const { entries } = await get("traffic", { after: self.last });
    // An entry may come again when its answer has arrived.
    const fresh = new Set(entries.map((entry) => entry.n));
    self.entries = [...self.entries.filter((entry) => !fresh.has(entry.n)), ...entries].slice(-MOST);
    self.last = self.entries.at(-1)?.n ?? self.last;
  } catch {
    update({ online: false });
  }
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function kindOf(/** @type {RegExpExecArray} */ [whole, text, colon, word]) {
  if (text) return [colon ? "json-key" : "json-text", text, colon ?? ""];
  return [word ? "json-word" : "json-number", whole, ""];
}

function json(value) {
  const source = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const out = [];
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    const [kind, text, tail] = kindOf(match);
    out.push(source.slice(from, match.index), h("span", { class: kind }, text), tail);
    from = match.index + match[0].length;
  }
  return h("pre", { class: "json", tabindex: "0" }, out, source.slice(from));
}

const KINDS = {
  web_api: "Web API", command: "Command", interactive: "Interaction", event: "Event",
  response_url: "response_url", upload: "Upload",
};

const part = (title, value) =>
  value === null || value === undefined || value === "" ? null : [h("h4", {}, title), json(value)];

function detail(entry) {
  return h("div", { class: "entry-detail" }, part("Sent", entry.request), part("Answered", entry.response));
}

function row(entry) {
  const open = self.open === entry.n;
  const toApp = entry.direction === "to_app";
  const toggle = () => {
    self.open = open ? null : entry.n;
    update();
  };
  const arrow = h("span", { class: `arrow ${toApp ? "in" : "out"}` }, toApp ? "to app" : "from app");
  const verdict = h("span", { class: entry.ok ? "ok" : "bad" }, entry.ok ? "ok" : "failed");
  const time = h("time", {}, clockTime(new Date(entry.at), me().tz));
  const facts = h("span", { class: "entry-facts" }, KINDS[entry.kind] ?? entry.kind, " · ", `${Math.round(entry.ms ?? 0)} ms`, " · ", time);
  const props = { type: "button", class: "entry-head", "aria-expanded": String(open), onclick: toggle };
  const head = h("button", props, arrow, h("span", { class: "entry-name" }, h("b", {}, entry.name), facts), verdict, icon("down", 14));
  return h("li", { key: entry.n, class: `entry${open ? " open" : ""}` }, head, open ? detail(entry) : null);
}

const fits = (entry) => `${entry.name} ${entry.kind} ${entry.ok ? "ok" : "failed"}`.toLowerCase().includes(self.filter.toLowerCase());

function search() {
  const oninput = (event) => {
    self.filter = event.target.value;
    update();
  };
  const props = { type: "search", class: "field", placeholder: "Filter: views.open, command, failed…", "aria-label": "Filter the traffic", value: self.filter };
  return h("div", { class: "search" }, icon("search", 16), h("input", { ...props, oninput }));
}

/** The traffic panel. */
export function trafficPanel() {
  const entries = self.entries.filter(fits).reverse();
  const empty = h("p", { class: "empty" }, self.entries.length ? "Nothing fits the filter." : `Nothing was exchanged with ${store.state.app.name} yet.`);
  return panel("traffic", "Traffic", "Every request between the sandbox and the app, newest first. Tokens are masked.",
    search(), entries.length ? h("ul", { class: "entries" }, entries.map(row)) : empty);
}
