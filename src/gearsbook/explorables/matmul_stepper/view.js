// The two matrices and their product where they cross, the pairs of the chosen entry in fields, and their sum.

import { pointing } from "../parts/cells.js";
import { button, mainButton, path, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { isCalm } from "../parts/ticking.js";
import {
  fits,
  LARGEST,
  LONGEST,
  multiply,
  pairs,
  partialSum,
  problem,
  replaced,
  resized,
  sentence,
  settled,
  shape,
  step,
  walk,
  widths,
  written,
} from "./compute.js";
import { WORDS } from "./words.js";

const FLIGHT = 450; // milliseconds

/**
 * A matrix with its indices, or arrows at the chosen ones; its entries' classes, and the row and column that each
 * chooses.
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
  const head = matrix[0].map((_, j) => index(j, across, "▾"));
  return (
    `<div class="block ${kind}"><div class="line head"><span class="index"></span>${head.join("")}</div>` +
    `<div class="bracketed">${lines.join("")}<i class="frame"></i></div></div>`
  );
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

/** A matrix's rows or columns: how many there are, one fewer, one more. */
function stepper(page, name, axis) {
  const { words } = page,
    at = axis === "rows" ? 0 : 1;
  const lengths = (state, by) => shape(state[name]).map((length, a) => length + (a === at ? by : 0));
  const isLength = (length) => length >= 1 && length <= LONGEST;
  const one = (by, sign, change) => {
    const made = button("", sign, () => {
      const state = page.state(),
        [rows, columns] = lengths(state, by);
      if (isLength([rows, columns][at])) page.set(replaced(state, { [name]: resized(state[name], rows, columns) }));
    });
    made.setAttribute("aria-label", words.resize(name, change[axis]));
    page.shows((state) => made.setAttribute("aria-disabled", String(!isLength(lengths(state, by)[at]))));
    return made;
  };
  const length = element`<b class="${(name === "x") === (axis === "columns") ? "shared" : ""}"></b>`;
  page.shows((state) => (length.textContent = String(shape(state[name])[at])));
  return html`<span class="stepper">
    ${one(-1, "−", words.fewer)} ${length} ${one(1, "+", words.more)} <small>${words[axis]}</small></span>`;
}

/** Both matrices' shapes, and that of the product. */
function shapes(page) {
  const shaped = (name) => html`
    <span class="shape"><code>${name}</code> (${stepper(page, name, "rows")},${stepper(page, name, "columns")})</span>`;
  const result = element`<code class="result"></code>`;
  page.shows(({ x, y }) => {
    result.textContent = fits(x, y) ? `(${x.length}, ${y[0].length})` : page.words.error;
  });
  return html`
    <div class="shapes">${shaped("x")}<span class="shape"><b class="at">@</b>${shaped("y")}</span><span
      class="shape">→ ${result}</span></div>`;
}

/** The picture, whose entries choose a row, a column or both. */
function matrices(page) {
  const drawing = element`
    <div class="picture" tabindex="0" role="application" aria-label="${page.words.picture}"></div>`;
  pointing(page, drawing, "click", (_, under, { row, column }) => {
    const entry = /** @type {HTMLElement | null | undefined} */ (under?.closest(".entry"));
    if (!entry || !drawing.contains(entry)) return null;
    return { row: Number(entry.dataset.row ?? row), column: Number(entry.dataset.column ?? column) };
  });
  keys(page, drawing, (key, state) => step(state, key));
  page.shows((state) => {
    const { x, y, row, column } = state,
      [left, right] = widths(state);
    const properties = { row, column, left, right, wide: x[0].length + y[0].length, high: x.length + y.length };
    for (const [name, value] of Object.entries(properties)) drawing.style.setProperty(`--${name}`, String(value));
    drawing.innerHTML = picture(state);
  });
  return drawing;
}

/** The k-th entry of the row, times that of the column. */
function pair(page, k) {
  const field = (name, entry) => {
    const value = (state) => state[name][entry(state)[0]]?.[entry(state)[1]];
    const made = number(
      page,
      name,
      { min: -LARGEST, max: LARGEST },
      {
        get: (state) => value(state) ?? "",
        set: (typed, state) => path(`${name}.${entry(state).join(".")}`).set(typed, state),
      },
    );
    page.shows((state) => {
      made.hidden = value(state) === undefined;
      made.setAttribute("aria-label", `${name}[${entry(state).join(", ")}]`);
    });
    return made;
  };
  const product = element`<b class="product"></b>`;
  const made = element`
    <div class="pair">
      <span class="field">${field("x", ({ row }) => [row, k])}</span><span>×</span>
      <span class="field">${field("y", ({ column }) => [k, column])}</span><span>=</span>${product}</div>`;
  page.shows(({ x, y, row, column, terms }) => {
    const count = pairs(x, y),
      fitting = fits(x, y);
    made.hidden = k >= Math.max(x[0].length, y.length);
    made.classList.toggle("alone", k >= count);
    made.classList.toggle("now", fitting && k === terms - 1 && terms < count);
    product.textContent = k >= count ? "✗" : fitting && k < terms ? written(x[row][k] * y[k][column]) : "";
  });
  return made;
}

/** The pairs of the chosen entry, one below the other, and the sum of their products. */
function working(page) {
  const [fromX, fromY, name] = ["from-x", "from-y", "name"].map((kind) => element`<code class="${kind}"></code>`);
  const all = Array.from({ length: LONGEST }, (_, k) => pair(page, k));
  const total = element`<b class="total"></b>`;
  page.shows(({ x, y, row, column, terms }) => {
    const fitting = fits(x, y),
      isWhole = fitting && terms === pairs(x, y);
    fromX.textContent = `x[${row}, :]`;
    fromY.textContent = `y[:, ${column}]`;
    name.textContent = isWhole ? `(x @ y)[${row}, ${column}]` : page.words.sum;
    total.classList.toggle("unfinished", !isWhole);
    total.textContent = fitting ? written(partialSum(x, y, row, column, terms)) : page.words.error;
  });
  return element`
    <div class="working">${fromX}<span></span>${fromY}${all}<span class="rule"></span>${name}${total}</div>`;
}

/** Lets the pair that was added last fly from the matrices to its product, which is there when they meet. */
function meet(stage, { y, row, column, terms }) {
  const [left, top, products] = [".left .entry", ".top .entry", ".product"].map((one) => stage.querySelectorAll(one));
  const k = terms - 1,
    product = products[k],
    centre = (one) => {
      const { left, top, width, height } = one.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
  const [right, down] = centre(product);
  for (const hidden of [product, stage.querySelector(".total"), stage.querySelector(".chosen")])
    hidden.animate([{ color: "transparent" }, { color: "transparent" }], FLIGHT);
  [left[row * y.length + k], top[k * y[0].length + column]].forEach((entry, at) => {
    const flying = element`<span class="flying" aria-hidden="true">${entry.textContent}</span>`;
    product.append(flying); // until the product is written again
    const [x, y] = centre(entry);
    const frames = [`${x - right}px, ${y - down}px`, `${at ? 50 : -50}%, 0`];
    flying.animate(
      frames.map((by) => ({ opacity: 1, transform: `translate(${by})` })),
      { duration: FLIGHT, easing: "ease-in-out" },
    );
  });
}

function view(page) {
  const { el, words, output } = page;
  const count = element`<span class="count" aria-hidden="true"></span>`;
  page.shows(({ x, y }) => (terms.max = String(pairs(x, y)))); // first: a range would cut the value off
  const terms = range(page, "terms", { min: 0 });
  const [row, column] = ["row", "column"].map((name) => number(page, name, { min: 0 }));
  const by = (step) => page.set(walk(page.state(), step) ?? {});
  const back = button("back", words.back, () => by(-1)),
    on = mainButton("on", words.on, () => {
      by(1);
      if (isCalm() || !page.state().terms) return;
      page.draw();
      meet(stage, page.state());
    });
  const swap = button("swap", words.swap, () => {
    const { x, y } = page.state();
    page.set(replaced(page.state(), { x: y, y: x }));
  });
  const stage = element`
    <div class="stage">
      <div>
        ${matrices(page)}
        <div class="controls">${back}${on}<label>${words.terms} ${terms} ${count}</label></div>
      </div>
      ${working(page)}
    </div>`;
  el.append(html`
    ${stage}
    <p class="hint">${words.hint}</p>
    ${shapes(page)}
    <div class="controls">
      <label>${words.row} ${row}</label>
      <label>${words.column} ${column}</label>
      ${swap}
    </div>
    ${output}`);

  return (state) => {
    const { x, y, terms: added } = state,
      fitting = fits(x, y),
      said = words.of(added, pairs(x, y));
    for (const flight of stage.getAnimations({ subtree: true })) flight.cancel();
    el.classList.toggle("misfitting", !fitting);
    row.max = String(x.length - 1);
    column.max = String(y[0].length - 1);
    terms.disabled = !fitting;
    back.ariaDisabled = String(!fitting || !walk(state, -1));
    on.ariaDisabled = String(!fitting || !walk(state, 1));
    count.textContent = said;
    terms.setAttribute("aria-valuetext", said);
  };
}

export default figure({
  name: "matmul-stepper",
  reads: ["x", "y", "row", "column", "terms"],
  words: WORDS,
  problem,
  sentence,
  settled,
  begins: ({ x, y, terms }) => (terms === pairs(x, y) ? { terms: 0 } : null),
  view,
});
