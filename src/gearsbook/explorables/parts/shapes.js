// Shapes: what is in an array of one, where it lies in memory, and how one is written and read.

import { inAscii } from "./numbers.js";

/**
 * How many lengths a shape may have, and how long they may be.
 *
 * @typedef {{ fewest: number, most: number, low: number, high: number }} Rule
 */

/**
 * How many values an array of a shape holds.
 *
 * @param {number[]} shape
 */
export const valuesIn = (shape) => shape.reduce((product, length) => product * length, 1);

/**
 * How many entries lie between neighbours along each axis, last axis fastest.
 *
 * @param {number[]} shape
 */
export const strides = (shape) => shape.map((_, axis) => valuesIn(shape.slice(axis + 1)));

/**
 * The index along every axis of an entry, given its place in memory order.
 *
 * @param {number} entry
 * @param {number[]} shape
 */
export const unravelled = (entry, shape) => strides(shape).map((step, axis) => Math.floor(entry / step) % shape[axis]);

/**
 * The place in memory order of an entry.
 *
 * @param {number[]} index
 * @param {number[]} shape
 */
export const ravelled = (index, shape) => index.reduce((place, at, axis) => place * shape[axis] + at, 0);

/**
 * What is wrong with a value that must be a shape; null if nothing is.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {Rule} rule
 */
export function notShape(name, value, { fewest, most, low, high }) {
  const isShape =
    Array.isArray(value) &&
    value.length >= fewest &&
    value.length <= most &&
    value.every((length) => Number.isInteger(length) && length >= low && length <= high);
  const rule = `${fewest} to ${most} whole numbers from ${low} to ${high}`;
  return isShape ? null : `${name} is ${JSON.stringify(value)}: it must be ${rule}`;
}

/**
 * The shape in a text like `64, 3, 32, 10` or `(32,)`; null if it is none.
 *
 * @param {string} text
 * @param {Rule} rule
 */
export function readShape(text, rule) {
  const bare = inAscii(text)
    .trim()
    .replace(/^[([](.*)[)\]]$/, "$1")
    .trim()
    .replace(/(\S)\s*,$/, "$1");
  const lengths = bare ? bare.split(/\s*[,、]\s*|\s+/) : [],
    shape = lengths.map(Number);
  const isWritten = lengths.every((length) => /^(-1|\d+)$/.test(length) && length.length <= String(rule.high).length);
  return isWritten && !notShape("it", shape, rule) ? shape : null;
}
