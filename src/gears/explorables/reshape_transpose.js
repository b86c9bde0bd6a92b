// The same entries with another shape, or with their axes in another order: not the same array.

/** @import { Language } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {number[]} shape
 * @property {number[]} target
 * @property {number[]} order
 * @property {number} entry
 */

const WORDS = {
  en: {
    x: "x",
    memory: "memory",
    shape: "shape of x",
    target: "reshape to",
    typed: "or to",
    order: "transpose to the order",
    entry: "entry",
    other: "…",
    reads: "reads",
    shade: "Shade: the place along axis 0 of x.",
    unread:
      "This is no shape: write one to three whole numbers up to 36, like 3, 2 or −1, 2. The figure still shows the last one.",
    array: (shape, size) => `x has the shape ${shape}; its ${size} entries lie in memory from 0 to ${size - 1}. `,
    reshape: (typed, shape) => `x.reshape(${typed}) goes on reading them in this order and gives ${shape}. `,
    fails: (typed, error) => `x.reshape(${typed}) fails. NumPy says: ${error}. `,
    transpose: (order, shape, read, how) =>
      `x.transpose(${order}) gives ${shape} and reads them in the order ${read}: ${how}. `,
    moves: (steps, own) => `along its axes it takes steps of ${steps} entries, not of ${own}`,
    stays: "the axes are where they were",
    at: (entry, index, places) => `Entry ${entry}, x[${index}], is in ${places.join(" and in ")}.`,
    reshapedAt: (index) => `x.reshape at [${index}]`,
    transposedAt: (index) => `x.transpose at [${index}]`,
  },
  zh: {
    x: "x",
    memory: "内存",
    shape: "x 的形状",
    target: "变形为",
    typed: "或者",
    order: "转置后轴的次序",
    entry: "元素",
    other: "……",
    reads: "读的次序",
    shade: "深浅：在 x 的轴 0 上的位置。",
    unread: "这不是形状：请写一到三个整数，最大 36，比如 3, 2 或 −1, 2。图里仍是上一个形状。",
    array: (shape, size) => `x 的形状是 ${shape}，${size} 个元素在内存里从 0 排到 ${size - 1}。`,
    reshape: (typed, shape) => `x.reshape(${typed}) 仍按这个次序读，得到 ${shape}。`,
    fails: (typed, error) => `x.reshape(${typed}) 失败，NumPy 说：${error}。`,
    transpose: (order, shape, read, how) => `x.transpose(${order}) 得到 ${shape}，读的次序是 ${read}：${how}。`,
    moves: (steps, own) => `沿着各轴一步跨 ${steps} 个元素，而 x 是 ${own}`,
    stays: "各轴都在原处",
    at: (entry, index, places) => `${entry} 号元素 x[${index}]，${places.join("，")}。`,
    reshapedAt: (index) => `在 x.reshape 的 [${index}]`,
    transposedAt: (index) => `在 x.transpose 的 [${index}]`,
  },
};
const MOST_AXES = 3,
  MOST_ENTRIES = 36;
const SHAPES = [[6], [2, 3], [3, 4], [4, 4], [3, 8], [6, 6], [2, 2, 3], [2, 3, 4], [4, 3, 3]];

// ---- Computing -------------------------------------------------------------------------------

const product = (numbers) => numbers.reduce((all, number) => all * number, 1);

/**
 * A shape as Python writes it.
 *
 * @param {number[]} shape
 */
export function shown(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * How many entries lie between neighbours along each axis, last axis fastest.
 *
 * @param {number[]} shape
 */
export function strides(shape) {
  return shape.map((_, axis) => product(shape.slice(axis + 1)));
}

/**
 * The index along every axis of an entry, given its place in memory order.
 *
 * @param {number} entry
 * @param {number[]} shape
 */
export function unravelled(entry, shape) {
  return strides(shape).map((step, axis) => Math.floor(entry / step) % shape[axis]);
}

/**
 * What NumPy says if the reshape fails; empty if it does not.
 *
 * @param {number[]} shape
 * @param {number[]} target
 */
export function reshapeError(shape, target) {
  const free = target.filter((length) => length === -1).length;
  if (free > 1) return "can only specify one unknown dimension";
  const size = product(shape),
    known = product(target.filter((length) => length !== -1));
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
  const known = product(target.filter((length) => length !== -1));
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

/**
 * The shape in a text like `3, 2` or `(-1, 2)`; null if it is none.
 *
 * @param {string} text
 */
export function parsed(text) {
  const bare = text
    .trim()
    .replace(/^[([](.*)[)\]]$/, "$1")
    .replaceAll("−", "-")
    .replace(/[,，\s]+/g, " ")
    .trim();
  const lengths = bare.split(" ");
  const isShape =
    lengths.length <= MOST_AXES &&
    lengths.every((length) => /^(-1|\d{1,2})$/.test(length) && Number(length) <= MOST_ENTRIES);
  return isShape ? lengths.map(Number) : null;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ shape, target, order, entry }) {
  const within = (numbers, lowest) =>
    numbers?.length >= 1 &&
    numbers.length <= MOST_AXES &&
    numbers.every((n) => Number.isInteger(n) && n >= lowest && n <= MOST_ENTRIES);
  if (!within(shape, 1) || product(shape) > MOST_ENTRIES)
    return "shape is not one to three lengths of up to 36 entries";
  if (!within(target, -1)) return "target is not a shape";
  if (!within(order, 0) || String(order.toSorted()) !== String(shape.map((_, axis) => axis)))
    return "order does not name each axis once";
  const last = product(shape) - 1;
  return Number.isInteger(entry) && entry >= 0 && entry <= last ? null : `entry is ${entry}, not 0 to ${last}`;
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { shape, target, order, entry }) {
  const words = WORDS[language],
    size = product(shape),
    typed = target.join(", "),
    places = [];
  let said = words.array(shown(shape), size);
  const error = reshapeError(shape, target);
  if (error) said += words.fails(typed, error);
  else {
    const reshaped = resolved(size, target);
    said += words.reshape(typed, shown(reshaped));
    places.push(words.reshapedAt(unravelled(entry, reshaped).join(", ")));
  }
  const steps = strides(shape),
    index = unravelled(entry, shape);
  const through = (numbers) => order.map((axis) => numbers[axis]);
  const moves = order.some((axis, at) => axis !== at);
  const read = readingOrder(shape, order);
  said += words.transpose(
    order.join(", "),
    shown(through(shape)),
    read.slice(0, 8).join(", ") + (size > 8 ? ", …" : ""),
    moves ? words.moves(through(steps).join(", "), steps.join(", ")) : words.stays,
  );
  places.push(words.transposedAt(through(index).join(", ")));
  return said + words.at(entry, index.join(", "), places);
}

// ---- Drawing ---------------------------------------------------------------------------------

/** An element with a class and a text. */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

function render({ model, el }) {
  const names = ["shape", "target", "order", "entry"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  el.classList.add("gears-figure", "reshape-transpose");
  el.innerHTML = `
    <div class="picture" aria-hidden="true"></div>
    <p class="title">${words.shade}</p>
    <div class="controls">
      <label>${words.shape} <select name="shape"></select></label>
      <label>${words.entry} <input type="range" name="entry" min="0"></label>
    </div>
    <div class="controls">
      <label>${words.target} <select name="target"></select></label>
      <label>${words.typed} <input type="text" name="typed" autocomplete="off" spellcheck="false"></label>
      <label>${words.order} <select name="order"></select></label>
    </div>
    <p class="unread" role="alert"></p>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("select, input")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const typed = find("[name=typed]"),
    slider = find("[name=entry]");

  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };

  /** Another x: the same entry, or the last; its shape turned around to reshape and transpose to. */
  function take(shape) {
    change({
      entry: Math.min(model.get("entry"), product(shape) - 1),
      shape,
      order: shape.map((_, axis) => axis).reverse(),
      target: shape.toReversed(),
    });
  }

  /** A cell for the entry at a place in memory; its ground tells the row of x it comes from. */
  function cell(place, { shape, entry }) {
    const box = make("span", "cell", place);
    box.style.setProperty("--part", `${shape[0] > 1 ? (30 * unravelled(place, shape)[0]) / (shape[0] - 1) : 0}%`);
    box.classList.toggle("chosen", place === entry);
    box.addEventListener("click", () => change({ entry: place }));
    return box;
  }

  /** An array as rows and columns, and a block of these for each place on a third axis. */
  function drawn(title, shape, places, now) {
    const figure = make("div", "array"),
      blocks = make("div", "blocks");
    const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1)];
    for (let first = 0; first < places.length; first += rows * columns) {
      const block = make("div", "block");
      if (shape.length > 1) block.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1.85rem))`;
      block.classList.toggle("line", shape.length === 1); // a single axis may go on below itself
      block.classList.toggle("wide", columns > 9);
      block.append(...places.slice(first, first + rows * columns).map((place) => cell(place, now)));
      blocks.append(block);
    }
    const label = make("p", "title");
    label.append(make("code", "", title), " ", make("code", "shape", shown(shape)));
    figure.append(label, blocks);
    return figure;
  }

  /** The entries in the order in which an array reads them. */
  function strip(title, places, now) {
    const line = make("div", "strip"),
      cells = make("div", "cells");
    cells.append(...places.map((place) => cell(place, now)));
    line.append(make("p", "title", title), cells);
    return line;
  }

  function draw() {
    const now = state(),
      { shape, target, order, entry } = now,
      size = product(shape);
    if (problem(now)) return; // a model takes several over one by one
    const inMemory = Array.from({ length: size }, (_, at) => at),
      read = readingOrder(shape, order);
    const error = reshapeError(shape, target);
    const reshaped = error
      ? make("div", "array")
      : drawn(`x.reshape(${target.join(", ")})`, resolved(size, target), inMemory, now);
    if (error)
      reshaped.append(make("code", "", `x.reshape(${target.join(", ")})`), make("p", "error", `ValueError: ${error}`));
    const arrays = make("div", "arrays");
    arrays.append(
      drawn(words.x, shape, inMemory, now),
      reshaped,
      drawn(
        `x.transpose(${order.join(", ")})`,
        order.map((axis) => shape[axis]),
        read,
        now,
      ),
    );
    find(".picture").replaceChildren(
      arrays,
      strip(`${words.memory} = x, x.reshape ${words.reads}`, inMemory, now),
      strip(`x.transpose ${words.reads}`, read, now),
    );
    fill("shape", SHAPES, shape);
    fill("target", fitting(size), error ? null : resolved(size, target));
    fill("order", orders(shape.length), order);
    slider.max = size - 1;
    slider.value = entry;
    if (String(parsed(typed.value)) !== String(target)) typed.value = target.join(", ");
    find(".unread").textContent = "";
    find("output").textContent = sentence(model.get("language"), now);
  }

  /** The choices of a select, and the one chosen; one that is not among them becomes one. */
  function fill(name, choices, chosen) {
    const select = find(`[name=${name}]`),
      text = chosen ? String(chosen) : "";
    const all = choices.map(String);
    if (!all.includes(text)) all.unshift(text);
    if (String(all) !== select.dataset.all) {
      select.replaceChildren(
        ...all.map((choice) => new Option(choice ? shown(choice.split(",")) : words.other, choice)),
      );
      select.dataset.all = String(all);
    }
    select.value = text;
  }

  for (const name of ["shape", "target", "order"]) {
    find(`[name=${name}]`).addEventListener("input", ({ target: { value } }) => {
      if (!value) return;
      const numbers = value.split(",").map(Number);
      if (name === "shape") take(numbers);
      else change({ [name]: numbers });
    });
  }
  slider.addEventListener("input", () => change({ entry: Number(slider.value) }));
  typed.addEventListener("input", () => {
    const target = parsed(typed.value);
    if (target) change({ target });
    find(".unread").textContent = target ? "" : words.unread;
  });

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
