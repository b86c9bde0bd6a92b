// x, reshaped and transposed as cells in rows and columns, and the order in which each reads the entries.

import { path, range, tied } from "../parts/controls.js";
import { typed } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { asTuple } from "../parts/numbers.js";
import { unravelled, valuesIn } from "../parts/shapes.js";
import {
  fitting,
  orders,
  parsed,
  problem,
  readingOrder,
  reshapeError,
  resolved,
  sentence,
  settled,
  turned,
} from "./compute.js";
import { WORDS } from "./words.js";

const SHAPES = [[6], [2, 3], [3, 4], [4, 4], [3, 8], [6, 6], [2, 2, 3], [2, 3, 4], [4, 3, 3]];

/** A list to choose numbers from; those of the state become one of its choices if they are none. */
function list(page, name, choices, { get, set }) {
  const select = /** @type {HTMLSelectElement} */ (element`<select name="${name}"></select>`);
  const chosen = (state) => String(get(state) ?? "");
  page.shows((state) => {
    const all = choices(state).map(String);
    if (!all.includes(chosen(state))) all.unshift(chosen(state));
    if (String(all) === select.dataset.all) return;
    const text = (one) => (one ? asTuple(one.split(",")) : page.words.other);
    select.replaceChildren(...all.map((one) => new Option(text(one), one)));
    select.dataset.all = String(all);
  });
  return tied(page, select, {
    get: chosen,
    set: (value, state) => (value ? set(value.split(",").map(Number), state) : {}),
  });
}

/** Cells for the entries at some places in memory; their ground tells the row of x that they come from. */
function cells(places, { shape, entry }) {
  return places.map((place) => {
    const cell = element`<span class="cell">${place}</span>`;
    cell.style.setProperty("--part", `${shape[0] > 1 ? (30 * unravelled(place, shape)[0]) / (shape[0] - 1) : 0}%`);
    cell.classList.toggle("chosen", place === entry);
    return cell;
  });
}

/** An array as rows and columns, and a block of these for each place on a third axis. */
function array(title, shape, places, state) {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1)],
    blocks = [];
  for (let first = 0; first < places.length; first += rows * columns) {
    const block = element`<div class="block">${cells(places.slice(first, first + rows * columns), state)}</div>`;
    if (shape.length > 1) block.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1.85rem))`;
    block.classList.toggle("line", shape.length === 1); // a single axis may go on below itself
    block.classList.toggle("wide", columns > 9);
    blocks.push(block);
  }
  return html`<div class="array">
    <p class="title"><code>${title}</code> <code class="shape">${asTuple(shape)}</code></p>
    <div class="blocks">${blocks}</div></div>`;
}

/** The three arrays, and the entries in the order in which they read them. */
function picture(state, words) {
  const { shape, target, order } = state,
    size = valuesIn(shape),
    error = reshapeError(shape, target);
  const inMemory = Array.from({ length: size }, (_, at) => at),
    read = readingOrder(shape, order);
  const [reshape, transpose] = [`x.reshape(${target.join(", ")})`, `x.transpose(${order.join(", ")})`];
  const reshaped = error
    ? html`<div class="array"><code>${reshape}</code><p class="error">ValueError: ${error}</p></div>`
    : array(reshape, resolved(size, target), inMemory, state);
  const through = order.map((axis) => shape[axis]);
  const strip = (title, places) =>
    html`<div class="strip"><p class="title">${title}</p><div class="cells">${cells(places, state)}</div></div>`;
  return html`
    <div class="arrays">
      ${array(words.x, shape, inMemory, state)}${reshaped}${array(transpose, through, read, state)}
    </div>
    ${strip(`${words.memory} = x, x.reshape ${words.reads}`, inMemory)}
    ${strip(`x.transpose ${words.reads}`, read)}`;
}

function view(page) {
  const { el, words, output } = page;
  const drawing = element`<div class="picture" aria-hidden="true"></div>`;
  const shape = list(page, "shape", () => SHAPES, {
    get: (state) => state.shape,
    set: (chosen, state) => turned(chosen, state.entry),
  });
  const target = list(page, "target", (state) => fitting(valuesIn(state.shape)), {
    get: (state) => (reshapeError(state.shape, state.target) ? null : resolved(valuesIn(state.shape), state.target)),
    set: (chosen) => ({ target: chosen }),
  });
  const order = list(page, "order", (state) => orders(state.shape.length), path("order"));
  page.shows((state) => (entry.max = String(valuesIn(state.shape) - 1))); // before its value
  const entry = range(page, "entry", { min: 0 });
  el.append(html`
    ${drawing}
    <p class="title">${words.shade}</p>
    <div class="controls">
      <label>${words.shape} ${shape}</label>
      <label>${words.entry} ${entry}</label>
    </div>
    <div class="controls">
      <label>${words.target} ${target}</label>
      <label>${words.typed} ${typed(page, "typed", parsed, words.unread, path("target"))}</label>
      <label>${words.order} ${order}</label>
    </div>
    ${output}`);
  drawing.addEventListener("click", ({ target: clicked }) => {
    const cell = /** @type {Element} */ (clicked).closest(".cell");
    if (cell) page.set({ entry: Number(cell.textContent) });
  });

  return (state) => drawing.replaceChildren(picture(state, words));
}

export default figure({
  name: "reshape-transpose",
  reads: ["shape", "target", "order", "entry"],
  words: WORDS,
  problem,
  sentence,
  settled,
  view,
});
