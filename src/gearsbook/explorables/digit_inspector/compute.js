// An image is an array: walk over the pixels of a digit and read the numbers.

import { nextCell } from "../parts/keys.js";
import { notWhole } from "../parts/numbers.js";

export const SIDE = 28;

/**
 * The place of a pixel in the flattened image.
 *
 * @param {number} row
 * @param {number} column
 */
export const place = (row, column) => row * SIDE + column;

/**
 * The pixel at a place of the flattened image.
 *
 * @param {number} place
 */
export const pixelAt = (place) => ({ row: Math.floor(place / SIDE), column: place % SIDE });

/**
 * `value.astype("float32") / 255`, exactly.
 *
 * @param {number} value
 */
export const scaled = (value) => Math.fround(value / 255);

/**
 * A scaled value as NumPy prints it: the fewest digits that lead back to the same float32.
 *
 * @param {number} number
 */
export function float32Text(number) {
  let digits = 1;
  while (Math.fround(Number(number.toPrecision(digits))) !== number) digits += 1;
  const text = String(Number(number.toPrecision(digits)));
  return text.includes(".") ? text : `${text}.0`;
}

/**
 * The pixel that an arrow key, Home or End leads to; null for any other key.
 *
 * @param {import("../parts/keys.js").Cell} cell
 * @param {string} key
 */
export const step = (cell, key) => nextCell(cell, SIDE, SIDE, key);

/** @typedef {{ digit: number, row: number, column: number, indices: number[], images: number[][] }} State */

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ digit, row, column, images, indices }) {
  const wrong =
    notWhole("digit", digit, 0, 9) ?? notWhole("row", row, 0, SIDE - 1) ?? notWhole("column", column, 0, SIDE - 1);
  if (wrong) return wrong;
  const whole = images?.length === 10 && images.every((image) => image.length === SIDE * SIDE);
  return whole && indices?.length === 10 ? null : "there are not ten images of 784 values";
}

/**
 * The pixel under the cursor: place, value, value divided by 255, place in the vector.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { digit, row, column, images, indices }) {
  const at = place(row, column),
    value = images[digit][at];
  return words.sentence({
    index: indices[digit],
    digit,
    row,
    column,
    value,
    scaled: float32Text(scaled(value)),
    place: at,
  });
}
