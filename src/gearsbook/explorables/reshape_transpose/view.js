// x, reshaped and transposed as cells in rows and columns, and the order in which each reads the entries.

import { pointing } from "../parts/cells.js";
import { come } from "../parts/coming.js";
import { path, range, tied } from "../parts/controls.js";
import { typed } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { asTuple, clamp } from "../parts/numbers.js";
import { emptyPlot } from "../parts/plot.js";
import { unravelled, valuesIn } from "../parts/shapes.js";
import { isCalm, ticking } from "../parts/ticking.js";
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

const ACROSS = 12; // cells of memory side by side
const [ABOVE, PITCH] = [0.45, 2.35]; // room over a row of them, and from one to the next
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
function entries(places, { shape }) {
  return places.map((place) => {
    const cell = element`<span class="cell" data-entry="${place}">${place}</span>`;
    cell.style.setProperty("--part", `${shape[0] > 1 ? (30 * unravelled(place, shape)[0]) / (shape[0] - 1) : 0}%`);
    return cell;
  });
}

/** An array as rows and columns, and a block of these for each place on a third axis. */
function array(title, shape, places, state) {
  const [rows, columns] = [shape.at(-2) ?? 1, shape.at(-1)],
    blocks = [];
  for (let first = 0; first < places.length; first += rows * columns) {
    const block = element`<div class="block">${entries(places.slice(first, first + rows * columns), state)}</div>`;
    block.classList.toggle("line", shape.length === 1); // a single axis may go on below itself
    block.classList.toggle("wide", columns > 9);
    block.style.setProperty("--columns", String(columns));
    blocks.push(block);
  }
  return html`<div class="array">
    <p class="title"><code>${title}</code> <code class="shape">${asTuple(shape)}</code></p>
    <div class="blocks">${blocks}</div></div>`;
}

/**
 * Memory, and the way on which its entries are read as arrows from each to the next one: in order above them, as the
 * transposed array reads them below. A cell is 1 wide.
 */
function strip(inMemory, read, state, words) {
  const columns = Math.min(inMemory.length, ACROSS),
    rows = Math.ceil(inMemory.length / columns);
  const hop = (from, to, side) => {
    const [[x, y], [right, down]] = [from, to].map((place) => [
      (place % columns) + 0.5,
      Math.floor(place / columns) * PITCH + ABOVE + (side > 0 ? 1 : 0),
    ]);
    const away = side < 0 ? -0.5 : Math.min(1.15, 0.3 + (1.3 * Math.abs(right - x)) / columns),
      head = side * 0.16;
    const [start, end] = [x + 0.14, right - 0.14];
    return `<path data-entry="${to}" d="M${start} ${y}C${start} ${y + away} ${end} ${down + away} ${end} ${down}
      m-.1 ${head}l.1 ${-head}l.1 ${head}"></path>`;
  };
  const hops = (kind, order, side) => {
    const arrows = order.slice(1).map((to, at) => hop(order[at], to, side));
    return `<g class="${kind}">${arrows.join("")}</g>`;
  };
  const way = emptyPlot([0, 0, columns, rows * PITCH]);
  way.innerHTML = hops("in-order", inMemory, -1) + hops("jumps", read, 1);
  const drawn = element`<div class="strip"><div class="cells">${entries(inMemory, state)}</div>${way}</div>`;
  drawn.style.setProperty("--columns", String(columns));
  drawn.classList.toggle("many", rows > 1); // the whole way would be a tangle
  return html`<p class="title">${words.inOrder}</p>${drawn}<p class="title">${words.jumps}</p>`;
}

/** The three arrays, and the entries in the order in which they read them. */
function picture(state, words) {
  const { shape, target, order } = state,
    size = valuesIn(shape),
    error = reshapeError(shape, target);
  const inMemory = Array.from({ length: size }, (_, at) => at),
    read = readingOrder(shape, order);
  const [reshape, transpose] = [`x.reshape(${target.join(", ")})`, `x.transpose(${order.join(", ")})`];
  const made = error ? [] : resolved(size, target),
    through = order.map((axis) => shape[axis]);
  const reshaped = error
    ? html`<div class="array"><code>${reshape}</code><p class="error">ValueError: ${error}</p></div>`
    : array(reshape, made, inMemory, state);
  const arrays = element`<div class="arrays">
    ${array(words.x, shape, inMemory, state)}${reshaped}${array(transpose, through, read, state)}</div>`;
  const across = [shape, made, through].map((lengths) => (lengths.length > 1 ? lengths.at(-1) : 1));
  arrays.style.setProperty("--widest", String(Math.max(...across)));
  return html`
    ${arrays}
    ${strip(inMemory, read, state, words)}`;
}

/** Puts entries into their cells, in a while from others: each way is [from, cell]. */
function travel(ways, milliseconds) {
  for (const [, cell] of ways) cell.classList.remove("away");
  if (milliseconds) come(ways, milliseconds, { zIndex: 1 });
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
  let moved = Infinity; // how many entries have come into memory, and then how many out of it
  const play = ticking(page, "play", [words.play, words.pause], () => {
    const all = (kind) => [...drawing.querySelectorAll(kind)].map((one) => [...one.querySelectorAll(".cell")]);
    const [[x, reshaped, transposed], [memory]] = [all(".array"), all(".strip")];
    const size = memory.length,
      milliseconds = isCalm() ? 0 : clamp(3000 / size, 100, 400);
    if (moved >= 2 * size) {
      moved = 0;
      for (const cell of [...memory, ...reshaped, ...transposed]) cell.classList.add("away");
    }
    function step() {
      const at = moved % size;
      const into = [memory[Number(transposed[at].dataset.entry)], transposed[at]];
      if (moved < size) travel([[x[at], memory[at]]], milliseconds);
      else travel(reshaped[at] ? [[memory[at], reshaped[at]], into] : [into], milliseconds); // it may have failed
      moved += 1;
      return !milliseconds && moved % size ? step() : moved < 2 * size;
    }
    return { step, milliseconds: milliseconds || 1500 };
  });
  el.append(html`
    ${drawing}
    <div class="controls">${play.button}<span class="hint">${words.hint}</span></div>
    <p class="title">${words.shade}</p>
    <div class="controls">
      <label>${words.shape} ${shape}</label>
      <label>${words.entry} ${entry}</label>
      <label>${words.target} ${target}</label>
      <label>${words.typed} ${typed(page, "typed", parsed, words.unread, path("target"))}</label>
      <label>${words.order} ${order}</label>
    </div>
    ${output}`);
  pointing(page, drawing, "over", (_, under) => {
    const cell = /** @type {HTMLElement | null} */ (under?.closest(".cell"));
    return cell && { entry: Number(cell.dataset.entry) };
  });

  let drawn = "";
  return (state) => {
    const wanted = JSON.stringify([state.shape, state.target, state.order]);
    if (wanted !== drawn) {
      play.stop();
      moved = Infinity;
      drawing.replaceChildren(picture(state, words));
      drawn = wanted;
    }
    for (const one of drawing.querySelectorAll("[data-entry]"))
      one.classList.toggle("chosen", one.getAttribute("data-entry") === String(state.entry));
  };
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
