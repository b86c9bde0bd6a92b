// Two shapes, aligned from the right: how NumPy broadcasts them, or the axis at which it fails.

import { asTuple, decimals, notAmong, notWhole } from "../parts/numbers.js";
import { notShape, ravelled, readShape, unravelled, valuesIn } from "../parts/shapes.js";

/** @typedef {{ a: number[], b: number[], operation: string, step: number, entry: number }} State */

export const RULE = { fewest: 0, most: 4, low: 0, high: 999 };
const LARGEST = 1e6; // arrays of more entries are compared, but not filled with numbers
export const LAST_STEP = 4;
export const OPERATIONS = {
  "+": { apply: (x, y) => x + y, write: (x, y) => `${x} + ${y}` },
  "-": { apply: (x, y) => x - y, write: (x, y) => `${x} − ${y}` },
  "*": { apply: (x, y) => x * y, write: (x, y) => `${x} × ${y}` },
  "/": { apply: (x, y) => x / y, write: (x, y) => `${x} ÷ ${y}` },
  maximum: { apply: (x, y) => Math.max(x, y), write: (x, y) => `maximum(${x}, ${y})` },
};

/**
 * The shape in a text; null if it is none.
 *
 * @param {string} text
 */
export const parsed = (text) => readShape(text, RULE);

/**
 * Both shapes axis by axis, the shorter one with axes of length 1 on its left, and a verdict.
 *
 * @param {number[]} a
 * @param {number[]} b
 */
export function compared(a, b) {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, at) => {
    const [x, y] = [a, b].map((shape) => shape[at - rank + shape.length] ?? 1);
    const verdict = x === y ? "equal" : x === 1 ? "one a" : y === 1 ? "one b" : "misfit";
    return { axis: at - rank, a: x, b: y, verdict, length: x === 1 ? y : x };
  });
}

/**
 * The shape of the result; null if the two cannot be broadcast.
 *
 * @param {number[]} a
 * @param {number[]} b
 */
export function broadcast(a, b) {
  const columns = compared(a, b);
  return columns.some(({ verdict }) => verdict === "misfit") ? null : columns.map(({ length }) => length);
}

/**
 * What NumPy says when they cannot (without the space at its end).
 *
 * @param {number[]} a
 * @param {number[]} b
 */
export function error(a, b) {
  const words = [a, b].map((shape) => asTuple(shape).replaceAll(" ", "")).join(" ");
  return `operands could not be broadcast together with shapes ${words}`;
}

/** The last entry that there is; 0 if there is none. */
const lastEntry = (a, b) => Math.max(0, valuesIn(broadcast(a, b) ?? [0]) - 1);

/**
 * Which entry of an array of this shape is read for an entry of the result.
 *
 * @param {number[]} index
 * @param {number[]} shape
 */
export function source(index, shape) {
  return shape.map((length, axis) => (length === 1 ? 0 : index[index.length - shape.length + axis]));
}

/**
 * The two numbers that meet at an entry of the result, and what becomes of them.
 *
 * @param {number[]} a
 * @param {number[]} b
 * @param {string} operation
 * @param {number[]} index
 */
export function met(a, b, operation, index) {
  const x = ravelled(source(index, a), a),
    y = 10 * (ravelled(source(index, b), b) + 1);
  return [x, y, OPERATIONS[operation].apply(x, y)];
}

/**
 * All values of the result, in memory order; null if the shapes cannot be broadcast.
 *
 * @param {number[]} a
 * @param {number[]} b
 * @param {string} operation
 */
export function values(a, b, operation) {
  const shape = broadcast(a, b);
  return (
    shape && Array.from({ length: valuesIn(shape) }, (_, entry) => met(a, b, operation, unravelled(entry, shape))[2])
  );
}

const wrongShapes = ({ a, b }) => notShape("a", a, RULE) ?? notShape("b", b, RULE);

/**
 * The entry stays one that there is.
 *
 * @param {State} state
 */
export function settled(state) {
  if (wrongShapes(state)) return {};
  const last = lastEntry(state.a, state.b);
  return state.entry > last ? { entry: last } : {};
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = (state) =>
  wrongShapes(state) ??
  notAmong("operation", state.operation, Object.keys(OPERATIONS)) ??
  notWhole("step", state.step, 0, LAST_STEP) ??
  notWhole("entry", state.entry, 0, lastEntry(state.a, state.b));

/**
 * What the figure says of a state.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { a, b, operation, step, entry }) {
  if (step === 0) return words.given(asTuple(a), asTuple(b), words.axes(a.length), words.axes(b.length));
  if (step === 1) {
    const missing = a.length - b.length;
    if (!missing) return words.unpadded(words.axes(a.length));
    const [name, shape] = missing > 0 ? ["b", b] : ["a", a],
      count = Math.abs(missing);
    return words.padded(name, words.axes(count), asTuple([...Array(count).fill(1), ...shape]));
  }
  const columns = compared(a, b),
    result = broadcast(a, b);
  if (step === 2 || !result) {
    const list = columns.map((c) => words.verdict[c.verdict](`−${-c.axis}`, c.a, c.b)).reverse();
    return (list.length ? words.compared(list) : words.nothingCompared) + (result ? "" : words.fails(error(a, b)));
  }
  const entries = valuesIn(result);
  if (step === 3) {
    const said = Object.entries({ a, b })
      .map(([name, shape]) => {
        const old = columns.map((column) => column[/** @type {"a" | "b"} */ (name)]);
        if (asTuple(old) === asTuple(result)) return "";
        const uses = entries
          ? words.uses(valuesIn(shape), words.entries(valuesIn(shape)), words.times(entries / valuesIn(shape)))
          : words.nothing;
        return words.stretched(name, asTuple(old), asTuple(result), uses);
      })
      .join("");
    return said ? said + words.stride : words.unstretched;
  }
  const said = words.gives(asTuple(a), asTuple(b), asTuple(result), words.entries(entries));
  if (!entries) return said + words.empty;
  const index = unravelled(entry, result),
    { write } = OPERATIONS[operation];
  const named = (name, shape) => (shape.length ? `${name}[${source(index, shape).join(", ")}]` : name);
  const [x, y, value] = met(a, b, operation, index);
  const isFilled = Math.max(valuesIn(a), valuesIn(b)) <= LARGEST;
  const computed = isFilled ? ` = ${write(x, y)} = ${decimals(value)}` : "";
  return said + words.at(`[${index.join(", ")}]`, write(named("a", a), named("b", b)), computed);
}
