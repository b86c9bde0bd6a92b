// A small network that learns to tell points of the plane apart, step by step.

import { contour } from "./parts/contour.js";
import { Lehmer } from "./parts/lehmer.js";
import { pace } from "./parts/pace.js";
import { hiddenLayer, Training } from "./parts/training.js";

/** @import { Language, Pair } from "./types.d.ts" */
/** @import { Activation, Network } from "./parts/training.js" */
/**
 * @typedef {object} State
 * @property {string} samples
 * @property {[number, number, number][]} points
 * @property {number} units
 * @property {Activation} activation
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number | "all"} batch_size
 * @property {number} seed
 * @property {number} steps
 * @property {number[]} axes
 */

const WORDS = {
  en: {
    samples: "points",
    units: "hidden units",
    activation: "activation",
    rate: "learning rate",
    momentum: "momentum",
    batch: "batch size",
    seed: "seed",
    all: "all",
    start: "Start",
    pause: "Pause",
    step: "One step",
    reset: "Reset",
    undo: "Undo",
    clear: "Clear",
    put: "A click puts",
    circle: "a circle",
    triangle: "a triangle",
    plane: "The plane; arrow keys move the cursor, Enter puts a point there, Delete removes the nearest",
    border: "the plane, and the border the network draws",
    space: "the hidden layer, axes",
    axis: "axis",
    curve: "loss over all points",
    note: "Filled: the network is right; hollow: it is wrong. Tinted: where it says triangle. With two hidden units the border is a straight line in their space; with more, the cut lies across more axes than can be drawn.",
    live: (steps, loss, right, count) => `step ${steps} · loss ${loss} · right ${right}/${count}`,
    xor: "XOR",
    moons: "Two moons",
    ring: "A circle in a ring",
    spirals: "Two spirals",
    own: "Your own points",
    empty: "There are no points yet: choose a mark and put some on the plane.",
    head: (s) =>
      `${s.name}, ${s.count === 1 ? "1 point" : `${s.count} points`}; ${s.units === 1 ? "1 hidden unit" : `${s.units} hidden units`}, ${s.activate}, learning rate ${s.learning_rate}, momentum ${s.momentum}, ${s.batch_size === "all" ? "all points in every step" : `batches of ${s.batch_size}`}, seed ${s.seed}.`,
    relu: "relu",
    tanh: "tanh",
    none: "no activation",
    small: "less than 0.001",
    before: ({ loss, right, count }) =>
      ` Before the first step the loss is ${loss}, and ${right} of ${count} are right.`,
    after: ({ steps, first, loss, right, count }) =>
      ` After ${steps === 1 ? "1 step" : `${steps} steps`} the loss is ${loss}, from ${first} at the start, and ${right} of ${count} are right.`,
    diverged: ({ steps, first, right, count }) =>
      ` It diverged: at step ${steps} the loss is above 3, from ${first} at the start, and ${right} of ${count} are right.`,
    straight: " With no activation the border is a straight line.",
  },
  zh: {
    samples: "点",
    units: "隐藏单元",
    activation: "激活函数",
    rate: "学习率",
    momentum: "动量",
    batch: "批量大小",
    seed: "种子",
    all: "全部",
    start: "开始",
    pause: "暂停",
    step: "走一步",
    reset: "从头来",
    undo: "撤销",
    clear: "清空",
    put: "点一下，放",
    circle: "一个圆点",
    triangle: "一个三角",
    plane: "平面：方向键移动光标，回车在那里放一个点，Delete 删去最近的点",
    border: "平面，和网络画出的分界线",
    space: "隐藏层的空间，轴",
    axis: "轴",
    curve: "全部点上的损失",
    note: "实心：网络判对了；空心：判错了。着色的一侧，网络判为三角。两个隐藏单元时，分界线在它们的空间里是一条直线；单元更多，那一刀就切在更多的轴上，纸上画不出来。",
    live: (steps, loss, right, count) => `${steps} 步 · 损失 ${loss} · 对 ${right}/${count}`,
    xor: "异或",
    moons: "双月",
    ring: "环中圆",
    spirals: "双螺线",
    own: "自己画的点",
    empty: "还没有点：先选一种记号，再往平面上放几个点。",
    head: (s) =>
      `${s.name}，${s.count} 个点；${s.units} 个隐藏单元，${s.activate}，学习率 ${s.learning_rate}，动量 ${s.momentum}，${s.batch_size === "all" ? "每步用全部的点" : `每批 ${s.batch_size} 个`}，种子 ${s.seed}。`,
    relu: "relu",
    tanh: "tanh",
    none: "不用激活函数",
    small: "不到 0.001",
    before: ({ loss, right, count }) => `一步未走，损失是 ${loss}，${count} 个点对了 ${right} 个。`,
    after: ({ steps, first, loss, right, count }) =>
      `走了 ${steps} 步，损失从 ${first} 变成 ${loss}，${count} 个点对了 ${right} 个。`,
    diverged: ({ steps, first, right, count }) =>
      `它发散了：第 ${steps} 步，损失从 ${first} 涨到 3 以上，${count} 个点对了 ${right} 个。`,
    straight: "没有激活函数，分界线就是一条直线。",
  },
};
const COUNT = 100; // points of each preset
const MOST_POINTS = 200; // of one's own
const MOST = 1000; // steps
/** @type {Pair} */
const HALF = [2, 1.5]; // of the plane
const DIVERGED = 3; // a mean loss above this ends the training
const LARGEST_RATES = { 0: 3, 0.5: 0.3, 0.9: 0.1 }; // for each momentum: beyond, the training may be chaotic
const OPTIONS = {
  samples: ["xor", "moons", "ring", "spirals", "own"],
  units: [1, 2, 3, 4, 5, 6, 7, 8],
  activation: ["relu", "tanh", "none"],
  learning_rate: [0.01, 0.03, 0.1, 0.3, 1, 3],
  momentum: [0, 0.5, 0.9],
  batch_size: [10, 25, "all"],
};

// ---- Computing -------------------------------------------------------------------------------

const hundredths = (x) => Math.floor(100 * x + 0.5) / 100;

/**
 * The points of a preset: [x, y, class].
 *
 * @param {string} name
 */
export function preset(name) {
  const drawn = new Lehmer(0).uniform(-1, 1, 3 * COUNT);
  return Array.from({ length: COUNT }, (_, at) => {
    const label = at % 2,
      side = 1 - 2 * label,
      u = drawn[at],
      v = drawn[COUNT + at],
      w = drawn[2 * COUNT + at];
    const part = (u + 1) / 2,
      right = u < 0 ? -1 : 1;
    let place;
    if (name === "xor") place = [0.8 * right + 0.35 * v, 0.8 * right * side + 0.35 * w];
    else if (name === "moons")
      place = [side * (Math.cos(Math.PI * part) - 0.5) + 0.15 * v, side * (Math.sin(Math.PI * part) - 0.25) + 0.15 * w];
    else if (name === "ring") {
      const radius = label ? 1.1 + 0.15 * v : 0.6 * Math.sqrt((v + 1) / 2);
      place = [radius * Math.cos(Math.PI * u), radius * Math.sin(Math.PI * u)];
    } else {
      const turn = 1.5 * Math.PI * part,
        radius = side * (0.2 + 1.05 * part);
      place = [radius * Math.cos(turn) + 0.06 * v, radius * Math.sin(turn) + 0.06 * w];
    }
    return [...place.map(hundredths), label];
  });
}

/**
 * The straight cut in the hidden layer's space: a weight for each unit, and a constant.
 *
 * @param {Network} network
 */
export function cut({ units, arrays: [, , kernel, bias] }) {
  return {
    weights: Array.from({ length: units }, (_, unit) => kernel[2 * unit + 1] - kernel[2 * unit]),
    constant: bias[1] - bias[0],
  };
}

/**
 * By how much the score of class 1 is above that of class 0, for each place [x, y].
 *
 * @param {Network} network
 * @param {number[][]} places
 */
export function margins(network, places) {
  const { weights, constant } = cut(network);
  return places.map(([x, y]) => {
    const values = hiddenLayer(network, [x, y]);
    let sum = constant;
    for (let unit = 0; unit < values.length; unit++) sum += values[unit] * weights[unit];
    return sum;
  });
}

/**
 * The two units whose values move the margins of these points most.
 *
 * @param {Network} network
 * @param {number[][]} points
 */
export function telling(network, points) {
  const { weights } = cut(network),
    values = points.map(([x, y]) => hiddenLayer(network, [x, y]));
  const moves = weights.map((weight, unit) => {
    const its = values.map((all) => all[unit]);
    return [Math.abs(weight) * (Math.max(...its) - Math.min(...its)), unit];
  });
  return moves
    .sort(([a, i], [b, j]) => b - a || i - j)
    .slice(0, 2)
    .map(([, unit]) => unit)
    .sort();
}

/** A training on some points, with the loss over all of them, first and after each step. */
class Run {
  /** @param {Omit<State, "steps" | "axes">} state */
  constructor({ samples, points, ...settings }) {
    this.points = samples === "own" ? points : preset(samples);
    const count = this.points.length,
      batch_size = settings.batch_size === "all" ? count : settings.batch_size;
    const data = {
      samples: Float64Array.from(this.points.flatMap((point) => point.slice(0, 2))),
      labels: this.points.map((point) => point[2]),
    };
    this.training = count ? new Training(data, { ...settings, classes: 2, batch_size }) : null;
    this.losses = [];
    if (count) this.#measure();
  }

  /** Asked for only where there are points. */
  get #trained() {
    return /** @type {Training} */ (this.training);
  }

  get steps() {
    return this.losses.length - 1;
  }

  /** Whether no step can follow: it diverged, or there is nothing to train on. */
  get isOver() {
    return !(this.losses.at(-1) <= DIVERGED);
  }

  isRight() {
    return margins(this.#trained.network, this.points).map((margin, at) => margin > 0 === (this.points[at][2] === 1));
  }

  step() {
    this.#trained.step();
    this.#measure();
  }

  /** As many steps as wanted, until it diverges. */
  reach(steps) {
    while (this.steps < steps && !this.isOver) this.step();
    return this;
  }

  #measure() {
    const losses = margins(this.#trained.network, this.points).map((margin, at) => {
      const wrong = this.points[at][2] ? -margin : margin;
      return Math.max(wrong, 0) + Math.log1p(Math.exp(-Math.abs(wrong)));
    });
    this.losses.push(losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
  }
}

/**
 * What a state has learned: its losses, and its weights.
 *
 * @param {State} state
 */
export function trained(state) {
  const { losses, training } = new Run(state).reach(state.steps);
  return { losses, network: /** @type {Training} */ (training).network };
}

const shown = (loss, words) => (loss < 0.001 ? words.small : (Math.floor(loss * 1000 + 0.5) / 1000).toFixed(3));

function report(language, state, run) {
  const words = WORDS[language],
    count = run.points.length;
  if (!count) return words.empty;
  const said = words.head({ ...state, name: words[state.samples], count, activate: words[state.activation] });
  const right = run.isRight().filter(Boolean).length,
    { steps, losses } = run;
  const kind = run.isOver ? "diverged" : steps ? "after" : "before";
  const how = words[kind]({ steps, right, count, first: shown(losses[0], words), loss: shown(losses.at(-1), words) });
  return said + how + (state.activation === "none" ? words.straight : "");
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, state) {
  return report(language, state, new Run(state).reach(state.steps));
}

/**
 * The nearest place of the plane with two decimals.
 *
 * @param {number[]} place
 */
export function within(place) {
  return place.map((x, k) => hundredths(Math.max(-HALF[k], Math.min(HALF[k], x))));
}

/**
 * The number of the point nearest to a place, if one is near; else -1.
 *
 * @param {number[][]} points
 * @param {number[]} place
 */
function nearest(points, [x, y]) {
  const distances = points.map(([u, v]) => Math.hypot(u - x, v - y)),
    least = Math.min(...distances);
  return least <= 0.25 ? distances.indexOf(least) : -1;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem(state) {
  const { points, learning_rate, momentum, seed, steps, axes } = state;
  for (const [name, values] of Object.entries(OPTIONS)) {
    const value = state[/** @type {keyof typeof OPTIONS} */ (name)];
    if (!(/** @type {unknown[]} */ (values).includes(value))) return `${name} is ${value}`;
  }
  if (learning_rate > LARGEST_RATES[momentum])
    return `learning_rate is ${learning_rate}, too large for momentum ${momentum}`;
  const whole = (x, high) => Number.isInteger(x) && x >= 0 && x <= high;
  if (!whole(seed, 9999)) return `seed is ${seed}, not 0 to 9999`;
  if (!whole(steps, MOST)) return `steps is ${steps}, not 0 to ${MOST}`;
  const isPoint = (point) =>
    point?.length === 3 && HALF.every((half, k) => Math.abs(point[k]) <= half) && whole(point[2], 1);
  if (!(points?.length <= MOST_POINTS && points.every(isPoint)))
    return "points are not places in the plane with a class";
  return (axes?.length === 0 || axes?.length === 2) && axes.every((unit) => whole(unit, 7)) ? null : `axes are ${axes}`;
}

// ---- Drawing ---------------------------------------------------------------------------------

const UNIT = 100,
  DENSITY = 15; // of the plane: its own units, and places tried along each
const COLUMNS = 2 * HALF[0] * DENSITY + 1,
  ROWS = 2 * HALF[1] * DENSITY + 1;
const GRID = Array.from({ length: ROWS }, (_, row) =>
  Array.from({ length: COLUMNS }, (_, column) => [column / DENSITY - HALF[0], row / DENSITY - HALF[1]]),
);
const SPACE = [240, 170],
  CURVE = { left: 34, right: 232, top: 8, bottom: 78 };
const SYNCHRONOUS = 20,
  BETWEEN = 100; // milliseconds of steps at once, and between two pictures
const FRAME_STEPS = 4; // so that training can be watched
const NAMES = [
  "samples",
  "points",
  "units",
  "activation",
  "learning_rate",
  "momentum",
  "batch_size",
  "seed",
  "steps",
  "axes",
];

const decimal = (x) => Math.round(Math.max(-2000, Math.min(2000, x)) * 10) / 10;
/** @type {(place: number[]) => Pair} */
const onPlane = ([x, y]) => [(x + HALF[0]) * UNIT, (HALF[1] - y) * UNIT];

/** The marks of points at some places: outlines for each class, right and wrong. */
function marks(places, points, isRight, r) {
  const outlines = ["", "", "", ""];
  places.forEach((place, at) => {
    const [x, y] = place.map(decimal),
      label = points[at][2];
    outlines[label + 2 * Number(!isRight[at])] += label
      ? `M${x} ${decimal(y - 1.25 * r)}l${1.15 * r} ${2 * r}h${-2.3 * r}Z`
      : `M${x} ${decimal(y - r)}a${r} ${r} 0 1 0 .01 0Z`;
  });
  return outlines
    .map((d, at) => `<path class="${["circle", "triangle"][at % 2]}${at > 1 ? " wrong" : ""}" d="${d}"></path>`)
    .join("");
}

/** The part of a box in which a function that is straight is positive: corners, and its border. */
function half(box, value) {
  const [[left, top], [right, bottom]] = box,
    corners = [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
  const inside = [],
    border = [];
  corners.forEach((one, at) => {
    const two = corners[(at + 1) % 4],
      a = value(one),
      b = value(two);
    if (a > 0) inside.push(one);
    if (a > 0 === b > 0) return;
    const place = one.map((x, k) => x + (a / (a - b)) * (two[k] - x));
    inside.push(place);
    border.push(place);
  });
  return { inside, border };
}

function render({ model, el }) {
  const state = () => /** @type {State} */ (Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  const select = (name, values, label = "") =>
    `<select name="${name}"${label && ` aria-label="${label}"`}>${values.map(([value, text]) => `<option value="${value}">${text}</option>`).join("")}</select>`;
  const setting = (name, label) =>
    `<label><span class="name">${words[label]}</span>${select(
      name,
      OPTIONS[name].map((value) => [value, words[value] ?? value]),
    )}</label>`;
  const button = (name) => `<button type="button" name="${name}">${words[name]}</button>`;
  const units = OPTIONS.units.map((unit) => [unit - 1, `h${"₀₁₂₃₄₅₆₇"[unit - 1]}`]);
  el.classList.add("gears-figure", "playground");
  el.innerHTML = `
    <div class="views">
      <div class="left"><div class="field"><canvas width="${COLUMNS}" height="${ROWS}"></canvas><svg class="pad" viewBox="0 0 400 300" tabindex="0" role="application" aria-label="${words.plane}"><path class="axes" d="M0 150H400M200 0V300"></path><text x="386" y="164">x₀</text><text x="214" y="13">x₁</text><path class="edge"></path><g class="marks"></g><path class="at" d="M-9 0H-3M3 0H9M0 -9V-3M0 3V9"></path></svg></div><p>${words.border}</p><p class="live" aria-hidden="true"></p></div>
      <div class="side">
        <svg class="space" viewBox="0 0 ${SPACE.join(" ")}" aria-hidden="true"></svg>
        <p><span>${words.space}</span> ${select("axis0", units, `${words.axis} 1`)}${select("axis1", units, `${words.axis} 2`)}</p>
        <svg class="curve" viewBox="0 0 240 96" aria-hidden="true"></svg>
        <p>${words.curve}</p>
      </div>
    </div>
    <div class="controls">${button("start")}${button("step")}${button("reset")}<span class="put"><label>${words.put} ${select(
      "mark",
      [
        [0, `● ${words.circle}`],
        [1, `▲ ${words.triangle}`],
      ],
    )}</label>${button("undo")}${button("clear")}</span></div>
    <div class="controls settings">
      ${setting("samples", "samples")}${setting("units", "units")}${setting("activation", "activation")}${setting("learning_rate", "rate")}${setting("momentum", "momentum")}${setting("batch_size", "batch")}
      <label><span class="name">${words.seed}</span><input type="number" name="seed" min="0" max="9999"></label>
    </div>
    <output></output>
    <p class="note">${words.note}</p>`;
  const find = (selector) => el.querySelector(selector),
    field = (name) => find(`[name=${name}]`);
  for (const control of el.querySelectorAll("[tabindex], input, select, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const pad = find(".pad"),
    canvas = find("canvas").getContext("2d");
  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };

  let run,
    settings,
    axes,
    cursor = [0, 0],
    painted = 0,
    told = 0;

  function paintPlane(network, isRight) {
    const grid = GRID.map((row) => margins(network, row)),
      image = canvas.createImageData(COLUMNS, ROWS);
    grid.forEach((row, at) =>
      row.forEach((margin, column) => {
        const share = 1 / (1 + Math.exp(-margin));
        const pixel = 4 * ((ROWS - 1 - at) * COLUMNS + column);
        image.data[pixel] = 179;
        image.data[pixel + 1] = 89;
        image.data[pixel + 3] = 90 * share * share; // paper where it says circle
      }),
    );
    canvas.putImageData(image, 0, 0);
    find(".edge").setAttribute(
      "d",
      contour(grid, [-HALF[0], -HALF[1]], DENSITY, 0)
        .map(([x, y, u, v]) => `M${onPlane([x, y]).map(decimal)}L${onPlane([u, v]).map(decimal)}`)
        .join(""),
    );
    find(".marks").innerHTML = marks(run.points.map(onPlane), run.points, isRight, 4.5);
  }

  function paintSpace(network, isRight) {
    const one = network.units === 1,
      values = run.points.map(([x, y]) => hiddenLayer(network, [x, y]));
    const [i, j] = axes,
      pairs = values.map((all, at) => [all[i], one ? 0.5 - run.points[at][2] : all[j]]);
    const range = [0, 1].map((k) => {
      const low = Math.min(0, ...pairs.map((pair) => pair[k])),
        high = Math.max(0, ...pairs.map((pair) => pair[k])),
        room = 0.1 * (high - low) || 1;
      return [low - room, high + room];
    });
    if (one) range[1] = [-2, 2];
    const scale = range.map(([low, high], k) => SPACE[k] / (high - low));
    const place = ([a, b]) => [(a - range[0][0]) * scale[0], (range[1][1] - b) * scale[1]];
    const origin = place([0, 0]).map(decimal),
      { weights, constant } = cut(network);
    let side = "";
    if (network.units <= 2) {
      const corners = range[0].map((x, k) => [x, range[1][k]]);
      const { inside, border } = half(corners, ([a, b]) => constant + weights[0] * a + (one ? 0 : weights[1] * b));
      const text = (places) => places.map((corner) => place(corner).map(decimal).join()).join(" ");
      side = `<polygon class="tint" points="${text(inside)}"></polygon><polyline class="edge" points="${text(border)}"></polyline>`;
    }
    const name = (unit) => units[unit][1];
    find(".space").innerHTML =
      `${side}<path class="axes" d="M0 ${origin[1]}H240${one ? "" : `M${origin[0]} 0V170`}"></path>${marks(pairs.map(place), run.points, isRight, 3.6)}
      <text x="229" y="${origin[1] > 150 ? origin[1] - 9 : origin[1] + 11}">${name(i)}</text>${one ? "" : `<text x="${origin[0] > 215 ? origin[0] - 11 : origin[0] + 11}" y="10">${name(j)}</text>`}`;
  }

  function paintCurve() {
    const { losses } = run,
      { left, right, top, bottom } = CURVE,
      last = Math.max(run.steps, 1),
      high = Math.max(...losses);
    const every = Math.ceil(losses.length / 400),
      points = losses.map((loss, step) => [
        left + ((right - left) * step) / last,
        bottom - ((bottom - top) * loss) / high,
      ]);
    const line = points
        .filter((_, step) => step % every === 0 || step === run.steps)
        .map((point) => point.map(decimal).join())
        .join(" "),
      end = points.at(-1).map(decimal);
    find(".curve").innerHTML =
      `<path class="axes" d="M${left} ${top}V${bottom}H${right}"></path><text class="beside" x="${left - 5}" y="${top}">${high.toFixed(2)}</text><text class="beside" x="${left - 5}" y="${bottom}">0</text>
      <text x="${left}" y="${bottom + 11}">0</text><text x="${right - 8}" y="${bottom + 11}">${run.steps}</text><polyline class="loss" points="${line}"></polyline><circle class="end" cx="${end[0]}" cy="${end[1]}" r="3"></circle>`;
  }

  function paint() {
    const now = state(),
      isEmpty = !run.training,
      runs = running.runs();
    painted = performance.now();
    if (isEmpty) {
      canvas.clearRect(0, 0, COLUMNS, ROWS);
      find(".edge").setAttribute("d", "");
      for (const view of [".marks", ".space", ".curve"]) find(view).innerHTML = "";
      find(".live").textContent = "\u00a0";
    } else {
      const { network } = run.training,
        isRight = run.isRight();
      if (now.axes.every((unit) => unit < now.units) && now.axes.length) axes = now.axes;
      else if (!runs || !axes) axes = telling(network, run.points); // they do not change places while one watches
      paintPlane(network, isRight);
      paintSpace(network, isRight);
      paintCurve();
      find(".live").textContent = words.live(
        run.steps,
        shown(run.losses.at(-1), words),
        isRight.filter(Boolean).length,
        run.points.length,
      );
    }
    for (const name of Object.keys(OPTIONS)) field(name).value = now[name];
    for (const name of ["learning_rate", "momentum"]) {
      for (const option of field(name).options)
        option.disabled = Boolean(problem({ ...now, [name]: Number(option.value) }));
    }
    if (!field("seed").matches(":focus") || Number(field("seed").value) !== now.seed) field("seed").value = now.seed;
    for (const k of [0, 1]) {
      field(`axis${k}`).value = axes?.[k] ?? "";
      field(`axis${k}`).disabled = now.units < 3 || isEmpty;
    }
    for (const name of ["undo", "clear"]) field(name).disabled = now.samples !== "own" || isEmpty;
    field("start").textContent = runs ? words.pause : words.start;
    find(".at").setAttribute("transform", `translate(${onPlane(cursor)})`);
    if (runs && painted - told < 1000) return; // a reader who listens needs time to hear it
    told = painted;
    find("output").textContent = report(language, now, run);
  }

  const work = (until) => () => {
    if (run.steps < until() && !run.isOver) run.step();
    return run.steps < until() && !run.isOver;
  };
  const catching = pace(
    work(() => model.get("steps")),
    (more) => more || paint(),
  );
  const running = pace(
    work(() => MOST),
    (more) => {
      if (!more || performance.now() - painted >= BETWEEN) change({ steps: run.steps });
      if (!more) paint();
    },
    FRAME_STEPS,
  );

  /** Brings the training to what the model says: from the seed again if a setting is another. */
  function update() {
    const { steps, axes: _, ...rest } = state(),
      key = JSON.stringify(rest);
    if (key !== settings || steps < run.steps) {
      running.stop();
      catching.stop();
      settings = key;
      run = new Run(rest);
      axes = null;
    }
    for (const end = performance.now() + SYNCHRONOUS; run.steps < steps && !run.isOver && performance.now() < end; )
      run.step();
    if (run.steps < steps && !run.isOver) catching.start();
    paint();
  }

  field("start").addEventListener("click", () => {
    if (running.runs()) {
      running.stop();
      change({ steps: run.steps });
      return paint();
    }
    if (!run.training) return;
    const from = run.isOver || run.steps === MOST ? 0 : run.steps;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return change({ steps: Math.min(MOST, from + 100) });
    change({ steps: from });
    catching.stop();
    running.start();
    paint();
  });
  field("step").addEventListener("click", () => {
    running.stop();
    if (run.training) change({ steps: Math.min(MOST, run.steps + 1) });
    paint();
  });
  field("reset").addEventListener("click", () => {
    running.stop();
    change({ steps: 0 });
    paint();
  });

  for (const name of Object.keys(OPTIONS)) {
    field(name).addEventListener("change", ({ target }) =>
      change({ [name]: OPTIONS[name].find((value) => String(value) === target.value) }),
    );
  }
  field("seed").addEventListener("input", ({ target }) => {
    if (target.value !== "" && !problem({ ...state(), seed: Number(target.value) }))
      change({ seed: Number(target.value) });
  });
  field("seed").addEventListener("blur", paint); // what could not be taken over goes back
  for (const k of [0, 1]) {
    field(`axis${k}`).addEventListener("change", ({ target }) =>
      change({ axes: axes.map((unit, at) => (at === k ? Number(target.value) : unit)) }),
    );
  }

  const own = (points) => change({ points: points.slice(-MOST_POINTS), samples: "own" });
  const put = () => own([...run.points, [...cursor, Number(field("mark").value)]]);
  field("undo").addEventListener("click", () => own(run.points.slice(0, -1)));
  field("clear").addEventListener("click", () => own([]));
  pad.addEventListener("click", (event) => {
    const box = pad.getBoundingClientRect();
    cursor = within([
      ((event.clientX - box.left) / box.width - 0.5) * 2 * HALF[0],
      (0.5 - (event.clientY - box.top) / box.height) * 2 * HALF[1],
    ]);
    put();
  });
  pad.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const isPut = event.key === "Enter" || event.key === " ",
      isDelete = event.key === "Delete" || event.key === "Backspace";
    if (event.ctrlKey || event.altKey || event.metaKey || !(by || isPut || isDelete)) return;
    event.preventDefault();
    if (by) {
      cursor = within(cursor.map((x, k) => x + by[k] / 10));
      find(".at").setAttribute("transform", `translate(${onPlane(cursor)})`);
    } else if (isPut) put();
    else {
      const gone = nearest(run.points, cursor);
      if (gone >= 0) own(run.points.filter((_, at) => at !== gone));
    }
  });

  for (const name of NAMES) model.on(`change:${name}`, update);
  update();
  return () => {
    running.stop();
    catching.stop();
    for (const name of NAMES) model.off(`change:${name}`, update);
  };
}

export default { render };
