// Starts the page: fetches the state, draws it, and keeps it up to date.

import { listen, onState, refresh } from "./api.js";
import { clockPanel } from "./clock.js";
import { faultsPanel } from "./faults.js";
import { prune } from "./forms.js";
import { closePopup, followAnchor } from "./menu.js";
import { toNewest } from "./messages.js";
import { focusModal, modals } from "./modal.js";
import { pane, threadPane } from "./pane.js";
import { afterPress } from "./press.js";
import { sidebar } from "./sidebar.js";
import { focusSoon, onChange, person, store, update } from "./store.js";
import { confirmDialog, toasts } from "./toasts.js";
import { topbar } from "./topbar.js";
import { loadTraffic, trafficPanel } from "./traffic.js";
import { markRead } from "./unread.js";
import { h, render } from "./vdom.js";

const root = document.getElementById("app");
const PANELS = { clock: clockPanel, traffic: trafficPanel, faults: faultsPanel };

const AWAY = "The sandbox does not answer. This page comes back by itself when it runs again.";

const beginning = () => (store.online ? (store.refused ?? "Starting…") : AWAY);

function page() {
  if (!store.state) return h("p", { class: "starting" }, beginning());
  markRead(store.state.channels);
  const offline = store.online ? null : h("div", { class: "offline", role: "alert" }, AWAY);
  const side = store.panel ? PANELS[store.panel]() : threadPane();
  return [
    topbar(), offline,
    h("div", { class: `desk${side ? " with-side" : ""}`, key: "desk" }, sidebar(), pane(), side),
    h("div", { class: "visually-hidden", "aria-live": "polite", key: "said" }, store.said),
    modals(), confirmDialog(), store.state.views.length ? null : toasts(),
  ];
}

// Says new messages to people who use a screen reader.
function announce(state, previous) {
  const before = previous?.me === state.me && previous.channels.find((item) => item.id === store.channel);
  const now = state.channels.find((item) => item.id === store.channel);
  if (!before || !now) return;
  const known = new Set(before.messages.map((message) => message.ts));
  const fresh = now.messages.filter((message) => !known.has(message.ts) && message.user !== store.user);
  if (fresh.some((message) => message.ephemeral)) setTimeout(() => toNewest()); // an answer to what was just done
  if (fresh.length) store.said = fresh.map((message) => `${person(message.user).real_name}: ${message.text}`).join(". ");
}

// After a change of person or on the first load: a conversation that this person can see.
function settleChannel(state) {
  if (state.channels.some((channel) => channel.id === store.channel)) return;
  store.channel = state.channels[0]?.id ?? null;
  store.thread = null;
}

function readAddress() {
  const [user, channel] = location.hash.slice(1).split("/");
  Object.assign(store, { user: user || null, channel: channel || null });
}

function writeAddress() {
  const hash = `#${store.user}/${store.channel ?? ""}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

let hadTraffic = false;

function draw() {
  render(root, page());
  focusModal();
  if (store.state) writeAddress();
  document.title = store.state ? `${store.state.team.name} · Sandbox` : "Sandbox";
  if (store.panel === "traffic" && !hadTraffic) loadTraffic();
  hadTraffic = store.panel === "traffic";
}

function closePopupOutside(event) {
  if (store.popup && !event.target.closest(".popup, .menu-anchor, .combobox")) closePopup();
}

async function start() {
  readAddress();
  onChange(afterPress(draw));
  onState((state, previous) => {
    store.user = state.me;
    settleChannel(state);
    prune(state.views, previous?.views);
    announce(state, previous);
    if (store.panel === "traffic") loadTraffic();
  });
  document.addEventListener("mousedown", closePopupOutside);
  document.addEventListener("scroll", followAnchor, true);
  window.addEventListener("resize", () => store.popup && closePopup());
  setInterval(() => update(), 15000); // the clock in the bar
  await connect();
}

// Until there is a state there is nobody whose changes could be listened for.
async function connect() {
  await refresh();
  if (store.state) {
    listen();
    focusSoon("composer");
  } else setTimeout(connect, 2000);
}

start();
