// A small network that learns to read digits, and how far it is from its run in NumPy.

import { Lehmer } from "../parts/lehmer.js";
import { isListOf, notAmong, notWhole } from "../parts/numbers.js";
import { forward, initialNetwork, Training } from "../parts/training.js";

/** @import { Network } from "../parts/training.js" */
/**
 * @typedef {{ losses: number[], accuracies: number[], network: Network }} Progress
 *
 * @typedef {object} State
 * @property {number[]} losses
 * @property {number[]} accuracies
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number} steps
 */

const IMAGES = 2000,
  TESTS = 1000,
  PIXELS = 784; // in files/digits.bin
const SIZES = { units: 32, classes: 10, batch_size: 50, seed: 1 };
export const EPOCH = IMAGES / SIZES.batch_size; // steps
export const MOST = 12 * EPOCH;
export const RATES = [0.005, 0.02, 0.05, 0.2, 0.5],
  MOMENTA = [0, 0.5, 0.9];
const NUMPY = [0.05, 0.9]; // learning rate and momentum of the run to compare with
export const COLUMNS = 8,
  ROWS = SIZES.units / COLUMNS,
  SIDE = 28; // of the pictures of weights
export const ACROSS = COLUMNS * (SIDE + 1) - 1; // pixels
const DOWN = ROWS * (SIDE + 1) - 1;
const PIECE = 100; // images; some of the work is done in pieces of so many

/** The network before the first step. */
export function beginning() {
  return { losses: [], accuracies: [], network: initialNetwork(new Lehmer(SIZES.seed), { ...SIZES, inputs: PIXELS }) };
}

/**
 * Trains without end, on the bytes of digits.bin. It stops after every small piece of work and
 * tells how far it is: { losses, accuracies, network }, each step's and each epoch's.
 *
 * @param {Uint8Array} bytes
 * @param {{ learning_rate: number, momentum: number }} settings
 * @returns {Generator<Progress | null, never>}
 */
export function* trained(bytes, settings) {
  const samples = new Float64Array(IMAGES * PIXELS),
    image = new Float64Array(PIXELS);
  for (let from = 0; from < samples.length; from += PIECE * PIXELS) {
    for (let at = from; at < from + PIECE * PIXELS; at++) samples[at] = bytes[at] / 255;
    yield null; // nothing to show yet
  }
  const tests = bytes.subarray(IMAGES * (PIXELS + 1)),
    answers = tests.subarray(TESTS * PIXELS);
  const labels = bytes.subarray(IMAGES * PIXELS, IMAGES * (PIXELS + 1));
  const training = new Training({ samples, labels }, { ...SIZES, ...settings });
  /** @type {Progress} */
  const progress = { losses: training.losses, accuracies: [], network: training.network };
  yield progress;
  for (;;) {
    training.step();
    yield progress;
    if (progress.losses.length % EPOCH) continue;
    let right = 0;
    for (let at = 0; at < TESTS; at++) {
      for (let pixel = 0; pixel < PIXELS; pixel++) image[pixel] = tests[at * PIXELS + pixel] / 255;
      const { logarithms } = forward(training.network, image);
      if (logarithms.indexOf(Math.max(...logarithms)) === answers[at]) right++;
      if (at % PIECE === PIECE - 1 && at + 1 < TESTS) yield progress;
    }
    progress.accuracies.push(right / TESTS);
    yield progress;
  }
}

/**
 * What comes of as many steps as a state has.
 *
 * @param {Uint8Array} bytes
 * @param {State} state
 */
export function taken(bytes, state) {
  const run = trained(bytes, state);
  /** @type {Progress} */
  let progress = beginning();
  while (!isThere(progress, state.steps)) progress = run.next().value ?? progress;
  return progress;
}

/**
 * Whether so many steps are done, and the tests that belong to them.
 *
 * @param {{ losses: number[], accuracies: number[] }} progress
 * @param {number} steps
 */
export const isThere = ({ losses, accuracies }, steps) =>
  losses.length >= steps && accuracies.length >= Math.floor(steps / EPOCH);

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ losses, accuracies, learning_rate, momentum, steps }) {
  if (!isListOf(losses, Number.isFinite) || losses.length > MOST)
    return `losses must be at most ${MOST} numbers, one for each step`;
  const epochs = Math.floor(losses.length / EPOCH);
  if (!isListOf(accuracies, Number.isFinite) || accuracies.length !== epochs)
    return (
      `accuracies is ${JSON.stringify(accuracies)}: it must be one number for each of the ${epochs} epochs of ` +
      `${EPOCH} losses`
    );
  return (
    notAmong("learning_rate", learning_rate, RATES) ??
    notAmong("momentum", momentum, MOMENTA) ??
    notWhole("steps", steps, 0, MOST)
  );
}

/** The size of the largest number, with two decimals. */
export const size = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0).toFixed(2);

/**
 * How many pixels have, in all units, the weights that they had before.
 *
 * @param {Float64Array} before
 * @param {Float64Array} after
 */
export function unmoved(before, after) {
  const moved = new Set();
  after.forEach((w, at) => w !== before[at] && moved.add(Math.floor(at / SIZES.units)));
  return PIXELS - moved.size;
}

/**
 * The weights into one hidden unit, pixel by pixel.
 *
 * @param {Float64Array} kernel
 * @param {number} unit
 */
export function into(kernel, unit) {
  const weights = new Float64Array(PIXELS);
  for (let pixel = 0; pixel < PIXELS; pixel++) weights[pixel] = kernel[pixel * SIZES.units + unit];
  return weights;
}

/**
 * The weights of every hidden unit as a picture of its own, beside and below each other; NaN is between them.
 *
 * @param {Float64Array} kernel
 */
export function mosaic(kernel) {
  const values = new Float64Array(ACROSS * DOWN).fill(NaN);
  for (let unit = 0; unit < SIZES.units; unit++) {
    const corner = ((unit % COLUMNS) + Math.floor(unit / COLUMNS) * ACROSS) * (SIDE + 1);
    into(kernel, unit).forEach((w, pixel) => {
      values[corner + Math.floor(pixel / SIDE) * ACROSS + (pixel % SIDE)] = w;
    });
  }
  return values;
}

const percent = (share) => (100 * share).toFixed(1);

/**
 * What the figure says of a state and of what it has trained so far.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 * @param {{ losses: number[], accuracies: number[] }} [progress]
 */
export function sentence(words, state, { losses, accuracies } = { losses: [], accuracies: [] }) {
  const { learning_rate, momentum } = state,
    numpy = state.losses;
  const loss = (values, at) => values.at(at).toFixed(3);
  if (!losses.length) {
    const none = words.none(learning_rate, momentum);
    if (!state.accuracies.length) return none;
    const [first, last] = [loss(numpy, 0), loss(numpy, -1)];
    return none + words.numpy(numpy.length, ...NUMPY, first, last, percent(state.accuracies.at(-1)));
  }
  let said = words.steps(losses.length, MOST, learning_rate, momentum, loss(losses, 0), loss(losses, -1));
  if (accuracies.length) said += words.right(accuracies.length, percent(accuracies.at(-1)));
  if (!numpy.length) return said;
  if (learning_rate !== NUMPY[0] || momentum !== NUMPY[1]) return said + words.other;
  const largest = Math.max(...losses.slice(0, numpy.length).map((value, at) => Math.abs(value - numpy[at])));
  return said + words.same(largest < 1e-6 ? words.tiny : largest.toFixed(6));
}
