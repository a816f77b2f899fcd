// Modal views: a stack of up to three, of which the last one is shown.

import { post } from "./api.js";
import { blocks } from "./blocks.js";
import { button, iconButton } from "./controls.js";
import { collect } from "./forms.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { holdTyping, viewScope } from "./scope.js";
import { local, store, update } from "./store.js";
import { toasts } from "./toasts.js";
import { h } from "./vdom.js";

const memory = (view) => local(`view/${view.id}`, { busy: false, errors: null, error: null });

let errorWaits = false; // the first field with an error is to get the focus

// A field takes no focus while the view is being sent; the next drawing tries again.
function focusError(modal) {
  const field = modal.querySelector(".block.invalid :is(input, textarea)");
  if (field?.disabled) return;
  errorWaits = false;
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

async function submit(view) {
  const self = memory(view);
  if (self.busy) return;
  const sendTyping = holdTyping();
  Object.assign(self, { busy: true, errors: null, error: null });
  update();
  const answer = await post("submit", { user: store.user, view_id: view.id, state: collect(view) });
  self.busy = false;
  if (!answer.ok) Object.assign(self, { errors: answer.errors ?? null, error: answer.errors ? null : answer.error });
  errorWaits = Boolean(answer.errors);
  update();
  if (answer.ok) return;
  await sendTyping();
  // A field that was switched off meanwhile has lost the focus.
  errorWaits = Boolean(answer.errors) && !document.querySelector("dialog.modal :focus");
  update();
}

async function close(view, clear) {
  await holdTyping()();
  post("close", { user: store.user, view_id: view.id, clear });
}

function head(view) {
  return h("header", { class: "modal-head" },
    h("span", { class: "app-mark", "aria-hidden": "true" }, store.state.app.name.slice(0, 1)),
    h("div", {}, h("h2", { id: "modal-title" }, plain(view.title)), h("small", {}, store.state.app.name)),
    iconButton("Close", "close", () => close(view, true)));
}

function foot(view, self, depth) {
  const busy = self.busy || view.busy;
  const back = plain(view.close) || (depth > 1 ? "Back" : "Close");
  const cancel = button(back, () => close(view, false));
  const props = { type: "submit", class: "button button-primary", disabled: busy, "aria-busy": String(busy) };
  const send = view.submit ? h("button", props, busy ? h("span", { class: "spinner" }) : null, plain(view.submit)) : null;
  const trouble = self.error ?? view.trouble;
  const note = trouble ? h("p", { class: "error", role: "alert" }, icon("fault", 15), trouble) : null;
  return h("footer", { class: "modal-foot" }, note, cancel, send);
}

function summary(errors) {
  const count = Object.keys(errors).length;
  const words = count === 1 ? "One field needs your attention." : `${count} fields need your attention.`;
  return h("div", { class: "visually-hidden", role: "alert" }, count ? words : "");
}

/** Brings the focus into the open modal, to where a person starts. */
export function focusModal() {
  const modal = document.querySelector("dialog.modal");
  if (!modal || store.confirm) return;
  if (errorWaits) focusError(modal);
  if (errorWaits || modal.contains(document.activeElement)) return;
  const starts = ["[data-autofocus]", ".modal-body :is(input, textarea, button)", ".modal-foot button"];
  const found = starts.map((selector) => /** @type {HTMLElement | null} */ (modal.querySelector(selector))).find(Boolean);
  found?.focus({ preventScroll: true });
}

function show(el) {
  el.showModal();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur(); // the browser chooses the cross in the corner
  focusModal();
}

// Closing before it leaves the page gives the focus back to where it was.
const hide = (el) => el.close();

// Esc closes the view; an open list or menu has taken the key before it comes here.
function onEscape(event, view) {
  if (event.type === "keydown" && event.key !== "Escape") return;
  if (event.target !== event.currentTarget && event.type === "cancel") return; // a file chooser's
  event.preventDefault();
  close(view, false);
}

function shown(view, depth) {
  const self = memory(view);
  const errors = self.errors ?? view.errors ?? {};
  const scope = viewScope(view, errors, self.busy || view.busy);
  const onsubmit = (event) => {
    event.preventDefault();
    submit(view);
  };
  const form = { class: "modal-form", novalidate: true, onsubmit };
  const facts = { "aria-labelledby": "modal-title", "data-callback": view.callback_id };
  const props = { key: view.id, class: "modal", onmount: show, onunmount: hide, ...facts };
  const leave = (event) => onEscape(event, view);
  return h("dialog", { ...props, onkeydown: leave, oncancel: leave },
    h("form", form, head(view),
      h("div", { class: "modal-body", key: view.callback_id }, blocks(view.blocks, scope)),
      foot(view, self, depth)),
    summary(errors), toasts());
}

/** The top view of the acting user's stack. */
export function modals() {
  const { views } = store.state;
  return views.length ? shown(views.at(-1), views.length) : null;
}
