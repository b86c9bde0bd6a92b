// From a single number to a batch of films: on every rung one axis more.

import { asTuple, clamp, grouped, notWhole } from "../parts/numbers.js";
import { valuesIn } from "../parts/shapes.js";

export const RUNGS = [
  { shape: [], axes: [], dtype: "uint8" },
  { shape: [28], axes: ["width"], dtype: "uint8" },
  { shape: [28, 28], axes: ["height", "width"], dtype: "uint8" },
  { shape: [60000, 28, 28], axes: ["samples", "height", "width"], dtype: "uint8" },
  { shape: [128, 256, 256, 3], axes: ["samples", "height", "width", "channels"], dtype: "float32" },
  { shape: [4, 240, 144, 256, 3], axes: ["samples", "frames", "height", "width", "channels"], dtype: "float32" },
];
const BYTES = { uint8: 1, float32: 4 };
export const MOST = 3; // drawn along an axis
// How the entries along an axis are laid out, in the units of the drawing.
const GAPS = { samples: 12, frames: 9, height: 2, width: 2, channels: 0 };
export const AROUND = { samples: 4, frames: 2.5, height: 0.5, width: 0.5, channels: 0 }; // to the frame of each
const CELL = 14,
  SUBPIXEL = 7,
  DOTS = 9;

/**
 * The rank and axis that a key leads to; null for any other key.
 *
 * @param {number} rank
 * @param {number} axis
 * @param {string} key
 */
export function step(rank, axis, key) {
  const [up, along] = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key] ?? [];
  if (up === undefined) return null;
  const reached = clamp(rank + up, 0, RUNGS.length - 1);
  return { rank: reached, axis: clamp(axis + along, 0, lastAxis(reached)) };
}

/**
 * Whether an axis is drawn downwards: rows are, and samples if frames go to the right.
 *
 * @param {string[]} axes
 * @param {number} axis
 */
export function isDown(axes, axis) {
  return axes[axis] === "height" || (axes[axis] === "samples" && axes.includes("frames"));
}

/**
 * Where everything in an array is drawn, at most `MOST` of it along each axis.
 * Returns the width and height; boxes, each with the index that picks it and x, y, width, height;
 * dots, each with the index of the box that has more in it than is drawn, the axis, and x, y.
 *
 * @param {number[]} shape
 * @param {string[]} axes
 */
export function layout(shape, axes) {
  const boxes = [],
    dots = [];
  const place = (index, x, y) => {
    const axis = index.length,
      box = { index, x, y };
    boxes.push(box); // before what is in it
    if (axis === shape.length) {
      return Object.assign(box, { width: axes.at(-1) === "channels" ? SUBPIXEL : CELL, height: CELL });
    }
    const down = isDown(axes, axis),
      gap = GAPS[axes[axis]];
    let along = 0,
      across = 0;
    for (let i = 0; i < Math.min(MOST, shape[axis]); i += 1) {
      if (i) along += gap;
      const inner = place([...index, i], down ? x : x + along, down ? y + along : y);
      along += down ? inner.height : inner.width;
      across = Math.max(across, down ? inner.width : inner.height);
    }
    if (shape[axis] > MOST) {
      const at = along + gap / 2 + DOTS / 2;
      dots.push({ index, axis, down, x: down ? x + across / 2 : x + at, y: down ? y + at : y + across / 2 });
      along += gap + DOTS;
    }
    return Object.assign(box, { width: down ? across : along, height: down ? along : across });
  };
  const { width, height } = place([], 0, 0);
  return { width, height, boxes, dots };
}

/**
 * Whether a box is one of those counted off along an axis: the first ones there are.
 *
 * @param {number[]} index
 * @param {number} axis
 */
export function isAlong(index, axis) {
  return index.length === axis + 1 && index.slice(0, axis).every((i) => i === 0);
}

/** @typedef {{ rank: number, axis: number }} State */

/** @param {number} rank */
const lastAxis = (rank) => Math.max(0, rank - 1);

/**
 * The axis stays one that there is.
 *
 * @param {State} state
 */
export const settled = ({ rank, axis }) => ({ axis: Math.min(axis, lastAxis(rank)) });

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = ({ rank, axis }) =>
  notWhole("rank", rank, 0, RUNGS.length - 1) ?? notWhole("axis", axis, 0, lastAxis(rank));

/**
 * The array, what the axis pointed out counts, values, bytes and brackets.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { rank, axis }) {
  const { shape, axes, dtype } = RUNGS[rank],
    values = valuesIn(shape);
  const counted = words.axes[axes[axis]];
  return (
    words.rung({ rank, name: words.names[rank], shape: asTuple(shape) }) +
    (rank ? words.axis({ axis, counted, length: grouped(shape[axis]) }) : words.noAxis) +
    words.size({
      values: words.values(values),
      bytes: words.bytes(values * BYTES[dtype]),
      dtype,
      brackets: words.brackets(rank),
    })
  );
}
