// A small virtual DOM. Elements survive a redraw when their key (or tag and order) stays the
// same, so focus, caret and scroll position are kept. Text is only ever set as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";
const LIVE = new Set(["value", "checked", "disabled", "selected", "indeterminate"]);
let mounted = [];

/** Describes an element. `onmount(el)` and `onunmount(el)` run when it enters or leaves the page. */
export function h(tag, props, ...children) {
  return { tag, props: props ?? {}, key: props?.key, children: flatten(children, []) };
}

function flatten(items, out) {
  for (const item of items) {
    if (Array.isArray(item)) flatten(item, out);
    else if (item !== null && item !== undefined && item !== "" && typeof item !== "boolean") {
      out.push(typeof item === "object" ? item : { text: String(item) });
    }
  }
  return out;
}

/** Makes the children of `root` look like `nodes`. */
export function render(root, nodes) {
  const next = flatten([nodes], []);
  patchChildren(root, root.vnodes ?? [], next);
  root.vnodes = next;
  const ready = mounted;
  mounted = [];
  for (const [call, el] of ready) call(el);
}

function patchChildren(parent, olds, news) {
  const take = matcher(olds);
  const pairs = news.map((node) => [node, take(node)]);
  const kept = new Set(pairs.map(([, old]) => old));
  for (const old of olds) if (!kept.has(old)) remove(parent, old);
  let cursor = parent.firstChild;
  for (const [node, old] of pairs) {
    const el = old ? patch(old, node) : create(node, parent);
    if (el === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(el, cursor);
  }
}

// Finds for each new node the old one it continues: by key, else the next one of the same tag.
function matcher(olds) {
  const pools = new Map();
  for (const old of olds) {
    const name = poolName(old);
    if (!pools.has(name)) pools.set(name, []);
    pools.get(name).push(old);
  }
  return (node) => pools.get(poolName(node))?.shift();
}

const poolName = (node) => (node.tag ? `${node.tag}|${node.key ?? ""}` : "#text");

function patch(old, node) {
  const el = (node.el = old.el);
  if (!node.tag) {
    if (old.text !== node.text) el.nodeValue = node.text;
    return el;
  }
  patchChildren(el, old.children, node.children);
  setProps(el, old.props, node.props);
  return el;
}

function create(node, parent) {
  if (!node.tag) return (node.el = document.createTextNode(node.text));
  const inSvg = node.tag === "svg" || parent.namespaceURI === SVG;
  const el = inSvg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  node.el = el;
  patchChildren(el, [], node.children);
  setProps(el, {}, node.props);
  if (node.props.onmount) mounted.push([node.props.onmount, el]);
  return el;
}

function remove(parent, node) {
  leave(node);
  parent.removeChild(node.el);
}

function leave(node) {
  node.props?.onunmount?.(node.el);
  for (const child of node.children ?? []) leave(child);
}

function setProps(el, olds, news) {
  for (const name of Object.keys(olds)) if (!(name in news)) setProp(el, name, undefined, olds[name]);
  for (const [name, value] of Object.entries(news)) setProp(el, name, value, olds[name]);
}

function setProp(el, name, value, old) {
  if (name === "key" || name === "onmount" || name === "onunmount") return;
  if (LIVE.has(name)) {
    if (el[name] !== (value ?? "")) el[name] = value ?? "";
  } else if (value === old) return;
  else if (name.startsWith("on")) el[name] = value ?? null;
  else if (value === null || value === undefined || value === false) el.removeAttribute(name);
  else el.setAttribute(name, value === true ? "" : value);
}
