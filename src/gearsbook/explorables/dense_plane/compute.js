// A layer of two units in the plane: what weights, bias and relu do to grid, area and a point.

import { ARROWS } from "../parts/keys.js";
import { clamp, decimals, notAmong, notPair } from "../parts/numbers.js";

/** @import { Pair } from "../types.d.ts" */
/**
 * @typedef {[Pair, Pair]} Matrix
 *
 * @typedef {object} State
 * @property {Matrix} weights
 * @property {Pair} bias
 * @property {boolean} relu
 * @property {Pair} point
 */

const LARGEST = 2; // of weights, biases and the point's coordinates
const HALVES = [2.5, 3.2, 4.2, 5.2, 6.5, 8.5, 10.5]; // of the plots, which show -half to half
const TINY = 1e-9; // an area that is none
export const OUTLINE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]; // of the unit square
const TURN = Math.PI / 6;
/** @type {(first: Pair, second: Pair, bias?: Pair, relu?: boolean) => Omit<State, "point">} */
const layer = (first, second, bias = [0, 0], relu = false) => ({ weights: [first, second], bias, relu });
export const PRESETS = {
  identity: layer([1, 0], [0, 1]),
  rotation: layer([Math.cos(TURN), Math.sin(TURN)], [-Math.sin(TURN), Math.cos(TURN)]),
  scaling: layer([1.5, 0], [0, 0.5]),
  shear: layer([1, 0], [0.8, 1]),
  mirror: layer([-1, 0], [0, 1]),
  projection: layer([0.8, 0.4], [0.4, 0.2]),
  translation: layer([1, 0], [0, 1], [1, 0.5]),
  layer: layer([1, 0.5], [-1, 1], [0.5, -0.5], true),
};

/**
 * Where `point @ weights + bias` is.
 *
 * @param {number[]} point
 * @param {Matrix} weights
 * @param {Pair} bias
 */
export function image([x, y], [[a, b], [c, d]], bias) {
  return [x * a + y * c + bias[0], x * b + y * d + bias[1]];
}

/**
 * Negative coordinates become zero, or keep a part of what they are.
 *
 * @param {number[]} point
 * @param {number} [leak]
 */
export function relu(point, leak = 0) {
  return point.map((value) => Math.max(value, leak * value));
}

/**
 * How many times larger areas become; negative if the plane is turned over.
 *
 * @param {Matrix} weights
 */
export function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}

/**
 * What becomes of the plane: it is kept, turned over, thin, a line or a point.
 *
 * @param {Matrix} weights
 */
export function effect(weights) {
  const [[a, b], [c, d]] = weights,
    det = determinant(weights);
  if (!(a || b || c || d)) return "point";
  if (Math.abs(det) <= 1e-15 * (Math.abs(a * d) + Math.abs(b * c))) return "line"; // 0 but for the last binary digit
  if (decimals(Math.abs(det)) === "0") return "thin";
  return det > 0 ? "kept" : "turned";
}

/**
 * How far the plots reach: the grid from -2 to 2, and the images, before relu, of the unit square and the point all
 * fit in.
 *
 * @param {State} state
 */
export function half({ weights, bias, point }) {
  const places = [...OUTLINE, point].map((place) => image(place, weights, bias).map(Math.abs));
  const reach = 1.05 * Math.max(...places.flat());
  return HALVES.find((size) => size >= reach) ?? Infinity;
}

/**
 * As much of a layer as has happened at a time: nothing at 0, `@ W` at 1, `+ b` at 2, and at 3 relu, which leaves
 * `leak` of what is negative: 1 is all of it, without relu.
 *
 * @param {State} state
 * @param {number} time
 * @returns {{ weights: Matrix, bias: Pair, leak: number }}
 */
export function stage({ weights, bias, relu }, time) {
  const [turned, shifted, folded] = [0, 1, 2].map((start) => clamp(time - start, 0, 1));
  /** @type {(row: Pair, at: number) => Pair} */
  const between = ([a, b], at) => [(at ? 0 : 1 - turned) + turned * a, (at ? 1 - turned : 0) + turned * b];
  return {
    weights: [between(weights[0], 0), between(weights[1], 1)],
    bias: [shifted * bias[0], shifted * bias[1]],
    leak: relu ? 1 - folded : 1,
  };
}

/**
 * Where a hand takes the layer, before relu: at the images of (1, 0), (0, 1) and (0, 0).
 *
 * @param {Pick<State, "weights" | "bias">} state
 */
export const tips = ({ weights, bias }) =>
  [
    [1, 0],
    [0, 1],
    [0, 0],
  ].map((place) => image(place, weights, bias));

/**
 * What becomes of the layer if the tip nearest to a place goes as far as from there to another place, in tenths.
 *
 * @param {State} state
 * @param {number[]} start
 * @param {number[]} end
 */
export function pulled({ weights, bias }, start, end) {
  const far = tips({ weights, bias }).map(([x, y]) => Math.hypot(x - start[0], y - start[1]));
  const nearest = far.indexOf(Math.min(...far));
  const by = end.map((x, k) => Math.round(10 * (x - start[k])) / 10);
  /** @param {Pair} pair */
  const moved = (pair) =>
    pair.map((x, k) => (by[k] ? clamp(Number((x + by[k]).toFixed(9)) + 0, -LARGEST, LARGEST) : x));
  return nearest === 2
    ? { bias: moved(bias) }
    : { weights: weights.map((row, at) => (at === nearest ? moved(row) : row)) };
}

/**
 * The part of a polygon where coordinate k of `points @ weights + bias` is negative.
 *
 * @param {number[][]} polygon
 * @param {Matrix} weights
 * @param {Pair} bias
 * @param {number} k
 */
export function negative(polygon, weights, bias, k) {
  const values = polygon.map((point) => image(point, weights, bias)[k]);
  return polygon.flatMap((start, at) => {
    const next = (at + 1) % polygon.length,
      s = values[at],
      e = values[next];
    const kept = s < 0 ? [start] : [];
    if (s < 0 !== e < 0) kept.push(start.map((x, i) => x + (s / (s - e)) * (polygon[next][i] - x)));
    return kept;
  });
}

/**
 * A path of straight pieces after `points @ weights + bias`, and after relu, which leaves `leak` of what is negative.
 * relu bends a piece where a coordinate changes its sign; there the path gets a corner more.
 *
 * @param {number[][]} path
 * @param {Matrix} weights
 * @param {Pair} bias
 * @param {number} leak 1 without relu
 */
export function mapped(path, weights, bias, leak) {
  const images = path.map((point) => image(point, weights, bias));
  if (leak === 1) return images;
  const bent = [];
  images.forEach((end, at) => {
    const start = images[at - 1];
    if (start) {
      const bends = start.flatMap((s, k) => (s < 0 !== end[k] < 0 ? [s / (s - end[k])] : []));
      bends.sort((s, t) => s - t);
      bent.push(
        ...bends.map((t) =>
          relu(
            start.map((s, k) => s + t * (end[k] - s)),
            leak,
          ),
        ),
      );
    }
    bent.push(relu(end, leak));
  });
  return bent;
}

/**
 * The area inside a closed path, negative if it runs clockwise (shoelace formula).
 *
 * @param {number[][]} path
 */
export function area(path) {
  let twice = 0;
  path.forEach(([x, y], at) => {
    const [u, v] = path[(at + 1) % path.length];
    twice += x * v - u * y;
  });
  return twice / 2;
}

/**
 * The point that an arrow key leads to; null for any other key.
 *
 * @param {number[]} point
 * @param {string} key
 */
export function step(point, key) {
  const by = ARROWS[key];
  return by ? { point: within(point.map((x, k) => x + by[k] / 10)) } : null;
}

/**
 * The nearest point with one decimal that may be chosen.
 *
 * @param {number[]} point
 */
export const within = (point) => point.map((value) => Math.round(10 * clamp(value, -LARGEST, LARGEST)) / 10);

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ weights, bias, relu, point }) {
  if (!Array.isArray(weights) || weights.length !== 2)
    return `weights is ${JSON.stringify(weights)}: it must be two rows of two numbers`;
  const pairs = { "weights[0]": weights[0], "weights[1]": weights[1], bias, point };
  for (const [name, pair] of Object.entries(pairs)) {
    const wrong = notPair(name, pair, -LARGEST, LARGEST);
    if (wrong) return wrong;
  }
  return notAmong("relu", relu, [true, false]);
}

/**
 * Where the unit arrows, the unit square and the point go, and what relu leaves.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { weights, bias, relu: withRelu, point }) {
  const pair = (values) => `(${values.map(decimals).join(", ")})`;
  const isStill = bias.every((value) => value === 0),
    kind = effect(weights);
  const det = determinant(weights),
    size = Math.abs(det);
  let said =
    words.rows(weights.map(pair)) +
    (isStill ? words.still : words.shift(pair(bias))) +
    words[kind](decimals(det), decimals(size));
  if (withRelu && (kind === "kept" || kind === "turned")) {
    const left = Math.abs(area(mapped(OUTLINE, weights, bias, 0)));
    said += words[left < TINY ? "nothing" : size - left < TINY ? "whole" : "part"](decimals(left));
  } else if (withRelu) {
    said += words.bends;
  }
  const straight = image(point, weights, bias),
    bent = relu(straight);
  const isBent = withRelu && bent.some((value, at) => value !== straight[at]);
  return said + words[isBent ? "folded" : "goes"](pair(point), pair(straight), pair(bent));
}
