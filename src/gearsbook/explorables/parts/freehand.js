// A pad to draw on, with mouse, pen or finger.

/** @import { Pair } from "../types.d.ts" */

/**
 * Lets a mouse, a pen or a finger draw on an element: where it goes down, every place that it comes by, and that it
 * is gone. Another finger meanwhile does nothing. Places are `[across, down]` in parts of the element.
 *
 * @param {HTMLElement} element
 * @param {{ begin: (place: Pair) => void, go: (places: Pair[]) => void, end: () => void }} stroke
 */
export function freehand(element, { begin, go, end }) {
  /** @type {number | null} */
  let pointer = null;
  let box = new DOMRect();
  /** @type {(event: PointerEvent) => Pair} */
  const place = ({ clientX, clientY }) => [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  element.addEventListener("pointerdown", (event) => {
    if (event.button || pointer !== null) return;
    pointer = event.pointerId;
    box = element.getBoundingClientRect();
    element.setPointerCapture(pointer);
    begin(place(event));
  });
  element.addEventListener("pointermove", (event) => {
    if (event.pointerId !== pointer) return;
    const all = event.getCoalescedEvents?.() ?? []; // what came since the last frame
    go((all.length ? all : [event]).map(place));
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    element.addEventListener(name, (event) => {
      if (event.pointerId !== pointer) return;
      pointer = null;
      end();
    });
  }
}
