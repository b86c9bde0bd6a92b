// What stands between the brackets: which values a slice takes, and the shape it leaves.

import { asTuple, clamp, notAmong } from "../parts/numbers.js";
import { unravelled, valuesIn } from "../parts/shapes.js";

/**
 * An item and the axis that it is for; what it takes of that axis, once that is known.
 * @typedef {{ item: any, axis: number | null }} Slot
 * @typedef {Slot & { places: number[] }} Taken
 * @typedef {{ kind: string } & Record<string, unknown>} Problem
 * What is taken; without axes it is a number, or with three dots still an array.
 * @typedef {{ text: string, shape: number[], isNumber: boolean, indices: number[], slots: Taken[], error?: Problem }
 *   } Selection
 *
 * @typedef {{ array: string, text: string, image: number[] }} State
 */

export const SHAPES = { vector: [10], matrix: [4, 6], tensor: [3, 4, 5], digit: [28, 28] };
export const LONGEST = 100; // characters between the brackets
const WIDE = 2n ** 63n; // integers from -WIDE to WIDE - 1 have 64 bits
const PIECE = new RegExp(
  "^(?:(?<sign>(?:[+-][ \\t\\n\\r\\f]*)*)(?:" +
    "(?<integer>0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*)" +
    "|(?<float>(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+))" +
    "|(?<dots>\\.\\.\\.|Ellipsis)|(?<none>None|(?:np|numpy)\\.newaxis)|)$",
);
const ALL = { kind: "slice", start: null, stop: null, step: null, text: ":" };

// Reading: nothing is evaluated.

/** Why a text selects nothing: the rule that it breaks, and what to fill into the sentence. */
class Wrong {
  constructor(kind, details = {}) {
    Object.assign(this, { kind }, details);
  }
}

/**
 * A text without what is blank at its ends.
 *
 * @param {string} text
 */
const trim = (text) => text.replace(/^[ \t\n\r\f]+|[ \t\n\r\f]+$/g, "");

/** A text without the parentheses around the whole of it. */
function bare(text) {
  const inner = trim(text);
  let depth = 0;
  const closes = [...inner].findIndex((c) => {
    depth += { "(": 1, ")": -1 }[c] ?? 0;
    return !depth;
  });
  return inner.startsWith("(") && closes === inner.length - 1 ? bare(inner.slice(1, -1)) : inner;
}

/**
 * Words with values in their places.
 *
 * @param {string} words
 * @param {Record<string, unknown>} values
 */
export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

const cut = (piece) => ([...piece].length > 24 ? `${[...piece].slice(0, 24).join("")}…` : piece);

/** A number (BigInt), "dots", or null for nothing and None. */
function value(piece, place) {
  const found = PIECE.exec(bare(piece) || piece)?.groups; // () is not nothing
  if (found?.integer) {
    const size = BigInt(found.integer.replaceAll("_", ""));
    return found.sign.split("-").length % 2 ? size : -size;
  }
  if (found && !found.float) return found.dots ? "dots" : null;
  const kind = found ? "float" : /[^\0-\x7f]/.test(piece) ? "strange" : /[[\]]/.test(piece) ? "list" : "token";
  throw new Wrong(kind, { piece: cut(piece), place });
}

/** An integer, a slice, three dots or None, from what stands between two commas. */
function item(text, place) {
  if (!text) throw new Wrong("gap", { place });
  if (/^(?:True|False)$/.test(bare(text))) throw new Wrong("mask", { piece: text });
  const pieces = text.split(":").map(trim);
  const values = pieces.map((piece) => value(piece, place));
  if (pieces.length === 1) {
    const [only] = values;
    return only === null || only === "dots" ? { kind: only ?? "new", text } : { kind: "integer", value: only, text };
  }
  if (pieces.length > 3) throw new Wrong("colons", { piece: cut(text) });
  if (values.includes("dots")) throw new Wrong("token", { piece: cut(text), place });
  const [start, stop, step = null] = values;
  return { kind: "slice", start, stop, step, text };
}

/**
 * The items that stand between brackets; throws what is wrong with the text.
 *
 * @param {string} text
 */
export function parse(text) {
  text = trim(text);
  if (!text) throw new Wrong("blank");
  const inner = bare(text);
  if (!inner) return [];
  const places = (inner.includes(":") ? text : inner).split(",").map(trim);
  if (places.length > 1 && !places.at(-1)) places.pop();
  return places.map((place, at) => item(place, at + 1));
}

/** The items with what is left out written out, and the axis of each; null for a new one. */
function slots(rank, items) {
  items.forEach(({ kind, value }, at) => {
    if (kind === "dots" && items.findIndex((other) => other.kind === "dots") < at) throw new Wrong("ellipsis");
    if (kind === "integer" && (value < -WIDE || value >= WIDE))
      throw new Wrong("huge", { unsigned: value > 0 && value < 2n * WIDE });
  });
  const given = items.filter(({ kind }) => kind === "integer" || kind === "slice").length;
  if (given > rank) throw new Wrong("many", { rank, given });
  const leftOut = Array(rank - given).fill(ALL);
  const dots = items.findIndex(({ kind }) => kind === "dots");
  const whole = dots < 0 ? [...items, ...leftOut] : [...items.slice(0, dots), ...leftOut, ...items.slice(dots + 1)];
  let axis = 0;
  return whole.map((entry) => ({ item: entry, axis: entry.kind === "new" ? null : axis++ }));
}

/** Where a slice starts, stops and how far it steps on an axis of this length. */
function bounds({ start, stop, step }, length) {
  const by = Number(step ?? 1),
    [low, high] = by > 0 ? [0, length] : [-1, length - 1];
  const clip = (x, missing) => (x === null ? missing : clamp(Number(x) + (x < 0 ? length : 0), low, high));
  return by > 0 ? [clip(start, low), clip(stop, high), by] : [clip(start, high), clip(stop, low), by];
}

/** The indices that an item takes of its axis of x; of a new axis, its only one. */
function places({ item, axis }, shape) {
  if (axis === null) return [0];
  const length = shape[axis];
  if (item.kind === "integer") {
    const at = Number(item.value);
    if (at < -length || at >= length) {
      throw new Wrong("bounds", { index: String(item.value), axis, length, last: length - 1 });
    }
    return [at < 0 ? at + length : at];
  }
  const [start, stop, step] = bounds(item, length),
    taken = [];
  if (step === 0) throw new Wrong("step");
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) taken.push(at);
  return taken;
}

/**
 * `x[text]` of an array x of this shape: shape and flat indices, or the error.
 *
 * @param {number[]} shape
 * @param {string} text
 * @returns {Selection}
 */
export function select(shape, text) {
  try {
    const items = parse(text);
    const found = slots(shape.length, items).map((slot) => ({ ...slot, places: places(slot, shape) }));
    let indices = [0];
    for (const { axis, places: taken } of found) {
      if (axis !== null) indices = indices.flatMap((at) => taken.map((place) => at * shape[axis] + place));
    }
    const kept = found.filter(({ item }) => item.kind !== "integer");
    const isNumber = !kept.length && !items.some(({ kind }) => kind === "dots");
    return { text, shape: kept.map((slot) => slot.places.length), isNumber, indices, slots: found };
  } catch (error) {
    if (error instanceof Wrong) return /** @type {Selection} */ (/** @type {unknown} */ ({ error: { ...error } }));
    throw error;
  }
}

/**
 * What NumPy itself says; nothing if the text does not get as far as NumPy.
 *
 * @param {Problem} error
 */
export function numpysWords({ kind, rank, given, index, axis, length, unsigned }) {
  return (
    {
      many: `IndexError: too many indices for array: array is ${rank}-dimensional, but ${given} were indexed`,
      bounds: `IndexError: index ${index} is out of bounds for axis ${axis} with size ${length}`,
      ellipsis: "IndexError: an index can only have a single ellipsis ('...')",
      step: "ValueError: slice step cannot be zero",
      huge: unsigned
        ? "OverflowError: Python int too large to convert to C long"
        : "IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean " +
          "arrays are valid indices",
    }[kind] ?? ""
  );
}

/**
 * An array of int64 as NumPy shows it.
 *
 * @param {number[]} shape
 * @param {number[]} values
 */
export function repr(shape, values) {
  if (!values.length) return `array([], ${shape.length > 1 ? `shape=${asTuple(shape)}, ` : ""}dtype=int64)`;
  const width = Math.max(...values.map((x) => String(x).length));
  const block = (depth, from, to) => {
    if (depth === shape.length) return String(values[from]).padStart(width);
    const size = (to - from) / shape[depth],
      below = shape.length - depth - 1;
    const between = below ? `,${"\n".repeat(below)}${" ".repeat(depth + 7)}` : ", ";
    const blocks = Array.from({ length: shape[depth] }, (_, at) =>
      block(depth + 1, from + at * size, from + (at + 1) * size),
    );
    return `[${blocks.join(between)}]`;
  };
  return `array(${block(0, 0, values.length)})`;
}

/**
 * The slice that takes just these indices, which are equally far apart.
 *
 * @param {number[]} places
 * @param {number} length
 */
export function spell(places, length) {
  const step = places.length > 1 ? places[1] - places[0] : 1,
    stop = places[places.length - 1] + Math.sign(step);
  if (step === 1 && places.length === length) return ":";
  return `${places[0]}:${stop < 0 ? "" : stop}${step === 1 ? "" : `:${step}`}`;
}

/**
 * All items written out, the one of an axis replaced.
 *
 * @param {Slot[]} slots
 * @param {number} axis
 * @param {string} text
 */
export const rewrite = (slots, axis, text) =>
  slots.map((slot) => (slot.axis === axis ? text : slot.item.text)).join(", ");

/**
 * The text that takes the box between two corners, each an index for every axis.
 *
 * @param {number[]} shape
 * @param {number[]} corner
 * @param {number[]} other
 */
export function box(shape, corner, other) {
  return shape
    .map((length, axis) => {
      const [first, last] = [corner[axis], other[axis]].sort((a, b) => a - b);
      const between = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      return spell(between, length);
    })
    .join(", ");
}

/**
 * The text after a key: what is taken is moved or, to `resize`, made longer or shorter at its end; null for other keys.
 *
 * @param {number[]} shape
 * @param {string} text
 * @param {string} key
 * @param {boolean} resize
 */
export function nudge(shape, text, key, resize) {
  const [fromEnd, by] =
    {
      ArrowLeft: [1, -1],
      ArrowRight: [1, 1],
      ArrowUp: [2, -1],
      ArrowDown: [2, 1],
      PageUp: [3, -1],
      PageDown: [3, 1],
    }[key] ?? [];
  const axis = shape.length - fromEnd,
    selected = select(shape, text);
  if (!(axis >= 0) || selected.error) return null;
  const slot = /** @type {Taken} */ (selected.slots.find((slot) => slot.axis === axis)),
    length = shape[axis];
  const old = slot.places.length ? slot.places : [0];
  const step = old.length > 1 ? old[1] - old[0] : 1;
  const moved = !resize ? old.map((at) => at + by) : by > 0 ? [...old, old[old.length - 1] + step] : old.slice(0, -1);
  if (!moved.length || moved.some((at) => at < 0 || at >= length)) return text;
  const single = slot.item.kind === "integer" && !resize;
  return rewrite(selected.slots, axis, single ? String(moved[0]) : spell(moved, length));
}

/**
 * A slice in place of an integer, or an integer in place of a slice, that takes the same.
 *
 * @param {Slot & { places?: number[] }} slot
 */
export function otherKind({ item, places }) {
  if (item.kind === "slice") return String(places?.[0] ?? 0);
  return `${item.value}:${item.value === -1n ? "" : item.value + 1n}`;
}

const listed = (places, comma) => (places.length > 4 ? [places[0], places[1], "…", places.at(-1)] : places).join(comma);

/**
 * How an axis comes out: a kind, and what to fill in.
 *
 * @param {Taken} slot
 * @param {string} comma
 * @returns {["gone" | "kept" | "none", Record<string, unknown>]}
 */
function outcome({ item, axis, places }, comma) {
  const kind = item.kind === "integer" ? "gone" : places.length ? "kept" : "none";
  return [kind, { axis, places: listed(places, comma), length: places.length }];
}

/**
 * What is selected, and its shape.
 *
 * @param {Selection} selected
 */
export const result = ({ text, shape }) => `x[${trim(text)}] → ${asTuple(shape)}`;

/**
 * That, and what Python shows of it: an array or a number; or NumPy's error.
 *
 * @param {Selection} selected
 */
export function printed(selected) {
  const { error, shape, isNumber, indices } = selected;
  if (error) return numpysWords(error);
  return `${result(selected)}\n${isNumber ? `np.int64(${indices})` : repr(shape, indices)}`;
}

/**
 * The first and the last corner of what is taken, each an index for every axis; nothing if nothing is.
 *
 * @param {number[]} shape
 * @param {number[]} indices
 */
export const corners = (shape, indices) =>
  indices.length ? [Math.min, Math.max].map((end) => unravelled(end(...indices), shape)) : [];

/**
 * The items that are written, even where one of them fails; null if it cannot be read.
 *
 * @param {number[]} shape
 * @param {string} text
 * @returns {(Slot & { places?: number[] })[] | null}
 */
export function written(shape, text) {
  try {
    return slots(shape.length, parse(text)).map((slot) => {
      try {
        return { ...slot, places: places(slot, shape) };
      } catch {
        return slot;
      }
    });
  } catch {
    return null;
  }
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ array, text, image }) {
  const wrong = notAmong("array", array, Object.keys(SHAPES));
  if (wrong) return wrong;
  if (typeof text !== "string" || [...text].length > LONGEST)
    return `text is ${JSON.stringify(text)}: it must be a text of at most ${LONGEST} characters`;
  return image?.length === 784 ? null : "image does not have 784 values";
}

/**
 * What is taken of each axis, and the shape of the result; or what is wrong.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { array, text, image }) {
  const shape = SHAPES[array],
    result = select(shape, text);
  const shown = trim(text);
  if (result.error) return fill(words.fails, { text: shown }) + fill(words[result.error.kind], result.error);
  const { indices, slots } = result,
    size = valuesIn(shape);
  const said = [fill(words.taken, { text: shown, count: indices.length, size })];
  for (const slot of slots) {
    if (slot.axis === null) continue;
    const [kind, values] = outcome(slot, words.comma);
    said.push(fill(words[kind], values));
  }
  const added = slots.filter(({ axis }) => axis === null).length;
  if (added) said.push(fill(words.new, { new: added }));
  const only = array === "digit" ? image[indices[0]] : indices[0];
  const end = result.shape.length ? words.shape : result.isNumber ? words.single : words.dots;
  said.push(fill(end, { shape: asTuple(result.shape), value: only }));
  return said.join("");
}
