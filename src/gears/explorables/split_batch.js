// A batch split over workers: time to compute, time to add up the gradients, speed-up.

import { dragging } from "./parts/dragging.js";

/** @import { Language } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {number} workers
 * @property {number} batch
 * @property {number} parameters
 * @property {number} per_sample
 * @property {number} fixed
 * @property {string} link
 */

const WORDS = {
  en: {
    workers: "workers",
    batch: "batch size",
    parameters: "parameters",
    sample: "per sample",
    link: "link",
    links: {
      machine: "local: 5 GB/s, 20 µs",
      fast: "10 Gbit/s, 50 µs",
      office: "1 Gbit/s, 100 µs",
      wifi: "Wi-Fi: 100 Mbit/s, 3 ms",
    },
    pad: "Number of workers, on the plot of the speed-up",
    said: (n, times) => `${n === 1 ? "1 worker" : `${n} workers`}, speed-up ${times}`,
    lone: "one worker alone",
    whole: (count) => `the batch: ${grouped(count)} ${count === 1 ? "sample" : "samples"}`,
    left: (unit, fixed, samples, adding) =>
      `time in <span class="unit">${unit}</span>, one row per worker: ${fixed}fixed cost,</span> ${samples}samples,</span> ${adding}all-reduce</span>`,
    right: (speed, ideal) => `speed-up against workers: ${speed}with this link,</span> ${ideal}ideal</span>`,
    stop: (n) => `stops at ${n}`,
    none: "no stop yet",
    note: "The worker with most samples sets the pace: the all-reduce begins when all have computed. Click or drag in the plot of the speed-up to choose the number of workers.",
    over: { machine: "within one machine", fast: "over 10 Gbit/s", office: "over 1 Gbit/s", wifi: "over Wi-Fi" },
    samples: (count) => (count === 1 ? "1 sample" : `${grouped(count)} samples`),
    alone: (s) => `1 worker: ${s.samples}, ${s.computing} computing, no gradients to add up. `,
    even: (s) => `${s.workers} workers: ${s.samples} each`,
    uneven: (s) => `${s.workers} workers: up to ${s.samples} each`,
    idle: (s) => `${s.workers} workers: 1 sample for ${s.batch} of them, none for the others`,
    times: (s) => `, ${s.computing} computing + ${s.adding} adding up gradients of ${s.parameters} numbers ${s.link}: `,
    faster: (times, percent) => `${times} times as fast as one, efficiency ${percent} %. `,
    slower: (times, percent) => `${times} times as long as one, efficiency ${percent} %. `,
    single: () => "One alone is fastest.",
    best: () => "More make it slower.",
    inside: (n, times) => `Fastest with ${n}: ${times} times; more make it slower.`,
    all: () => "No stop up to 8.",
    end: (n, times) => `Fastest with all ${n}: ${times} times.`,
  },
  zh: {
    workers: "工作进程",
    batch: "批量大小",
    parameters: "参数个数",
    sample: "每样本用时",
    link: "互连",
    links: {
      machine: "本机：5 GB/s，20 µs",
      fast: "10 Gbit/s，50 µs",
      office: "1 Gbit/s，100 µs",
      wifi: "Wi-Fi：100 Mbit/s，3 ms",
    },
    pad: "工作进程的个数，在加速比图上选",
    said: (n, times) => `${n} 个工作进程，加速比 ${times}`,
    lone: "只用一个",
    whole: (count) => `整个批量：${grouped(count)} 个样本`,
    left: (unit, fixed, samples, adding) =>
      `时间（<span class="unit">${unit}</span>），每行一个工作进程：${fixed}固定开销，</span>${samples}计算样本，</span>${adding}全归约</span>`,
    right: (speed, ideal) => `加速比随工作进程个数的变化：${speed}这种互连，</span>${ideal}理想情形</span>`,
    stop: (n) => `到 ${n} 个为止`,
    none: "还没到头",
    note: "样本最多的那个决定快慢：全都算完，全归约才开始。在加速比图上点按或拖动，可以选工作进程的个数。",
    over: { machine: "在本机内", fast: "经 10 Gbit/s 网络", office: "经 1 Gbit/s 网络", wifi: "经 Wi-Fi" },
    samples: (count) => `${grouped(count)} 个样本`,
    alone: (s) => `1 个工作进程：${s.samples}，计算用 ${s.computing}，没有梯度要相加。`,
    even: (s) => `${s.workers} 个工作进程：每个 ${s.samples}`,
    uneven: (s) => `${s.workers} 个工作进程：每个最多 ${s.samples}`,
    idle: (s) => `${s.workers} 个工作进程：其中 ${s.batch} 个各有 1 个样本，其余空闲`,
    times: (s) => `，计算用 ${s.computing}，相加梯度（${s.parameters} 个数，${s.link}）用 ${s.adding}。`,
    faster: (times, percent) => `加速比 ${times}，效率 ${percent}%。`,
    slower: (times, percent) => `比单独一个还慢，耗时是它的 ${times} 倍，效率 ${percent}%。`,
    single: () => "只用一个最快。",
    best: () => "再多反而更慢。",
    inside: (n, times) => `${n} 个最快，加速比 ${times}，再多反而更慢。`,
    all: () => "到 8 个还没有到头。",
    end: (n, times) => `${n} 个全用上最快，加速比 ${times}。`,
  },
};
const MOST = 8; // workers
/** The link between two workers: bytes a second, and seconds until the first of them arrives. */
export const LINKS = { machine: [5e9, 2e-5], fast: [1.25e9, 5e-5], office: [1.25e8, 1e-4], wifi: [1.25e7, 3e-3] };
// what the sliders offer
const BATCHES = Array.from({ length: 12 }, (_, at) => 4 * 2 ** at);
const PARAMETERS = [407050, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9];
const PER_SAMPLE = ["-6", "-5", "-4", "-3", "-2"].flatMap((power) =>
  ["1", "2", "5"].map((digit) => Number(`${digit}e${power}`)),
);

// ---- Computing -------------------------------------------------------------------------------

const workersUpToMost = Array.from({ length: MOST }, (_, at) => at + 1);

/**
 * How many samples each worker has: as even as can be, the first ones one more.
 *
 * @param {number} batch
 * @param {number} workers
 */
export function shares(batch, workers) {
  return Array.from({ length: workers }, (_, at) => Math.floor(batch / workers) + (at < batch % workers ? 1 : 0));
}

/**
 * Seconds of a step with so many workers: computing at the slowest one, and adding up the gradients.
 *
 * @param {State} state
 * @param {number} workers
 */
export function stepTime({ batch, parameters, per_sample, fixed, link }, workers) {
  const [bandwidth, latency] = LINKS[link];
  const sent = ((2 * (workers - 1)) / workers) * 4 * parameters;
  return [fixed + Math.ceil(batch / workers) * per_sample, sent / bandwidth + 2 * (workers - 1) * latency];
}

/** Seconds of a step with 1 to 8 workers. */
function stepTimes(state) {
  return workersUpToMost.map((n) => {
    const [computing, adding] = stepTime(state, n);
    return computing + adding;
  });
}

/**
 * How many times as fast as one worker 1 to 8 of them are.
 *
 * @param {State} state
 */
export function speedUps(state) {
  const times = stepTimes(state);
  return times.map((time) => times[0] / time);
}

/**
 * The number of workers that is fastest; of several the smallest.
 *
 * @param {number[]} speed
 */
export function fastest(speed) {
  return speed.indexOf(Math.max(...speed)) + 1;
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
 * A unit that suits so many seconds, and how many of it are in one.
 *
 * @param {number} seconds
 * @returns {[string, number]}
 */
function unitOf(seconds) {
  if (seconds * 1e6 < 999.5) return ["µs", 1e6];
  return seconds * 1e3 < 999.5 ? ["ms", 1e3] : ["s", 1];
}

/**
 * A time with two digits at least.
 *
 * @param {number} seconds
 */
export function duration(seconds) {
  const [unit, scale] = unitOf(seconds),
    value = seconds * scale;
  return `${value < 9.95 ? (Math.floor(value * 10 + 0.5) / 10).toFixed(1) : grouped(Math.floor(value + 0.5))} ${unit}`;
}

/** How many times as much, with two decimals if it is less than a hundred. */
function ratio(value) {
  return value < 99.995 ? (Math.floor(value * 100 + 0.5) / 100).toFixed(2) : grouped(Math.floor(value + 0.5));
}

/**
 * Round values from 0 on, four or five of them up to `most`.
 *
 * @param {number} most
 */
export function ticks(most) {
  const power = 10 ** Math.floor(Math.log10(most / 4)),
    step = [5, 2, 1].map((digit) => digit * power).find((size) => size <= most / 4) ?? power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => Number((at * step).toPrecision(6)));
}

/** The place of the nearest of some values, by their ratio. */
function nearest(values, value) {
  const far = values.map((one) => Math.abs(Math.log(one / value)));
  return far.indexOf(Math.min(...far));
}

/**
 * The number of workers that a key leads to; null for any other key.
 *
 * @param {number} workers
 * @param {string} key
 */
export function step(workers, key) {
  const target = {
    ArrowLeft: workers - 1,
    ArrowDown: workers - 1,
    ArrowRight: workers + 1,
    ArrowUp: workers + 1,
    Home: 1,
    End: MOST,
  }[key];
  return target === undefined ? null : Math.max(1, Math.min(MOST, target));
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ workers, batch, parameters, per_sample, fixed, link }) {
  const between = (x, low, high) => Number.isFinite(x) && x >= low && x <= high;
  const whole = (x, high) => Number.isInteger(x) && between(x, 1, high);
  if (!whole(workers, MOST)) return `workers is ${workers}, not 1 to ${MOST}`;
  if (!whole(batch, 65536)) return `batch is ${batch}, not 1 to 65536`;
  if (!whole(parameters, 1e10)) return `parameters is ${parameters}, not 1 to 10000000000`;
  if (!between(per_sample, 1e-7, 1)) return `per_sample is ${per_sample}, not 1e-7 to 1`;
  if (!between(fixed, 0, 10)) return `fixed is ${fixed}, not 0 to 10`;
  return Object.hasOwn(LINKS, link) ? null : `link is ${link}`;
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, state) {
  const words = WORDS[language],
    { workers, batch } = state,
    speed = speedUps(state);
  const [computing, adding] = stepTime(state, workers).map(duration);
  const facts = {
    workers,
    batch,
    computing,
    adding,
    samples: words.samples(Math.ceil(batch / workers)),
    parameters: grouped(state.parameters),
    link: words.over[state.link],
  };
  let said = words[workers === 1 ? "alone" : batch < workers ? "idle" : batch % workers ? "uneven" : "even"](facts);
  if (workers > 1) {
    const gain = speed[workers - 1],
      percent = gain / workers < 0.005 ? "<1" : Math.floor((100 * gain) / workers + 0.5);
    said += words.times(facts) + words[gain >= 1 ? "faster" : "slower"](ratio(Math.max(gain, 1 / gain)), percent);
  }
  const best = fastest(speed);
  const stop =
    best === 1 ? "single" : best < MOST ? (workers === best ? "best" : "inside") : workers === best ? "all" : "end";
  return said + words[stop](best, ratio(speed[best - 1]));
}

// ---- Drawing ---------------------------------------------------------------------------------

const WIDTH = 320,
  HEIGHT = 236; // of a plot, in its own units
const STEP = { left: 22, right: 306, first: 60, pitch: 19, bar: 13, bottom: 214 }; // of the workers' rows
const PLOT = { left: 26, right: 314, top: 24, bottom: 214 }; // of the speed-up
const NAMES = ["workers", "batch", "parameters", "per_sample", "fixed", "link"];

const place = (x) => Number(x.toFixed(2));
const key = (kind, mark) =>
  `<span class="entry"><svg class="key" viewBox="0 0 26 12" aria-hidden="true"><g class="${kind}">${mark}</g></svg> `; // closed after its word
const bar = (kind, x, width, y, height) =>
  `<rect class="${kind}" x="${place(x)}" y="${y}" width="${place(width)}" height="${height}"></rect>`;
/** Stripes are dashes of a thick line. */
const striped = (x, width, y, height) =>
  `${bar("adding", x, width, y, height)}<path class="stripes" stroke-width="${height}" d="M${place(x)} ${y + height / 2}h${place(width)}"></path>`;

/** The batch in parts, and below it each worker's time: all on one scale, whatever the number of workers. */
function stepPicture(state, words) {
  const { workers, batch, fixed, per_sample } = state,
    { left, right, first, pitch, bottom } = STEP;
  const times = stepTimes(state),
    most = Math.max(...times),
    [, scale] = unitOf(most),
    parts = shares(batch, workers);
  const long = (seconds) => ((right - left) * seconds) / most;
  const [computing, adding] = stepTime(state, workers),
    alone = left + long(times[0]);
  let begin = left;
  const split = parts.filter(Boolean).map((part) => {
    const width = ((right - left) * part) / batch,
      x = begin;
    begin += width;
    return `${bar("part", x, width, 18, 18)}<text class="count" x="${place(x + width / 2)}" y="27.5">${grouped(part)}</text>`;
  });
  const axis = ticks(most * scale).map((value) => {
    const x = place(left + long(value / scale));
    return `<path class="notch" d="M${x} ${bottom}v4"></path><text class="middle tick" x="${x}" y="${bottom + 14}">${grouped(value)}</text>`;
  });
  const rows = workersUpToMost.map((n) => {
    const y = first + (n - 1) * pitch;
    if (n > workers) return `<path class="free" d="M${left} ${y + STEP.bar / 2}H${right}"></path>`;
    return `<text class="middle" x="${left - 11}" y="${y + STEP.bar / 2 + 0.5}">${n}</text>${bar("fixed", left, long(fixed), y, STEP.bar)}${bar("computing", left + long(fixed), long(parts[n - 1] * per_sample), y, STEP.bar)}${workers > 1 ? striped(left + long(computing), long(adding), y, STEP.bar) : ""}`;
  });
  return `<text x="${left}" y="9">${words.whole(batch)}</text>${split.join("")}
    <path class="axes" d="M${left} ${first - 8}V${bottom}H${right}"></path>${axis.join("")}${rows.join("")}
    <path class="lone" d="M${place(alone)} ${first - 8}V${bottom}"></path><text class="${alone > WIDTH / 2 ? "before" : ""}" x="${place(alone)}" y="${first - 15}">${words.lone}</text>`;
}

/** Where so many workers, so many times as fast, are in the plot whose vertical axis goes up to `top`. */
function spot(n, times, top) {
  return [
    PLOT.left + ((n - 0.5) / MOST) * (PLOT.right - PLOT.left),
    PLOT.bottom - (times / top) * (PLOT.bottom - PLOT.top),
  ].map(place);
}

/** The number of workers at a place of the plot. */
function workersAt(x) {
  return Math.max(1, Math.min(MOST, Math.floor(((x - PLOT.left) / (PLOT.right - PLOT.left)) * MOST) + 1));
}

/** The speed-up for each number of workers, the line where nothing is lost, and where it stops. */
function speedPicture(state, words) {
  const speed = speedUps(state),
    { workers } = state,
    best = fastest(speed),
    { left, right, top, bottom } = PLOT;
  const high = [2, 4].find((end) => 1.2 * speed[best - 1] <= end) ?? 8;
  const at = (n, times = speed[n - 1]) => spot(n, times, high),
    width = (right - left) / MOST;
  const up = Array.from({ length: high === 8 ? 5 : high + 1 }, (_, n) => (high === 8 ? 2 * n : n)).map((value) => {
    const [, y] = at(1, value);
    return `<path class="across" d="M${left} ${y}H${right}"></path><text class="before level" x="${left - 6}" y="${y}">${value}</text>`;
  });
  const [x, y] = at(workers),
    [bx, by] = at(best),
    [, level] = at(1, 1);
  const [side, sx, sy] =
    best === 1 ? ["", bx + 15, by - 12] : best < 7 ? ["middle", bx, by + 20] : ["before", right - 2, by + 26]; // where no line runs
  return `${bar("chosen", left + (workers - 1) * width, width, top - 10, bottom - top + 10)}${up.join("")}
    <path class="par" d="M${left} ${level}H${right}"></path><path class="ideal" d="M${at(1, 1)}L${at(high, high)}"></path><path class="axes" d="M${left} ${top - 10}V${bottom}H${right}"></path>
    ${workersUpToMost.map((n) => `<text class="middle worker${n === workers ? " now" : ""}" x="${at(n)[0]}" y="${bottom + 14}">${n}</text>`).join("")}
    <polyline class="speed" points="${workersUpToMost.map((n) => at(n)).join(" ")}"></polyline>${workersUpToMost.map((n) => `<circle class="speed-dot" cx="${at(n)[0]}" cy="${at(n)[1]}" r="3"></circle>`).join("")}
    <path class="best" d="M${bx} ${by - 9}l9 9l-9 9l-9 -9Z"></path><text class="words ${side}" x="${sx}" y="${sy}">${best < MOST ? words.stop(best) : words.none}</text>
    <circle class="here" cx="${x}" cy="${y}" r="5"></circle><text class="now middle" x="${x}" y="${Math.max(8, y - 15)}">${ratio(speed[workers - 1])}</text>`;
}

function render({ model, el }) {
  const state = () => /** @type {State} */ (Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  const sliders = { batch: BATCHES, parameters: PARAMETERS, per_sample: PER_SAMPLE };
  const range = (name, word, low, high) =>
    `<label><span class="name">${words[word]}</span><input type="range" name="${name}" min="${low}" max="${high}"><span class="number"></span></label>`;
  const plot = (side, attributes) =>
    `<div class="side ${side}"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" ${attributes}></svg><p></p></div>`;
  el.classList.add("gears-figure", "split-batch");
  el.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the keys
  el.innerHTML = `
    <div class="plots">${plot("step", 'aria-hidden="true"')}${plot("gain", `tabindex="0" role="slider" aria-label="${words.pad}" aria-valuemin="1" aria-valuemax="${MOST}"`)}</div>
    <div class="controls settings">
      ${range("workers", "workers", 1, MOST)}
      <label><span class="name">${words.link}</span><select name="link">${Object.keys(LINKS)
        .map((name) => `<option value="${name}">${words.links[name]}</option>`)
        .join("")}</select></label>
      ${range("batch", "batch", 0, BATCHES.length - 1)}${range("parameters", "parameters", 0, PARAMETERS.length - 1)}${range("per_sample", "sample", 0, PER_SAMPLE.length - 1)}
    </div>
    <output></output>
    <p class="note">${words.note}</p>`;
  const find = (selector) => el.querySelector(selector),
    field = (name) => find(`[name=${name}]`);
  const pad = find(".gain svg");
  find(".gain p").innerHTML = words.right(
    key("", '<path class="speed" d="M0 6H26"></path><circle class="speed-dot" cx="13" cy="6" r="3"></circle>'),
    key("", '<path class="ideal" d="M0 6H26"></path>'),
  );

  const change = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };

  function draw() {
    const now = state(),
      said = ratio(speedUps(now)[now.workers - 1]);
    find(".step svg").innerHTML = stepPicture(now, words);
    find(".step p").innerHTML = words.left(
      unitOf(Math.max(...stepTimes(now)))[0],
      key("", bar("fixed", 1, 24, 1, 10)),
      key("", bar("computing", 1, 24, 1, 10)),
      key("", striped(1, 24, 1, 10)),
    );
    pad.innerHTML = speedPicture(now, words);
    pad.setAttribute("aria-valuenow", now.workers);
    pad.setAttribute("aria-valuetext", words.said(now.workers, said));
    field("link").value = now.link;
    const texts = {
      workers: now.workers,
      batch: grouped(now.batch),
      parameters: grouped(now.parameters),
      per_sample: duration(now.per_sample).replace(".0", ""),
    };
    for (const [name, text] of Object.entries(texts)) {
      field(name).value = name === "workers" ? now.workers : nearest(sliders[name], now[name]);
      field(name).setAttribute("aria-valuetext", text);
      field(name).nextElementSibling.textContent = text;
    }
    find("output").textContent = sentence(language, now);
  }

  field("link").addEventListener("input", ({ target }) => change("link", target.value));
  field("workers").addEventListener("input", ({ target }) => change("workers", Number(target.value)));
  for (const [name, values] of Object.entries(sliders)) {
    field(name).addEventListener("input", ({ target }) => change(name, values[Number(target.value)]));
  }

  dragging(
    pad,
    () =>
      ([across]) =>
        change("workers", workersAt(across * WIDTH)),
  );
  pad.addEventListener("keydown", (event) => {
    const target = step(model.get("workers"), event.key);
    if (target === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    change("workers", target);
  });

  for (const name of NAMES) model.on(`change:${name}`, draw);
  draw();
  return () => NAMES.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
