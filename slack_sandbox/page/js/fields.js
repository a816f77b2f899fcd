// The elements that take text, dates and files.

import { upload } from "./api.js";
import { iconButton } from "./controls.js";
import { icon } from "./icons.js";
import { plain } from "./mrkdwn.js";
import { me, toast } from "./store.js";
import { fromLocalInput, localInput } from "./time.js";
import { h } from "./vdom.js";

function onEnter(ctx, el) {
  const sends = el.dispatch_action_config?.trigger_actions_on?.includes("on_enter_pressed");
  return (event) => {
    if (event.key !== "Enter" || event.isComposing || (el.multiline && !event.metaKey && !event.ctrlKey)) return;
    if (sends) event.preventDefault();
    ctx.set(event.target.value, "enter");
  };
}

function textProps(el, ctx) {
  return {
    id: ctx.id, value: ctx.value, disabled: ctx.disabled, placeholder: plain(el.placeholder),
    autocomplete: "off", onkeydown: onEnter(ctx, el),
    oninput: (event) => ctx.set(event.target.value, "typed"), ...ctx.attrs,
  };
}

const single = (type, more = {}) => (el, ctx) => h("input", { type, class: "field", ...more, ...textProps(el, ctx) });

const area = (el, ctx) => h("textarea", { class: "field", rows: "4", ...textProps(el, ctx) });

const text = (el, ctx) => (el.multiline ? area(el, ctx) : single("text")(el, ctx));

// A text field with a numeric keyboard: the sandbox must see what was typed, right or wrong.
const number = (el, ctx) => single("text", { inputmode: el.is_decimal_allowed ? "decimal" : "numeric" })(el, ctx);

function picker(type) {
  return (el, ctx) => {
    const onchange = (event) => ctx.set(event.target.value);
    const props = { type, class: "field field-short", id: ctx.id, value: ctx.value, disabled: ctx.disabled };
    return h("input", { ...props, onchange, ...ctx.attrs });
  };
}

function dateTime(el, ctx) {
  const { tz } = me();
  const value = ctx.value ? localInput(new Date(ctx.value * 1000), tz) : "";
  const onchange = (event) =>
    ctx.set(event.target.value ? fromLocalInput(event.target.value, tz).getTime() / 1000 : null);
  const props = { type: "datetime-local", class: "field field-short", id: ctx.id, value };
  return h("input", { ...props, disabled: ctx.disabled, onchange, ...ctx.attrs });
}

/** "41 KB" */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

async function addFile(ctx, file) {
  const entry = { name: file.name, size: file.size, busy: true };
  ctx.set([...ctx.read(), entry], "typed");
  const answer = await upload(file);
  if (!answer.ok) toast(answer.error, "error");
  const done = answer.ok ? [{ ...entry, ...answer.file, busy: false }] : [];
  ctx.set(ctx.read().flatMap((item) => (item === entry ? done : [item])), "picked");
}

function addFiles(ctx, el, chosen) {
  const free = (el.max_files ?? 10) - ctx.read().length;
  if (chosen.length > free) toast(`At most ${el.max_files ?? 10} files can go here.`, "error");
  for (const file of [...chosen].slice(0, Math.max(0, free))) addFile(ctx, file);
}

function fileRow(ctx, file) {
  const drop = () => ctx.set(ctx.read().filter((item) => item !== file));
  const note = file.busy ? "Uploading…" : size(file.size ?? 0);
  const name = h("span", { class: "file-text" }, h("b", {}, file.name), h("small", {}, note));
  const cross = iconButton(`Remove ${file.name}`, "close", drop, { size: 14 });
  return h("li", { class: "file-row" }, icon("file", 20), name, cross);
}

function fileInput(el, ctx) {
  const choose = (event) => {
    addFiles(ctx, el, event.target.files);
    event.target.value = ""; // so that the same file can be chosen again
  };
  const dropped = (event) => {
    event.preventDefault();
    addFiles(ctx, el, event.dataTransfer.files);
  };
  const input = h("input", {
    type: "file", id: ctx.id, class: "file-chooser", multiple: (el.max_files ?? 10) > 1, disabled: ctx.disabled,
    accept: el.filetypes?.map((type) => `.${type}`).join(",") || null, onchange: choose, ...ctx.attrs,
  });
  const kinds = el.filetypes?.length ? `${el.filetypes.join(", ").toUpperCase()} · ` : "";
  const note = h("small", {}, `${kinds}up to ${el.max_files ?? 10} file${el.max_files === 1 ? "" : "s"} of 10 MB`);
  const words = h("span", {}, h("b", {}, "Choose files"), " or drop them here", h("br"), note);
  const over = (event) => event.preventDefault();
  const zone = h("div", { class: "drop-zone", ondragover: over, ondrop: dropped }, input, icon("upload", 22), words);
  const list = ctx.value.length ? h("ul", { class: "file-list" }, ctx.value.map((file) => fileRow(ctx, file))) : null;
  return h("div", { class: "file-field" }, zone, list);
}

export const FIELDS = {
  plain_text_input: text,
  rich_text_input: area,
  email_text_input: single("text", { inputmode: "email" }),
  url_text_input: single("text", { inputmode: "url" }),
  number_input: number,
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: dateTime,
  file_input: fileInput,
};
