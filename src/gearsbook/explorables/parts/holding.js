// A hand that holds something in a plot whose scale follows from what is shown.

import { draggable } from "./plot.js";

/** @import { Pair } from "../types.d.ts" */

/**
 * Lets a pointer drag over a drawing, as `draggable` does, and returns a function that tells whether it does so now:
 * then the scale had better stay, or what is held would leave the hand. Once it lets go, the figure is drawn again.
 *
 * @param {import("./figure.js").Page<any>} page
 * @param {SVGSVGElement} svg
 * @param {(place: Pair) => (place: Pair) => void} grab
 */
export function holding(page, svg, grab) {
  let isHeld = false;
  /** @param {Pair} start */
  const take = (start) => {
    isHeld = true;
    return grab(start);
  };
  draggable(svg, take);
  svg.addEventListener("lostpointercapture", () => {
    if (!isHeld) return; // a finger that has scrolled the page
    isHeld = false;
    page.draw();
  });
  return () => isHeld;
}
