// The points, a network that learns to tell them apart, and what it has learned.

import { Lehmer } from "../parts/lehmer.js";
import { clamp, isListOf, notAmong, notWhole } from "../parts/numbers.js";
import { hiddenLayer, Training } from "../parts/training.js";

/** @import { Pair } from "../types.d.ts" */
/** @import { Activation, Network } from "../parts/training.js" */
/**
 * @typedef {object} State
 * @property {string} samples
 * @property {[number, number, number][]} points
 * @property {number} units
 * @property {Activation} activation
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number | "all"} batch_size
 * @property {number} seed
 * @property {number} steps
 * @property {number[]} axes
 */

const COUNT = 100; // points of each preset
export const MOST_POINTS = 200; // of one's own
export const MOST = 1000; // steps
/** @type {Pair} */
export const HALF = [2, 1.5]; // of the plane
const DIVERGED = 3; // a mean loss above this ends the training
const LARGEST_RATES = { 0: 3, 0.5: 0.3, 0.9: 0.1 }; // for each momentum: beyond, the training may be chaotic
export const OPTIONS = {
  samples: ["xor", "moons", "ring", "spirals", "own"],
  units: [1, 2, 3, 4, 5, 6, 7, 8],
  activation: ["relu", "tanh", "none"],
  learning_rate: [0.01, 0.03, 0.1, 0.3, 1, 3],
  momentum: [0, 0.5, 0.9],
  batch_size: [10, 25, "all"],
};

const DENSITY = 15; // places tried along each unit of the plane
const GRID = Array.from({ length: 2 * HALF[1] * DENSITY + 1 }, (_, row) =>
  Array.from({ length: 2 * HALF[0] * DENSITY + 1 }, (_, column) => [
    column / DENSITY - HALF[0],
    row / DENSITY - HALF[1],
  ]),
);

// ---- Computing -------------------------------------------------------------------------------

const hundredths = (x) => Math.floor(100 * x + 0.5) / 100;

/**
 * The points of a preset: [x, y, class].
 *
 * @param {string} name
 */
export function preset(name) {
  const drawn = new Lehmer(0).uniform(-1, 1, 3 * COUNT);
  return Array.from({ length: COUNT }, (_, at) => {
    const label = at % 2,
      side = 1 - 2 * label,
      u = drawn[at],
      v = drawn[COUNT + at],
      w = drawn[2 * COUNT + at];
    const part = (u + 1) / 2,
      right = u < 0 ? -1 : 1;
    let place;
    if (name === "xor") place = [0.8 * right + 0.35 * v, 0.8 * right * side + 0.35 * w];
    else if (name === "moons")
      place = [side * (Math.cos(Math.PI * part) - 0.5) + 0.15 * v, side * (Math.sin(Math.PI * part) - 0.25) + 0.15 * w];
    else if (name === "ring") {
      const radius = label ? 1.1 + 0.15 * v : 0.6 * Math.sqrt((v + 1) / 2);
      place = [radius * Math.cos(Math.PI * u), radius * Math.sin(Math.PI * u)];
    } else {
      const turn = 1.5 * Math.PI * part,
        radius = side * (0.2 + 1.05 * part);
      place = [radius * Math.cos(turn) + 0.06 * v, radius * Math.sin(turn) + 0.06 * w];
    }
    return [...place.map(hundredths), label];
  });
}

/**
 * The straight cut in the hidden layer's space: a weight for each unit, and a constant.
 *
 * @param {Network} network
 */
export function cut({ units, arrays: [, , kernel, bias] }) {
  return {
    weights: Array.from({ length: units }, (_, unit) => kernel[2 * unit + 1] - kernel[2 * unit]),
    constant: bias[1] - bias[0],
  };
}

/**
 * By how much the score of class 1 is above that of class 0, as a function of the place [x, y].
 *
 * @param {Network} network
 * @returns {(place: number[]) => number}
 */
function margin(network) {
  const { weights, constant } = cut(network);
  return ([x, y]) => {
    const values = hiddenLayer(network, [x, y]);
    let sum = constant;
    for (let unit = 0; unit < values.length; unit++) sum += values[unit] * weights[unit];
    return sum;
  };
}

/**
 * The same for each of some places.
 *
 * @param {Network} network
 * @param {number[][]} places
 */
export const margins = (network, places) => places.map(margin(network));

/** Whether a margin means class 1: of two equal scores the first one wins, as with `argmax`. */
const isAbove = (value) => value > 0;

/**
 * The two units whose values move the margins of these points most.
 *
 * @param {Network} network
 * @param {number[][]} points
 */
export function telling(network, points) {
  const { weights } = cut(network),
    values = points.map(([x, y]) => hiddenLayer(network, [x, y]));
  const moves = weights.map((weight, unit) => {
    const its = values.map((all) => all[unit]);
    return [Math.abs(weight) * (Math.max(...its) - Math.min(...its)), unit];
  });
  return moves
    .sort(([a, i], [b, j]) => b - a || i - j)
    .slice(0, 2)
    .map(([, unit]) => unit)
    .sort();
}

/** A training on some points, with the loss over all of them, first and after each step. */
export class Run {
  /** @param {Omit<State, "steps" | "axes">} state */
  constructor({ samples, points, ...settings }) {
    this.points = samples === "own" ? points : preset(samples);
    const count = this.points.length,
      batch_size = settings.batch_size === "all" ? count : settings.batch_size;
    const data = {
      samples: Float64Array.from(this.points.flatMap((point) => point.slice(0, 2))),
      labels: this.points.map((point) => point[2]),
    };
    this.training = count ? new Training(data, { ...settings, classes: 2, batch_size }) : null;
    this.losses = [];
    if (count) this.#measure();
  }

  /** Asked for only where there are points. */
  get #trained() {
    return /** @type {Training} */ (this.training);
  }

  get steps() {
    return this.losses.length - 1;
  }

  /** Whether no step can follow: it diverged, or there is nothing to train on. */
  get isOver() {
    return !(this.losses.at(-1) <= DIVERGED);
  }

  isRight() {
    const values = margins(this.#trained.network, this.points);
    return values.map((value, at) => isAbove(value) === (this.points[at][2] === 1));
  }

  step() {
    this.#trained.step();
    this.#measure();
  }

  /** Whether it has so many steps, or all that can be. */
  has(steps) {
    return this.steps >= steps || this.isOver;
  }

  /** As many steps as wanted, until it diverges. */
  reach(steps) {
    while (!this.has(steps)) this.step();
    return this;
  }

  #measure() {
    const losses = margins(this.#trained.network, this.points).map((value, at) => {
      const wrong = this.points[at][2] ? -value : value;
      return Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
    });
    this.losses.push(losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
  }
}

/** A loss with three decimals. */
export const shown = (loss, words) => (loss < 0.001 ? words.small : (Math.floor(loss * 1000 + 0.5) / 1000).toFixed(3));

/**
 * The settings, the loss, how many points are right, and whether it diverged.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 * @param {Run} run as far as it is
 */
export function report(words, state, run) {
  const count = run.points.length;
  if (!count) return words.empty;
  const activate = words[state.activation] ?? state.activation,
    said = words.head({ ...state, name: words[state.samples], count, activate });
  const right = run.isRight().filter(Boolean).length,
    { steps, losses } = run;
  const [first, loss] = [losses[0], losses[steps]].map((value) => shown(value, words));
  const how = words[steps ? "after" : "before"]({ steps, right, count, first, loss });
  return said + how + (run.isOver ? words.diverged : "") + (state.activation === "none" ? words.straight : "");
}

/**
 * What the figure says of a state.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export const sentence = (words, state) => report(words, state, new Run(state).reach(state.steps));

/**
 * The nearest place of the plane with two decimals.
 *
 * @param {number[]} place
 */
export function within(place) {
  return place.map((x, k) => hundredths(clamp(x, -HALF[k], HALF[k])));
}

/**
 * The number of the point nearest to a place, if one is near; else -1.
 *
 * @param {number[][]} points
 * @param {number[]} place
 */
export function nearest(points, [x, y]) {
  const distances = points.map(([u, v]) => Math.hypot(u - x, v - y)),
    least = Math.min(...distances);
  return least <= 0.25 ? distances.indexOf(least) : -1;
}

/**
 * What is wrong with one's own points; null if nothing is.
 *
 * @param {unknown} points
 */
export function problemOfPoints(points) {
  if (!Array.isArray(points)) return `points is ${JSON.stringify(points)}: it must be a list of points`;
  if (points.length > MOST_POINTS) return `points has ${points.length} points: ${MOST_POINTS} are allowed`;
  const isPoint = (point) =>
    point?.length === 3 &&
    HALF.every((half, k) => Number.isFinite(point[k]) && Math.abs(point[k]) <= half) &&
    (point[2] === 0 || point[2] === 1);
  const wrong = points.find((point) => !isPoint(point));
  return wrong === undefined
    ? null
    : `points has ${JSON.stringify(wrong)}: a point is x from -2 to 2, y from -1.5 to 1.5, and its class, 0 or 1`;
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem(state) {
  const { points, learning_rate, momentum, seed, steps, axes } = state;
  for (const [name, values] of Object.entries(OPTIONS)) {
    const wrong = notAmong(name, state[/** @type {keyof typeof OPTIONS} */ (name)], values);
    if (wrong) return wrong;
  }
  const largest = LARGEST_RATES[momentum];
  if (learning_rate > largest)
    return (
      `learning_rate is ${learning_rate} and momentum ${momentum}: ` +
      `with that momentum, learning_rate is at most ${largest}`
    );
  const wrong = notWhole("seed", seed, 0, 9999) ?? notWhole("steps", steps, 0, MOST) ?? problemOfPoints(points);
  if (wrong) return wrong;
  const areUnits = isListOf(axes, (unit) => OPTIONS.units.includes(unit + 1)) && [0, 2].includes(axes.length);
  return areUnits ? null : `axes is ${JSON.stringify(axes)}: it must be two units from 0 to 7, or none`;
}

const HALVINGS = 10;

/** The corners of a box, in turn. @param {number[][]} box */
const around = ([[left, top], [right, bottom]]) => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];

/**
 * The part of a box in which a function is positive: corners, and its border, each piece two places on the box's sides.
 *
 * @param {number[][]} box left and top, right and bottom
 * @param {(place: number[]) => number} value
 */
export function positive(box, value) {
  const corners = around(box),
    values = corners.map(value);
  /** @type {number[][]} */
  const inside = [],
    border = [];
  corners.forEach((one, at) => {
    let two = corners[(at + 1) % 4],
      [a, b] = [values[at], values[(at + 1) % 4]];
    const isIn = isAbove(a);
    if (isIn) inside.push(one);
    if (isIn === isAbove(b)) return;
    // a straight function needs none of them, one that is flat and then rises does
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = one.map((x, k) => (x + two[k]) / 2),
        between = value(middle);
      if (isIn === isAbove(between)) [one, a] = [middle, between];
      else [two, b] = [middle, between];
    }
    const place = one.map((x, k) => x + (a / (a - b)) * (two[k] - x));
    inside.push(place);
    border.push(place);
  });
  // two corners that face each other are joined: the pieces run around the other two
  if (border.length > 2 && !isAbove(values[0])) border.push(...border.splice(0, 1));
  return { inside, border };
}

/**
 * Where the network says class 1, in small parts, and the border of it all, in pieces.
 *
 * @param {Network} network
 */
export function divided(network) {
  const value = margin(network),
    above = GRID.map((row) => row.map((place) => isAbove(value(place))));
  /** @type {number[][][]} */
  const parts = [],
    pieces = [];
  for (let row = 1; row < GRID.length; row++) {
    const [lower, upper] = [above[row - 1], above[row]];
    // where cells that are all of class 1 begin, one beside the other
    let begun = /** @type {number[] | null} */ (null);
    for (let column = 1; column < GRID[row].length; column++) {
      const corners = [lower[column - 1], lower[column], upper[column - 1], upper[column]],
        low = GRID[row - 1][column - 1],
        high = GRID[row][column];
      if (!corners.includes(false)) {
        if (begun) parts.pop();
        begun ??= low;
        parts.push(around([begun, high]));
        continue;
      }
      begun = null;
      if (!corners.includes(true)) continue;
      const { inside, border } = positive([low, high], value);
      parts.push(inside);
      for (let at = 0; at < border.length; at += 2) pieces.push(border.slice(at, at + 2));
    }
  }
  return { parts, pieces };
}
