// What stands between the brackets: which values a slice takes, and the shape it leaves.

/** @import { Language } from "./types.d.ts" */
/**
 * An item and the axis that it is for; what it takes of that axis, once that is known.
 * @typedef {{ item: any, axis: number | null }} Slot
 * @typedef {Slot & { places: number[] }} Taken
 * @typedef {{ kind: string } & Record<string, unknown>} Problem
 * @typedef {{ text: string, shape: number[], indices: number[], slots: Taken[], error?: Problem }} Selection
 *
 * @typedef {object} State
 * @property {string} array
 * @property {string} text
 * @property {number[]} image
 */

const WORDS = {
  en: {
    array: "Array",
    vector: "vector",
    matrix: "matrix",
    tensor: "tensor",
    digit: "digit",
    brackets: "What stands between the brackets",
    examples: "Try",
    picture: "The values of x",
    hint: "Drag across the values, or focus them and use the arrow keys: they move what is taken, with Shift they resize it.",
    page: " Page Up and Page Down change axis 0.",
    axis: "axis",
    by: "taken by",
    integer: "integer",
    slice: "slice",
    parts: { start: "start", stop: "stop", step: "step" },
    row: (s) => `Axis ${s.axis}: ${s.part}`,
    places: {
      gone: "{places} → axis gone",
      kept: "{places} → length {length}",
      none: "nothing → length 0",
      fails: "fails",
    },
    taken: "x[{text}] takes {count} of the {size} values of x.",
    gone: " Axis {axis}: {places} alone, so the axis is gone.",
    kept: " Axis {axis}: {places}, so length {length}.",
    none: " Axis {axis}: nothing, so length 0.",
    new: " New axes of length 1: {new}.",
    shape: " The result has the shape {shape}.",
    single: " The result is a single number, {value}, of shape ().",
    comma: ", ",
    fails: "x[{text}] fails. ",
    blank: "Nothing stands between the brackets, which Python does not allow. A colon, x[:], takes everything.",
    gap: "Place {place} between the brackets is empty. A colon there takes the whole axis.",
    colons: "“{piece}” has too many colons: a slice is start:stop:step, two at most.",
    float: "“{piece}” is not an integer, and indices are integers: 0, 1, 2 and so on.",
    strange:
      "“{piece}” contains a character that Python does not read here. Type the digits, commas, colons and dots of an English keyboard.",
    list: "“{piece}” is part of a list. NumPy takes the listed indices one by one; here only integers and slices are shown.",
    token:
      "“{piece}” in place {place} is not understood. An integer, a slice such as 1:3 or ::2, three dots or None can stand there.",
    many: "Too many indices: there are {given}, and x has room for {rank}, one for each axis. Take some away; only None adds an axis.",
    bounds:
      "There is no index {index} on axis {axis}: its length is {length}, so the indices run from 0 to {last}, or from -1 back to -{length}. A slice may reach past the end, an integer may not.",
    ellipsis:
      "Three dots stand for all axes that are not named, so they can stand only once. Write a colon instead of the others.",
    step: "A step of 0 would never get on. Write 1 or more to go forwards, -1 or less to go backwards.",
    huge: "An integer here has more than 64 bits. No axis is that long: write a smaller one.",
  },
  zh: {
    array: "数组",
    vector: "向量",
    matrix: "矩阵",
    tensor: "张量",
    digit: "数字图像",
    brackets: "方括号里的内容",
    examples: "试试",
    picture: "x 的各个值",
    hint: "可以在数值上拖动；也可以先选中这片数值，再用方向键移动取出的部分，按住 Shift 则改变大小。",
    page: "Page Up 和 Page Down 沿轴 0 移动。",
    axis: "轴",
    by: "取法",
    integer: "整数",
    slice: "切片",
    parts: { start: "起点", stop: "终点", step: "步长" },
    row: (s) => `轴 ${s.axis}：${s.part}`,
    places: { gone: "{places} → 轴消失", kept: "{places} → 长度 {length}", none: "没取到 → 长度 0", fails: "出错" },
    taken: "x[{text}] 从 x 的 {size} 个数里取出 {count} 个。",
    gone: "轴 {axis} 只取下标 {places}，这个轴随之消失。",
    kept: "轴 {axis} 取下标 {places}，长度为 {length}。",
    none: "轴 {axis} 什么也没取到，长度为 0。",
    new: "另外添了 {new} 个长度为 1 的轴。",
    shape: "结果的形状是 {shape}。",
    single: "结果是单独一个数 {value}，形状是 ()。",
    comma: "、",
    fails: "x[{text}] 出错。",
    blank: "方括号里什么也没写，Python 不允许。写一个冒号，x[:]，就是全都要。",
    gap: "方括号里第 {place} 个位置是空的。在那里写一个冒号，就是取整个轴。",
    colons: "“{piece}”里冒号太多：切片的写法是“起点:终点:步长”，至多两个冒号。",
    float: "“{piece}”不是整数，而下标必须是整数：0、1、2，依此类推。",
    strange: "“{piece}”里有 Python 在这里不认的字符。数字、逗号、冒号和点都要用半角。",
    list: "“{piece}”是列表的一部分。NumPy 会按列表逐个去取；这里只演示整数和切片。",
    token: "第 {place} 个位置上的“{piece}”看不懂。那里可以写整数、切片（如 1:3 或 ::2）、三个点或 None。",
    many: "下标太多：写了 {given} 个，而 x 只容得下 {rank} 个，每个轴一个。请去掉多余的；能添轴的只有 None。",
    bounds:
      "轴 {axis} 上没有下标 {index}：它的长度是 {length}，下标从 0 到 {last}，倒着数则从 -1 到 -{length}。切片可以越过末尾，整数不行。",
    ellipsis: "三个点代表所有没写出来的轴，所以只能出现一次。其余的请改成冒号。",
    step: "步长为 0 就永远停在原地。往前走写 1 或更大，往回走写 -1 或更小。",
    huge: "这里有个整数超过了 64 位。没有哪个轴有这么长：请写小一点的数。",
  },
};
const SHAPES = { vector: [10], matrix: [4, 6], tensor: [3, 4, 5], digit: [28, 28] };
const MADE = {
  vector: "np.arange(10)",
  matrix: "np.arange(24).reshape(4, 6)",
  tensor: "np.arange(60).reshape(3, 4, 5)",
  digit: "x_test[0]",
};
const EXAMPLES = {
  vector: ["2:5", "-3:", "::3", "::-1", "4", "4:5", "7:99", "10"],
  matrix: ["1:3, 2:5", "1", "1:2", ":, -1", ":, -1:", "::-1", "..., None"],
  tensor: ["0, 1:3, ::2", "1", "1:2", "..., 0", "::-1", ":, :, -1:", "None, 0"],
  digit: ["7:-7, 7:-7", "14:, 14:", "::-1", ":, ::-1", "::2, ::2", "14", "14:15", "..., 0"],
};
const LONGEST = 100; // characters between the brackets
const WIDE = 2n ** 63n; // integers from -WIDE to WIDE - 1 have 64 bits
const PIECE = new RegExp(
  "^(?:(?<sign>(?:[+-][ \\t\\n\\r\\f]*)*)(?:" +
    "(?<integer>0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|0(?:_?0)*|[1-9](?:_?[0-9])*)" +
    "|(?<float>(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+))" +
    "|(?<dots>\\.\\.\\.|Ellipsis)|(?<none>None|(?:np|numpy)\\.newaxis)|)$",
);
const ALL = { kind: "slice", start: null, stop: null, step: null, text: ":" };

// ---- Reading: nothing is evaluated -------------------------------------------------------------

/** Why a text selects nothing: the rule that it breaks, and what to fill into the sentence. */
class Wrong {
  constructor(kind, details = {}) {
    Object.assign(this, { kind }, details);
  }
}

const trim = (text) => text.replace(/^[ \t\n\r\f]+|[ \t\n\r\f]+$/g, "");
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const cut = (piece) => ([...piece].length > 24 ? `${[...piece].slice(0, 24).join("")}…` : piece);

/** A number (BigInt), "dots", or null for nothing and None. */
function value(piece, place) {
  const found = PIECE.exec(piece)?.groups;
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
  if (/^\([^:]*\)$/.test(text)) {
    text = trim(text.slice(1, -1));
    if (!text) return [];
  }
  const places = text.split(",").map(trim);
  if (places.length > 1 && !places.at(-1)) places.pop();
  return places.map((place, at) => item(place, at + 1));
}

// ---- Computing -------------------------------------------------------------------------------

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
  const clip = (x, missing) => (x === null ? missing : Math.min(high, Math.max(low, Number(x) + (x < 0 ? length : 0))));
  return by > 0 ? [clip(start, low), clip(stop, high), by] : [clip(start, high), clip(stop, low), by];
}

/** The indices that an item takes of its axis. */
function places({ item, axis }, length) {
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
    const found = slots(shape.length, parse(text)).map((slot) => ({
      ...slot,
      places: slot.axis === null ? [0] : places(slot, shape[slot.axis]),
    }));
    let indices = [0];
    for (const { axis, places: taken } of found) {
      if (axis !== null) indices = indices.flatMap((at) => taken.map((place) => at * shape[axis] + place));
    }
    const kept = found.filter(({ item }) => item.kind !== "integer");
    return { text, shape: kept.map((slot) => slot.places.length), indices, slots: found };
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
        : "IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices",
    }[kind] ?? ""
  );
}

/**
 * A shape as Python writes it.
 *
 * @param {number[]} shape
 */
export function tuple(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * An array of int64 as NumPy shows it.
 *
 * @param {number[]} shape
 * @param {number[]} values
 */
export function repr(shape, values) {
  if (!shape.length) return `np.int64(${values[0]})`;
  if (!values.length) return `array([], ${shape.length > 1 ? `shape=${tuple(shape)}, ` : ""}dtype=int64)`;
  const width = Math.max(...values.map((x) => String(x).length));
  const block = (depth, from, to) => {
    if (depth === shape.length) return String(values[from]).padStart(width);
    const size = (to - from) / shape[depth],
      below = shape.length - depth - 1;
    const between = below ? `,${"\n".repeat(below)}${" ".repeat(depth + 7)}` : ", ";
    return `[${Array.from({ length: shape[depth] }, (_, at) => block(depth + 1, from + at * size, from + (at + 1) * size)).join(between)}]`;
  };
  return `array(${block(0, 0, values.length)})`;
}

/**
 * The index on every axis of the value at a flat index.
 *
 * @param {number[]} shape
 * @param {number} flat
 */
export function unravel(shape, flat) {
  return shape.map((length, axis) => Math.floor(flat / shape.slice(axis + 1).reduce((a, b) => a * b, 1)) % length);
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

/** All items written out, the one of an axis replaced. */
const rewrite = (slots, axis, text) => slots.map((slot) => (slot.axis === axis ? text : slot.item.text)).join(", ");

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
      const first = Math.min(corner[axis], other[axis]),
        last = Math.max(corner[axis], other[axis]);
      return spell(
        Array.from({ length: last - first + 1 }, (_, at) => first + at),
        length,
      );
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

/** A slice in place of an integer, or an integer in place of a slice, that takes the same. */
function otherKind({ item, places }) {
  if (item.kind === "slice") return String(places?.[0] ?? 0);
  return `${item.value}:${item.value === -1n ? "" : item.value + 1n}`;
}

function listed(places, comma) {
  const shown = places.length > 4 ? [places[0], places[1], "…", places.at(-1)] : places;
  return shown.join(comma);
}

/**
 * How an axis comes out, for the sentence and for its row: a kind and what to fill in.
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
 * What the figure says, in a language.
 *
 * @param {Language} language
 * @param {string} array
 * @param {string} text
 * @param {number[]} image
 */
export function sentence(language, array, text, image) {
  const words = WORDS[language],
    shape = SHAPES[array],
    result = select(shape, text);
  const shown = trim(text);
  if (result.error) return fill(words.fails, { text: shown }) + fill(words[result.error.kind], result.error);
  const { indices, slots } = result,
    size = shape.reduce((a, b) => a * b);
  const said = [fill(words.taken, { text: shown, count: indices.length, size })];
  for (const slot of slots) {
    if (slot.axis === null) continue;
    const [kind, values] = outcome(slot, words.comma);
    said.push(fill(words[kind], values));
  }
  const added = slots.filter(({ axis }) => axis === null).length;
  if (added) said.push(fill(words.new, { new: added }));
  const only = array === "digit" ? image[indices[0]] : indices[0];
  said.push(fill(result.shape.length ? words.shape : words.single, { shape: tuple(result.shape), value: only }));
  return said.join("");
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ array, text, image }) {
  if (!Object.hasOwn(SHAPES, array)) return `array is ${array}, not one of ${Object.keys(SHAPES).join(", ")}`;
  if (typeof text !== "string" || [...text].length > LONGEST)
    return `text is not a text of at most ${LONGEST} characters`;
  return image?.length === 784 ? null : "the image does not have 784 values";
}
// ---- Drawing ---------------------------------------------------------------------------------

const PIXEL = 20; // canvas pixels for one of the digit's

/** Values as shades, one canvas pixel each, so many in a row. */
function shades(canvas, values, columns, shade) {
  const pixels = new ImageData(columns, values.length / columns);
  const greys = new Uint32Array(pixels.data.buffer);
  values.forEach((value, at) => (greys[at] = 0xff000000 + shade(value, at) * 0x010101));
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}

/** Indices in ascending order as stretches without a gap: [first, length] each. */
function stretches(places) {
  const found = [];
  for (const at of [...places].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === at) last[1] += 1;
    else found.push([at, 1]);
  }
  return found;
}

/** A plane of cells: two axes, or one if there are no rows. */
function plane(words, shape, at) {
  const [columns, rows = 1] = [...shape].reverse(),
    rank = shape.length;
  const head = (axis, index) => `<span class="index" data-axis="${axis}" data-index="${index}">${index}</span>`;
  const line = (row) =>
    `<div>${rank > 1 ? head(rank - 2, row) : ""}${Array.from({ length: columns }, (_, column) => {
      const flat = (at * rows + row) * columns + column;
      return `<span class="cell" data-at="${flat}">${flat}</span>`;
    }).join("")}</div>`;
  return `<div class="plane">
    ${rank > 2 ? `<p>${words.axis} 0 = ${head(0, at)}</p>` : ""}
    <p>${words.axis} ${rank - 1} →</p>
    ${rank > 1 ? `<p class="down">${words.axis} ${rank - 2} →</p>` : ""}
    <div class="cells"><div>${rank > 1 ? '<span class="index"></span>' : ""}${Array.from({ length: columns }, (_, column) => head(rank - 1, column)).join("")}</div>
    ${Array.from({ length: rows }, (_, row) => line(row)).join("")}</div></div>`;
}

/** The plane of the digit: its cells are pixels. */
function pixelPlane(words) {
  return `<div class="plane"><p>${words.axis} 1 →</p><p class="down">${words.axis} 0 →</p><canvas class="whole"></canvas></div>`;
}

function render({ model, el }) {
  const state = () =>
    /** @type {State} */ (Object.fromEntries(["array", "text", "image"].map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  el.classList.add("gears-figure", "slice-explorer");
  el.innerHTML = `
    <div class="controls">
      <label>${words.array} <code>x</code> <select name="array">${Object.entries(SHAPES)
        .map(([name, shape]) => `<option value="${name}">${words[name]} ${tuple(shape)}</option>`)
        .join("")}</select></label>
      <label class="line"><code>x[</code><input name="text" aria-label="${words.brackets}" maxlength="${LONGEST}" size="20" autocomplete="off" autocapitalize="off" spellcheck="false"><code>]</code></label>
    </div>
    <div class="examples" role="group" aria-label="${words.examples}"></div>
    <p class="hint"></p>
    <div class="stage"><div class="picture" tabindex="0" role="application"></div>
      <div class="result"><p><code></code></p><canvas></canvas></div><pre></pre></div>
    <div class="axes"></div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  const picture = find(".picture"),
    result = find(".result"),
    line = find("[name=text]"),
    axes = find(".axes");
  let shape, good; // the array's shape, and the last text that selected something of it

  const change = (changes) => {
    if (changes.text?.length > LONGEST) return;
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };

  /** Everything that depends on which array it is. */
  function build() {
    const { array } = state();
    shape = SHAPES[array];
    good = { ...select(shape, "..."), indices: [], unseen: true };
    el.dataset.array = array;
    find("[name=array]").value = array;
    find(".examples").innerHTML = EXAMPLES[array]
      .map((text) => `<button type="button" name="example"><code>${text}</code></button>`)
      .join("");
    picture.innerHTML =
      array === "digit"
        ? pixelPlane(words)
        : Array.from({ length: shape.length > 2 ? shape[0] : 1 }, (_, at) => plane(words, shape, at)).join("");
    const hint = words.hint + (shape.length > 2 ? words.page : "");
    find(".hint").textContent = hint;
    picture.setAttribute("aria-label", `${words.picture}. ${hint}`);
    axes.innerHTML = `<div class="axis head"><span>${words.axis}</span><span>${words.by}</span>${Object.values(
      words.parts,
    )
      .map((part) => `<span>${part}</span>`)
      .join("")}</div>${shape
      .map(
        (_, axis) => `<div class="axis" data-axis="${axis}"><b>${axis}</b>
      <select name="kind" aria-label="${words.row({ axis, part: words.by })}"><option value="integer">${words.integer}</option><option value="slice">${words.slice}</option></select>
      ${Object.entries(words.parts)
        .map(([name, part]) => `<input type="number" name="${name}" aria-label="${words.row({ axis, part })}">`)
        .join("")}
      <span class="outcome"></span></div>`,
      )
      .join("")}`;
    for (const control of el.querySelectorAll("[tabindex], select, input, button")) {
      control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the keys
    }
    draw();
  }

  function draw() {
    const { array, text, image } = state(),
      selected = select(shape, text);
    if (!selected.error) good = selected;
    el.classList.toggle("stale", Boolean(selected.error));
    if (line.value !== text) line.value = text;
    line.setAttribute("aria-invalid", Boolean(selected.error));
    for (const button of el.querySelectorAll("[name=example]"))
      button.setAttribute("aria-pressed", button.textContent === text);
    if (array === "digit") drawDigit(image);
    else drawCells();
    drawRows(text);
    find("pre").textContent = session(array, text, selected);
    find("output").textContent = sentence(language, array, text, image);
  }

  /** What a Python session would show. */
  function session(array, text, selected) {
    const shown = array === "digit" ? ".shape" : "";
    const answer = selected.error
      ? numpysWords(selected.error)
      : shown
        ? tuple(selected.shape)
        : repr(selected.shape, selected.indices);
    return `>>> x = ${MADE[array]}\n>>> x[${trim(text)}]${shown}\n${answer}`;
  }

  function drawCells() {
    const taken = new Set(good.indices);
    for (const cell of picture.querySelectorAll(".cell"))
      cell.classList.toggle("taken", taken.has(Number(cell.dataset.at)));
    const used = good.slots.filter(({ axis }) => axis !== null).map(({ places }) => places);
    for (const { classList, dataset } of picture.querySelectorAll("[data-index]")) {
      classList.toggle("taken", good.indices.length > 0 && used[dataset.axis].includes(Number(dataset.index)));
    }
  }

  function drawDigit(image) {
    const taken = new Set(good.indices),
      whole = find(".whole"),
      small = document.createElement("canvas");
    shades(small, image, 28, (value, at) => (taken.has(at) ? 255 - value : 216 - Math.round(value * 0.3)));
    whole.width = whole.height = 28 * PIXEL;
    const pen = whole.getContext("2d");
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, 0, 0, whole.width, whole.height);
    pen.strokeStyle = getComputedStyle(el).getPropertyValue("--gears-cursor");
    const [rows, columns] = good.slots.filter(({ axis }) => axis !== null).map(({ places }) => stretches(places));
    pen.lineWidth = Math.max(rows.length, columns.length) > 1 ? 2 : 6;
    if (taken.size) {
      for (const [top, height] of rows)
        for (const [left, width] of columns) {
          const inset = pen.lineWidth / 2;
          pen.strokeRect(
            left * PIXEL + inset,
            top * PIXEL + inset,
            width * PIXEL - 2 * inset,
            height * PIXEL - 2 * inset,
          );
        }
    }
    const canvas = result.querySelector("canvas"),
      across = good.shape.at(-1) ?? 1;
    result.hidden = Boolean(good.unseen);
    canvas.hidden = !taken.size;
    result.querySelector("code").textContent = `x[${trim(good.text)}]: ${tuple(good.shape)}`;
    if (!taken.size) return;
    shades(
      canvas,
      good.indices.map((at) => image[at]),
      across,
      (value) => 255 - value,
    );
    canvas.style.width = `calc(${across} * var(--pixel))`;
    canvas.style.height = `calc(${good.indices.length / across} * var(--pixel))`;
  }

  /** What the rows show: the items as they are written, even where one of them fails. */
  function live(text) {
    try {
      return slots(shape.length, parse(text))
        .filter(({ axis }) => axis !== null)
        .map((slot) => {
          try {
            return { ...slot, places: places(slot, shape[/** @type {number} */ (slot.axis)]) };
          } catch {
            return slot;
          }
        });
    } catch {
      return good.slots.filter(({ axis }) => axis !== null);
    }
  }

  function drawRows(text) {
    for (const slot of live(text)) {
      const row = find(`.axis[data-axis="${slot.axis}"]`),
        { item } = slot,
        length = shape[slot.axis];
      const single = item.kind === "integer";
      row.querySelector("select").value = item.kind;
      const forwards = !(item.step < 0);
      const defaults = { start: forwards ? 0 : length - 1, stop: forwards ? length : "", step: 1 };
      for (const input of row.querySelectorAll("input")) {
        const own = single && input.name === "start" ? item.value : item[input.name];
        const value = own === null || own === undefined ? "" : String(own);
        if (input.value !== value) input.value = value;
        input.placeholder = single ? "" : defaults[input.name];
        input.disabled = single && input.name !== "start";
      }
      const [kind, values] = slot.places ? outcome(slot, words.comma) : ["fails", {}];
      row.querySelector(".outcome").textContent = fill(words.places[kind], values);
    }
  }

  /** The text with one axis's item replaced: of what is written now, or else of the last good text. */
  function rewritten(axis, item) {
    try {
      return rewrite(slots(shape.length, parse(state().text)), axis, item);
    } catch {
      return rewrite(good.slots, axis, item);
    }
  }

  find("[name=array]").addEventListener("input", ({ target }) =>
    change({ array: target.value, text: EXAMPLES[target.value][0] }),
  );
  line.addEventListener("input", () => change({ text: line.value }));
  find(".examples").addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) change({ text: button.textContent });
  });
  axes.addEventListener("input", ({ target }) => {
    const row = target.closest(".axis"),
      axis = Number(row.dataset.axis);
    if (target.name === "kind") {
      return change({ text: rewritten(axis, otherKind(live(state().text)[axis])) });
    }
    const [start, stop, step] = [...row.querySelectorAll("input")].map((input) => input.value);
    const single = row.querySelector("select").value === "integer";
    change({ text: rewritten(axis, single ? start || "0" : `${start}:${stop}${step && `:${step}`}`) });
  });

  const startFromDefault = ({ target }) => {
    // an empty number input would be stepped from 0
    if (target.type === "number" && target.value === "" && !target.validity.badInput) target.value = target.placeholder;
  };
  axes.addEventListener("pointerdown", startFromDefault);
  axes.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") startFromDefault(event);
  });
  for (const end of ["pointerup", "focusout"]) axes.addEventListener(end, () => drawRows(state().text));

  picture.addEventListener("keydown", (event) => {
    const text = nudge(shape, good.text, event.key, event.shiftKey);
    if (text === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    change({ text });
  });

  let corner; // where a drag began, and whether it has moved
  const cellUnder = ({ clientX, clientY }) => {
    const whole = find(".whole");
    let flat;
    if (whole) {
      const { left, top, width, height } = whole.getBoundingClientRect();
      const part = (x, length) => Math.min(27, Math.max(0, Math.floor((x / length) * 28)));
      flat = part(clientY - top, height) * 28 + part(clientX - left, width);
    } else {
      const cell = el.getRootNode().elementFromPoint(clientX, clientY)?.closest(".cell");
      if (!cell || !picture.contains(cell)) return null;
      flat = Number(cell.dataset.at);
    }
    return unravel(shape, flat);
  };
  const take = (event) => {
    const other = cellUnder(event);
    if (other) change({ text: box(shape, corner.place, other) });
  };
  picture.addEventListener("pointerdown", (event) => {
    const place = event.button === 0 && cellUnder(event);
    corner = place && { place, moved: false };
    if (place) picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!corner) return;
    corner.moved ||= String(cellUnder(event) ?? corner.place) !== String(corner.place);
    if (corner.moved) take(event);
  });
  picture.addEventListener("pointerup", (event) => {
    if (corner) take(event);
    corner = null;
  });
  picture.addEventListener("pointercancel", () => (corner = null));

  model.on("change:array", build);
  model.on("change:text", draw);
  build();
  return () => {
    model.off("change:array", build);
    model.off("change:text", draw);
  };
}

export default { render };
