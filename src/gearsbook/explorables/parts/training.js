// A small network and its training: one hidden layer, softmax, cross-entropy, as the pages explain them.

import { batches, Lehmer } from "./lehmer.js";

/**
 * @typedef {ArrayLike<number> & Iterable<number>} Numbers
 *
 * @typedef {"relu" | "tanh" | "none"} Activation
 *
 * @typedef {object} Sizes
 * @property {number} inputs
 * @property {number} units
 * @property {number} classes
 * @property {Activation} [activation]
 *
 * Its arrays are [kernel_1, bias_1, kernel_2, bias_2], in rows one after another, as NumPy stores them.
 * @typedef {Required<Sizes> & { arrays: Float64Array[] }} Network
 *
 * Samples, too, are rows one after another.
 * @typedef {{ samples: Float64Array, labels: Numbers }} Data
 *
 * The seed settles the first weights, then the order of the samples in every epoch.
 * @typedef {object} Settings
 * @property {number} units hidden ones
 * @property {number} classes
 * @property {Activation} [activation]
 * @property {number} learning_rate
 * @property {number} momentum from 0 to below 1
 * @property {number} batch_size the last one of an epoch may be smaller
 * @property {number} seed a whole number from 0
 */

/**
 * By name: the activation, and its derivative computed from the activation's value.
 *
 * @type {Record<Activation, [(z: number) => number, (h: number) => number]>}
 */
const ACTIVATIONS = {
  relu: [(z) => Math.max(0, z), (h) => (h > 0 ? 1 : 0)],
  tanh: [Math.tanh, (h) => 1 - h * h],
  none: [(z) => z, () => 1],
};

/**
 * Kernels drawn evenly by the rule of Glorot and Bengio, biases zero.
 *
 * @param {Lehmer} random
 * @param {Sizes} sizes
 * @returns {Network}
 */
export function initialNetwork(random, { inputs, units, classes, activation = "relu" }) {
  const arrays = [
    [inputs, units],
    [units, classes],
  ].flatMap(([from, to]) => {
    const limit = Math.sqrt(6 / (from + to));
    return [random.uniform(-limit, limit, from * to), new Float64Array(to)];
  });
  return { inputs, units, classes, activation, arrays };
}

/**
 * Adds `factor` times a row of a matrix with rows of `length` to a vector.
 *
 * @param {Float64Array} vector
 * @param {number} factor
 * @param {ArrayLike<number>} matrix
 * @param {number} row
 * @param {number} length
 */
function addRow(vector, factor, matrix, row, length) {
  const start = row * length;
  for (let at = 0; at < length; at++) vector[at] += factor * matrix[start + at];
}

/**
 * Adds the outer product of two vectors to a matrix.
 *
 * @param {Float64Array} matrix
 * @param {ArrayLike<number>} column
 * @param {ArrayLike<number>} row
 */
function addOuter(matrix, column, row) {
  for (let at = 0; at < column.length; at++) {
    if (column[at] === 0) continue;
    const start = at * row.length;
    for (let k = 0; k < row.length; k++) matrix[start + k] += column[at] * row[k];
  }
}

/**
 * What the hidden units give out for one sample, a vector.
 *
 * @param {Network} network
 * @param {ArrayLike<number>} sample
 */
export function hiddenLayer({ units, activation, arrays: [kernel, bias] }, sample) {
  const activate = ACTIVATIONS[activation][0],
    hidden = Float64Array.from(bias);
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) addRow(hidden, sample[at], kernel, at, units); // most pixels are zero
  }
  for (let unit = 0; unit < units; unit++) hidden[unit] = activate(hidden[unit]);
  return hidden;
}

/**
 * The hidden layer of one sample, a vector, and the logarithms of its classes' probabilities.
 *
 * @param {Network} network
 * @param {ArrayLike<number>} sample
 */
export function forward(network, sample) {
  const {
    units,
    classes,
    arrays: [, , kernel_2, bias_2],
  } = network;
  const hidden = hiddenLayer(network, sample),
    scores = Float64Array.from(bias_2);
  for (let unit = 0; unit < units; unit++) {
    if (hidden[unit] !== 0) addRow(scores, hidden[unit], kernel_2, unit, classes);
  }
  const largest = Math.max(...scores);
  const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
  return { hidden, logarithms: scores.map((score) => score - largest - Math.log(sum)) };
}

/**
 * The mean cross-entropy of the samples in `rows`, and its gradient in each of the four arrays.
 *
 * @param {Network} network
 * @param {Data} data
 * @param {number[]} rows
 */
export function lossAndGradients(network, { samples, labels }, rows) {
  const { inputs, units, classes, activation, arrays } = network,
    derivative = ACTIVATIONS[activation][1];
  const gradients = arrays.map((array) => new Float64Array(array.length));
  const [dkernel_1, dbias_1, dkernel_2, dbias_2] = gradients;
  const dz1 = new Float64Array(units);
  let loss = 0;
  for (const row of rows) {
    const sample = samples.subarray(row * inputs, (row + 1) * inputs);
    const { hidden, logarithms } = forward(network, sample);
    loss -= logarithms[labels[row]];
    const dz2 = logarithms.map((log_p, k) => (Math.exp(log_p) - (k === labels[row] ? 1 : 0)) / rows.length);
    for (let unit = 0; unit < units; unit++) {
      let back = 0;
      for (let k = 0; k < classes; k++) back += dz2[k] * arrays[2][unit * classes + k];
      dz1[unit] = back * derivative(hidden[unit]);
      dbias_1[unit] += dz1[unit];
    }
    dz2.forEach((d, k) => (dbias_2[k] += d));
    addOuter(dkernel_2, hidden, dz2);
    addOuter(dkernel_1, sample, dz1);
  }
  return { loss: loss / rows.length, gradients };
}

/**
 * Stochastic gradient descent with momentum, from a seed. Each step is
 * velocity = momentum * velocity - learning_rate * gradient; w = w + velocity.
 */
export class Training {
  #velocities;
  #batches;

  /**
   * @param {Data} data
   * @param {Settings} options
   */
  constructor(data, options) {
    const count = data.labels.length,
      random = new Lehmer(options.seed);
    this.data = data;
    this.options = options;
    this.network = initialNetwork(random, { ...options, inputs: data.samples.length / count });
    /** @type {number[]} */
    this.losses = []; // of each step's batch, before the step
    this.#velocities = this.network.arrays.map((array) => new Float64Array(array.length));
    this.#batches = batches(count, options.batch_size, random);
  }

  /** Takes the next batch, and moves every weight. */
  step() {
    const { loss, gradients } = lossAndGradients(this.network, this.data, this.#batches.next().value);
    const { momentum, learning_rate } = this.options;
    this.losses.push(loss);
    this.network.arrays.forEach((w, which) => {
      const v = this.#velocities[which],
        g = gradients[which];
      for (let at = 0; at < w.length; at++) {
        v[at] = momentum * v[at] - learning_rate * g[at];
        w[at] += v[at];
      }
    });
  }
}
