// A small computation graph: values on the way forward, gradients on the way back.

import { clamp, decimals, notAmong, notNumber, notWhole } from "../parts/numbers.js";

/**
 * @typedef {{ name: string, kind: string, parents: string[] }} Node
 *
 * @typedef {{ graph: string, x: number, w: number, b: number, y: number, step: number }} State
 */

export const LARGEST = 10; // size of an input
export const INPUTS = ["x", "w", "b", "y"];

// What a node does with its parents' values: formula, value, local derivatives, and its kink if it has one.
export const OPERATIONS = {
  multiply: { written: (a, b) => `${a} × ${b}`, value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  add: { written: (a, b) => `${a} + ${b}`, value: (a, b) => a + b, slopes: () => [1, 1] },
  subtract: { written: (a, b) => `${a} − ${b}`, value: (a, b) => a - b, slopes: () => [1, -1] },
  abs: { written: (a) => `|${a}|`, value: Math.abs, slopes: (a) => [Math.sign(a)], kink: 0 },
  relu: { written: (a) => `relu(${a})`, value: (a) => Math.max(a, 0), slopes: (a) => [a > 0 ? 1 : 0], kink: 0 },
  squared: {
    written: (a, b) => `(${a} − ${b})²`,
    value: (a, b) => (a - b) * (a - b),
    slopes: (a, b) => [2 * (a - b), -2 * (a - b)],
  },
};

// In the order in which they can be computed: parents first, the loss last.
const node = (name, kind, ...parents) => ({ name, kind, parents });
export const GRAPHS = {
  distance: [
    node("product", "multiply", "w", "x"),
    node("prediction", "add", "product", "b"),
    node("error", "subtract", "y", "prediction"),
    node("loss", "abs", "error"),
  ],
  twice: [
    node("product", "multiply", "w", "x"),
    node("prediction", "add", "product", "w"),
    node("error", "subtract", "y", "prediction"),
    node("loss", "abs", "error"),
  ],
  neuron: [
    node("product", "multiply", "w", "x"),
    node("z", "add", "product", "b"),
    node("output", "relu", "z"),
    node("loss", "squared", "y", "output"),
  ],
};
export const FORWARD = 4; // steps, one for each node; one more turns round, and as many lead back
export const LAST = 2 * FORWARD + 1;

/**
 * The value of every node, by name.
 *
 * @param {Omit<State, "step">} state
 */
export function values({ graph, ...inputs }) {
  const known = Object.fromEntries(INPUTS.map((name) => [name, inputs[name]]));
  for (const { name, kind, parents } of GRAPHS[graph]) {
    known[name] = OPERATIONS[kind].value(...parents.map((parent) => known[parent]));
  }
  return known;
}

/**
 * How fast a node changes with each of its parents.
 *
 * @param {Node} node
 * @param {Record<string, number>} numbers
 */
export function localDerivatives({ kind, parents }, numbers) {
  return OPERATIONS[kind].slopes(...parents.map((parent) => numbers[parent]));
}

/**
 * How fast the loss changes with each node, as far as a step knows; null where nothing is.
 *
 * @param {string} graph
 * @param {Record<string, number>} numbers
 * @param {number} step
 */
export function gradients(graph, numbers, step) {
  const nodes = GRAPHS[graph];
  const known = Object.fromEntries(nodes.flatMap(({ parents }) => parents.map((parent) => [parent, null])));
  known.loss = step > FORWARD ? 1 : null;
  for (const back of step > FORWARD ? nodes.slice(LAST - step).reverse() : []) {
    localDerivatives(back, numbers).forEach((slope, at) => {
      known[back.parents[at]] = (known[back.parents[at]] ?? 0) + known[back.name] * slope;
    });
  }
  return known;
}

const PIXELS = 6; // by which a hand changes an input by a half

/**
 * An input that a hand has dragged sideways, by steps of a half.
 *
 * @param {number} value
 * @param {number} pixels
 */
export const dragged = (value, pixels) => clamp(value + Math.round(pixels / PIXELS) / 2, -LARGEST, LARGEST);

/**
 * Up to four decimals, with a real minus sign.
 *
 * @param {number} value
 */
export const written = (value) => decimals(value).replace("-", "−");

/** A number as it stands in a formula: in brackets if it is negative. */
const factor = (value) => (written(value).startsWith("−") ? `(${written(value)})` : written(value));

/**
 * How a node is computed, from its parents' names or from what stands for them.
 *
 * @param {Node} node
 */
export const formula = ({ kind, parents }, names = parents) => OPERATIONS[kind].written(...names);

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = ({ graph, step, ...inputs }) =>
  notAmong("graph", graph, Object.keys(GRAPHS)) ??
  INPUTS.map((name) => notNumber(name, inputs[name], -LARGEST, LARGEST)).find(Boolean) ??
  notWhole("step", step, 0, LAST);

/**
 * What the current step computes, and from which numbers.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, state) {
  const { graph, step } = state,
    nodes = GRAPHS[graph],
    numbers = values(state);
  if (step === 0) {
    const known = INPUTS.filter((name) => nodes.some(({ parents }) => parents.includes(name)));
    return words.start(known.map((name) => `${name} = ${written(numbers[name])}`).join(words.and)).trimEnd();
  }
  if (step <= FORWARD) {
    const now = nodes[step - 1],
      shown = now.parents.length > 1 ? factor : written;
    const parents = now.parents.map((parent) => shown(numbers[parent]));
    const said = words.forward(
      step,
      FORWARD,
      now.name,
      formula(now),
      formula(now, parents),
      written(numbers[now.name]),
    );
    return (said + (step === FORWARD ? words.done : "")).trimEnd();
  }
  if (step === FORWARD + 1) return words.turn.trimEnd();

  const now = nodes[LAST - step],
    before = gradients(graph, numbers, step - 1),
    after = gradients(graph, numbers, step);
  const gradient = before[now.name];
  let said = words.backward(step - FORWARD - 1, FORWARD, now.name, formula(now), written(gradient));
  if (OPERATIONS[now.kind].kink === numbers[now.parents[0]]) said += words.kink(now.parents[0]);
  said +=
    localDerivatives(now, numbers)
      .map((slope, at) => {
        const parent = now.parents[at];
        return words[before[parent] === null ? "share" : "added"]({
          parent,
          gradient: factor(gradient),
          slope: factor(slope),
          share: written(gradient * slope),
          total: written(after[parent]),
        });
      })
      .join(words.list) + words.stop;
  if (step === LAST) {
    const known = INPUTS.filter((name) => name in after).map((name) => words.is(`d${name}`, written(after[name])));
    said += words.all([words.is("loss", written(numbers.loss)), ...known].join(words.and));
  }
  return said.trimEnd();
}
