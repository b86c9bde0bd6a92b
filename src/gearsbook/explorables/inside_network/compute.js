// Inside a trained network: what enters, what the hidden units make of it, what comes out.

import { notWhole } from "../parts/numbers.js";

export const COLUMNS = 32; // hidden units in a row of their grid
export const SIDE = 28;

/**
 * The place of the largest value; the first one if several are equal.
 *
 * @param {number[]} values
 */
export const argmax = (values) => values.reduce((best, value, at) => (value > values[best] ? at : best), 0);

/**
 * How many values are not zero.
 *
 * @param {number[]} values
 */
export const countNonzero = (values) => values.filter((value) => value !== 0).length;

/**
 * How light a value is drawn, 255 for zero (paper) down to 0 for `top` (ink).
 *
 * @param {number} value
 * @param {number} top
 */
export const light = (value, top) => (top > 0 ? Math.round(255 * (1 - value / top)) : 255);

/**
 * The unit that an arrow key, Home or End leads to; null for any other key.
 *
 * @param {number} unit
 * @param {number} units
 * @param {string} key
 */
export function step(unit, units, key) {
  const target = {
    ArrowLeft: unit - 1,
    ArrowRight: unit + 1,
    ArrowUp: unit - COLUMNS,
    ArrowDown: unit + COLUMNS,
    Home: 0,
    End: units - 1,
  }[key];
  if (target === undefined) return null;
  return { unit: target >= 0 && target < units ? target : unit };
}

/** @typedef {{ images: number[][], hidden: number[][], probabilities: number[][], labels: number[] }} Arrays */
/** @typedef {Arrays & { sample: number, unit: number }} State */

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ images, hidden, probabilities, labels, sample, unit }) {
  const n = labels?.length;
  if (!n) return "there is no sample";
  if (![images, hidden, probabilities].every((rows) => rows?.length === n)) return "the arrays differ in length";
  if (!images.every((image) => image.length === SIDE * SIDE)) return "an image does not have 784 values";
  if (!probabilities.every((p) => p.length === 10)) return "there are not ten probabilities";
  const wrong = labels.map((label, at) => notWhole(`labels[${at}]`, label, 0, 9)).find(Boolean);
  return wrong ?? notWhole("sample", sample, 0, n - 1) ?? notWhole("unit", unit, 0, hidden[0].length - 1);
}

/**
 * Label, answer and its probability; how many hidden units are above zero.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { hidden, probabilities, labels, sample, unit }) {
  const values = hidden[sample],
    p = probabilities[sample],
    label = labels[sample],
    answer = argmax(p);
  return words.sentence({
    label,
    answer,
    right: label === answer,
    active: countNonzero(values),
    units: values.length,
    unit,
    winner: p[answer].toFixed(2),
    own: p[label].toFixed(2),
    value: values[unit].toFixed(2),
  });
}
