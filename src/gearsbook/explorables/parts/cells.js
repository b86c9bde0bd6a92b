// Cells that a pointer chooses, and a cursor over them that keys move.

import { following } from "./dragging.js";
import { element } from "./figure.js";
import { keys } from "./keys.js";
import { clamp } from "./numbers.js";

/**
 * @import { Child, Page, State } from "./figure.js"
 * @import { Cell } from "./keys.js"
 * @import { Pair } from "../types.d.ts"
 *
 * When a pointer chooses: as it comes down; also while it drags from there; also while a mouse is
 * over the element; or at a click and while a mouse drags, so that a finger can scroll.
 * @typedef {"down" | "drag" | "over" | "click"} When
 */

/**
 * Lets a pointer choose in an element: `choose` gets the place, `[across, down]` in parts of the
 * element, and what is there, and returns the values that it leads to, or null.
 *
 * @param {Page<any>} page
 * @param {HTMLElement} element
 * @param {When} when
 * @param {(place: Pair, under: Element | null, state: any) => State | null} choose
 */
export function pointing(page, element, when, choose) {
  /** @param {MouseEvent} event */
  const follow = ({ clientX, clientY }) => {
    const box = element.getBoundingClientRect();
    const under = /** @type {Document} */ (element.getRootNode()).elementFromPoint(clientX, clientY);
    const place = /** @type {Pair} */ ([(clientX - box.left) / box.width, (clientY - box.top) / box.height]);
    const values = choose(place, under, page.state());
    if (values) page.set(values);
  };
  if (when === "click") element.addEventListener("click", follow);
  following(element, (down) => {
    if (when === "click") return down.pointerType === "mouse" ? follow : null;
    follow(down);
    return when === "down" ? () => {} : follow;
  });
  if (when === "over") {
    element.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse" && !event.buttons) follow(event);
    });
  }
}

/**
 * The cell at a place of a picture.
 *
 * @param {Pair} place in parts of the picture
 * @param {number} rows
 * @param {number} columns
 * @returns {Cell}
 */
export function cellAt([across, down], rows, columns) {
  /** @type {(part: number, count: number) => number} */
  const index = (part, count) => clamp(Math.floor(part * count), 0, count - 1);
  return { row: index(down, rows), column: index(across, columns) };
}

/**
 * A picture cut into cells, with a cursor on one of them.
 *
 * @param {Page<any>} page
 * @param {string} label
 * @param {Child} inside the picture
 * @param {object} ways
 * @param {number} ways.rows
 * @param {number} ways.columns
 * @param {(key: string, state: any) => State | null} ways.step the values that a key leads to
 * @param {(cell: Cell) => State | null} [ways.to] and a cell
 * @param {(state: any) => Cell} [ways.at] where the cursor is
 * @param {When} [ways.when]
 */
export function cells(page, label, inside, ways) {
  const { rows, columns, step, to = (cell) => cell, at = (state) => state, when = "down" } = ways;
  const cursor = element`<div class="cursor"></div>`;
  const grid = element`
    <div class="grid" tabindex="0" role="application" aria-label="${label}">${inside}${cursor}</div>`;
  cursor.style.width = `${100 / columns}%`;
  cursor.style.height = `${100 / rows}%`;
  pointing(page, grid, when, (place) => to(cellAt(place, rows, columns)));
  keys(page, grid, step);
  page.shows((state) => {
    const { row, column } = at(state);
    cursor.style.left = `${(column / columns) * 100}%`;
    cursor.style.top = `${(row / rows) * 100}%`;
  });
  return grid;
}
