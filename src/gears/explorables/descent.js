// Gradient descent over two weights: the path on a loss surface, and the loss along it.

import { contour } from "./parts/contour.js";
import { dragging } from "./parts/dragging.js";
import { batches, Lehmer } from "./parts/lehmer.js";

/** @import { Language, Pair } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {string} surface
 * @property {Pair} start
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number | "all"} batch_size
 * @property {number} seed
 * @property {number} steps
 * @property {number[][]} features
 * @property {number[]} labels
 */

const WORDS = {
  en: {
    surface: "Loss surface",
    rate: "learning rate",
    momentum: "momentum",
    batch: "batch size",
    all: "all",
    seed: "seed",
    from: "start",
    steps: "steps",
    step: "One step",
    run: "Run",
    pause: "Pause",
    reset: "Back to the start",
    pad: "Start of the path; arrow keys move it",
    curve: "loss against steps",
    note: "Diamond: start; ring: end. The stronger a contour line, the lower the loss. In the loss curve dashes mark the steps at which the loss rose. Drag the start, or focus the plot and use the arrow keys.",
    bowl: "Round bowl",
    valley: "Long valley",
    saddle: "Saddle",
    wells: "Two wells",
    digits: "Loss on real digits",
    count: (n) => (n === 0 ? "no step" : n === 1 ? "1 step" : `${n} steps`),
    drawn: (s, n) =>
      s.batch_size === "all"
        ? `, every step on all ${n} samples`
        : `, ${s.batch_size} of ${n} samples a step, seed ${s.seed}`,
    head: (s) =>
      `${s.name}: ${s.steps} from ${s.start} with learning rate ${s.rate} and momentum ${s.momentum}${s.drawn}.`,
    there: (first) => ` The loss there is ${first}.`,
    same: (_first, last) => ` The loss ended where it began, at ${last}`,
    fell: (first, last) => ` The loss fell from ${first} to ${last}`,
    rose: (first, last) => ` The loss rose from ${first} to ${last}`,
    diverged: (first, last) => ` It diverged: far outside the plot, the loss is ${last}, from ${first} at the start`,
    left: (first, last) => ` Downhill it left the plot far behind: the loss went from ${first} to ${last}`,
    rises: (n) => (n === 0 ? "; it rose at no step." : n === 1 ? "; it rose at 1 step." : `; it rose at ${n} steps.`),
    small: "less than 0.0001",
    large: "more than a million",
  },
  zh: {
    surface: "损失曲面",
    rate: "学习率",
    momentum: "动量",
    batch: "批量大小",
    all: "全部",
    seed: "种子",
    from: "起点",
    steps: "步数",
    step: "走一步",
    run: "连续走",
    pause: "暂停",
    reset: "回到起点",
    pad: "路径的起点，用方向键移动",
    curve: "损失随步数的变化",
    note: "菱形是起点，圆圈是终点。等高线越浓，损失越低。损失曲线上的虚线，是损失上升的那几步。可以拖动起点，也可以选中图，再按方向键。",
    bowl: "圆碗",
    valley: "长谷",
    saddle: "鞍面",
    wells: "双谷",
    digits: "真实数字的损失",
    count: (n) => (n === 0 ? "还没有走" : `走了 ${n} 步`),
    drawn: (s, n) =>
      s.batch_size === "all"
        ? `，每步用全部 ${n} 个样本`
        : `，每步用 ${n} 个样本中的 ${s.batch_size} 个，种子 ${s.seed}`,
    head: (s) => `${s.name}：从 ${s.start} 出发，${s.steps}，学习率 ${s.rate}，动量 ${s.momentum}${s.drawn}。`,
    there: (first) => `那里的损失是 ${first}。`,
    same: (_first, last) => `损失是 ${last}，和出发时一样`,
    fell: (first, last) => `损失从 ${first} 降到 ${last}`,
    rose: (first, last) => `损失从 ${first} 升到 ${last}`,
    diverged: (first, last) => `它发散了，远远跑出图外，损失从 ${first} 变成 ${last}`,
    left: (first, last) => `它顺坡而下，远远跑出图外，损失从 ${first} 变成 ${last}`,
    rises: (n) => (n === 0 ? "，没有一步上升。" : `，其中 ${n} 步上升。`),
    small: "不到 0.0001",
    large: "一百万以上",
  },
};
const MOST = 200; // steps
const REACH = 4; // of the start's coordinates
const HALF = [3, 2]; // of the plot
const FAR = 10; // a path ends so many halves from the middle of the plot
const TINY = 1e-9; // a change of the loss that is none
const BATCH_SIZES = [1, 8, 32, "all"];
// Only products, quotients and sums, in the order in which Python takes them: so even a path
// that wanders without end is the same to the last bit.
export const SURFACES = {
  bowl: {
    loss: ([x, y]) => (x * x + y * y) / 2,
    gradient: ([x, y]) => [x, y],
    start: [-2.4, 1.4],
    middle: [0, 0],
    levels: [0.05, 0.2, 0.5, 1, 1.7, 2.6, 3.7, 5],
  },
  valley: {
    loss: ([x, y]) => (x * x + 20 * y * y) / 2,
    gradient: ([x, y]) => [x, 20 * y],
    start: [-2.6, 1.2],
    middle: [0, 0],
    levels: [0.2, 1, 2.4, 4.4, 8, 13, 19, 26, 34],
  },
  saddle: {
    loss: ([x, y]) => (x * x - y * y) / 2,
    gradient: ([x, y]) => [x, -y],
    start: [-2.4, 0.1],
    middle: [0, 0],
    levels: [-1.5, -1, -0.5, -0.15, 0, 0.15, 0.5, 1, 1.6, 2.4, 3.4],
  },
  wells: {
    loss: ([x, y]) => ((x * x - 3) * (x * x - 3)) / 12 + x / 5 + (y * y) / 2,
    gradient: ([x, y]) => [(x * (x * x - 3)) / 3 + 1 / 5, y],
    start: [2.8, 1.2],
    middle: [0, 0],
    levels: [-0.3, -0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 1.3, 1.9, 2.7, 3.6],
  },
  digits: { start: [-1.5, -0.5], middle: [1, 1], levels: [0.33, 0.36, 0.42, 0.5, 0.65, 0.85, 1.1, 1.4, 1.8, 2.3] }, // made of the samples
};

// ---- Computing -------------------------------------------------------------------------------

/** The loss as a function of the two weights; on the digits' surface, over all samples. */
function lossOf({ surface, features, labels }) {
  if (surface !== "digits") return SURFACES[surface].loss;
  return ([u, v]) => {
    let sum = 0;
    for (let at = 0; at < labels.length; at++) {
      const score = features[at][0] * u + features[at][1] * v;
      sum += Math.max(score, 0) - labels[at] * score + Math.log1p(Math.exp(-Math.abs(score)));
    }
    return sum / labels.length;
  };
}

/** The gradient of the loss on one batch after another. */
function gradients({ features, labels, batch_size, seed }) {
  const all = labels.map((_, at) => at);
  const drawn = batch_size === "all" ? null : batches(labels.length, batch_size, new Lehmer(seed));
  return ([u, v]) => {
    const now = drawn ? drawn.next().value : all,
      sum = [0, 0];
    for (const row of now) {
      const [x, y] = features[row],
        error = 1 / (1 + Math.exp(-(x * u + y * v))) - labels[row];
      sum[0] += error * x;
      sum[1] += error * y;
    }
    return sum.map((total) => total / now.length);
  };
}

const isNear = (w, middle) => w.every((x, k) => Math.abs(x - middle[k]) <= FAR * HALF[k]);

/**
 * The places from the start on: steps + 1 of them, fewer if the path ran far away.
 *
 * @param {State} state
 */
export function path(state) {
  const { surface, start, learning_rate, momentum, steps } = state,
    { middle } = SURFACES[surface];
  const gradient = SURFACES[surface].gradient ?? gradients(state);
  /** @type {number[][]} */
  const places = [start];
  /** @type {number[]} */
  let w = start;
  let velocity = [0, 0];
  while (places.length <= steps && isNear(w, middle)) {
    const slope = gradient(w);
    velocity = velocity.map((v, k) => momentum * v - learning_rate * slope[k]);
    w = w.map((x, k) => x + velocity[k]);
    places.push(w);
  }
  return places;
}

/**
 * The loss at each place of the path.
 *
 * @param {State} state
 */
export function lossesAlong(state) {
  return path(state).map(lossOf(state));
}

/** How a path went, by its losses. */
function went(losses, isFar) {
  const change = losses.at(-1) - losses[0];
  if (losses.length === 1) return "there";
  if (isFar) return change > 0 ? "diverged" : "left";
  if (Math.abs(change) <= TINY) return "same";
  return change < 0 ? "fell" : "rose";
}

const doesRise = (losses, at) => losses[at + 1] - losses[at] > TINY;

/**
 * A number with up to so many decimals.
 *
 * @param {number} value
 * @param {number} decimals
 */
export function rounded(value, decimals) {
  const text = (Math.floor(value * 10 ** decimals + 0.5) / 10 ** decimals).toFixed(decimals);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function shown(loss, words) {
  if (loss > 1e6) return words.large;
  if (loss > 0 && loss < 1e-4) return words.small;
  return rounded(loss, Math.abs(loss) < 100 ? 4 : 0);
}

/**
 * The start that an arrow key leads to; null for any other key.
 *
 * @param {Pair} start
 * @param {string} key
 * @param {string} surface
 */
export function moved(start, key, surface) {
  const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  return by
    ? within(
        start.map((x, k) => x + by[k] / 10),
        surface,
      )
    : null;
}

/**
 * The nearest place in a surface's plot with two decimals.
 *
 * @param {number[]} place
 * @param {string} surface
 */
export function within(place, surface) {
  return place.map((x, k) => {
    const middle = SURFACES[surface].middle[k];
    return Math.round(100 * Math.max(middle - HALF[k], Math.min(middle + HALF[k], x))) / 100;
  });
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ surface, start, learning_rate, momentum, batch_size, seed, steps, features, labels }) {
  const between = (x, low, high) => Number.isFinite(x) && x >= low && x <= high;
  const whole = (x, high) => Number.isInteger(x) && between(x, 0, high);
  if (!Object.hasOwn(SURFACES, surface)) return `surface is ${surface}`;
  if (!(start?.length === 2 && start.every((x) => between(x, -REACH, REACH))))
    return "start is not two numbers from -4 to 4";
  if (!between(learning_rate, 0.001, 4)) return `learning_rate is ${learning_rate}, not 0.001 to 4`;
  if (!between(momentum, 0, 0.99)) return `momentum is ${momentum}, not 0 to 0.99`;
  if (!BATCH_SIZES.includes(batch_size)) return `batch_size is ${batch_size}`;
  if (!whole(seed, 9999)) return `seed is ${seed}, not 0 to 9999`;
  if (!whole(steps, MOST)) return `steps is ${steps}, not 0 to ${MOST}`;
  if (!features?.every((row) => row.length === 2) || labels?.length !== features.length)
    return "features and labels do not fit together";
  return surface === "digits" && !labels.length ? "there are no samples" : null;
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, state) {
  const words = WORDS[language],
    places = path(state),
    losses = places.map(lossOf(state));
  const said = words.head({
    name: words[state.surface],
    steps: words.count(places.length - 1),
    start: `(${state.start.map((x) => rounded(x, 2)).join(", ")})`,
    rate: rounded(state.learning_rate, 4),
    momentum: rounded(state.momentum, 2),
    drawn: state.surface === "digits" ? words.drawn(state, state.labels.length) : "",
  });
  const kind = went(losses, !isNear(places.at(-1), SURFACES[state.surface].middle));
  const how = words[kind](shown(losses[0], words), shown(losses.at(-1), words));
  return said + how + (kind === "there" ? "" : words.rises(losses.filter((_, at) => doesRise(losses, at)).length));
}

// ---- Drawing ---------------------------------------------------------------------------------

const UNIT = 50; // of the plot, in its own units
const [WIDTH, HEIGHT] = HALF.map((half) => 2 * half * UNIT);
const CURVE = { left: 50, right: 192, top: 8, bottom: 172 };
const NAMES = ["surface", "start", "learning_rate", "momentum", "batch_size", "seed", "steps", "features", "labels"];

const decimal = (x) => Math.round(Math.max(-2000, Math.min(2000, x)) * 10) / 10;
const line = (places) => places.map((place) => place.map(decimal).join()).join(" ");

/** The contours and axes of a plot, which only depend on the surface. */
function ground(state, place) {
  const { middle, levels } = SURFACES[state.surface],
    loss = lossOf(state);
  const corner = middle.map((x, k) => x - HALF[k]),
    density = state.surface === "digits" ? 8 : 20; // a sum over samples takes its time
  const grid = Array.from({ length: 2 * HALF[1] * density + 1 }, (_, row) =>
    Array.from({ length: 2 * HALF[0] * density + 1 }, (_, column) =>
      loss([corner[0] + column / density, corner[1] + row / density]),
    ),
  );
  const contours = levels.map((level, at) => {
    const pieces = contour(grid, corner, density, level).map(
      ([x, y, u, v]) => `M${place([x, y]).map(decimal)}L${place([u, v]).map(decimal)}`,
    );
    return `<path class="contour" stroke-opacity="${(1 - (0.7 * at) / (levels.length - 1)).toFixed(2)}" d="${pieces.join("")}"></path>`;
  });
  const ticks = [0, 1].flatMap((k) =>
    [-1, 0, 1].map((by) => {
      const value = middle[k] + by * (HALF[k] - 1),
        at = decimal(place(k ? [middle[0], value] : [value, middle[1]])[k]);
      const text = `${value}`.replace("-", "−");
      return k
        ? `<text x="5" y="${at}">${text}</text>`
        : `<text class="below" x="${at}" y="${HEIGHT - 9}">${text}</text>`;
    }),
  );
  return `${contours.join("")}<g class="ticks">${ticks.join("")}<text class="below" x="${WIDTH - 14}" y="${HEIGHT - 9}">w₀</text><text x="5" y="11">w₁</text></g>`;
}

/** The loss along the path: steps to the right, loss upwards, from the lowest to the highest. */
function curve(losses, words) {
  const { left, right, top, bottom } = CURVE,
    last = Math.max(losses.length - 1, 1);
  const low = Math.min(...losses),
    high = Math.max(...losses),
    range = high - low || 1;
  const size = (loss) =>
    (loss > 1e6 ? "> 10⁶" : loss > 0 && loss < 1e-4 ? "< 10⁻⁴" : shown(loss, words)).replace("-", "−");
  const at = (step) => [
    left + ((right - left) * step) / last,
    bottom - ((bottom - top) * (losses[step] - low)) / range,
  ];
  const pieces = { falls: "", rises: "" };
  losses
    .slice(1)
    .forEach(
      (_, step) =>
        (pieces[doesRise(losses, step) ? "rises" : "falls"] +=
          `M${at(step).map(decimal)}L${at(step + 1).map(decimal)}`),
    );
  const end = at(losses.length - 1).map(decimal);
  return `<path class="frame" d="M${left} ${top}V${bottom}H${right}"></path>
    <text class="beside" x="${left - 5}" y="${top}">${size(high)}</text>${high === low ? "" : `<text class="beside" x="${left - 5}" y="${bottom}">${size(low)}</text>`}
    <text class="below" x="${left}" y="${bottom + 14}">0</text><text class="below" x="${right - 6}" y="${bottom + 14}">${losses.length - 1}</text>
    <path class="falls" d="${pieces.falls}"></path><path class="rises" d="${pieces.rises}"></path><circle class="end" cx="${end[0]}" cy="${end[1]}" r="4"></circle>`;
}

function render({ model, el }) {
  const state = () => /** @type {State} */ (Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  const surfaces = Object.keys(SURFACES).filter((name) => name !== "digits" || model.get("labels").length);
  const option = (value, text) => `<option value="${value}">${text}</option>`;
  const name = (of) => `<span class="name">${words[of]}</span>`;
  const number = (name, label, low, high, step) =>
    `<input type="number" name="${name}" min="${low}" max="${high}" step="${step}" aria-label="${label}">`;
  el.classList.add("gears-figure", "descent");
  el.innerHTML = `
    <div class="plots">
      <svg class="pad" viewBox="0 0 ${WIDTH} ${HEIGHT}" tabindex="0" role="application" aria-label="${words.pad}"><g class="ground"></g><polyline class="way"></polyline><g class="dots"></g><circle class="end" r="5"></circle><path class="start" d="M0 -8L8 0L0 8L-8 0Z"></path></svg>
      <div class="side"><svg class="curve" viewBox="0 0 200 190" aria-hidden="true"></svg><p>${words.curve}</p></div>
    </div>
    <div class="controls">
      <button type="button" name="step">${words.step}</button><button type="button" name="run"></button><button type="button" name="reset">${words.reset}</button>
    </div>
    <div class="controls settings">
      <label>${name("surface")}<select name="surface">${surfaces.map((surface) => option(surface, words[surface])).join("")}</select></label>
      <label>${name("steps")}<input type="range" name="steps" min="0" max="${MOST}"><span class="number"></span></label>
      <label>${name("rate")}<input type="range" name="power" min="-3" max="0.6" step="0.05" aria-label="${words.rate}">${number("learning_rate", words.rate, 0.001, 4, "any")}</label>
      <label>${name("momentum")}<input type="range" name="momentum" min="0" max="0.99" step="0.01"><span class="number"></span></label>
      <label>${name("from")}${number("start0", `${words.from} w₀`, -REACH, REACH, 0.1)}${number("start1", `${words.from} w₁`, -REACH, REACH, 0.1)}</label>
      <label class="drawing">${name("batch")}<select name="batch_size">${BATCH_SIZES.map((size) => option(size, size === "all" ? words.all : size)).join("")}</select><span>${words.seed}</span>${number("seed", words.seed, 0, 9999, 1)}</label>
    </div>
    <output></output>
    <p class="note">${words.note}</p>`;
  const find = (selector) => el.querySelector(selector),
    field = (name) => find(`[name=${name}]`);
  for (const control of el.querySelectorAll("[tabindex], input, select, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const pad = find(".pad");
  const place = (/** @type {number[]} */ [x, y]) => {
    const { middle } = SURFACES[model.get("surface")];
    return [WIDTH / 2 + (x - middle[0]) * UNIT, HEIGHT / 2 - (y - middle[1]) * UNIT];
  };
  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };

  /** @type {string | null} */
  let drawn = null; // the surface whose contours are there
  function draw() {
    const now = state(),
      places = path(now),
      losses = places.map(lossOf(now));
    if (now.surface !== drawn) find(".ground").innerHTML = ground(now, place);
    drawn = now.surface;
    const there = places.map(place);
    find(".way").setAttribute("points", line(there));
    find(".dots").innerHTML = there
      .slice(1, -1)
      .map(([x, y]) => `<circle cx="${decimal(x)}" cy="${decimal(y)}" r="1.8"></circle>`)
      .join("");
    find(".start").setAttribute("transform", `translate(${there[0]})`);
    const end = there[there.length - 1].map(decimal);
    find(".pad .end").setAttribute("cx", end[0]);
    find(".pad .end").setAttribute("cy", end[1]);
    find(".curve").innerHTML = curve(losses, words);
    const values = {
      surface: now.surface,
      batch_size: now.batch_size,
      seed: now.seed,
      steps: now.steps,
      momentum: now.momentum,
      learning_rate: now.learning_rate,
      power: Math.log10(now.learning_rate),
      start0: now.start[0],
      start1: now.start[1],
    };
    for (const [name, value] of Object.entries(values)) {
      if (!field(name).matches("[type=number]:focus") || Number(field(name).value) !== value) field(name).value = value;
    }
    field("power").setAttribute("aria-valuetext", now.learning_rate);
    field("momentum").nextElementSibling.textContent = rounded(now.momentum, 2);
    field("steps").nextElementSibling.textContent = places.length - 1;
    find(".drawing").classList.toggle("idle", now.surface !== "digits");
    for (const name of ["batch_size", "seed"]) field(name).disabled = now.surface !== "digits";
    find("output").textContent = sentence(language, now);
  }

  const taken = () => path(state()).length - 1;
  /** So many steps more; false if the path had come to its end. */
  function forward(by) {
    const before = taken();
    change({ steps: Math.min(MOST, before + by) });
    const after = taken();
    if (after !== model.get("steps")) change({ steps: after });
    return after > before;
  }
  /** @type {number | null} */
  let timer = null;
  function pause() {
    clearInterval(timer ?? undefined);
    timer = null;
    field("run").textContent = words.run;
  }
  /** Moves because it was asked to: step by step, or at once for those who want no motion. */
  function run() {
    const end = path(state()).at(-1);
    if (model.get("steps") === MOST || !isNear(end, SURFACES[model.get("surface")].middle)) change({ steps: 0 });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return forward(MOST);
    field("run").textContent = words.pause;
    timer = setInterval(() => {
      if (!forward(1)) pause();
    }, 60);
  }
  field("run").addEventListener("click", () => (timer ? pause() : run()));
  field("step").addEventListener("click", () => forward(1));
  field("reset").addEventListener("click", () => {
    pause();
    change({ steps: 0 });
  });

  /** Takes a control's value over if the state may have it. */
  const accept = (values) => {
    if (!problem({ ...state(), ...values })) change(values);
  };
  const listen = (name, values) => {
    field(name).addEventListener(
      "input",
      ({ target }) => target.value !== "" && accept(values(Number(target.value), target.value)),
    );
    field(name).addEventListener("blur", draw); // what could not be taken over goes back
  };
  for (const name of ["learning_rate", "momentum", "seed", "steps"]) listen(name, (value) => ({ [name]: value }));
  listen("power", (power) => ({ learning_rate: Number((10 ** power).toPrecision(2)) }));
  listen("surface", (_, surface) => ({ surface, start: SURFACES[surface].start }));
  listen("batch_size", (size, text) => ({ batch_size: text === "all" ? text : size }));
  listen("start0", (x) => ({ start: [x, model.get("start")[1]] }));
  listen("start1", (y) => ({ start: [model.get("start")[0], y] }));

  dragging(pad, () => ([across, down]) => {
    const surface = model.get("surface"),
      { middle } = SURFACES[surface];
    const start = [middle[0] + (2 * across - 1) * HALF[0], middle[1] + (1 - 2 * down) * HALF[1]];
    change({ start: within(start, surface) });
  });
  pad.addEventListener("keydown", (event) => {
    const start = moved(model.get("start"), event.key, model.get("surface"));
    if (!start || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    change({ start });
  });

  const changing = NAMES.slice(0, 7); // all but the samples
  for (const name of changing) model.on(`change:${name}`, draw);
  pause();
  draw();
  return () => {
    pause();
    changing.forEach((name) => model.off(`change:${name}`, draw));
  };
}

export default { render };
