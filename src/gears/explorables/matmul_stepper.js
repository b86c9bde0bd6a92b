// A matrix product, one entry at a time: its row, its column, and the products added up.

/** @import { Language } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {number[][]} x
 * @property {number[][]} y
 * @property {number} row
 * @property {number} column
 * @property {number} terms
 */

const WORDS = {
  en: {
    picture: "x on the left, y above, x @ y where they cross; the arrow keys choose an entry of x @ y",
    hint: "Click an entry of x @ y, or use the arrow keys; its row and its column can be changed in the fields.",
    rows: "rows",
    columns: "columns",
    sum: "sum",
    error: "error",
    fewer: { rows: "one row fewer", columns: "one column fewer" },
    more: { rows: "one row more", columns: "one column more" },
    resize: (name, change) => `${name}: ${change}`,
    back: "Step back",
    on: "Step on",
    terms: "Products added",
    of: (terms, pairs) => `${terms} of ${pairs}`,
    row: "Row of x",
    column: "Column of y",
    swap: "Swap x and y",
    entry: (s) => `Entry [${s.row}, ${s.column}] of x @ y: row ${s.row} of x meets column ${s.column} of y. `,
    all: (s) => `Multiply pair by pair and add: ${s.sum} = ${s.value}. `,
    some: (s) => `${s.terms} of ${s.pairs} products added so far: ${s.sum} = ${s.value}. `,
    none: (s) => `No product of ${s.pairs} is added yet: the sum starts at 0. `,
    shape: (s) =>
      `A row of x is as long as a column of y, ${s.pairs}, so the shapes ${s.x} @ ${s.y} give ${s.product}.`,
    misfit: (s, w) =>
      `x @ y fails: a row of x has ${w.entries(s.across)}, a column of y has ${w.entries(s.down)}, so ${s.left > 1 ? `${s.left} are` : "1 is"} without a partner. y needs as many rows as x has columns. NumPy says “${s.error}”.`,
    entries: (n) => (n > 1 ? `${n} entries` : "1 entry"),
  },
  zh: {
    picture: "x 在左，y 在上，交会处是 x @ y；方向键选择 x @ y 的一个数",
    hint: "点选 x @ y 的一个数，或用方向键移动；对应的行与列可以在输入框里改。",
    rows: "行",
    columns: "列",
    sum: "和",
    error: "出错",
    fewer: { rows: "减一行", columns: "减一列" },
    more: { rows: "加一行", columns: "加一列" },
    resize: (name, change) => `${name} ${change}`,
    back: "退一步",
    on: "进一步",
    terms: "已加的乘积",
    of: (terms, pairs) => `${terms} / ${pairs}`,
    row: "x 的行",
    column: "y 的列",
    swap: "交换 x 与 y",
    entry: (s) => `x @ y 的 [${s.row}, ${s.column}] 处：x 的第 ${s.row} 行遇上 y 的第 ${s.column} 列。`,
    all: (s) => `逐对相乘，再全部相加：${s.sum} = ${s.value}。`,
    some: (s) => `${s.pairs} 个乘积已经加了 ${s.terms} 个：${s.sum} = ${s.value}。`,
    none: (s) => `${s.pairs} 个乘积一个还没加：和从 0 开始。`,
    shape: (s) => `x 的一行与 y 的一列同长，都是 ${s.pairs}，所以形状 ${s.x} @ ${s.y} 得到 ${s.product}。`,
    misfit: (s, w) =>
      `x @ y 出错：x 的一行有 ${w.entries(s.across)}，y 的一列有 ${w.entries(s.down)}，剩下 ${s.left} 个配不成对。y 的行数要等于 x 的列数。NumPy 的原话是“${s.error}”。`,
    entries: (n) => `${n} 个数`,
  },
};
const LONGEST = 6; // rows or columns
const LARGEST = 99; // the size of a number in x or y
const NAMES = ["x", "y", "row", "column", "terms"]; // the matrices first: they set the range of the rest

// ---- Computing -------------------------------------------------------------------------------

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
  return `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${y.length} is different from ${x[0].length})`;
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

/** The state with row, column and terms in the range that x and y leave them. */
function inRange({ x, y, row, column, terms }) {
  return {
    x,
    y,
    terms: Math.min(terms, pairs(x, y)),
    row: Math.min(row, x.length - 1),
    column: Math.min(column, y[0].length - 1),
  };
}

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
export function step({ x, y, row, column }, key) {
  const last = y[0].length - 1;
  const target = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, last],
  }[key];
  const within = (at, high) => Math.min(high, Math.max(0, at));
  return target ? { row: within(target[0], x.length - 1), column: within(target[1], last) } : null;
}

/**
 * A number with a real minus sign.
 *
 * @param {number} number
 */
export function written(number) {
  return String(number).replace("-", "−");
}

/** The products added so far, each as it is written. */
function products({ x, y, row, column, terms }) {
  const factor = (number) => (number < 0 ? `(${written(number)})` : String(number));
  return x[row].slice(0, terms).map((number, k) => `${factor(number)} × ${factor(y[k][column])}`);
}

const tuple = (matrix) => `(${shape(matrix).join(", ")})`;

/**
 * What the figure says, in a language.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, state) {
  const { x, y, row, column, terms } = state,
    words = WORDS[language],
    all = pairs(x, y);
  if (!fits(x, y)) {
    const across = x[0].length,
      down = y.length;
    return words.misfit({ across, down, left: Math.abs(across - down), error: numpysWords(x, y) }, words);
  }
  const kind = terms === all ? "all" : terms ? "some" : "none";
  const s = {
    row,
    column,
    terms,
    pairs: all,
    sum: products(state).join(" + "),
    x: tuple(x),
    y: tuple(y),
    value: written(partialSum(x, y, row, column, terms)),
    product: tuple(multiply(x, y)),
  };
  return words.entry(s) + words[kind](s) + words.shape(s);
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ x, y, row, column, terms }) {
  const within = (n, low, high) => Number.isInteger(n) && n >= low && n <= high;
  for (const [name, matrix] of Object.entries({ x, y })) {
    const good =
      Array.isArray(matrix) &&
      within(matrix.length, 1, LONGEST) &&
      matrix.every(
        (line) =>
          Array.isArray(line) &&
          within(line.length, 1, LONGEST) &&
          line.length === matrix[0].length &&
          line.every((number) => within(number, -LARGEST, LARGEST)),
      );
    if (!good)
      return `${name} is not a matrix of 1 to ${LONGEST} rows and columns of whole numbers from -${LARGEST} to ${LARGEST}`;
  }
  if (!within(row, 0, x.length - 1)) return `row is ${row}, not 0 to ${x.length - 1}`;
  if (!within(column, 0, y[0].length - 1)) return `column is ${column}, not 0 to ${y[0].length - 1}`;
  return within(terms, 0, pairs(x, y)) ? null : `terms is ${terms}, not 0 to ${pairs(x, y)}`;
}

// ---- Drawing ---------------------------------------------------------------------------------

const range = (length) => Array.from({ length }, (_, at) => at);

/**
 * A matrix with its indices, or arrows at the chosen ones; its entries' classes, and the row and column that each chooses.
 *
 * @typedef {object} Marks
 * @property {number} [down]
 * @property {number} [across]
 * @property {boolean} [arrows]
 * @property {(i: number, j: number) => string} classes
 * @property {(i: number, j: number) => { row?: number, column?: number }} chooses
 *
 * @param {string} kind
 * @param {number[][]} matrix
 * @param {Marks} marks
 */
function block(kind, matrix, { down, across, arrows, classes, chooses }) {
  const index = (at, chosen, arrow) =>
    `<span class="index${at === chosen ? " taken" : ""}">${!arrows ? at : at === chosen ? arrow : ""}</span>`;
  const entry = (number, i, j) => {
    const data = Object.entries(chooses(i, j))
      .map(([name, value]) => ` data-${name}="${value}"`)
      .join("");
    return `<span class="entry ${classes(i, j)}"${data}>${written(number)}</span>`;
  };
  const lines = matrix.map(
    (line, i) =>
      `<div class="line">${index(i, down, "▸")}${line.map((number, j) => entry(number, i, j)).join("")}</div>`,
  );
  return `<div class="block ${kind}"><div class="line head"><span class="index"></span>${matrix[0].map((_, j) => index(j, across, "▾")).join("")}</div><div class="bracketed">${lines.join("")}<i class="frame"></i></div></div>`;
}

/** The well-known arrangement: x below on the left, y above on the right, x @ y at their crossing. */
function picture({ x, y, row, column, terms }) {
  const all = pairs(x, y),
    fitting = fits(x, y);
  const member = (k) => {
    if (k >= all) return "alone";
    return !fitting || k >= terms ? "waiting" : k === terms - 1 && terms < all ? "added now" : "added";
  };
  const left = block("left", x, {
    down: row,
    classes: (i, j) => (i === row ? member(j) : ""),
    chooses: (i) => ({ row: i }),
  });
  const top = block("top", y, {
    across: column,
    classes: (i, j) => (j === column ? member(i) : ""),
    chooses: (_i, j) => ({ column: j }),
  });
  let crossing = `<div class="nothing"><b>${x[0].length} ≠ ${y.length}</b></div>`;
  if (fitting) {
    const product = /** @type {number[][]} */ (multiply(x, y)); // they fit
    product[row][column] = partialSum(x, y, row, column, terms);
    const classes = (i, j) => {
      if (i === row && j === column) return terms < all ? "chosen unfinished" : "chosen";
      return (i === row && j < column) || (j === column && i < row) ? "between" : "";
    };
    crossing = block("crossing", product, {
      down: row,
      across: column,
      arrows: true,
      classes,
      chooses: (i, j) => ({ row: i, column: j }),
    });
  }
  const [name, above, product] = ["x", "y", "x @ y"].map((text) => `<code class="name">${text}</code>`);
  return `<span></span>${above}<span></span>${top}${left}${crossing}${name}${product}`;
}

/** The most characters that an entry of each column of the picture has, whatever is chosen. */
function widths({ x, y }) {
  const widest = (numbers) => Math.max(...numbers.map((number) => String(number).length));
  const sums = x.flatMap((_, i) =>
    y[0].flatMap((_, j) => range(pairs(x, y) + 1).map((k) => partialSum(x, y, i, j, k))),
  );
  return [widest(x.flat()), widest([...y.flat(), ...(fits(x, y) ? sums : [])])];
}

function render({ model, el }) {
  const read = () => /** @type {State} */ (Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const wrong = problem(read());
  if (wrong) throw new Error(wrong);
  const state = () => inRange(read()); // while a model takes over several, the others may still be too high

  const language = model.get("language"),
    words = WORDS[language];
  const stepper = (name, axis) => `<span class="stepper">
    <button type="button" data-matrix="${name}" data-axis="${axis}" data-by="-1" aria-label="${words.resize(name, words.fewer[axis])}">−</button>
    <b class="${(name === "x") === (axis === "columns") ? "shared" : ""}"></b>
    <button type="button" data-matrix="${name}" data-axis="${axis}" data-by="1" aria-label="${words.resize(name, words.more[axis])}">+</button>
    <small>${words[axis]}</small></span>`;
  const shaped = (name) =>
    `<span class="shape"><code>${name}</code> (${stepper(name, "rows")},${stepper(name, "columns")})</span>`;
  el.classList.add("gears-figure", "matmul-stepper");
  el.innerHTML = `
    <div class="shapes">${shaped("x")}<span class="shape"><b class="at">@</b>${shaped("y")}</span><span class="shape">→ <code class="result"></code></span></div>
    <div class="stage">
      <div class="picture" tabindex="0" role="application" aria-label="${words.picture}"></div>
      <div class="working">
        <div class="pairs"><code class="from-x"></code><span></span><code class="from-y"></code><span></span>
          ${range(LONGEST)
            .map(
              (k) =>
                `<div class="pair" data-k="${k}"><span class="field"><input type="number" name="x" min="-${LARGEST}" max="${LARGEST}"></span><span>×</span><span class="field"><input type="number" name="y" min="-${LARGEST}" max="${LARGEST}"></span><span class="product"></span></div>`,
            )
            .join("")}
        </div>
        <p class="equation"></p>
      </div>
    </div>
    <p class="hint">${words.hint}</p>
    <div class="controls">
      <button type="button" name="back">${words.back}</button>
      <button type="button" name="on">${words.on}</button>
      <label>${words.terms} <input type="range" name="terms" min="0"> <span class="count"></span></label>
    </div>
    <div class="controls">
      <label>${words.row} <input type="number" name="row" min="0"></label>
      <label>${words.column} <input type="number" name="column" min="0"></label>
      <button type="button" name="swap">${words.swap}</button>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector),
    all = (selector) => [...el.querySelectorAll(selector)];
  for (const control of all("[tabindex], input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const drawing = find(".picture"),
    steppers = all("[data-by]"),
    pairing = all(".pair");

  const change = (wanted) => {
    const now = state(),
      finished = now.terms === pairs(now.x, now.y);
    const next = inRange({ ...now, ...wanted });
    if (finished && !("terms" in wanted)) next.terms = pairs(next.x, next.y);
    for (const name of NAMES) model.set(name, next[name]);
    model.save_changes();
  };

  /** The length that a stepper would lead to. */
  const lengthAfter = ({ matrix, axis, by }, now) => shape(now[matrix])[axis === "rows" ? 0 : 1] + Number(by);

  function drawShapes(now) {
    const lengths = [...shape(now.x), ...shape(now.y)];
    all(".stepper b").forEach((number, at) => (number.textContent = lengths[at]));
    for (const button of steppers) {
      const after = lengthAfter(button.dataset, now);
      button.setAttribute("aria-disabled", after < 1 || after > LONGEST);
    }
    find(".result").textContent = fits(now.x, now.y) ? `(${lengths[0]}, ${lengths[3]})` : words.error;
  }

  function drawPicture(now) {
    const [left, right] = widths(now);
    const properties = { row: now.row, column: now.column, left, right, lengths: now.x[0].length + now.y[0].length };
    for (const [name, value] of Object.entries(properties)) drawing.style.setProperty(`--${name}`, value);
    drawing.innerHTML = picture(now);
  }

  const fill = (input, value) => {
    if (!input.value || Number(input.value) !== value) input.value = value;
  };

  function drawPairs({ x, y, row, column, terms }) {
    const count = pairs(x, y),
      fitting = fits(x, y);
    find(".from-x").textContent = `x[${row}, :]`;
    find(".from-y").textContent = `y[:, ${column}]`;
    pairing.forEach((pair, k) => {
      pair.hidden = k >= Math.max(x[0].length, y.length);
      pair.classList.toggle("alone", k >= count);
      pair.classList.toggle("now", fitting && k === terms - 1 && terms < count);
      const [first, second] = pair.querySelectorAll("input"),
        values = [x[row][k], y[k]?.[column]];
      [first, second].forEach((input, at) => {
        input.hidden = values[at] === undefined;
        if (!input.hidden) fill(input, values[at]);
      });
      first.setAttribute("aria-label", `x[${row}, ${k}]`);
      second.setAttribute("aria-label", `y[${k}, ${column}]`);
      pair.querySelector(".product").textContent =
        k >= count ? "✗" : fitting && k < terms ? written(values[0] * values[1]) : "";
    });
  }

  function drawEquation(now) {
    const { x, y, row, column, terms } = now,
      fitting = fits(x, y),
      equation = find(".equation");
    equation.classList.toggle("failing", !fitting);
    if (!fitting) {
      equation.textContent = `ValueError: ${numpysWords(x, y)}`;
      return;
    }
    const sum = [
      ...products(now).map((product, k) => `<span>${k ? "+ " : ""}${product}</span>`),
      `<span>= <b>${written(partialSum(x, y, row, column, terms))}</b></span>`,
    ];
    equation.innerHTML = `<code>${terms === pairs(x, y) ? `(x @ y)[${row}, ${column}]` : words.sum}</code>${terms ? " <span>=</span>" : ""} ${sum.join(" ")}`;
  }

  function drawControls({ x, y, row, column, terms }) {
    const count = pairs(x, y),
      fitting = fits(x, y);
    for (const [name, value, high] of [
      ["row", row, x.length - 1],
      ["column", column, y[0].length - 1],
      ["terms", terms, count],
    ]) {
      const input = find(`.controls [name=${name}]`);
      input.max = high; // first: a range would cut the value off
      fill(input, value);
    }
    for (const name of ["back", "on", "terms"]) find(`[name=${name}]`).disabled = !fitting;
    find(".count").textContent = words.of(terms, count);
    find("[name=terms]").setAttribute("aria-valuetext", words.of(terms, count));
  }

  function draw() {
    const now = state();
    el.classList.toggle("misfitting", !fits(now.x, now.y));
    drawShapes(now);
    drawPicture(now);
    drawPairs(now);
    drawEquation(now);
    drawControls(now);
    find("output").textContent = sentence(language, now);
  }

  for (const button of steppers) {
    button.addEventListener("click", () => {
      const now = state(),
        { matrix, axis } = button.dataset,
        after = lengthAfter(button.dataset, now);
      const [rows, columns] = shape(now[matrix]);
      if (after < 1 || after > LONGEST) return;
      change({ [matrix]: axis === "rows" ? resized(now[matrix], after, columns) : resized(now[matrix], rows, after) });
    });
  }

  const follow = ({ clientX, clientY }) => {
    const entry = el.getRootNode().elementFromPoint(clientX, clientY)?.closest(".entry");
    if (!entry || !drawing.contains(entry)) return;
    const { row, column } = state();
    change({ row: Number(entry.dataset.row ?? row), column: Number(entry.dataset.column ?? column) });
  };
  drawing.addEventListener("click", follow);
  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") drawing.setPointerCapture(event.pointerId); // a finger scrolls
  });
  drawing.addEventListener("pointermove", (event) => {
    if (drawing.hasPointerCapture(event.pointerId)) follow(event);
  });
  drawing.addEventListener("keydown", (event) => {
    const target = step(state(), event.key);
    if (!target || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    change(target);
  });

  for (const pair of pairing) {
    pair.addEventListener("input", ({ target }) => {
      const now = state(),
        value = Number(target.value),
        k = Number(pair.dataset.k);
      if (!target.value || !Number.isInteger(value) || !target.validity.valid) return;
      const [i, j] = target.name === "x" ? [now.row, k] : [k, now.column];
      change({
        [target.name]: now[target.name].map((line, a) => line.map((old, b) => (a === i && b === j ? value : old))),
      });
    });
  }
  for (const name of ["row", "column", "terms"]) {
    find(`.controls [name=${name}]`).addEventListener("input", ({ target }) => {
      const value = Number(target.value);
      if (target.value && Number.isInteger(value) && target.validity.valid) change({ [name]: value });
    });
  }
  const actions = {
    back: () => change(walk(state(), -1) ?? {}),
    on: () => change(walk(state(), 1) ?? {}),
    swap: () => change({ x: state().y, y: state().x }),
  };
  for (const [name, act] of Object.entries(actions)) find(`[name=${name}]`).addEventListener("click", act);
  el.addEventListener("change", draw); // what was no number of the range goes back

  for (const name of NAMES) model.on(`change:${name}`, draw);
  draw();
  return () => {
    el.removeEventListener("change", draw);
    for (const name of NAMES) model.off(`change:${name}`, draw);
  };
}

export default { render };
