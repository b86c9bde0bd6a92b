// A layer of two units in the plane: what weights, bias and relu do to grid, area and points.

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
const HALVES = [3.2, 4.2, 5.2, 6.2, 8.2, 10.2]; // of the plots, which show -half to half
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
 * Negative coordinates become zero.
 *
 * @param {number[]} point
 */
export function relu(point) {
  return point.map((value) => Math.max(value, 0));
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
 * How far the plots reach: the grid from -2 to 2 and its image, before relu, both fit in.
 *
 * @param {Matrix} weights
 * @param {Pair} bias
 */
export function half(weights, bias) {
  const reach = [0, 1].map((k) => 2 * (Math.abs(weights[0][k]) + Math.abs(weights[1][k])) + Math.abs(bias[k]));
  return HALVES.find((size) => size >= Math.max(...reach)) ?? Infinity;
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
 * A path of straight pieces after `points @ weights + bias`, and after relu if it is on.
 * relu bends a piece where a coordinate changes its sign; there the path gets a corner more.
 *
 * @param {number[][]} path
 * @param {Matrix} weights
 * @param {Pair} bias
 * @param {boolean} withRelu
 */
export function mapped(path, weights, bias, withRelu) {
  const images = path.map((point) => image(point, weights, bias));
  if (!withRelu) return images;
  const bent = [];
  images.forEach((end, at) => {
    const start = images[at - 1];
    if (start) {
      const bends = start.flatMap((s, k) => (s < 0 !== end[k] < 0 ? [s / (s - end[k])] : []));
      bends.sort((s, t) => s - t);
      bent.push(...bends.map((t) => relu(start.map((s, k) => s + t * (end[k] - s)))));
    }
    bent.push(relu(end));
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
    const left = Math.abs(area(mapped(OUTLINE, weights, bias, true)));
    said += words[left < TINY ? "nothing" : size - left < TINY ? "whole" : "part"](decimals(left));
  } else if (withRelu) {
    said += words.bends;
  }
  const straight = image(point, weights, bias),
    bent = relu(straight);
  const isBent = withRelu && bent.some((value, at) => value !== straight[at]);
  return said + words[isBent ? "folded" : "goes"](pair(point), pair(straight), pair(bent));
}
