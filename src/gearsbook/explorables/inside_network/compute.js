// Inside a trained network: what enters, what a hidden unit makes of it, what comes out.

import { clamp, isListOf, notAmong, notWhole } from "../parts/numbers.js";
import { signed } from "../parts/weighed.js";

export const COLUMNS = 20; // hidden units in a row of their grid
export const SIDE = 28;
const LEVELS = 7; // a weight is a letter: so many after P, which is zero, or before it

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
 * An open unit: its number, a letter for each weight where some sample has ink, its ten outgoing weights.
 *
 * @typedef {[unit: number, weights: string, outgoing: number[]]} Open
 * @typedef {{ images: number[][], hidden: number[][], probabilities: number[][], labels: number[] }} Arrays
 * @typedef {Arrays & { opened: Open[], sample: number, unit: number }} State
 */

/**
 * The pixels where some sample has ink.
 *
 * @param {number[][]} images
 */
const inked = (images) => images[0].map((_, at) => at).filter((at) => images.some((image) => image[at]));

/**
 * What a unit sees of an image: in each pixel its ink, from 0 to 1, times its weight, from -1 to 1.
 *
 * @param {number[][]} images
 * @param {number} sample
 * @param {string} weights
 */
export function saw(images, sample, weights) {
  const seen = images[sample].map(() => 0);
  inked(images).forEach((pixel, at) => {
    seen[pixel] = (images[sample][pixel] / 255) * ((weights.charCodeAt(at) - 80) / LEVELS);
  });
  return seen;
}

/**
 * What a unit adds to the score of each digit.
 *
 * @param {number} value
 * @param {number[]} outgoing
 */
export const adds = (value, outgoing) => outgoing.map((weight) => value * weight);

/**
 * The open unit that fires most for a sample.
 *
 * @param {Pick<State, "hidden" | "opened">} state
 * @param {number} sample
 */
export const brightest = ({ hidden, opened }, sample) =>
  opened[argmax(opened.map(([unit]) => hidden[sample][unit]))][0];

/**
 * Where a unit stands in the grid.
 *
 * @param {number} unit
 */
export const place = (unit) => ({ row: Math.floor(unit / COLUMNS), column: unit % COLUMNS });

/**
 * The open unit nearest to a place in the grid.
 *
 * @param {Open[]} opened
 * @param {{ row: number, column: number }} cell
 */
export function nearest(opened, { row, column }) {
  const far = opened.map(([unit]) => Math.hypot(place(unit).row - row, place(unit).column - column));
  return opened[argmax(far.map((distance) => -distance))][0];
}

/**
 * The open unit that an arrow key, Home or End leads to; null for any other key.
 *
 * @param {Open[]} opened
 * @param {number} unit
 * @param {string} key
 */
export function step(opened, unit, key) {
  const units = opened.map(([one]) => one),
    at = units.indexOf(unit);
  const last = units.length - 1,
    target = { ArrowLeft: at - 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowDown: at + 1, Home: 0, End: last }[key];
  return target === undefined ? null : { unit: units[clamp(target, 0, last)] };
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ images, hidden, probabilities, labels, opened, sample, unit }) {
  const n = labels?.length;
  if (!n) return "there is no sample";
  if (![images, hidden, probabilities].every((rows) => rows?.length === n)) return "the arrays differ in length";
  if (!images.every((image) => image.length === SIDE * SIDE)) return "an image does not have 784 values";
  if (!probabilities.every((p) => p.length === 10)) return "there are not ten probabilities";
  const wrong = labels.map((label, at) => notWhole(`labels[${at}]`, label, 0, 9)).find(Boolean);
  const inks = inked(images).length;
  const isOpen = (one) => hidden[0][one?.[0]] >= 0 && typeof one[1] === "string" && one[1].length === inks;
  if (!isListOf(opened, (one) => isOpen(one) && one[2]?.length === 10))
    return "an open unit has not a weight for each pixel with ink, and ten outgoing ones";
  return (
    wrong ??
    notWhole("sample", sample, 0, n - 1) ??
    notAmong(
      "unit",
      unit,
      opened.map(([one]) => one),
    )
  );
}

/**
 * Label, answer and its probability; how many hidden units are above zero; what the open one adds.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { hidden, probabilities, labels, opened, sample, unit }) {
  const values = hidden[sample],
    p = probabilities[sample],
    label = labels[sample],
    answer = argmax(p);
  const [, , outgoing] = /** @type {Open} */ (opened.find(([one]) => one === unit));
  const added = adds(values[unit], outgoing);
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
    toAnswer: signed(added[answer]),
    toLabel: signed(added[label]),
  });
}
