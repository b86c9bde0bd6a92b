// A crumpled sheet on its way through a small network: the representation after each layer.

import { clamp, isListOf, notAmong, notWhole } from "../parts/numbers.js";

/** @typedef {[number, number, number]} Point */
/**
 * @typedef {object} State
 * @property {number[][]} points
 * @property {number[]} labels
 * @property {[number[][], number[]][]} layers
 * @property {number} columns
 * @property {string} activation
 * @property {number} stage
 * @property {number} azimuth
 * @property {number} elevation
 */

export const SUBSTEPS = 16; // places of the slider from one layer to the next
const ACTIVATIONS = { tanh: Math.tanh, relu: (z) => Math.max(z, 0), linear: (z) => z };
export const EDGES = [
  [0, 1],
  [0, 2],
  [0, 4],
  [1, 3],
  [1, 5],
  [2, 3],
  [2, 6],
  [3, 7],
  [4, 5],
  [4, 6],
  [5, 7],
  [6, 7],
];
export const CORNERS = /** @type {Point[]} */ (
  Array.from({ length: 8 }, (_, at) => [4, 2, 1].map((bit) => (at & bit ? 1 : -1)))
);

/** `points @ weights + bias`. */
function affine(points, weights, bias) {
  return points.map((point) => bias.map((b, k) => point.reduce((sum, x, i) => sum + x * weights[i][k], b)));
}

/** Each point part of the way from one place to another, 0 there and 1 here. */
function between(from, to, part) {
  return from.map((point, at) => point.map((x, k) => (1 - part) * x + part * to[at][k]));
}

/**
 * Where the points are after so many sixteenths of layers. In the first half of a layer its
 * affine map grows in, in the second half its activation.
 *
 * @param {number[][]} points
 * @param {State["layers"]} layers
 * @param {string} activation
 * @param {number} stage
 */
export function representation(points, layers, activation, stage) {
  let x = points;
  layers.slice(0, -1).forEach(([weights, bias], at) => {
    const part = clamp(stage / SUBSTEPS - at, 0, 1);
    if (part === 0) return;
    x = between(x, affine(x, weights, bias), Math.min(2 * part, 1));
    const bent = x.map((point) => point.map(ACTIVATIONS[activation]));
    x = between(x, bent, Math.max(2 * part - 1, 0));
  });
  return x;
}

/**
 * A part of all in whole per cent.
 *
 * @param {number} part
 * @param {number} all
 */
export const percentage = (part, all) => Math.floor((100 * part) / all + 0.5);

/**
 * The plane `point · cut[0..2] + cut[3] = 0` that least squares finds for targets -1 and 1.
 *
 * @param {number[][]} points
 * @param {number[]} labels
 */
export function bestCut(points, labels) {
  const rows = points.map((point) => [...point, 1]);
  const system = Array.from({ length: 4 }, (_, i) => [
    ...Array.from({ length: 4 }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1e-9 : 0)),
    rows.reduce((sum, row, at) => sum + row[i] * (2 * labels[at] - 1), 0),
  ]);
  for (let i = 0; i < 4; i++) {
    // Gauss and Jordan, with the largest pivot
    const pivot = system
      .slice(i)
      .reduce((best, row, at) => (Math.abs(row[i]) > Math.abs(system[best][i]) ? i + at : best), i);
    [system[i], system[pivot]] = [system[pivot], system[i]];
    for (let j = 0; j < 4; j++) {
      if (j === i) continue;
      const times = system[j][i] / system[i][i];
      system[j] = system[j].map((value, k) => value - times * system[i][k]);
    }
  }
  return system.map((row, i) => row[4] / row[i]);
}

/**
 * On which side of a cut a point is; above zero, the side of label 1.
 *
 * @param {number[]} cut
 * @param {number[]} point
 */
export function side(cut, point) {
  return cut[0] * point[0] + cut[1] * point[1] + cut[2] * point[2] + cut[3];
}

/**
 * How many points a cut has on the right side.
 *
 * @param {number[]} cut
 * @param {number[][]} points
 * @param {number[]} labels
 */
export function countRight(cut, points, labels) {
  return points.filter((point, at) => side(cut, point) > 0 === (labels[at] === 1)).length;
}

/**
 * A point as it is seen: to the right, upwards, and towards the reader; angles in degrees.
 *
 * @param {number[]} point
 * @param {number} azimuth
 * @param {number} elevation
 */
export function seen([x, y, z], azimuth, elevation) {
  const a = (azimuth * Math.PI) / 180,
    e = (elevation * Math.PI) / 180;
  const right = x * Math.cos(a) - z * Math.sin(a),
    front = x * Math.sin(a) + z * Math.cos(a);
  return [right, y * Math.cos(e) - front * Math.sin(e), y * Math.sin(e) + front * Math.cos(e)];
}

/**
 * Where a cut leaves the box from -edge to edge: the corners of a polygon, in order.
 *
 * @param {number[]} cut
 * @param {number} edge
 */
export function cutThrough(cut, edge) {
  const found = [];
  for (const [one, two] of EDGES) {
    const [p, q] = [one, two].map((at) => CORNERS[at].map((x) => x * edge));
    const [s, t] = [side(cut, p), side(cut, q)];
    if (s > 0 !== t > 0) found.push(p.map((x, k) => x + (s / (s - t)) * (q[k] - x)));
  }
  if (found.length < 3) return [];
  const middle = [0, 1, 2].map((k) => found.reduce((sum, p) => sum + p[k], 0) / found.length);
  const flat = [0, 1, 2].toSorted((i, j) => Math.abs(cut[i]) - Math.abs(cut[j])); // two axes it is not square to
  const angle = (p) => Math.atan2(p[flat[1]] - middle[flat[1]], p[flat[0]] - middle[flat[0]]);
  return found.sort((p, q) => angle(p) - angle(q));
}

/**
 * The view turned by so many degrees to the right and upwards.
 *
 * @param {{ azimuth: number, elevation: number }} state
 * @param {number} right
 * @param {number} up
 */
export const turned = ({ azimuth, elevation }, right, up) => ({
  azimuth: (((azimuth + Math.round(right)) % 360) + 360) % 360,
  elevation: clamp(elevation + Math.round(up), 0, 90),
});

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ points, labels, layers, columns, activation, stage, azimuth, elevation }) {
  if (!isListOf(points, (point) => point?.length === 3) || !points.length) return "points are not (n, 3)";
  if (labels?.length !== points.length) return "labels are not one for each point";
  if (!(columns > 1 && points.length % columns === 0 && points.length > columns))
    return `columns is ${JSON.stringify(columns)}: the ${points.length} points must make rows of so many`;
  const fits = (layer, at) => layer?.[0]?.length === 3 && layer[1]?.length === (at === layers.length - 1 ? 1 : 3);
  if (!isListOf(layers, fits) || !layers.length) return "a layer has another shape";
  return (
    notAmong("activation", activation, Object.keys(ACTIVATIONS)) ??
    notWhole("stage", stage, 0, SUBSTEPS * (layers.length - 1)) ??
    notWhole("azimuth", azimuth, 0, 359) ??
    notWhole("elevation", elevation, 0, 90)
  );
}

/**
 * How far the sheet has come, and how well a flat cut separates its two halves.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 * @param {number[][]} [x] its points at that stage, if they are known
 * @param {number} [right] how many of them a flat cut has right
 */
export function sentence(
  words,
  { points, labels, layers, activation, stage },
  x = representation(points, layers, activation, stage),
  right = countRight(bestCut(x, labels), x, labels),
) {
  const count = labels.length,
    hidden = layers.length - 1;
  const part = stage % SUBSTEPS,
    passed = (stage - part) / SUBSTEPS;
  const isAffine = 2 * part <= SUBSTEPS;
  const kind = part ? (isAffine ? "affine" : "activation") : stage ? "after" : "start";
  const percent = percentage(2 * part, SUBSTEPS) - (isAffine ? 0 : 100);
  let said = words[kind]({ layer: passed + (part ? 1 : 0), layers: hidden, percent, name: activation });
  said += words.cut(right, count, percentage(right, count));
  if (stage === SUBSTEPS * hidden) {
    const [weights, bias] = layers[layers.length - 1];
    said += words.own(countRight([...weights.map((row) => row[0]), bias[0]], x, labels));
  }
  return said;
}
