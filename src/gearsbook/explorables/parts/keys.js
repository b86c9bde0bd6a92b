// Keys that move something in a figure; the browser's own are left alone.

import { clamp } from "./numbers.js";

/**
 * Where an arrow key points: to the right, and upwards.
 *
 * @type {Record<string, import("../types.d.ts").Pair | undefined>}
 */
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Keys on an element: `lead` gets one and returns the values that it leads to, or null if it leads nowhere.
 * It gets the state, too, and whether Shift is held. Ctrl or Cmd with Z is the key Undo.
 *
 * @param {import("./figure.js").Page<any>} page
 * @param {HTMLElement | SVGElement} element
 * @param {(key: string, state: any, isShifted: boolean) => import("./figure.js").State | null | undefined} lead
 */
export function keys(page, element, lead) {
  element.addEventListener("keydown", (event) => {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    const isUndo = key === "z" && ctrlKey !== metaKey && !altKey;
    if (!isUndo && (ctrlKey || altKey || metaKey)) return;
    const values = lead(isUndo ? "Undo" : key, page.state(), shiftKey);
    if (!values) return;
    event.preventDefault();
    page.set(values);
  });
}

/** @typedef {{ row: number, column: number }} Cell */

/**
 * The cell that an arrow key, Home or End leads to, never over the rim; null for any other key.
 *
 * @param {Cell} cell
 * @param {number} rows
 * @param {number} columns
 * @param {string} key
 * @returns {Cell | null}
 */
export function nextCell({ row, column }, rows, columns, key) {
  const [right, up] = { Home: [-column, 0], End: [columns, 0], ...ARROWS }[key] ?? [];
  if (right === undefined || up === undefined) return null;
  return { row: clamp(row - up, 0, rows - 1), column: clamp(column + right, 0, columns - 1) };
}
