// A matrix product, one entry at a time: its row, its column, and the products added up.

import { nextCell } from "../parts/keys.js";
import { asTuple, notWhole } from "../parts/numbers.js";

export const LONGEST = 6; // rows or columns
export const LARGEST = 99; // the size of a number in x or y

/**
 * Rows and columns of a matrix.
 *
 * @param {number[][]} matrix
 */
export function shape(matrix) {
  return [matrix.length, matrix[0].length];
}

/**
 * How many entries of a row of x find a partner in a column of y.
 *
 * @param {number[][]} x
 * @param {number[][]} y
 */
export function pairs(x, y) {
  return Math.min(x[0].length, y.length);
}

/**
 * Whether x @ y exists: each entry of a row has its partner in a column.
 *
 * @param {number[][]} x
 * @param {number[][]} y
 */
export function fits(x, y) {
  return x[0].length === y.length;
}

/**
 * The sum of the first products of a row of x and a column of y.
 *
 * @param {number[][]} x
 * @param {number[][]} y
 * @param {number} row
 * @param {number} column
 * @param {number} terms
 */
export function partialSum(x, y, row, column, terms) {
  let sum = 0;
  for (let k = 0; k < terms; k += 1) sum += x[row][k] * y[k][column];
  return sum;
}

/**
 * `x @ y`; null if they do not fit.
 *
 * @param {number[][]} x
 * @param {number[][]} y
 */
export function multiply(x, y) {
  return fits(x, y) ? x.map((_, row) => y[0].map((_, column) => partialSum(x, y, row, column, y.length))) : null;
}

/**
 * What NumPy says about matrices that do not fit.
 *
 * @param {number[][]} x
 * @param {number[][]} y
 */
export function numpysWords(x, y) {
  return (
    "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature " +
    `(n?,k),(k,m?)->(n?,m?) (size ${y.length} is different from ${x[0].length})`
  );
}

/**
 * The matrix with other numbers of rows and columns: what there is stays, the rest is made up.
 *
 * @param {number[][]} matrix
 * @param {number} rows
 * @param {number} columns
 */
export function resized(matrix, rows, columns) {
  const made = (i, j) => matrix[i]?.[j] ?? (2 * i + 3 * j + 1) % 5;
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => made(i, j)));
}

/** @typedef {{ x: number[][], y: number[][], row: number, column: number, terms: number }} State */

/**
 * One product more (by 1) or less (by -1), on to the next entry or back to the one before; null past the ends.
 *
 * @param {State} state
 * @param {number} by
 */
export function walk({ x, y, row, column, terms }, by) {
  const across = y[0].length,
    all = pairs(x, y),
    next = row * across + column + by;
  if (terms + by >= 0 && terms + by <= all) return { row, column, terms: terms + by };
  if (next < 0 || next >= x.length * across) return null;
  return { row: Math.floor(next / across), column: next % across, terms: by > 0 ? 0 : all };
}

/**
 * The entry that a key leads to; null for any other key.
 *
 * @param {State} state
 * @param {string} key
 */
export const step = ({ x, y, row, column }, key) => nextCell({ row, column }, x.length, y[0].length, key);

/**
 * What other matrices lead to: a sum that was finished is so again.
 *
 * @param {State} state
 * @param {{ x?: number[][], y?: number[][] }} matrices
 */
export function replaced({ x, y, terms }, matrices) {
  const next = { x, y, ...matrices };
  return { ...next, terms: terms === pairs(x, y) ? pairs(next.x, next.y) : terms };
}

/**
 * A number with a real minus sign.
 *
 * @param {number} number
 */
export function written(number) {
  return String(number).replace("-", "−");
}

/**
 * The products added so far, each as it is written.
 *
 * @param {State} state
 */
export function products({ x, y, row, column, terms }) {
  const factor = (number) => (number < 0 ? `(${written(number)})` : String(number));
  return x[row].slice(0, terms).map((number, k) => `${factor(number)} × ${factor(y[k][column])}`);
}

/**
 * The most characters that an entry of each column of the picture has, whatever is chosen.
 *
 * @param {{ x: number[][], y: number[][] }} state
 */
export function widths({ x, y }) {
  const widest = (numbers) => Math.max(...numbers.map((number) => String(number).length));
  const sums = x.flatMap((_, i) =>
    y[0].flatMap((_, j) => Array.from({ length: pairs(x, y) + 1 }, (_, k) => partialSum(x, y, i, j, k))),
  );
  return [widest(x.flat()), widest([...y.flat(), ...(fits(x, y) ? sums : [])])];
}

/** What is wrong with a matrix; null if nothing is. */
function notMatrix(name, matrix) {
  const isLength = (list) => Array.isArray(list) && list.length >= 1 && list.length <= LONGEST;
  if (!isLength(matrix) || !matrix.every((line) => isLength(line) && line.length === matrix[0].length))
    return (
      `${name} is ${JSON.stringify(matrix)}: it must be a matrix, a list of rows of equal length, ` +
      `with 1 to ${LONGEST} rows and 1 to ${LONGEST} columns`
    );
  const wrong = matrix.flatMap((line, i) =>
    line.map((number, j) => notWhole(`${name}[${i}, ${j}]`, number, -LARGEST, LARGEST)),
  );
  return wrong.find(Boolean) ?? null;
}

/**
 * Row, column and terms stay in the range that x and y leave them.
 *
 * @param {State} state
 */
export function settled({ x, y, row, column, terms }) {
  if (notMatrix("x", x) ?? notMatrix("y", y)) return {};
  return {
    row: Math.min(row, x.length - 1),
    column: Math.min(column, y[0].length - 1),
    terms: Math.min(terms, pairs(x, y)),
  };
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = ({ x, y, row, column, terms }) =>
  notMatrix("x", x) ??
  notMatrix("y", y) ??
  notWhole("row", row, 0, x.length - 1) ??
  notWhole("column", column, 0, y[0].length - 1) ??
  notWhole("terms", terms, 0, pairs(x, y));

/**
 * The chosen entry's row, column and sum so far, and the shapes; or why x @ y fails.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, state) {
  const { x, y, row, column, terms } = state,
    all = pairs(x, y),
    product = multiply(x, y);
  if (!product) return words.misfit({ across: x[0].length, down: y.length, error: numpysWords(x, y) });
  const added = {
    terms,
    pairs: all,
    sum: products(state).join(" + "),
    value: written(partialSum(x, y, row, column, terms)),
  };
  const [left, right, result] = [x, y, product].map((matrix) => asTuple(shape(matrix)));
  return (
    words.entry({ row, column }) +
    words[terms === all ? "all" : terms ? "some" : "none"](added) +
    words.shape({ pairs: all, left, right, result })
  );
}
