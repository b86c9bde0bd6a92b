// Samples cut into batches of any size: walk from batch to batch and read its slice.

/** @import { Pair } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {number} samples
 * @property {number} batch_size
 * @property {number} batch
 * @property {string} array
 */

const WORDS = {
  en: {
    size: "Batch size",
    n: "Batch n",
    halve: "Halve",
    double: "Double",
    first: "First",
    previous: "Previous",
    next: "Next",
    last: "Last",
    strip: "All samples; the arrow keys go from batch to batch",
    axis: (drawn) => (drawn ? "axis 0: samples, cut into batches" : "axis 0: samples; too many batches to draw each"),
    lens: "Enlarged: each batch, its n, and its first index",
    count: (count) => (count > 1 ? `${grouped(count)} batches` : "1 batch"),
    kinds: (s) =>
      s.rest
        ? `${grouped(s.full)} full and a last one of ${grouped(s.rest)}`
        : s.count > 1
          ? "all of them full"
          : "a full one",
    which: (s) =>
      s.length > 1 ? `samples ${grouped(s.start)} to ${grouped(s.stop - 1)}` : `sample ${grouped(s.start)}`,
    sentence: (s, w) =>
      `${grouped(s.samples)} samples in batches of ${grouped(s.size)}: ${w.count(s.count)}, ${w.kinds(s)}. n = ${s.n}: ${s.slice}, ${w.which(s)}, shape ${s.shape}.`,
    over: (asked) => ` The slice goes up to ${grouped(asked)}; NumPy stops at the end, without an error.`,
    after: (next) => ` n = ${next} would be empty: shape (0, 28, 28).`,
  },
  zh: {
    size: "批量大小",
    n: "批量 n",
    halve: "减半",
    double: "加倍",
    first: "第一批",
    previous: "上一批",
    next: "下一批",
    last: "最后一批",
    strip: "全部样本，方向键逐批移动",
    axis: (drawn) => (drawn ? "轴 0：样本，切成批量" : "轴 0：样本；批量太多，没有一一画出"),
    lens: "放大看：每个批量，它的 n 和起始下标",
    count: (count) => (count > 1 ? `${grouped(count)} 批` : "1 批"),
    kinds: (s) =>
      s.rest ? `${grouped(s.full)} 个整批，最后一批 ${grouped(s.rest)} 个` : s.count > 1 ? "全是整批" : "正好一个整批",
    which: (s) => (s.length > 1 ? `样本 ${grouped(s.start)} 到 ${grouped(s.stop - 1)}` : `样本 ${grouped(s.start)}`),
    sentence: (s, w) =>
      `${grouped(s.samples)} 个样本，每批 ${grouped(s.size)} 个，共 ${w.count(s.count)}：${w.kinds(s)}。n = ${s.n}：${s.slice}，${w.which(s)}，形状 ${s.shape}。`,
    over: (asked) => `切片写到 ${grouped(asked)}，NumPy 取到末尾为止，不报错。`,
    after: (next) => `n = ${next} 就是空的了：形状 (0, 28, 28)。`,
  },
};
const DRAWN = 60; // up to so many batches are drawn one by one on the bar of all samples
const SEEN = 5; // batches in the lens
const PAGE = 10; // batches that PageUp and PageDown skip

// ---- Computing -------------------------------------------------------------------------------

/**
 * How many batches there are, the short one included.
 *
 * @param {number} samples
 * @param {number} size
 */
export function count(samples, size) {
  return Math.ceil(samples / size);
}

/**
 * What the slice of batch n says: `x[size * n:size * (n + 1)]`.
 *
 * @param {number} size
 * @param {number} n
 * @returns {Pair}
 */
export function asked(size, n) {
  return [size * n, size * (n + 1)];
}

/**
 * What NumPy makes of it: both ends are cut off at the end of the array.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} n
 * @returns {Pair}
 */
export function bounds(samples, size, n) {
  const [start, stop] = asked(size, n);
  return [Math.min(start, samples), Math.min(stop, samples)];
}

/**
 * How many samples batch n holds; none past the end.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} n
 */
export function length(samples, size, n) {
  const [start, stop] = bounds(samples, size, n);
  return stop - start;
}

/**
 * The batch that a key leads to; null for any other key.
 *
 * @param {number} n
 * @param {number} count
 * @param {string} key
 */
export function step(n, count, key) {
  const target = {
    ArrowLeft: n - 1,
    ArrowDown: n - 1,
    ArrowRight: n + 1,
    ArrowUp: n + 1,
    PageDown: n - PAGE,
    PageUp: n + PAGE,
    Home: 0,
    End: count - 1,
  }[key];
  return target === undefined ? null : Math.min(count - 1, Math.max(0, target));
}

/**
 * The batch at a place on the bar of all samples, 0 its left end and 1 its right.
 *
 * @param {number} samples
 * @param {number} size
 * @param {number} place
 */
export function batchAt(samples, size, place) {
  const sample = Math.min(samples - 1, Math.max(0, Math.floor(place * samples)));
  return Math.floor(sample / size);
}

/**
 * The batch of another size that holds the first sample of this one.
 *
 * @param {number} n
 * @param {number} size
 * @param {number} newSize
 */
export function resized(n, size, newSize) {
  return Math.floor((n * size) / newSize);
}

/**
 * The batches that the lens shows, from the first up to but not including the last.
 *
 * @param {number} n
 * @param {number} count
 * @returns {Pair}
 */
export function seen(n, count) {
  const first = Math.max(0, Math.min(n - Math.floor(SEEN / 2), count - SEEN));
  return [first, Math.min(count, first + SEEN)];
}

/**
 * A whole number with a comma after each thousand.
 *
 * @param {number} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ samples, batch_size, batch, array }) {
  const within = (x, low, high) => Number.isInteger(x) && x >= low && x <= high;
  if (!within(samples, 1, 1e6)) return `samples is ${samples}, not 1 to 1000000`;
  if (!within(batch_size, 1, samples)) return `batch_size is ${batch_size}, not 1 to ${samples}`;
  const last = count(samples, batch_size) - 1;
  if (!within(batch, 0, last)) return `batch is ${batch}, not 0 to ${last}`;
  return typeof array === "string" && array ? null : "array is not a name";
}

// ---- Drawing ---------------------------------------------------------------------------------

function render({ model, el }) {
  const names = ["samples", "batch_size", "batch", "array"];
  const read = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(read());
  if (wrong) throw new Error(wrong);

  /** The numbers to draw; while a model takes over several, its batch may still be too high. */
  const state = () => {
    const { samples, batch_size, batch, array } = read();
    const size = Math.min(batch_size, samples),
      batches = count(samples, size);
    return { samples, size, batches, n: Math.min(batch, batches - 1), array };
  };

  const words = WORDS[model.get("language")];
  el.classList.add("gears-figure", "batch-walker");
  el.innerHTML = `
    <div class="strip" role="slider" tabindex="0" aria-label="${words.strip}"><div class="window"></div><div class="here"></div></div>
    <p class="ends"><span>0</span><span class="axis"></span><span class="end"></span></p>
    <svg class="beam" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><polygon></polygon></svg>
    <div class="lens" aria-hidden="true"></div>
    <p class="note">${words.lens}</p>
    <p class="code"><code class="rule"></code> <code class="slice"></code> <code class="shape"></code></p>
    <div class="controls">
      <button type="button" name="first">${words.first}</button>
      <button type="button" name="previous">${words.previous}</button>
      <button type="button" name="next">${words.next}</button>
      <button type="button" name="last">${words.last}</button>
      <label>${words.n} <input type="number" name="batch" min="0"></label>
    </div>
    <div class="controls">
      <label>${words.size} <input type="number" name="batch_size" min="1"></label>
      <button type="button" name="halve">${words.halve}</button>
      <button type="button" name="double">${words.double}</button>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("[tabindex], input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const strip = find(".strip"),
    lens = find(".lens");
  const fields = { batch: find("[name=batch]"), batch_size: find("[name=batch_size]") };

  const choose = (n) => {
    const { batches } = state();
    model.set("batch", Math.min(batches - 1, Math.max(0, n)));
    model.save_changes();
  };

  const resize = (wanted) => {
    const { samples, size, n } = state();
    const newSize = Math.min(samples, Math.max(1, wanted));
    model.set("batch_size", newSize); // first: it sets the range of the other
    model.set("batch", resized(n, size, newSize));
    model.save_changes();
  };

  /** A part of the bar from one sample to another, in per cent of its length. */
  function lay(element, samples, [start, stop]) {
    element.style.left = `min(${(100 * start) / samples}%, 100% - 3px)`; // never narrower than 3px
    element.style.width = `${(100 * (stop - start)) / samples}%`;
  }

  function drawStrip({ samples, size, batches, n }, [first, end]) {
    const drawn = batches <= DRAWN,
      period = (100 * size) / samples;
    strip.style.backgroundImage =
      drawn && batches > 1
        ? `repeating-linear-gradient(90deg, var(--gears-ground) 0 ${period}%, var(--gears-line) ${period}% ${2 * period}%)`
        : "none";
    /** @type {Pair} */
    const window = [size * first, Math.min(samples, size * end)];
    lay(find(".window"), samples, window);
    lay(find(".here"), samples, bounds(samples, size, n));
    find(".axis").textContent = words.axis(drawn);
    find(".end").textContent = grouped(samples - 1);
    const [left, right] = window.map((sample) => (100 * sample) / samples);
    const filled = (100 * (window[1] - window[0])) / (size * (end - first));
    find("polygon").setAttribute("points", `${left},0 ${right},0 ${filled},10 0,10`);
  }

  function drawLens({ samples, size, n }, [first, end]) {
    while (lens.children.length > end - first) lens.lastChild.remove();
    while (lens.children.length < end - first) {
      const box = document.createElement("div");
      box.className = "batch";
      box.innerHTML =
        '<div class="slot"><div class="filled"></div></div><b><span>n = </span><span class="n"></span></b><span class="start"></span>';
      lens.append(box);
    }
    [...lens.children].forEach((box, at) => {
      const own = first + at;
      box.dataset.n = own;
      box.classList.toggle("chosen", own === n);
      box.querySelector(".filled").style.width = `${(100 * length(samples, size, own)) / size}%`;
      box.querySelector(".n").textContent = own;
      box.querySelector(".start").textContent = grouped(size * own);
    });
  }

  function draw() {
    const now = state(),
      { samples, size, batches, n, array } = now;
    const range = seen(n, batches);
    drawStrip(now, range);
    drawLens(now, range);
    const [start, beyond] = asked(size, n),
      [, stop] = bounds(samples, size, n);
    const slice = `${array}[${start}:${beyond}]`,
      shape = `(${stop - start}, 28, 28)`;
    find(".rule").textContent = `${array}[${size} * n:${size} * (n + 1)]`;
    find(".slice").textContent = slice;
    find(".shape").textContent = shape;
    for (const [name, value, high] of [
      ["batch", n, batches - 1],
      ["batch_size", size, samples],
    ]) {
      fields[name].max = high;
      if (Number(fields[name].value) !== value || !fields[name].value) fields[name].value = value;
    }
    const sentence =
      words.sentence(
        {
          samples,
          size,
          n,
          start,
          stop,
          slice,
          shape,
          count: batches,
          length: stop - start,
          full: Math.floor(samples / size),
          rest: samples % size,
        },
        words,
      ) +
      (beyond > samples ? words.over(beyond) : "") +
      (n === batches - 1 ? words.after(batches) : "");
    for (const [name, value] of [
      ["min", 0],
      ["max", batches - 1],
      ["now", n],
    ]) {
      strip.setAttribute(`aria-value${name}`, value);
    }
    strip.setAttribute("aria-valuetext", slice);
    find("output").textContent = sentence;
  }

  const follow = (event) => {
    const { samples, size } = state(),
      box = strip.getBoundingClientRect();
    choose(batchAt(samples, size, (event.clientX - box.left) / box.width));
  };
  strip.addEventListener("pointerdown", (event) => {
    strip.setPointerCapture(event.pointerId);
    follow(event);
  });
  strip.addEventListener("pointermove", (event) => {
    if (strip.hasPointerCapture(event.pointerId)) follow(event);
  });
  strip.addEventListener("keydown", (event) => {
    const { n, batches } = state(),
      target = step(n, batches, event.key);
    if (target === null) return;
    event.preventDefault();
    choose(target);
  });
  lens.addEventListener("click", (event) => {
    const box = event.target.closest(".batch");
    if (box) choose(Number(box.dataset.n));
  });
  const actions = {
    first: () => choose(0),
    previous: () => choose(state().n - 1),
    next: () => choose(state().n + 1),
    last: () => choose(state().batches - 1),
    halve: () => resize(Math.floor(state().size / 2)),
    double: () => resize(2 * state().size),
  };
  for (const [name, act] of Object.entries(actions)) find(`[name=${name}]`).addEventListener("click", act);
  for (const [name, act] of Object.entries({ batch: choose, batch_size: resize })) {
    fields[name].addEventListener("input", ({ target }) => {
      const value = Number(target.value);
      if (target.value && Number.isInteger(value) && target.validity.valid) act(value);
    });
    fields[name].addEventListener("change", draw); // what was no number of the range goes back
  }

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
