// Secant and tangent: difference quotients of a function, and the two parts of their error.
// The functions are built from + - * / and the square root alone, which IEEE 754 rounds in one way
// only, so that every engine and NumPy agree in every bit, down to the smallest h.

import { ARROWS } from "../parts/keys.js";
import { clamp, notAmong, notNumber } from "../parts/numbers.js";
import { plane } from "../parts/plot.js";

/**
 * @typedef {object} State
 * @property {string} function
 * @property {number} x
 * @property {number} h
 * @property {boolean} central
 * @property {boolean} magnified
 * @property {boolean} errors
 */
/** @import { Pair } from "../types.d.ts" */

const LARGEST_X = 3,
  LARGEST_H = 2,
  SMALLEST_H = 1e-17;
const BY_HAND = 0.1; // the smallest h whose two ends can be told apart in the picture
export const CHART = { left: 42, right: 312, top: 10, bottom: 208, zero: 224 }; // of the errors, both axes logarithmic
// six in a decade, written as decimals: a power would be rounded differently from NumPy's
export const STEPS = [
  ...[2, 1.5, 1],
  ...Array.from({ length: 17 }, (_, d) => ["7", "5", "3", "2", "1.5", "1"].map((m) => Number(`${m}e-${d + 1}`))).flat(),
];

const height = (x) => Math.sqrt(1 + x * x);

/**
 * Functions and their derivatives. `secant` is (f(b) - f(a)) / (b - a), rearranged so that nothing
 * cancels; `sides` are the slopes left and right of a kink at 0; `near` and `far` are the heights that its plot shows.
 */
export const CURVES = {
  square: {
    formula: "x²",
    f: (x) => x * x,
    slope: (x) => 2 * x,
    secant: (a, b) => a + b,
    near: [-1, 10],
    far: [-2, 26],
    tick: 5,
  },
  cubic: {
    formula: "x³/10 − x",
    f: (x) => (x * x * x) / 10 - x,
    slope: (x) => (3 * x * x) / 10 - 1,
    secant: (a, b) => (a * a + a * b + b * b) / 10 - 1,
    near: [-2, 2.6],
    far: [-8.5, 8.5],
    tick: 2,
  },
  bell: {
    formula: "1/(1 + x²)",
    f: (x) => 1 / (1 + x * x),
    slope: (x) => (-2 * x) / ((1 + x * x) * (1 + x * x)),
    secant: (a, b) => -(a + b) / ((1 + a * a) * (1 + b * b)),
    near: [-0.2, 1.3],
    far: [-0.2, 1.3],
    tick: 1,
  },
  root: {
    formula: "√(1 + x²)",
    f: height,
    slope: (x) => x / height(x),
    secant: (a, b) => (a + b) / (height(a) + height(b)),
    near: [-0.6, 4.2],
    far: [-0.8, 5.6],
    tick: 2,
  },
  relu: {
    formula: "relu(x)",
    f: (x) => Math.max(x, 0),
    slope: (x) => (x > 0 ? 1 : 0),
    secant: (a, b, width) => (a >= 0 ? 1 : b <= 0 ? 0 : b / width),
    sides: [0, 1],
    near: [-0.6, 4.2],
    far: [-0.8, 5.6],
    tick: 2,
  },
  abs: {
    formula: "|x|",
    f: Math.abs,
    slope: Math.sign,
    secant: (a, b, width) => (a >= 0 ? 1 : b <= 0 ? -1 : (a + b) / width),
    sides: [-1, 1],
    near: [-0.6, 4.2],
    far: [-0.8, 5.6],
    tick: 2,
  },
};

/**
 * The difference quotient as it comes out in float64, and the two parts of its error.
 *
 * @param {string} name
 * @param {number} x
 * @param {number} h
 * @param {boolean} central
 */
export function quotient(name, x, h, central) {
  const { f, slope, secant } = CURVES[name];
  const [a, b, width] = central ? [x - h, x + h, 2 * h] : [x, x + h, h];
  const value = (f(b) - f(a)) / width,
    exact = secant(a, b, width),
    derivative = slope(x);
  return {
    value,
    derivative,
    error: Math.abs(value - derivative),
    truncation: Math.abs(exact - derivative),
    rounding: Math.abs(value - exact),
  };
}

/**
 * Quotient and errors for every step that is drawn.
 *
 * @param {string} name
 * @param {number} x
 * @param {boolean} central
 */
export function sweep(name, x, central) {
  return STEPS.map((h) => quotient(name, x, h, central));
}

/**
 * The place of the smallest error; of several the first, with the largest h.
 *
 * @param {number[]} errors
 */
export function best(errors) {
  return errors.indexOf(Math.min(...errors));
}

/**
 * The place of the step that is nearest on a logarithmic axis.
 *
 * @param {number} h
 */
export function nearest(h) {
  const far = STEPS.map((step) => Math.abs(Math.log(step / h)));
  return far.indexOf(Math.min(...far));
}

/**
 * Where the curve is cut by the secant.
 *
 * @param {State} state
 * @returns {Pair}
 */
export const ends = ({ x, h, central }) => [central ? x - h : x, x + h];

/**
 * What a plot shows, horizontally and vertically: the smaller part of the plane if both ends of the secant are in it.
 *
 * @param {State} state
 * @returns {{ across: Pair, up: Pair }}
 */
export function frame(state) {
  const { f, near, far } = CURVES[state.function];
  const isNear = ends(state).every((at) => at > -2.4 && at < 3.6 && f(at) < 0.95 * near[1] && f(at) > near[0] + 0.1);
  return isNear ? { across: [-2.6, 4], up: near } : { across: [-5.4, 5.4], up: far };
}

/**
 * What a hand moves that takes the plot at a place, and how: an end of the secant if that is nearer than x.
 *
 * @param {State} state
 * @param {number} start
 * @returns {(place: number) => Partial<State>}
 */
export function held({ x, h, central }, start) {
  const from = start - x,
    side = central && from < 0 ? -1 : 1;
  if (h < BY_HAND || Math.abs(from - side * h) >= Math.abs(from)) return (place) => ({ x: within(place) });
  return (place) => ({ h: clamp(Math.round(20 * side * (place - x)) / 20, BY_HAND, LARGEST_H) });
}

/**
 * The nearest place with one decimal that may be chosen.
 *
 * @param {number} x
 */
export const within = (x) => Math.round(10 * clamp(x, -LARGEST_X, LARGEST_X)) / 10;

/**
 * The x or h that an arrow key leads to; null for any other key.
 *
 * @param {State} state
 * @param {string} key
 */
export function step({ x, h }, key) {
  const [right, up] = ARROWS[key] ?? [];
  if (up) return { h: STEPS[clamp(nearest(h) - up, 0, STEPS.length - 1)] };
  return right ? { x: within(x + right / 10) } : null;
}

const chart = plane([-17, 0.5], [-16, 2], [CHART.left, CHART.top, CHART.right - CHART.left, CHART.bottom - CHART.top]);

/**
 * Where a step and an error are in the chart; an error of 0 has a line of its own.
 *
 * @param {number} h
 * @param {number} error
 */
export function place(h, error) {
  const [across, down] = chart.to([Math.log10(h), clamp(Math.log10(error), -16, 2)]);
  return [across, error === 0 ? CHART.zero : down];
}

/**
 * The step at a place of the chart.
 *
 * @param {number[]} place
 */
export const stepAt = (place) => STEPS[nearest(10 ** chart.from(place)[0])];

/**
 * Whether the function has a kink right at x.
 *
 * @param {string} name
 * @param {number} x
 */
export const isKink = (name, x) => x === 0 && CURVES[name].sides !== undefined;

/**
 * A number with so many significant digits.
 *
 * @param {number} value
 * @param {number} digits
 */
export function shown(value, digits) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 1e-3)
    return value
      .toPrecision(digits)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "");
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${mantissa.replace(/\.?0+$/, "")}e${exponent}`;
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = ({ function: name, x, h, central, magnified, errors }) =>
  notAmong("function", name, Object.keys(CURVES)) ??
  notNumber("x", x, -LARGEST_X, LARGEST_X) ??
  notNumber("h", h, SMALLEST_H, LARGEST_H) ??
  notAmong("central", central, [true, false]) ??
  notAmong("magnified", magnified, [true, false]) ??
  notAmong("errors", errors, [true, false]);

/**
 * The quotient, the derivative, the error and what it comes from, and beside the chart the best h.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { function: name, x, h, central, errors: withErrors }) {
  const { formula, sides } = CURVES[name];
  const { value, derivative, error, truncation, rounding } = quotient(name, x, h, central);
  const said = words[central ? "central" : "forward"]({
    formula,
    x: shown(x, 6),
    h: shown(h, 3),
    quotient: shown(value, 12),
  });
  if (isKink(name, x)) return said + words.kink(sides);
  const isCrossed = sides && x - (central ? h : 0) < 0 && x + h > 0;
  const cause =
    error === 0
      ? "exact"
      : value === 0
        ? "same"
        : isCrossed
          ? "crossed"
          : truncation >= rounding
            ? "truncation"
            : "rounding";
  const told = said + words.derivative(shown(derivative, 12), shown(error, 2)) + words[cause];
  if (!withErrors) return told.trimEnd();
  const errors = sweep(name, x, central).map((one) => one.error),
    at = best(errors);
  return told + words.best(shown(errors[at], 2), shown(STEPS[at], 3));
}
