// A plot: places of a plane as a drawing shows them, y upwards, in classes that the css colours.

import { dragging } from "./dragging.js";
import { element } from "./figure.js";

/** @import { Pair } from "../types.d.ts" */
/** @typedef {[left: number, top: number, width: number, height: number]} Box in the units of a drawing */

/**
 * The way from places of a plane to those of a drawing, and back.
 *
 * @param {Pair} x the range that is shown
 * @param {Pair} y
 * @param {Box} box where it is shown
 */
export function plane([x0, x1], [y0, y1], [left, top, width, height]) {
  return {
    /** @type {(place: number[]) => Pair} */
    to: ([x, y]) => [left + ((x - x0) * width) / (x1 - x0), top + ((y1 - y) * height) / (y1 - y0)],
    /** @type {(place: number[]) => Pair} */
    from: ([across, down]) => [x0 + ((across - left) / width) * (x1 - x0), y1 - ((down - top) / height) * (y1 - y0)],
  };
}

/**
 * The shapes of a drawing, as SVG.
 *
 * @param {(place: number[]) => number[]} to the way from a place to the drawing
 */
export function shapes(to) {
  /** @param {number[]} place */
  const at = (place) => to(place).map((x) => +x.toFixed(4));
  /** @param {number[][]} path */
  const points = (path) => path.map((place) => at(place).join()).join(" ");
  return {
    points,
    /** @type {(kind: string, path: number[][]) => string} */
    line: (kind, path) => `<polyline class="${kind}" points="${points(path)}"></polyline>`,
    /** @type {(kind: string, path: number[][]) => string} */
    area: (kind, path) => `<polygon class="${kind}" points="${points(path)}"></polygon>`,
    /** @param {number[]} place @param {number} r @param {string} [kind] */
    dot(place, r, kind) {
      const [x, y] = at(place);
      return `<circle ${kind ? `class="${kind}"` : ""} cx="${x}" cy="${y}" r="${r}"></circle>`;
    },
    /** @type {(kind: string, place: number[], r: number) => string} */
    diamond: (kind, place, r) =>
      `<path class="${kind}" d="M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z" transform="translate(${at(place).join(" ")})"></path>`,
  };
}

/**
 * An empty drawing. One with a label takes keys; without one it is hidden from screen readers.
 *
 * @param {Box} box
 * @param {string} [label]
 */
export function emptyPlot(box, label) {
  const size = box.join(" ");
  const made = label
    ? element`<svg viewBox="${size}" tabindex="0" role="application" aria-label="${label}"></svg>`
    : element`<svg viewBox="${size}" aria-hidden="true"></svg>`;
  return /** @type {SVGSVGElement} */ (/** @type {Element} */ (made));
}

/**
 * Lets a pointer drag over a drawing; places are in its own units.
 *
 * @param {SVGSVGElement} svg
 * @param {(place: Pair) => (place: Pair) => void} grab
 */
export function draggable(svg, grab) {
  const { x, y, width, height } = svg.viewBox.baseVal;
  /** @type {(place: Pair) => Pair} */
  const inUnits = ([across, down]) => [x + across * width, y + down * height];
  dragging(svg, (start) => {
    const follow = grab(inUnits(start));
    return (place) => follow(inUnits(place));
  });
}

/** A number with a minus, and not a hyphen. @param {number | string} value */
export const withMinus = (value) => String(value).replace("-", "−");
