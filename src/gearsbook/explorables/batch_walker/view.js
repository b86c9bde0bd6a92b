// The bar of all samples, a lens on the batches around the chosen one, and the code of its slice.

import { pointing } from "../parts/cells.js";
import { button } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { grouped } from "../parts/numbers.js";
import {
  batchAt,
  bounds,
  code,
  count,
  length,
  problem,
  resized,
  SEEN,
  seen,
  sentence,
  settled,
  step,
} from "./compute.js";
import { WORDS } from "./words.js";

const DRAWN = 60; // up to so many batches are drawn one by one on the bar of all samples

/** A part of the bar from one sample to another, in per cent of its length. */
function lay(part, samples, [start, stop]) {
  part.style.left = `min(${(100 * start) / samples}%, 100% - 3px)`; // never narrower than 3px
  part.style.width = `${(100 * (stop - start)) / samples}%`;
}

/** The bar, its ends, and the beam from it to the lens; and what draws them. */
function bar(page) {
  const { words } = page;
  const [around, here] = ["window", "here"].map((name) => element`<div class="${name}"></div>`);
  const strip = element`
    <div class="strip" role="slider" tabindex="0" aria-label="${words.strip}">${around}${here}</div>`;
  const [axis, end] = ["axis", "end"].map((name) => element`<span class="${name}"></span>`);
  const beam = element`
    <svg class="beam" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon></polygon></svg>`;
  pointing(page, strip, "drag", ([across], _, { samples, batch_size }) => ({
    batch: batchAt(samples, batch_size, across),
  }));
  keys(page, strip, (key, state) => step(state, key));

  page.shows((state) => {
    const { samples, batch_size: size, batch: n } = state,
      batches = count(samples, size),
      [first, beyond] = seen(n, batches);
    const period = (100 * size) / samples,
      isCut = batches > 1 && batches <= DRAWN;
    strip.style.backgroundImage = isCut
      ? "repeating-linear-gradient(90deg, var(--gears-ground) 0 " +
        `${period}%, var(--gears-line) ${period}% ${2 * period}%)`
      : "none";
    /** @type {import("../types.d.ts").Pair} */
    const window = [size * first, Math.min(samples, size * beyond)];
    lay(around, samples, window);
    lay(here, samples, bounds(samples, size, n));
    axis.textContent = words.axis(batches <= DRAWN);
    end.textContent = grouped(samples - 1);
    const [left, right] = window.map((sample) => (100 * sample) / samples);
    const filled = (100 * (window[1] - window[0])) / (size * (beyond - first));
    beam.firstElementChild?.setAttribute("points", `${left},0 ${right},0 ${filled},10 0,10`);
    const values = { min: 0, max: batches - 1, now: n, text: code(state).slice };
    for (const [name, value] of Object.entries(values)) strip.setAttribute(`aria-value${name}`, String(value));
  });
  return html`${strip}<p class="ends"><span>0</span>${axis}${end}</p>${beam}`;
}

/** The batch that stands in the lens at a place, if there are so many. */
function slot(page, place) {
  const own = ({ samples, batch_size, batch }) => seen(batch, count(samples, batch_size))[0] + place;
  const filled = element`<div class="filled"></div>`;
  const [n, start] = ["n", "start"].map((name) => element`<span class="${name}"></span>`);
  const box = element`
    <div class="batch"><div class="slot">${filled}</div><b><span>n = </span>${n}</b>${start}</div>`;
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
  const [rule, slice, shape] = ["rule", "slice", "shape"].map((name) => element`<code class="${name}"></code>`);
  const batch = number(page, "batch", { min: 0 });
  const size = number(
    page,
    "batch_size",
    { min: 1 },
    { get: (state) => state.batch_size, set: (wanted, state) => resized(state, wanted) },
  );
  const go = (name, lead) => button(name, words[name], () => page.set(lead(page.state())));
  el.append(html`
    ${bar(page)}
    <div class="lens" aria-hidden="true">${Array.from({ length: SEEN }, (_, place) => slot(page, place))}</div>
    <p class="note">${words.lens}</p>
    <p class="code">${rule} ${slice} ${shape}</p>
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
    rule.textContent = written.rule;
    slice.textContent = written.slice;
    shape.textContent = written.shape;
    batch.max = String(count(state.samples, state.batch_size) - 1);
    size.max = String(state.samples);
  };
}

export default figure({
  name: "batch-walker",
  reads: ["samples", "batch_size", "batch", "array"],
  words: WORDS,
  problem,
  sentence,
  settled,
  view,
});
