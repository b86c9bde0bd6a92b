// Samples cut into batches of any size: walk from batch to batch and read its slice.

import { clamp, notWhole } from "../parts/numbers.js";

/** @import { Pair } from "../types.d.ts" */

const MOST_SAMPLES = 1_000_000;
export const SEEN = 5; // batches in the lens
export const TILE = 14; // pixels of a small digit's side
export const SHAPE = 4; // the sheet of a batch is so many times as wide as it is high
export const MOST = 2304; // samples drawn of a batch
const PAGE = 10; // batches that PageUp and PageDown skip

/**
 * How many batches there are, the short one included.
 *
 * @param {number} samples
 * @param {number} size
 */
export const count = (samples, size) => Math.ceil(samples / size);

/**
 * What the slice of batch n says: `x[size * n:size * (n + 1)]`.
 *
 * @param {number} size
 * @param {number} n
 * @returns {Pair}
 */
export const asked = (size, n) => [size * n, size * (n + 1)];

/**
 * What NumPy makes of it: both ends are cut off at the end of the array.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} n
 * @returns {Pair}
 */
export function bounds(samples, size, n) {
  const [start, stop] = asked(size, n);
  return [Math.min(start, samples), Math.min(stop, samples)];
}

/**
 * How many samples batch n holds; none past the end.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} n
 */
export function length(samples, size, n) {
  const [start, stop] = bounds(samples, size, n);
  return stop - start;
}

/**
 * The batch at a place on the bar of all samples, 0 its left end and 1 its right.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} place
 */
export function batchAt(samples, size, place) {
  const sample = clamp(Math.floor(place * samples), 0, samples - 1);
  return Math.floor(sample / size);
}

/**
 * The batches that the lens shows, from the first up to but not including the last.
 *
 * @param {number} n
 * @param {number} batches
 * @returns {Pair}
 */
export function seen(n, batches) {
  const first = Math.max(0, Math.min(n - Math.floor(SEEN / 2), batches - SEEN));
  return [first, Math.min(batches, first + SEEN)];
}

/**
 * How many columns of squares the sheet has in which a batch has room: as few as do, so that the squares are large.
 *
 * @param {number} size
 */
export function columnsFor(size) {
  let columns = Math.ceil(Math.sqrt(SHAPE * size));
  while (SHAPE * Math.ceil(size / columns) > columns) columns += 1;
  return columns;
}

/** @typedef {{ samples: number, batch_size: number, batch: number, array: string, digits: string[] }} State */

/**
 * The batch that a key leads to; null for any other key.
 *
 * @param {State} state
 * @param {string} key
 */
export function step({ samples, batch_size, batch }, key) {
  const last = count(samples, batch_size) - 1;
  const target = {
    ArrowLeft: batch - 1,
    ArrowDown: batch - 1,
    ArrowRight: batch + 1,
    ArrowUp: batch + 1,
    PageDown: batch - PAGE,
    PageUp: batch + PAGE,
    Home: 0,
    End: last,
  }[key];
  return target === undefined ? null : { batch: clamp(target, 0, last) };
}

/**
 * Another batch size, and the batch of it that holds the first sample of this one.
 *
 * @param {State} state
 * @param {number} wanted
 */
export function resized({ samples, batch_size, batch }, wanted) {
  const size = clamp(wanted, 1, samples);
  return { batch_size: size, batch: Math.floor((batch * batch_size) / size) };
}

/**
 * The slice of a batch in Python, and the shape of what it is.
 *
 * @param {State} state
 */
export function code({ samples, batch_size: size, batch, array }) {
  const [start, stop] = asked(size, batch);
  return {
    slice: `${array}[${start}:${stop}]`,
    shape: `(${length(samples, size, batch)}, 28, 28)`,
  };
}

/**
 * Batch size and batch stay in range.
 *
 * @param {State} state
 */
export function settled({ samples, batch_size, batch }) {
  const size = Math.min(batch_size, samples);
  return { batch_size: size, batch: Math.min(batch, count(samples, size) - 1) };
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ samples, batch_size, batch, array, digits }) {
  const isName = typeof array === "string" && /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(array);
  return (
    notWhole("samples", samples, 1, MOST_SAMPLES) ??
    notWhole("batch_size", batch_size, 1, samples) ??
    notWhole("batch", batch, 0, count(samples, batch_size) - 1) ??
    (isName ? null : `array is ${JSON.stringify(array)}: it must be a name, like "x_train"`) ??
    (digits?.length && digits.every((digit) => digit.length === TILE ** 2)
      ? null
      : "there are no digits of 14 × 14 pixels")
  );
}

/**
 * How the samples are cut; the chosen batch's slice and shape; the end.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, state) {
  const { samples, batch_size: size, batch: n } = state,
    batches = count(samples, size),
    beyond = asked(size, n)[1];
  return (
    words.cut({ samples, size, batches, rest: samples % size }) +
    words.batch({ n, ...code(state) }) +
    (beyond > samples ? words.over(beyond) : "") +
    (n === batches - 1 ? words.after(batches) : "")
  );
}
