// The left side: the workspace, its conversations, and who one acts as.

import { listen, refresh } from "./api.js";
import { avatar } from "./avatar.js";
import { icon } from "./icons.js";
import { channelTitle, focusSoon, me, partner, person, sandboxNow, store, update } from "./store.js";
import { zoneName } from "./time.js";
import { unread } from "./unread.js";
import { h } from "./vdom.js";

const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Opens a conversation. */
export function openChannel(id) {
  update({ channel: id, tab: "messages", thread: null });
  focusSoon("composer");
}

/** Shows the workspace as this person sees it. */
export async function actAs(id) {
  if (id === store.user) return;
  Object.assign(store, { user: id, thread: null, popup: null, confirm: null, tab: "messages" });
  listen();
  await refresh();
}

function channelRow(channel) {
  const current = store.channel === channel.id;
  const count = current ? 0 : unread(channel);
  const face = channel.is_im ? avatar(person(partner(channel)), "tiny") : icon("hash", 16);
  const badge = count ? h("span", { class: "count", "aria-label": `${count} new` }, count) : null;
  const props = {
    type: "button", class: `room${current ? " current" : ""}${count ? " unread" : ""}`, key: channel.id,
    "data-channel": channel.id, "aria-current": current ? "page" : null, onclick: () => openChannel(channel.id),
  };
  return h("button", props, face, h("span", { class: "room-name" }, channelTitle(channel)), badge);
}

function rooms(title, channels) {
  if (!channels.length) return null;
  return h("section", { "aria-label": title }, h("h2", {}, title), channels.map(channelRow));
}

const windowFor = (user) => `/#${user.id}/${store.channel ?? ""}`;

function personRow(user) {
  const current = user.id === store.user;
  const about = [capital(user.role), zoneName(sandboxNow(), user.tz)].filter(Boolean).join(" · ");
  const text = h("span", { class: "person-text" }, h("b", {}, user.real_name), h("small", { title: user.tz_label }, about));
  const press = { type: "button", class: "person", "aria-pressed": String(current), "data-user": user.id };
  const button = h("button", { ...press, onclick: () => actAs(user.id) }, avatar(user, "small"), text, current ? icon("check", 16) : null);
  const label = `Open a second window as ${user.real_name}`;
  const beside = { class: "icon-button beside", href: windowFor(user), target: "_blank", title: label, "aria-label": label };
  return h("div", { class: `person-row${current ? " current" : ""}`, key: user.id }, button, h("a", beside, icon("window", 15)));
}

function people() {
  const { users } = store.state;
  return h("section", { class: "people", "aria-label": "Acting as" },
    h("h2", {}, "Acting as"),
    h("div", { class: "people-list" }, users.map(personRow)));
}

/** The sidebar. */
export function sidebar() {
  const { team, channels } = store.state;
  const mark = h("span", { class: "team-mark", "aria-hidden": "true" }, team.name.slice(0, 1).toUpperCase());
  const head = h("div", { class: "team" }, mark, h("div", {}, h("b", {}, team.name), h("small", {}, `You are ${me().real_name}`)));
  return h("nav", { class: "sidebar", "aria-label": "Workspace" }, head,
    h("div", { class: "rooms" },
      rooms("Channels", channels.filter((channel) => !channel.is_im)),
      rooms("Direct messages", channels.filter((channel) => channel.is_im))),
    people());
}
