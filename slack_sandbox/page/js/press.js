// A click lands on what it began on: while the pointer is pressed, nothing moves under it.

// A list of the browser's own swallows the release; a key or the next movement tells that it was.
const ENDS = ["pointerup", "pointercancel", "keydown"];

/** Makes `draw` wait while the pointer is pressed. */
export function afterPress(draw) {
  let pressed = false;
  let waiting = false;
  const end = () => {
    if (!pressed) return;
    pressed = false;
    setTimeout(() => waiting && steady()); // the click comes first
  };
  const steady = () => {
    waiting = pressed;
    if (!pressed) draw();
  };
  window.addEventListener("pointerdown", () => (pressed = true), true);
  for (const name of ENDS) window.addEventListener(name, end, true);
  window.addEventListener("pointermove", (event) => event.buttons || end(), true);
  return steady;
}
