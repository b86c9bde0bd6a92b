// Gradient descent over two weights: the path on a loss surface, and the loss along it.

import { ARROWS } from "../parts/keys.js";
import { batches, Lehmer } from "../parts/lehmer.js";
import { clamp, isListOf, notAmong, notNumber, notPair, notWhole } from "../parts/numbers.js";

/** @import { Pair } from "../types.d.ts" */
/**
 * @typedef {object} State
 * @property {string} surface
 * @property {Pair} start
 * @property {string} optimizer
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number | "all"} batch_size
 * @property {number} seed
 * @property {number} steps
 * @property {number[][]} features
 * @property {number[]} labels
 */

export const MOST = 200; // steps
const REACH = 4; // of the start's coordinates
export const HALF = [3, 2]; // of the plot
const FAR = 10; // a path ends so many halves from the middle of the plot
const TINY = 1e-9; // a change of the loss that is none
export const BATCH_SIZES = [1, 8, 32, "all"];
// Only products, quotients and sums, in the order in which the page's NumPy takes them: so even a
// path that wanders without end is the same to the last bit.
export const SURFACES = {
  bowl: {
    loss: ([x, y]) => (x * x + y * y) / 2,
    gradient: ([x, y]) => [x, y],
    start: [-2.4, 1.4],
    middle: [0, 0],
    levels: [0.05, 0.2, 0.5, 1, 1.7, 2.6, 3.7, 5],
  },
  valley: {
    loss: ([x, y]) => (x * x + 20 * y * y) / 2,
    gradient: ([x, y]) => [x, 20 * y],
    start: [-2.6, 1.2],
    middle: [0, 0],
    levels: [0.2, 1, 2.4, 4.4, 8, 13, 19, 26, 34],
  },
  saddle: {
    loss: ([x, y]) => (x * x - y * y) / 2,
    gradient: ([x, y]) => [x, -y],
    start: [-2.4, 0.1],
    middle: [0, 0],
    levels: [-1.5, -1, -0.5, -0.15, 0, 0.15, 0.5, 1, 1.6, 2.4, 3.4],
  },
  wells: {
    loss: ([x, y]) => ((x * x - 3) * (x * x - 3)) / 12 + x / 5 + (y * y) / 2,
    gradient: ([x, y]) => [(x * (x * x - 3)) / 3 + 1 / 5, y],
    start: [2.8, 1.2],
    middle: [0, 0],
    levels: [-0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 1.3, 1.9, 2.7, 3.6],
  },
  // made of the samples
  digits: { start: [-1.5, -0.5], middle: [1, 1], levels: [0.33, 0.36, 0.42, 0.5, 0.65, 0.85, 1.1, 1.4, 1.8, 2.3] },
};

const BETAS = [0.9, 0.999]; // of Adam, and its epsilon, as in Keras
const EPSILON = 1e-7;
/** What turns gradients into moves, as the page's `momentum_step` and `adam_step`. */
const OPTIMIZERS = {
  momentum({ learning_rate, momentum }) {
    let velocity = [0, 0];
    return (slope) => {
      velocity = velocity.map((v, k) => momentum * v - learning_rate * slope[k]);
      return velocity;
    };
  },
  adam({ learning_rate }) {
    let means = BETAS.map(() => [0, 0]), // of the gradient, and of its square
      left = [1, 1]; // of the zeros that the means began with; products are the same in every engine
    return (slope) => {
      left = left.map((part, of) => part * BETAS[of]);
      const taken = [slope, slope.map((x) => x * x)];
      means = means.map((mean, of) => mean.map((m, k) => BETAS[of] * m + (1 - BETAS[of]) * taken[of][k]));
      const correction = Math.sqrt(1 - left[1]) / (1 - left[0]);
      return means[0].map((m, k) => -learning_rate * ((correction * m) / (Math.sqrt(means[1][k]) + EPSILON)));
    };
  },
};

const lesson = (surface, learning_rate, momentum = 0, others = {}) => ({
  surface,
  start: SURFACES[surface].start,
  optimizer: "momentum",
  learning_rate,
  momentum,
  batch_size: "all",
  ...others,
});
/** What the page teaches, as settings. */
export const LESSONS = {
  slow: lesson("valley", 0.01),
  zigzag: lesson("valley", 0.09),
  border: lesson("valley", 0.102),
  ball: lesson("valley", 0.134, 0.4),
  wider: lesson("valley", 0.145, 0.5),
  rolling: lesson("valley", 0.03, 0.95),
  adam: lesson("valley", 0.3, 0, { optimizer: "adam" }),
  stuck: lesson("wells", 0.03),
  hump: lesson("wells", 0.03, 0.9),
  ridge: lesson("saddle", 0.1, 0, { start: [-2.4, 0] }),
  exact: lesson("digits", 1),
  noise: lesson("digits", 1, 0, { batch_size: 8 }),
};

/**
 * The loss as a function of the two weights; on the digits' surface, over all samples.
 *
 * @param {State} state
 */
export function lossOf({ surface, features, labels }) {
  if (surface !== "digits") return SURFACES[surface].loss;
  return ([u, v]) => {
    let sum = 0;
    for (let at = 0; at < labels.length; at++) {
      const score = features[at][0] * u + features[at][1] * v;
      sum += Math.max(score, 0) - labels[at] * score + Math.log1p(Math.exp(-Math.abs(score)));
    }
    return sum / labels.length;
  };
}

/** The gradient of the loss on one batch after another. */
function gradients({ features, labels, batch_size, seed }) {
  const all = labels.map((_, at) => at);
  const drawn = batch_size === "all" ? null : batches(labels.length, batch_size, new Lehmer(seed));
  return ([u, v]) => {
    const now = drawn ? drawn.next().value : all,
      sum = [0, 0];
    for (const row of now) {
      const [x, y] = features[row],
        error = 1 / (1 + Math.exp(-(x * u + y * v))) - labels[row];
      sum[0] += error * x;
      sum[1] += error * y;
    }
    return sum.map((total) => total / now.length);
  };
}

const isNear = (w, surface) => w.every((x, k) => Math.abs(x - SURFACES[surface].middle[k]) <= FAR * HALF[k]);

/**
 * Whether a path has ended far outside the plot.
 *
 * @param {number[][]} places
 * @param {string} surface
 */
export const hasLeft = (places, surface) => !isNear(places.at(-1), surface);

/**
 * The places from the start on: steps + 1 of them, fewer if the path ran far away. And where plain SGD would go from
 * the last one: by the learning rate times the gradient, downhill.
 *
 * @param {State} state
 */
export function walk(state) {
  const { surface, start, optimizer, steps, learning_rate } = state;
  const gradient = SURFACES[surface].gradient ?? gradients(state);
  /** @type {number[][]} */
  const places = [start];
  /** @type {number[]} */
  let w = start;
  const move = OPTIMIZERS[optimizer](state);
  for (;;) {
    const slope = gradient(w);
    if (places.length > steps || !isNear(w, surface))
      return { places, next: w.map((x, k) => x - learning_rate * slope[k]) };
    const by = move(slope);
    w = w.map((x, k) => x + by[k]);
    places.push(w);
  }
}

/** @param {State} state */
export const descend = (state) => walk(state).places;

/**
 * How high a loss is among a surface's levels: 0 at the lowest, 1 at the highest, even where they lie apart.
 *
 * @param {number[]} levels
 * @param {number} loss
 */
export function height(levels, loss) {
  const above = levels.findIndex((level) => loss < level);
  if (above < 1) return above ? 1 : 0;
  const [low, high] = levels.slice(above - 1, above + 1);
  return (above - 1 + (loss - low) / (high - low)) / (levels.length - 1);
}

/** How a path went, by its losses. */
function went(losses, isFar) {
  const change = losses.at(-1) - losses[0];
  if (losses.length === 1) return "there";
  if (isFar) return change > 0 ? "diverged" : "left";
  if (Math.abs(change) <= TINY) return "same";
  return change < 0 ? "fell" : "rose";
}

/**
 * Whether the loss rises with the step after so many.
 *
 * @param {number[]} losses
 * @param {number} at
 */
export const doesRise = (losses, at) => losses[at + 1] - losses[at] > TINY;

/**
 * A number with up to so many decimals.
 *
 * @param {number} value
 * @param {number} decimals
 */
export function rounded(value, decimals) {
  const text = (Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals).toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/**
 * A loss as it is said, with words for one that is very small or large.
 *
 * @param {number} loss
 * @param {{ small: string, large: string }} words
 */
export function shown(loss, words) {
  if (loss > 1e6) return words.large;
  if (loss > 0 && loss < 1e-4) return words.small;
  return rounded(loss, Math.abs(loss) < 100 ? 4 : 0);
}

/**
 * The start that an arrow key leads to; null for any other key.
 *
 * @param {Pair} start
 * @param {string} key
 * @param {string} surface
 */
export function moved(start, key, surface) {
  const by = ARROWS[key];
  const place = by && start.map((x, k) => x + by[k] / 10);
  return place ? { start: within(place, surface) } : null;
}

/**
 * The nearest place in a surface's plot with two decimals.
 *
 * @param {number[]} place
 * @param {string} surface
 */
export function within(place, surface) {
  return place.map((x, k) => {
    const middle = SURFACES[surface].middle[k];
    return Math.round(100 * clamp(x, middle - HALF[k], middle + HALF[k])) / 100;
  });
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem(state) {
  const { surface, start, optimizer, learning_rate, momentum, batch_size, seed, steps, features, labels } = state;
  if (!isListOf(features, (row) => row?.length === 2) || labels?.length !== features.length)
    return "features and labels do not fit together";
  if (surface === "digits" && !labels.length)
    return 'surface is "digits": it must be made of samples: give features and labels';
  return (
    notAmong("surface", surface, Object.keys(SURFACES)) ??
    notPair("start", start, -REACH, REACH) ??
    notAmong("optimizer", optimizer, Object.keys(OPTIMIZERS)) ??
    notNumber("learning_rate", learning_rate, 0.001, 4) ??
    notNumber("momentum", momentum, 0, 0.99) ??
    notAmong("batch_size", batch_size, BATCH_SIZES) ??
    notWhole("seed", seed, 0, 9999) ??
    notWhole("steps", steps, 0, MOST)
  );
}

/**
 * Where a function has a value, by marching squares: pieces [x, y, x, y] of a line.
 * `grid` holds the function at (x0 + column / density, y0 + row / density).
 *
 * @param {ArrayLike<number>[]} grid
 * @param {Pair} corner
 * @param {number} density
 * @param {number} level
 * @returns {[number, number, number, number][]}
 */
export function contour(grid, [x0, y0], density, level) {
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let row = 0; row + 1 < grid.length; row++) {
    for (let column = 0; column + 1 < grid[row].length; column++) {
      const below = grid[row][column] < level;
      if (
        below === grid[row][column + 1] < level &&
        below === grid[row + 1][column] < level &&
        below === grid[row + 1][column + 1] < level
      )
        continue;
      const corners = [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ].map(([right, up]) => ({ x: column + right, y: row + up, value: grid[row + up][column + right] }));
      /** @type {Pair[]} */
      const cuts = corners.flatMap((one, at) => {
        const two = corners[(at + 1) % 4];
        if (one.value < level === two.value < level) return [];
        const part = (level - one.value) / (two.value - one.value);
        return [[x0 + (one.x + part * (two.x - one.x)) / density, y0 + (one.y + part * (two.y - one.y)) / density]];
      });
      const isUp = corners[0].value + corners[1].value + corners[2].value + corners[3].value < 4 * level;
      // a saddle: the middle is on the first corner's side
      if (cuts.length === 4 && isUp === corners[0].value < level) cuts.push(...cuts.splice(0, 1));
      for (let at = 0; at + 1 < cuts.length; at += 2) pieces.push([...cuts[at], ...cuts[at + 1]]);
    }
  }
  return pieces;
}

/**
 * The settings, the loss before and after, and how it went on the way.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 * @param {number[][]} [places] of its path, if they are known
 * @param {number[]} [losses] there
 */
export function sentence(words, state, places = descend(state), losses = places.map(lossOf(state))) {
  const said = words.head({
    name: words[state.surface],
    steps: words.count(places.length - 1),
    start: `(${state.start.map((x) => rounded(x, 2)).join(", ")})`,
    by: words.by[state.optimizer](rounded(state.learning_rate, 4), rounded(state.momentum, 2)),
    drawn: state.surface === "digits" ? words.drawn(state, state.labels.length) : "",
  });
  const kind = went(losses, hasLeft(places, state.surface));
  const how = words[kind](shown(losses[0], words), shown(losses[losses.length - 1], words));
  return said + how + (kind === "there" ? "" : words.rises(losses.filter((_, at) => doesRise(losses, at)).length));
}
