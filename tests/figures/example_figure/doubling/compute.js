// Twice a number.

import { notWhole } from "../parts/numbers.js";

/** @param {number} n */
export const double = (n) => 2 * n;

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {{ n: number }} state
 */
export const problem = ({ n }) => notWhole("n", n, 0, 10);

/**
 * What the figure shows.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {{ n: number }} state
 */
export const sentence = (words, { n }) => words.says(n, double(n));
