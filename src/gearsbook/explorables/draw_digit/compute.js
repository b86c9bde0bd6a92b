// From strokes to what the network sees, and to what it answers.

import { clamp, notAmong } from "../parts/numbers.js";

/** @import { Pair } from "../types.d.ts" */
/**
 * @typedef {{ top: number, left: number, height: number, width: number }} Box
 * @typedef {{ scales: number[], arrays: Int8Array[] }} Network
 *
 * The answers are ten shares of 10,000 for the prepared drawing and ten for the shrunk one; none if there is no stroke.
 *
 * @typedef {object} State
 * @property {number[][]} strokes
 * @property {boolean} prepared
 * @property {number[][]} answers
 */

export const SIDE = 280; // the pad is a square of 280 by 280 places
export const PIXELS = 140; // and a picture of 140 by 140 pixels
const PEN = 11; // half the width of a stroke, in places
const EDGE = 2; // its ink fades from 2 places inside the rim to 2 places outside
const SMALL = 60; // places of a drawing's longer side below which the pen is too wide for it
const CLOSE = 9000; // a winner with less, of 10,000, is said with the runner-up

// ---- From strokes to what the network sees ---------------------------------------------------

/**
 * Adds a straight piece of a stroke to a picture of 140 by 140 pixels.
 *
 * @param {Uint8Array} ink
 * @param {number[]} ends x and y where it begins, and where it ends
 */
export function addInk(ink, ...[x0, y0, x1, y1]) {
  const reach = PEN + EDGE,
    dx = x1 - x0,
    dy = y1 - y0,
    square = dx * dx + dy * dy || 1;
  const first = (a, b) => Math.max(0, Math.floor((Math.min(a, b) - reach) / 2));
  const last = (a, b) => Math.min(PIXELS - 1, Math.ceil((Math.max(a, b) + reach) / 2));
  const [left, right, bottom] = [first(x0, x1), last(x0, x1), last(y0, y1)];
  for (let row = first(y0, y1); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const x = 2 * column + 1,
        y = 2 * row + 1;
      const along = clamp(((x - x0) * dx + (y - y0) * dy) / square, 0, 1);
      const offX = x - x0 - along * dx,
        offY = y - y0 - along * dy;
      const shade = clamp((reach - Math.sqrt(offX * offX + offY * offY)) / (2 * EDGE), 0, 1);
      const value = Math.floor(255 * shade + 0.5),
        at = row * PIXELS + column;
      if (value > ink[at]) ink[at] = value;
    }
  }
}

/**
 * Adds a stroke: x, y, x, y, ... from 0 to 280.
 *
 * @param {Uint8Array} ink
 * @param {number[]} stroke
 */
export function addStroke(ink, stroke) {
  if (stroke.length === 2) addInk(ink, ...stroke, ...stroke);
  for (let at = 2; at < stroke.length; at += 2) addInk(ink, ...stroke.slice(at - 2, at + 2));
}

/**
 * Strokes drawn with a round pen: 140 by 140 values, 0 for paper and 255 for ink.
 *
 * @param {number[][]} strokes
 */
export function picture(strokes) {
  const ink = new Uint8Array(PIXELS * PIXELS);
  for (const stroke of strokes) addStroke(ink, stroke);
  return ink;
}

/** For each of `size` new pixels: the old ones that lie in it, and how much of each does. */
function overlaps(pixels, size, longest) {
  return Array.from({ length: size }, (_, at) => {
    const start = at * longest,
      end = start + longest,
      parts = [];
    for (let old = Math.floor(start / size); old < pixels && old * size < end; old++) {
      parts.push([old, Math.min((old + 1) * size, end) - Math.max(old * size, start)]);
    }
    return parts;
  });
}

/**
 * A picture fitted into `size` by `size` pixels by area averaging, its aspect kept.
 *
 * @param {Uint8Array} image
 * @param {number} width
 * @param {number} size
 */
export function resize(image, width, size) {
  const height = image.length / width,
    longest = Math.max(width, height);
  const across = new Float64Array(height * size),
    fitted = new Uint8Array(size * size);
  overlaps(width, size, longest).forEach((parts, column) => {
    for (const [old, part] of parts) {
      for (let row = 0; row < height; row++) across[row * size + column] += part * image[row * width + old];
    }
  });
  overlaps(height, size, longest).forEach((parts, row) => {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (const [old, part] of parts) sum += part * across[old * size + column];
      fitted[row * size + column] = Math.floor(sum / (longest * longest) + 0.5);
    }
  });
  return fitted;
}

/**
 * The box around the ink of a picture; null if there is none.
 *
 * @param {ArrayLike<number>} image
 * @param {number} width
 * @returns {Box | null}
 */
export function inkBox(image, width) {
  let top = Infinity,
    left = Infinity,
    bottom = -1,
    right = -1;
  for (let row = 0, at = 0; at < image.length; row++) {
    for (let column = 0; column < width; column++, at++) {
      if (!image[at]) continue;
      if (top > row) top = row;
      bottom = row;
      if (left > column) left = column;
      if (right < column) right = column;
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/**
 * Row and column of the centre of mass of a picture with ink, counted from 0.
 *
 * @param {Uint8Array} image
 * @param {number} width
 */
export function centre(image, width) {
  let total = 0,
    down = 0,
    across = 0;
  image.forEach((value, at) => {
    total += value;
    down += value * Math.floor(at / width);
    across += value * (at % width);
  });
  return [down / total, across / total];
}

/**
 * A picture with ink, prepared as MNIST's digits were: 28 by 28 values.
 *
 * @param {Uint8Array} image
 * @param {number} width
 */
export function prepare(image, width) {
  const box = /** @type {Box} */ (inkBox(image, width)),
    ink = new Uint8Array(box.height * box.width);
  for (let row = 0; row < box.height; row++) {
    const start = (box.top + row) * width + box.left;
    ink.set(image.subarray(start, start + box.width), row * box.width);
  }
  const small = resize(ink, box.width, 20),
    placed = new Uint8Array(784);
  const [top, left] = centre(small, 20).map((middle) => Math.floor(middle + 14.5) - 28);
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const [from, at] = [row + top, column + left];
      if (from >= 0 && from < 20 && at >= 0 && at < 20) placed[row * 28 + column] = small[from * 20 + at];
    }
  }
  return placed;
}

/**
 * What the network may get of a picture: it prepared, and it shrunk; nothing if there is no ink.
 *
 * @param {Uint8Array} image
 */
export function views(image) {
  return inkBox(image, PIXELS) ? [prepare(image, PIXELS), resize(image, PIXELS, 28)] : [];
}

// ---- The network -----------------------------------------------------------------------------

/**
 * The arrays in the bytes of files/recap.bin: four scales, and whole numbers to multiply with them.
 *
 * @param {Uint8Array} bytes
 * @returns {Network}
 */
export function network(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const scales = [0, 4, 8, 12].map((at) => view.getFloat32(at, true));
  let start = bytes.byteOffset + 16;
  const arrays = [784 * 512, 512, 512 * 10, 10].map((length) => {
    const array = new Int8Array(bytes.buffer, start, length);
    start += length;
    return array;
  });
  return { scales, arrays };
}

/**
 * What the 512 hidden units give out for 28 by 28 values.
 *
 * @param {Network} network
 * @param {Uint8Array} seen
 */
export function hiddenUnits({ scales, arrays: [kernel, bias] }, seen) {
  const sums = new Int32Array(512); // whole numbers, so nothing is lost
  seen.forEach((value, pixel) => {
    if (!value) return;
    for (let unit = 0, at = pixel * 512; unit < 512; unit++, at++) sums[unit] += value * kernel[at];
  });
  return Float64Array.from(sums, (sum, unit) => Math.max(0, sum * (scales[0] / 255) + bias[unit] * scales[1]));
}

/**
 * The ten probabilities.
 *
 * @param {Network} network
 * @param {ArrayLike<number>} hidden
 */
export function probabilities({ scales, arrays: [, , kernel, bias] }, hidden) {
  const scores = Array.from(bias, (value, digit) => {
    let sum = 0;
    for (let unit = 0; unit < 512; unit++) sum += hidden[unit] * kernel[unit * 10 + digit];
    return sum * scales[2] + value * scales[3];
  });
  const top = Math.max(...scores),
    exponentials = scores.map((score) => Math.exp(score - top));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/**
 * What an image is read as: the ten probabilities as shares of 10,000.
 *
 * @param {Network} net
 * @param {Uint8Array} seen
 */
export function shares(net, seen) {
  return probabilities(net, hiddenUnits(net, seen)).map((p) => Math.floor(10000 * p + 0.5));
}

/**
 * What the network answers to strokes.
 *
 * @param {Network} net
 * @param {number[][]} strokes
 */
export function answers(net, strokes) {
  return strokes.length ? views(picture(strokes)).map((seen) => shares(net, seen)) : [[], []];
}

/**
 * The places of the largest values, the largest first.
 *
 * @param {ArrayLike<number>} values
 * @param {number} count
 */
export function largest(values, count) {
  return Array.from(values, (_, at) => at)
    .sort((a, b) => values[b] - values[a] || a - b)
    .slice(0, count);
}

/**
 * What a hidden unit sees in each pixel: the ink times its weight there.
 *
 * @param {Network} network
 * @param {number} unit
 * @param {Uint8Array} seen
 */
export const sawOf = ({ arrays: [kernel] }, unit, seen) =>
  Array.from(seen, (ink, pixel) => ink * kernel[pixel * 512 + unit]);

/**
 * What a hidden unit adds to the score of a digit.
 *
 * @param {Network} network
 * @param {number} value
 * @param {number} unit
 * @param {number} digit
 */
export function gain({ scales, arrays }, value, unit, digit) {
  return value * arrays[2][unit * 10 + digit] * scales[2];
}

// ---- Words and checks ------------------------------------------------------------------------

/**
 * A share of 10,000 as a percentage with one decimal; a network is never quite sure.
 *
 * @param {number} share
 */
export function percent(share) {
  return share >= 9995 ? ">99.9" : (Math.floor((share + 5) / 10) / 10).toFixed(1);
}

/**
 * Whether the ink of some strokes takes little room.
 *
 * @param {number[][]} strokes
 */
function isSmall(strokes) {
  const low = [Infinity, Infinity],
    high = [-Infinity, -Infinity];
  for (const stroke of strokes)
    stroke.forEach((place, at) => {
      low[at % 2] = Math.min(low[at % 2], place);
      high[at % 2] = Math.max(high[at % 2], place);
    });
  return [0, 1].every((axis) => high[axis] - low[axis] + 2 * PEN < SMALL);
}

/**
 * What the drawing is read as, and how surely.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {Pick<State, "strokes" | "prepared" | "answers">} state
 */
export function sentence({ said }, { strokes, prepared, answers }) {
  const [own, other] = prepared ? answers : [answers[1], answers[0]];
  if (!own.length) return said.empty;
  const share = (of) => (of >= 9995 ? said.over : said.share(percent(of)));
  const [first, second] = largest(own, 2),
    [best] = largest(other, 1);
  return (
    said[prepared ? "prepared" : "shrunk"](first, share(own[first])) +
    (own[first] < CLOSE ? said.second(second, share(own[second])) : "") +
    (prepared ? "" : said.other(best, share(other[best]))) +
    (isSmall(strokes) ? said.small : "")
  );
}

const MOVES = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [-1, -1],
  PageUp: [-1, 1],
  End: [1, -1],
  PageDown: [1, 1],
};

/**
 * The cell of 28 by 28 that a key leads to; null for any other key.
 *
 * @param {Pair} cell
 * @param {string} key
 * @returns {Pair | null}
 */
export function step([row, column], key) {
  const [down, right] = MOVES[key] ?? [];
  return down === undefined ? null : [clamp(row + down, 0, 27), clamp(column + right, 0, 27)];
}

const isPlace = (x) => Number.isInteger(x) && x >= 0 && x <= SIDE;
const isStroke = (xs) => Array.isArray(xs) && xs.length > 0 && xs.length % 2 === 0 && xs.every(isPlace);

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ strokes, prepared, answers }) {
  if (!Array.isArray(strokes)) return `strokes is ${JSON.stringify(strokes)}: it must be a list of strokes`;
  const at = strokes.findIndex((stroke) => !isStroke(stroke));
  if (at >= 0)
    return (
      `strokes[${at}] is ${JSON.stringify(strokes[at])}: ` +
      `it must be x, y, x, y, ... in whole numbers from 0 to ${SIDE}`
    );
  if (!(answers?.length === 2 && answers.every(({ length }) => length === 0 || length === 10)))
    return `answers is ${JSON.stringify(answers)}: it must be twice ten shares, or twice none`;
  return notAmong("prepared", prepared, [true, false]);
}
