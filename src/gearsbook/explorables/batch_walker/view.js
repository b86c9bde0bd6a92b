// The bar of all samples, a lens on the batches around the chosen one, and the digits that are in it.

import { pointing } from "../parts/cells.js";
import { button } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { grouped } from "../parts/numbers.js";
import { grey, paint } from "../parts/picture.js";
import {
  batchAt,
  bounds,
  code,
  columnsFor,
  count,
  length,
  MOST,
  problem,
  resized,
  SEEN,
  SHAPE,
  seen,
  sentence,
  settled,
  step,
  TILE,
} from "./compute.js";
import { WORDS } from "./words.js";

const SQUARE = TILE + 2; // of the sheet, in pixels

/** A part of the bar from one sample to another, in per cent of its length. */
function lay(part, samples, [start, stop]) {
  part.style.left = `min(${(100 * start) / samples}%, 100% - 3px)`; // never narrower than 3px
  part.style.width = `${(100 * (stop - start)) / samples}%`;
}

/** What widens from a part of what is above to a part of what is below, in per cent. */
function beam(page, ends) {
  const made = element`
    <svg class="beam" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon></polygon></svg>`;
  page.shows((state) => {
    const [left, right, far, near] = ends(state);
    made.firstElementChild?.setAttribute("points", `${left},0 ${right},0 ${near},10 ${far},10`);
  });
  return made;
}

/** The batches in the lens: the first, how many, and the samples from one to another. */
function inLens({ samples, batch_size: size, batch }) {
  const [first, beyond] = seen(batch, count(samples, size));
  return { first, shown: beyond - first, from: size * first, to: Math.min(samples, size * beyond) };
}

/** The bar and its ends. */
function bar(page) {
  const { words } = page;
  const [around, here] = ["window", "here"].map((name) => element`<div class="${name}"></div>`);
  const strip = element`
    <div class="strip" role="slider" tabindex="0" aria-label="${words.strip}">${around}${here}</div>`;
  const end = element`<span></span>`;
  pointing(page, strip, "drag", ([across], _, { samples, batch_size }) => ({
    batch: batchAt(samples, batch_size, across),
  }));
  keys(page, strip, (key, state) => step(state, key));

  page.shows((state) => {
    const { samples, batch_size: size, batch: n } = state,
      { from, to } = inLens(state);
    // a stripe for each batch; where they would be finer than can be seen, as fine as can be
    const [one, two] = [1, 2].map((ends) => `max(${2 * ends}px, ${(ends * 100 * size) / samples}%)`);
    const stripes = `var(--gears-ground) 0 ${one}, var(--gears-line) ${one} ${two}`;
    strip.style.backgroundImage = `repeating-linear-gradient(90deg, ${stripes})`;
    lay(around, samples, [from, to]);
    lay(here, samples, bounds(samples, size, n));
    end.textContent = grouped(samples - 1);
    const values = { min: 0, max: count(samples, size) - 1, now: n, text: code(state).slice };
    for (const [name, value] of Object.entries(values)) strip.setAttribute(`aria-value${name}`, String(value));
  });
  return html`${strip}<p class="ends"><span>0</span><span>${words.axis}</span>${end}</p>`;
}

/** The digits of the chosen batch, and the places that a short one leaves empty. */
function sheet(page) {
  const sheet = document.createElement("canvas"),
    all = document.createElement("canvas"),
    note = element`<p class="note"></p>`;
  const { digits } = page.state();
  paint(all, digits.join(""), TILE, (level) => grey(Math.round((level * 255) / 7)));
  page.shows(({ samples, batch_size: size, batch }) => {
    const drawn = Math.min(size, MOST),
      columns = columnsFor(drawn),
      [start, stop] = bounds(samples, size, batch);
    sheet.width = columns * SQUARE;
    sheet.height = sheet.width / SHAPE;
    const pen = /** @type {CanvasRenderingContext2D} */ (sheet.getContext("2d"));
    pen.strokeStyle = "#aaa";
    for (let place = 0; place < drawn; place += 1) {
      const [x, y] = [place % columns, Math.floor(place / columns)].map((at) => at * SQUARE + 1);
      const digit = (start + place) % digits.length;
      if (start + place < stop) pen.drawImage(all, 0, digit * TILE, TILE, TILE, x, y, TILE, TILE);
      else pen.strokeRect(x + 2.5, y + 2.5, TILE - 5, TILE - 5);
    }
    note.textContent = page.words.digits(digits.length, size > drawn && drawn);
  });
  return html`<div class="sheet">${sheet}</div>${note}`;
}

/** The batch that stands in the lens at a place, if there are so many. */
function slot(page, place) {
  const own = (state) => inLens(state).first + place;
  const filled = element`<div class="filled"></div>`;
  const [n, start] = ["n", "start"].map((name) => element`<span class="${name}"></span>`);
  const box = element`
    <div class="batch"><div class="slot">${filled}<b><span>n = </span>${n}</b>${start}</div></div>`;
  box.addEventListener("click", () => page.set({ batch: own(page.state()) }));
  page.shows((state) => {
    const { samples, batch_size: size, batch } = state,
      at = own(state);
    box.hidden = at >= count(samples, size);
    box.classList.toggle("chosen", at === batch);
    filled.style.width = `${(100 * length(samples, size, at)) / size}%`;
    n.textContent = String(at);
    start.textContent = grouped(size * at);
  });
  return box;
}

function view(page) {
  const { el, words, output } = page;
  const [slice, shape] = ["slice", "shape"].map((name) => element`<code class="${name}"></code>`);
  const batch = number(page, "batch", { min: 0 });
  const size = number(
    page,
    "batch_size",
    { min: 1 },
    { get: (state) => state.batch_size, set: (wanted, state) => resized(state, wanted) },
  );
  const go = (name, lead) => button(name, words[name], () => page.set(lead(page.state())));
  const toLens = (state) => {
    const { samples, batch_size } = state,
      { from, to, shown } = inLens(state);
    return [from / samples, to / samples, 0, (to - from) / (batch_size * shown)].map((share) => 100 * share);
  };
  const toSheet = (state) => {
    const { samples, batch_size, batch } = state,
      { first, shown } = inLens(state),
      filled = length(samples, batch_size, batch) / batch_size;
    return [(batch - first) / shown, (batch - first + filled) / shown, 0, 1].map((share) => 100 * share);
  };
  el.append(html`
    ${bar(page)}
    ${beam(page, toLens)}
    <div class="lens" aria-hidden="true">${Array.from({ length: SEEN }, (_, place) => slot(page, place))}</div>
    ${beam(page, toSheet)}
    ${sheet(page)}
    <p class="code">${slice} ${shape}</p>
    <div class="controls">
      ${go("first", () => ({ batch: 0 }))}
      ${go("previous", ({ batch }) => ({ batch: batch - 1 }))}
      ${go("next", ({ batch }) => ({ batch: batch + 1 }))}
      ${go("last", ({ samples, batch_size }) => ({ batch: count(samples, batch_size) - 1 }))}
      <label>${words.n} ${batch}</label>
    </div>
    <div class="controls">
      <label>${words.size} ${size}</label>
      ${go("halve", (state) => resized(state, Math.floor(state.batch_size / 2)))}
      ${go("double", (state) => resized(state, 2 * state.batch_size))}
    </div>
    ${output}`);

  return (state) => {
    const written = code(state);
    slice.textContent = written.slice;
    shape.textContent = written.shape;
    batch.max = String(count(state.samples, state.batch_size) - 1);
    size.max = String(state.samples);
  };
}

export default figure({
  name: "batch-walker",
  reads: ["samples", "batch_size", "batch", "array", "digits"],
  words: WORDS,
  problem,
  sentence,
  settled,
  view,
});
