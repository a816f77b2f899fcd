// Line icons, drawn on a 24 × 24 grid.

import { h } from "./vdom.js";

const PATHS = {
  hash: "M5 9h15M4 15h15M10 4 8 20M16 4l-2 16",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  traffic: "M4 8h13l-4-4M20 16H7l4 4",
  fault: "M12 4 2.8 20h18.4zM12 10v4.5M12 17.2v.3",
  plus: "M12 5v14M5 12h14",
  send: "M4 12 20 4l-5 16-3.5-6.5zM11.5 13.5 20 4",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M20 12a8 7 0 0 1-12 6l-4 1.5L5.3 16A7 7 0 0 1 4 12a8 7 0 0 1 16 0z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  upload: "M12 16V5M7 9l5-5 5 5M5 20h14",
  check: "M5 12.5 10 17l9-10",
  down: "M6 9.5 12 15.5 18 9.5",
  left: "M14.5 6 8.5 12 14.5 18",
  right: "M9.5 6 15.5 12 9.5 18",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  window: "M9 5H5v14h14v-4M13 5h6v6M19 5l-8 8",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5 20 20",
};

export function icon(name, size = 18) {
  const box = { class: "icon", width: size, height: size, viewBox: "0 0 24 24", "aria-hidden": "true" };
  return h("svg", box, h("path", { d: PATHS[name] }));
}
