// The same entries with another shape, or with their axes in another order: not the same array.

import { asTuple, notWhole } from "../parts/numbers.js";
import { notShape, readShape, strides, unravelled, valuesIn } from "../parts/shapes.js";

/** @typedef {{ shape: number[], target: number[], order: number[], entry: number }} State */

const MOST_ENTRIES = 36;
const SHAPE = { fewest: 1, most: 3, low: 1, high: MOST_ENTRIES };
const TARGET = { ...SHAPE, low: -1 };

/**
 * The shape to reshape to in a text; null if it is none.
 *
 * @param {string} text
 */
export const parsed = (text) => readShape(text, TARGET);

/**
 * What NumPy says if the reshape fails; empty if it does not.
 *
 * @param {number[]} shape
 * @param {number[]} target
 */
export function reshapeError(shape, target) {
  const free = target.filter((length) => length === -1).length;
  if (free > 1) return "can only specify one unknown dimension";
  const size = valuesIn(shape),
    known = valuesIn(target.filter((length) => length !== -1));
  if (free ? known && size % known === 0 : known === size) return "";
  const rest = target[0] === -1 ? target.slice(1) : target; // NumPy leaves a -1 at the start out
  const asked = rest.map((length) => (length === -1 ? "newaxis" : length)).join(",");
  return `cannot reshape array of size ${size} into shape (${asked}${target.length === 1 ? "," : ""})`;
}

/**
 * A shape that fits, its -1 replaced by the length that is left.
 *
 * @param {number} size
 * @param {number[]} target
 */
export function resolved(size, target) {
  const known = valuesIn(target.filter((length) => length !== -1));
  return target.map((length) => (length === -1 ? size / known : length));
}

/**
 * The places in memory that the transposed array reads one after the other.
 *
 * @param {number[]} shape
 * @param {number[]} order
 */
export function readingOrder(shape, order) {
  const steps = strides(shape);
  return order.reduce(
    (places, axis) =>
      places.flatMap((place) => Array.from({ length: shape[axis] }, (_, at) => place + at * steps[axis])),
    [0],
  );
}

/**
 * Every shape of one to three axes that an array of this size can have, no length 1 in it.
 *
 * @param {number} size
 */
export function fitting(size) {
  const divisors = Array.from({ length: size }, (_, at) => at + 1).filter((n) => size % n === 0 && n > 1 && n < size);
  const two = divisors.map((n) => [n, size / n]);
  const three = divisors.flatMap((n) =>
    divisors.filter((m) => m < size / n && (size / n) % m === 0).map((m) => [n, m, size / n / m]),
  );
  return [[size], ...two, ...three];
}

/**
 * Every order of so many axes.
 *
 * @param {number} rank
 */
export function orders(rank) {
  if (rank === 0) return [[]];
  return orders(rank - 1)
    .flatMap((rest) => Array.from({ length: rank }, (_, at) => rest.toSpliced(at, 0, rank - 1)))
    .sort((one, two) => (String(one) < String(two) ? -1 : 1));
}

/** As many axes as a shape has, turned around. */
const reversed = (shape) => shape.map((_, axis) => axis).reverse();

/** What is wrong with the shape of x; null if nothing is. */
function wrongShape(shape) {
  const wrong = notShape("shape", shape, SHAPE);
  if (wrong || valuesIn(shape) <= MOST_ENTRIES) return wrong;
  return `shape is ${JSON.stringify(shape)}, ${valuesIn(shape)} entries: the figure draws ${MOST_ENTRIES} at most`;
}

/**
 * An x of a shape, its axes turned around to reshape and to transpose to.
 *
 * @param {number[]} shape
 * @param {number} entry is the last one if there are not so many
 * @returns {Partial<State>}
 */
export const turned = (shape, entry = 1) =>
  wrongShape(shape)
    ? {}
    : { shape, target: shape.toReversed(), order: reversed(shape), entry: Math.min(entry, valuesIn(shape) - 1) };

/**
 * The entry stays one that there is, and the order one of all axes.
 *
 * @param {State} state
 */
export function settled({ shape, order, entry }) {
  if (wrongShape(shape)) return {};
  const last = valuesIn(shape) - 1;
  return {
    ...(order?.length !== shape.length && { order: reversed(shape) }),
    ...(entry > last && { entry: last }),
  };
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ shape, target, order, entry }) {
  const wrong = wrongShape(shape) ?? notShape("target", target, TARGET);
  if (wrong) return wrong;
  const axes = shape.map((_, axis) => axis);
  if (!Array.isArray(order) || order.length !== axes.length || !axes.every((axis) => order.includes(axis)))
    return `order is ${JSON.stringify(order)}: it must name each of the axes ${axes.join(", ")} once`;
  return notWhole("entry", entry, 0, valuesIn(shape) - 1);
}

/**
 * What the figure says of a state.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { shape, target, order, entry }) {
  const size = valuesIn(shape),
    typed = target.join(", "),
    index = unravelled(entry, shape),
    places = [];
  let said = words.array(asTuple(shape));
  const error = reshapeError(shape, target);
  if (error) said += words.fails(typed, error);
  else {
    const reshaped = resolved(size, target);
    said += words.reshape(typed, asTuple(reshaped));
    places.push(words.reshapedAt(unravelled(entry, reshaped).join(", ")));
  }
  const through = (numbers) => order.map((axis) => numbers[axis]);
  const read = readingOrder(shape, order).slice(0, 8).join(", ") + (size > 8 ? ", …" : "");
  said += words.transpose(order.join(", "), read, asTuple(through(shape)));
  places.push(words.transposedAt(through(index).join(", ")));
  return said + words.at(entry, index.join(", "), places);
}
