// Two shapes, aligned from the right: how NumPy broadcasts them, or the axis at which it fails.

const many = (number, one, more, none = more) =>
  [none, one][number]?.replace("{}", number) ?? more.replace("{}", grouped(number));
/** @import { Language } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {number[]} a
 * @property {number[]} b
 * @property {string} operation
 * @property {number} step
 * @property {number} entry
 */

const WORDS = {
  en: {
    operation: "operation",
    preset: "Try",
    choose: "…",
    entry: "entry",
    index: (axis) => `axis ${axis}`,
    shape: (name) => `shape of ${name}`,
    axis: "axis",
    steps: ["1 as given", "2 add axes", "3 compare", "4 stretch", "5 result"],
    unread: (name) =>
      `The shape of ${name} cannot be read: write up to four lengths from 0 to 999, like 64, 3, 32, 10, or nothing for a single number. The figure still shows the last one that could.`,
    fill: "a counts 0, 1, 2, … in memory order, b counts 10, 20, 30, …",
    axes: (n) => many(n, "1 axis", "{} axes", "no axis"),
    entries: (n) => many(n, "1 entry", "{} entries"),
    times: (n) => many(n, "1 time", "{} times"),
    given: (a, b, m, n) => `a has the shape ${a}, ${m}; b has the shape ${b}, ${n}.`,
    padded: (name, count, shape) =>
      `${name} is given ${count} of length 1 on the left: ${shape}. On the left, so that the last axes stay face to face: what is done to one sample is done to every sample.`,
    unpadded: (axes) => `Both have ${axes}: none has to be added on the left.`,
    verdict: {
      equal: (axis, a, b) => `axis ${axis}: ${a} and ${b}, equal`,
      "one a": (axis, a, b) => `axis ${axis}: ${a} and ${b}, a is stretched`,
      "one b": (axis, a, b) => `axis ${axis}: ${a} and ${b}, b is stretched`,
      misfit: (axis, a, b) => `axis ${axis}: ${a} and ${b}, neither equal nor 1`,
    },
    short: { equal: "=", "one a": "stretch a", "one b": "stretch b", misfit: "≠" },
    compared: (list) => `From the right: ${list.join("; ")}.`,
    nothingCompared: "No axis is left to compare.",
    fails: (error) => ` It fails. NumPy says: ${error}`,
    stretched: (name, old, shape, uses) => `${name} is stretched from ${old} to ${shape}: ${uses}. `,
    uses: (n, entries, times) =>
      n === 1 ? `its only entry is used ${times}` : `each of its ${entries} is used ${times}`,
    nothing: "length 1 becomes 0 as well, and nothing is left of it",
    stride: "Nothing is copied: along a stretched axis the stride is 0.",
    unstretched: "Nothing has to be stretched.",
    gives: (a, b, shape, entries) =>
      `Aligned from the right, with each length 1 stretched, ${a} and ${b} give ${shape}: ${entries}. `,
    at: (index, entries, values) => `The one at ${index} is ${entries}${values}.`,
    empty: "The result holds nothing, and nothing is computed.",
  },
  zh: {
    operation: "运算",
    preset: "试试",
    choose: "……",
    entry: "位置",
    index: (axis) => `轴 ${axis}`,
    shape: (name) => `${name} 的形状`,
    axis: "轴",
    steps: ["1 原样", "2 补轴", "3 比较", "4 拉伸", "5 结果"],
    unread: (name) =>
      `${name} 的形状读不懂：请写最多四个 0 到 999 的长度，比如 64, 3, 32, 10；单独一个数就什么也不写。图里仍是上一个读得懂的形状。`,
    fill: "a 按内存次序数 0、1、2……，b 数 10、20、30……",
    axes: (n) => many(n, "1 个轴", "{} 个轴", "没有轴"),
    entries: (n) => `${grouped(n)} 个数`,
    times: (n) => `${grouped(n)} 次`,
    given: (a, b, m, n) => `a 的形状是 ${a}，${m}；b 的形状是 ${b}，${n}。`,
    padded: (name, count, shape) =>
      `${name} 的左边补上 ${count}，长度都是 1，成为 ${shape}。补在左边，最后几个轴才会两两相对：对一个样本做什么，对每个样本也做什么。`,
    unpadded: (axes) => `两者都是${axes}，左边不用补。`,
    verdict: {
      equal: (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，相等`,
      "one a": (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，拉伸 a`,
      "one b": (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，拉伸 b`,
      misfit: (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，既不相等，也都不是 1`,
    },
    short: { equal: "=", "one a": "拉伸 a", "one b": "拉伸 b", misfit: "≠" },
    compared: (list) => `从右往左：${list.join("；")}。`,
    nothingCompared: "没有轴要比。",
    fails: (error) => `广播失败。NumPy 说：${error}`,
    stretched: (name, old, shape, uses) => `${name} 从 ${old} 拉伸到 ${shape}：${uses}。`,
    uses: (n, entries, times) => (n === 1 ? `只有一个数，用 ${times}` : `${entries}，每个用 ${times}`),
    nothing: "长度 1 也变成 0，什么也不剩",
    stride: "什么也没有复制：沿着拉伸的轴，步幅是 0。",
    unstretched: "没有轴要拉伸。",
    gives: (a, b, shape, entries) => `从右对齐，长度 1 都拉伸，${a} 与 ${b} 得到 ${shape}，共 ${entries}。`,
    at: (index, entries, values) => `${index} 处是 ${entries}${values}。`,
    empty: "结果里一个数也没有，什么也不用算。",
  },
};
const MOST_AXES = 4,
  LONGEST = 999,
  LAST_STEP = 4;
const LARGEST = 1e6; // arrays of more entries are compared, but not filled with numbers
const OPERATIONS = {
  "+": { apply: (x, y) => x + y, write: (x, y) => `${x} + ${y}` },
  "-": { apply: (x, y) => x - y, write: (x, y) => `${x} − ${y}` },
  "*": { apply: (x, y) => x * y, write: (x, y) => `${x} × ${y}` },
  "/": { apply: (x, y) => x / y, write: (x, y) => `${x} ÷ ${y}` },
  maximum: { apply: (x, y) => Math.max(x, y), write: (x, y) => `maximum(${x}, ${y})` },
};
const PRESETS = [
  "64, 3, 32, 10 | 32, 10",
  "3, 4 | 4",
  "3, 1 | 4",
  "3, 4 | 3",
  "3, 4 | 3, 1",
  "200, 1 | 200",
  "2, 1, 3 | 4, 1",
  "3, 4 | ",
  "1, 3 | 0, 3",
];

// ---- Computing -------------------------------------------------------------------------------

/**
 * A whole number with a comma after each thousand.
 *
 * @param {number} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * The lengths in a text like `64, 3, 32, 10` or `(32,)`; null if it is no shape.
 *
 * @param {string} text
 */
export function parsed(text) {
  const bare = text
    .trim()
    .replace(/^[([](.*)[)\]]$/, "$1")
    .replace(/[,，\s]+/g, " ")
    .trim();
  const lengths = bare ? bare.split(" ") : [];
  return lengths.length <= MOST_AXES && lengths.every((length) => /^\d{1,3}$/.test(length))
    ? lengths.map(Number)
    : null;
}

/**
 * A shape as Python writes it.
 *
 * @param {number[]} shape
 */
export function shown(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * How many entries an array of this shape has.
 *
 * @param {number[]} shape
 */
export function size(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

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
  const words = [a, b].map((shape) => shown(shape).replaceAll(" ", "")).join(" ");
  return `operands could not be broadcast together with shapes ${words}`;
}

/**
 * The index along every axis that a flat index stands for.
 *
 * @param {number} entry
 * @param {number[]} shape
 */
export function unravelled(entry, shape) {
  const index = [];
  for (const length of shape.toReversed()) {
    index.unshift(entry % length);
    entry = Math.floor(entry / length);
  }
  return index;
}

/**
 * The place in memory order of an entry.
 *
 * @param {number[]} index
 * @param {number[]} shape
 */
export function flat(index, shape) {
  return index.reduce((place, at, axis) => place * shape[axis] + at, 0);
}

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
  const x = flat(source(index, a), a),
    y = 10 * (flat(source(index, b), b) + 1);
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
  return shape && Array.from({ length: size(shape) }, (_, entry) => met(a, b, operation, unravelled(entry, shape))[2]);
}

/**
 * A whole number as it is, any other with up to four decimals.
 *
 * @param {number} value
 */
export function written(value) {
  if (Number.isInteger(value)) return String(value);
  return (Math.floor(value * 10000 + 0.5) / 10000).toFixed(4).replace(/\.?0+$/, "");
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ a, b, operation, step, entry }) {
  const isShape = (value) =>
    value?.length <= MOST_AXES && value.every((x) => Number.isInteger(x) && x >= 0 && x <= LONGEST);
  if (!isShape(a)) return "a is not a shape";
  if (!isShape(b)) return "b is not a shape";
  if (!(operation in OPERATIONS)) return `operation is ${operation}`;
  if (!(Number.isInteger(step) && step >= 0 && step <= LAST_STEP)) return `step is ${step}, not 0 to ${LAST_STEP}`;
  const last = Math.max(0, size(broadcast(a, b) ?? [0]) - 1);
  return Number.isInteger(entry) && entry >= 0 && entry <= last ? null : `entry is ${entry}, not 0 to ${last}`;
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { a, b, operation, step, entry }) {
  const words = WORDS[language];
  if (step === 0) return words.given(shown(a), shown(b), words.axes(a.length), words.axes(b.length));
  if (step === 1) {
    const missing = a.length - b.length;
    if (!missing) return words.unpadded(words.axes(a.length));
    const [name, shape] = missing > 0 ? ["b", b] : ["a", a],
      count = Math.abs(missing);
    return words.padded(name, words.axes(count), shown([...Array(count).fill(1), ...shape]));
  }
  const columns = compared(a, b),
    result = broadcast(a, b);
  if (step === 2 || !result) {
    const list = columns.map((c) => words.verdict[c.verdict](`−${-c.axis}`, c.a, c.b)).reverse();
    return (list.length ? words.compared(list) : words.nothingCompared) + (result ? "" : words.fails(error(a, b)));
  }
  const entries = size(result);
  if (step === 3) {
    const said = Object.entries({ a, b })
      .map(([name, shape]) => {
        const old = columns.map((column) => column[/** @type {"a" | "b"} */ (name)]);
        if (shown(old) === shown(result)) return "";
        const uses = entries
          ? words.uses(size(shape), words.entries(size(shape)), words.times(entries / size(shape)))
          : words.nothing;
        return words.stretched(name, shown(old), shown(result), uses);
      })
      .join("");
    return said ? said + words.stride : words.unstretched;
  }
  const said = words.gives(shown(a), shown(b), shown(result), words.entries(entries));
  if (!entries) return said + words.empty;
  const index = unravelled(entry, result),
    { write } = OPERATIONS[operation];
  const named = (name, shape) => (shape.length ? `${name}[${source(index, shape).join(", ")}]` : name);
  const [x, y, value] = met(a, b, operation, index);
  const isFilled = Math.max(size(a), size(b)) <= LARGEST;
  return (
    said +
    words.at(
      `[${index.join(", ")}]`,
      write(named("a", a), named("b", b)),
      isFilled ? ` = ${write(x, y)} = ${written(value)}` : "",
    )
  );
}

// ---- Drawing ---------------------------------------------------------------------------------

/** An element with a class and a text. */
function make(tag, name, text = "") {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
}

/** The shapes as rows of boxes, one column an axis; what is not yet decided is left out. */
function aligned({ a, b, operation, step }, words) {
  const columns = compared(a, b),
    rank = columns.length,
    result = broadcast(a, b);
  const grid = make("div", "aligned");
  const put = (element, line, column) => {
    element.style.gridRow = line;
    element.style.gridColumn = column;
    grid.append(element);
  };
  if (step > 0) columns.forEach(({ axis }, at) => put(make("span", "head", `${words.axis} −${-axis}`), 1, at + 2));
  [
    ["a", a],
    ["b", b],
  ].forEach(([name, shape], line) => {
    put(make("b", "name", name), line + 2, 1);
    if (step === 0) shape.forEach((length, at) => put(make("span", "box", length), line + 2, at + 2));
    else
      columns.forEach((column, at) => {
        const isAdded = at < rank - shape.length,
          isStretched = result && step > 2 && column[name] !== column.length;
        const box = make("span", "box", isStretched ? `1 → ${column.length}` : column[name]);
        box.classList.toggle("added", isAdded);
        box.classList.toggle("stretched", isStretched);
        put(box, line + 2, at + 2);
      });
    if (!shape.length && step === 0) put(make("span", "box none", "()"), line + 2, 2);
  });
  if (step > 1)
    columns.forEach(({ verdict }, at) => put(make("span", `verdict ${verdict}`, words.short[verdict]), 4, at + 2));
  if (step > 3 || (step > 1 && !result)) {
    put(make("b", "name", OPERATIONS[operation].write("a", "b")), 5, 1);
    if (!rank) put(make("span", "box none", "()"), 5, 2);
    columns.forEach(({ length, verdict }, at) =>
      put(make("span", `box result ${verdict}`, verdict === "misfit" ? "✗" : result ? String(length) : "?"), 5, at + 2),
    );
  }
  return grid;
}

/** Whether the numbers themselves can be drawn, as a table of rows and columns. */
function isSmall(a, b) {
  const result = broadcast(a, b);
  if (!result || result.length > 2 || !size(result)) return false;
  const [rows, columns] = result.length === 2 ? result : [1, result[0] ?? 1];
  return rows <= 6 && columns <= 6;
}

/** a, b and the result as tables of numbers; repeated ones are set apart, the entry is framed. */
function tables({ a, b, operation, step, entry }, choose) {
  const result = /** @type {number[]} */ (broadcast(a, b)), // isSmall says that there is one
    chosen = unravelled(entry, result);
  const all = make("div", "tables");
  const table = (name, shape, value, isOwn) => {
    const columns = shape.at(-1) ?? 1;
    const box = make("div", "numbers");
    const cells = make("div", "cells");
    cells.style.gridTemplateColumns = `repeat(${columns}, minmax(2.1rem, auto))`;
    for (let at = 0; at < size(shape); at++) {
      const index = unravelled(at, shape),
        cell = make("span", "cell", written(value(index)));
      cell.classList.toggle("copied", !isOwn(index));
      cell.classList.toggle("chosen", step === LAST_STEP && shown(index) === shown(source(chosen, shape)));
      if (name === "result") cell.addEventListener("click", () => choose(at));
      cells.append(cell);
    }
    box.append(make("b", "name", name === "result" ? OPERATIONS[operation].write("a", "b") : name), cells);
    all.append(box);
  };
  const fill = { a: (index) => flat(index, a), b: (index) => 10 * (flat(index, b) + 1) };
  for (const [name, shape] of [
    ["a", a],
    ["b", b],
  ]) {
    const wide = step > 2 ? result : shape;
    const isOwn = (index) =>
      shown(index.slice(index.length - shape.length)) === shown(source(index, shape)) &&
      index.slice(0, index.length - shape.length).every((at) => at === 0);
    table(name, wide, (index) => fill[name](source(index, shape)), isOwn);
  }
  if (step === LAST_STEP)
    table(
      "result",
      result,
      (index) => met(a, b, operation, index)[2],
      () => true,
    );
  return all;
}

function render({ model, el }) {
  const names = ["a", "b", "operation", "step", "entry"];
  const state = () => {
    const now = /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
    const last = Math.max(0, size(broadcast(now.a, now.b) ?? [0]) - 1);
    return { ...now, entry: Math.min(now.entry, last) }; // a model takes several over one by one
  };
  const wrong = problem(/** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)]))));
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  const typed = (name) =>
    `<label>${words.shape(name)} <input type="text" name="${name}" inputmode="text" autocomplete="off" spellcheck="false"></label>`;
  el.classList.add("gears-figure", "broadcasting");
  el.innerHTML = `
    <div class="controls">${typed("a")}
      <label>${words.operation} <select name="operation">${Object.keys(OPERATIONS)
        .map((name) => `<option value="${name}">${OPERATIONS[name].write("a", "b")}</option>`)
        .join("")}</select></label>
      ${typed("b")}
      <label>${words.preset} <select name="preset"><option value="">${words.choose}</option>${PRESETS.map(
        (preset) =>
          `<option value="${preset}">${preset
            .split("|")
            .map((text) => shown(/** @type {number[]} */ (parsed(text))))
            .join(", ")}</option>`,
      ).join("")}</select></label>
    </div>
    <p class="unread" role="alert"></p>
    <div class="steps">${words.steps.map((label, at) => `<button type="button" name="step${at}">${label}</button>`).join("")}</div>
    <div class="picture" aria-hidden="true"></div>
    <p class="fill">${words.fill}</p>
    <div class="controls entry"><span>${words.entry}</span></div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  const fields = { a: find("[name=a]"), b: find("[name=b]") };
  const operation = find("[name=operation]"),
    preset = find("[name=preset]"),
    unread = find(".unread"),
    places = find(".entry");

  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  /** New shapes; the entry stays if there still is one, or goes back to the first. */
  const reshape = (shapes) => {
    const { a, b, entry } = { ...state(), ...shapes };
    const last = Math.max(0, size(broadcast(a, b) ?? [0]) - 1);
    change({ entry: Math.min(entry, last), ...shapes });
  };

  /** A number field for each axis of the result, made anew when their count changes. */
  function drawEntry({ a, b, step, entry }) {
    const result = broadcast(a, b),
      isShown = step === LAST_STEP && result && result.length && size(result);
    places.hidden = !isShown;
    if (!isShown) return;
    while (places.children.length > result.length + 1) places.lastChild.remove();
    while (places.children.length < result.length + 1) {
      const at = places.children.length - 1,
        label = make("label", ""),
        field = make("input", "");
      Object.assign(field, { type: "number", min: 0, name: `index${at}` });
      field.dataset.lmSuppressShortcuts = "";
      field.addEventListener("input", () => {
        if (!field.value || !field.validity.valid) return;
        const now = state(),
          shape = /** @type {number[]} */ (broadcast(now.a, now.b)),
          index = unravelled(now.entry, shape);
        change({ entry: flat(index.with(at, Number(field.value)), shape) });
      });
      field.addEventListener("change", draw); // what was no index goes back
      label.append(make("span", ""), field);
      places.append(label);
    }
    unravelled(entry, result).forEach((value, at) => {
      const [name, field] = places.children[at + 1].children;
      name.textContent = words.index(`−${result.length - at}`);
      field.max = result[at] - 1;
      if (!field.value || Number(field.value) !== value) field.value = value;
    });
  }

  function draw() {
    const now = state();
    for (const [name, field] of Object.entries(fields)) {
      if (String(parsed(field.value)) !== String(now[name]) || !field.dataset.filled)
        field.value = now[name].join(", ");
      field.dataset.filled = "yes";
    }
    unread.textContent = "";
    operation.value = now.operation;
    preset.value =
      PRESETS.find(
        (text) =>
          text
            .split("|")
            .map((part) => String(parsed(part)))
            .join("|") === `${now.a}|${now.b}`,
      ) ?? "";
    el.querySelectorAll(".steps button").forEach((button, at) =>
      button.setAttribute("aria-pressed", String(at === now.step)),
    );
    const parts = [aligned(now, words)];
    const small = isSmall(now.a, now.b);
    if (small) parts.push(tables(now, (entry) => change({ entry })));
    find(".picture").replaceChildren(...parts);
    find(".fill").hidden = !small && !(now.step === LAST_STEP && broadcast(now.a, now.b));
    drawEntry(now);
    find("output").textContent = sentence(model.get("language"), now);
  }

  for (const [name, field] of Object.entries(fields)) {
    field.addEventListener("input", () => {
      const shape = parsed(field.value);
      if (shape) reshape({ [name]: shape });
      unread.textContent = shape ? "" : words.unread(name);
    });
  }
  operation.addEventListener("input", () => change({ operation: operation.value }));
  preset.addEventListener("input", () => {
    if (!preset.value) return;
    const [a, b] = preset.value.split("|").map(parsed);
    reshape({ a, b });
  });
  el.querySelectorAll(".steps button").forEach((button, step) =>
    button.addEventListener("click", () => change({ step })),
  );
  for (const control of el.querySelectorAll("input, select, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
