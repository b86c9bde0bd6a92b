// A small network that learns to read digits while the reader watches, beside its run in NumPy.

import { fileOf } from "./parts/files.js";
import { Lehmer } from "./parts/lehmer.js";
import { pace } from "./parts/pace.js";
import { forward, initialNetwork, Training } from "./parts/training.js";

/** @import { Network } from "./parts/training.js" */
/** @import { Language } from "./types.d.ts" */
/**
 * @typedef {{ losses: number[], accuracies: number[], network: Network }} Progress
 *
 * @typedef {object} State
 * @property {number[]} losses
 * @property {number[]} accuracies
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number} steps
 */

const WORDS = {
  en: {
    start: "Train",
    pause: "Pause",
    step: "One step",
    epoch: "One epoch",
    reset: "Back to the start",
    learning_rate: "learning rate",
    momentum: "momentum",
    loss: "loss of each step's batch, by step",
    accuracy: "test images read right, by epoch",
    legend: "Thin and grey, rings: NumPy. Strong, dots: this browser, on top.",
    loading: "The digits are on their way: 0.5 MB, only this once.",
    failed: (why) => `The digits could not be loaded (${why}). Press a button to try again.`,
    none: (rate, momentum) => `No step taken yet, with learning rate ${rate} and momentum ${momentum}.`,
    numpy: (steps, rate, momentum, first, last, right) =>
      ` In NumPy, ${steps} steps with learning rate ${rate} and momentum ${momentum} took the loss from ${first} to ${last}; then ${right}% of the 1,000 test images are read right.`,
    steps: (steps, rate, momentum, first, last) =>
      `${steps} of ${MOST} steps with learning rate ${rate} and momentum ${momentum}: the loss is ${first} on the first batch, ${last} on the latest.`,
    right: (epoch, right) => ` After epoch ${epoch}, ${right}% of the 1,000 test images are read right.`,
    same: (difference) => ` Largest difference from NumPy's losses so far: ${difference}.`,
    other: " The run in NumPy had other settings, so the curves part.",
    tiny: "less than 0.000001",
    weights: "The weights into each of the 32 hidden units. Red is above zero, blue below.",
    random: (largest) => `32 pictures of 28 by 28 weights: random, none larger than ${largest}`,
    shaped: (largest, before, same) =>
      `32 pictures of 28 by 28 weights: the largest has the size ${largest}, at the start ${before}. At ${same} of the 784 pixels, where no digit had ink, all weights are as they began; the others have moved and form strokes and blots`,
  },
  zh: {
    start: "训练",
    pause: "暂停",
    step: "走一步",
    epoch: "走一轮",
    reset: "回到起点",
    learning_rate: "学习率",
    momentum: "动量",
    loss: "每一步那一批的损失（横轴：步）",
    accuracy: "测试图像读对的比例（横轴：轮）",
    legend: "灰色的细线和圆圈是 NumPy，盖在上面的粗线和圆点是这个浏览器",
    loading: "正在取数字图像，0.5 MB，只取这一次。",
    failed: (why) => `数字图像没能取到（${why}）。按任意一个按钮再试一次。`,
    none: (rate, momentum) => `还没有开始训练，学习率 ${rate}，动量 ${momentum}。`,
    numpy: (steps, rate, momentum, first, last, right) =>
      `NumPy 用学习率 ${rate}、动量 ${momentum} 训练了 ${steps} 步，损失从 ${first} 降到 ${last}，1,000 张测试图像读对了 ${right}%。`,
    steps: (steps, rate, momentum, first, last) =>
      `学习率 ${rate}，动量 ${momentum}，全程 ${MOST} 步，走完了 ${steps} 步。第一批的损失是 ${first}，最近一批是 ${last}。`,
    right: (epoch, right) => `第 ${epoch} 轮结束时，1,000 张测试图像读对了 ${right}%。`,
    same: (difference) => `到现在为止，与 NumPy 损失的最大差值：${difference}。`,
    other: "NumPy 那次用的是另一组设置，所以两条曲线会分开。",
    tiny: "不到 0.000001",
    weights: "进入 32 个隐藏单元的权重，一个单元一幅。红色大于零，蓝色小于零。",
    random: (largest) => `32 幅 28×28 的权重图：随机抽取，大小不超过 ${largest}`,
    shaped: (largest, before, same) =>
      `32 幅 28×28 的权重图：最大的权重大小为 ${largest}，开始时是 ${before}。784 个像素里有 ${same} 个从来没有墨，那里的权重一点没变；其余的都动了，连成笔画和斑块`,
  },
};
const IMAGES = 2000,
  TESTS = 1000,
  PIXELS = 784; // in files/digits.bin
const SIZES = { units: 32, classes: 10, batch_size: 50, seed: 1 };
const EPOCH = IMAGES / SIZES.batch_size; // steps
const MOST = 12 * EPOCH;
const RATES = [0.005, 0.02, 0.05, 0.2, 0.5],
  MOMENTA = [0, 0.5, 0.9];
const NUMPY = [0.05, 0.9]; // learning rate and momentum of the run to compare with
const PIECE = 100; // images; some of the work is done in pieces of so many

// ---- Computing -------------------------------------------------------------------------------

/** The network before the first step. */
export function beginning() {
  return { losses: [], accuracies: [], network: initialNetwork(new Lehmer(SIZES.seed), { ...SIZES, inputs: PIXELS }) };
}

/**
 * Trains without end, on the bytes of digits.bin. It stops after every small piece of work and
 * tells how far it is: { losses, accuracies, network }, each step's and each epoch's.
 *
 * @param {Uint8Array} bytes
 * @param {{ learning_rate: number, momentum: number }} settings
 * @returns {Generator<Progress | null, never>}
 */
export function* trained(bytes, settings) {
  const samples = new Float64Array(IMAGES * PIXELS),
    image = new Float64Array(PIXELS);
  for (let from = 0; from < samples.length; from += PIECE * PIXELS) {
    for (let at = from; at < from + PIECE * PIXELS; at++) samples[at] = bytes[at] / 255;
    yield null; // nothing to show yet
  }
  const tests = bytes.subarray(IMAGES * (PIXELS + 1)),
    answers = tests.subarray(TESTS * PIXELS);
  const labels = bytes.subarray(IMAGES * PIXELS, IMAGES * (PIXELS + 1));
  const training = new Training({ samples, labels }, { ...SIZES, ...settings });
  /** @type {Progress} */
  const progress = { losses: training.losses, accuracies: [], network: training.network };
  yield progress;
  for (;;) {
    training.step();
    yield progress;
    if (progress.losses.length % EPOCH) continue;
    let right = 0;
    for (let at = 0; at < TESTS; at++) {
      for (let pixel = 0; pixel < PIXELS; pixel++) image[pixel] = tests[at * PIXELS + pixel] / 255;
      const { logarithms } = forward(training.network, image);
      if (logarithms.indexOf(Math.max(...logarithms)) === answers[at]) right++;
      if (at % PIECE === PIECE - 1 && at + 1 < TESTS) yield progress;
    }
    progress.accuracies.push(right / TESTS);
    yield progress;
  }
}

/**
 * Whether so many steps are done, and the tests that belong to them.
 *
 * @param {{ losses: number[], accuracies: number[] }} progress
 * @param {number} steps
 */
export const isThere = ({ losses, accuracies }, steps) =>
  losses.length >= steps && accuracies.length >= Math.floor(steps / EPOCH);

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ losses, accuracies, learning_rate, momentum, steps }) {
  if (!losses?.every(Number.isFinite) || losses.length > MOST) return `losses are not at most ${MOST} numbers`;
  if (accuracies?.length !== Math.floor(losses.length / EPOCH)) return "losses and accuracies do not fit together";
  if (!RATES.includes(learning_rate)) return `learning_rate is ${learning_rate}`;
  if (!MOMENTA.includes(momentum)) return `momentum is ${momentum}`;
  return Number.isInteger(steps) && steps >= 0 && steps <= MOST ? null : `steps is ${steps}, not 0 to ${MOST}`;
}

/** The size of the largest number, with two decimals. */
const size = (values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0).toFixed(2);

/** How many pixels have, in all units, the weights that they had before. */
function unmoved(before, after) {
  const moved = new Set();
  after.forEach((w, at) => w !== before[at] && moved.add(Math.floor(at / SIZES.units)));
  return PIXELS - moved.size;
}

const percent = (share) => (100 * share).toFixed(1);

/**
 * What the figure says of a state and of what it has trained so far.
 *
 * @param {Language} language
 * @param {State} state
 * @param {{ losses: number[], accuracies: number[] }} progress
 */
export function sentence(language, state, { losses, accuracies }) {
  const words = WORDS[language],
    { learning_rate, momentum } = state,
    numpy = state.losses;
  const loss = (values, at) => values.at(at).toFixed(3);
  if (!losses.length) {
    const none = words.none(learning_rate, momentum);
    return state.accuracies.length
      ? none + words.numpy(numpy.length, ...NUMPY, loss(numpy, 0), loss(numpy, -1), percent(state.accuracies.at(-1)))
      : none;
  }
  let said = words.steps(losses.length, learning_rate, momentum, loss(losses, 0), loss(losses, -1));
  if (accuracies.length) said += words.right(accuracies.length, percent(accuracies.at(-1)));
  if (!numpy.length) return said;
  if (learning_rate !== NUMPY[0] || momentum !== NUMPY[1]) return said + words.other;
  const largest = Math.max(...losses.slice(0, numpy.length).map((value, at) => Math.abs(value - numpy[at])));
  return said + words.same(largest < 1e-6 ? words.tiny : largest.toFixed(6));
}

// ---- Drawing ---------------------------------------------------------------------------------

const COLUMNS = 8,
  SIDE = 28; // of the pictures of weights
const STRONG = 0.3; // a weight of this size has the full colour
const LIVE = 2; // pieces of work a frame: a run can be watched
const PLOT = { left: 34, right: 16, top: 8, bottom: 22, height: 150 };
const NAMES = ["losses", "accuracies", "learning_rate", "momentum", "steps"];

// from blue over white to red, as the pixels of a canvas
const COLOURS = Uint32Array.from({ length: 255 }, (_, at) => {
  const share = Math.abs(at - 127) / 127,
    full = at < 127 ? [33, 102, 172] : [178, 24, 43];
  const [red, green, blue] = full.map((value) => Math.round(255 + share * (value - 255)));
  return (255 << 24) | (blue << 16) | (green << 8) | red;
});

/** A function that paints the weights of every hidden unit as a picture of its own. */
function painter(canvas) {
  canvas.width = COLUMNS * (SIDE + 1) - 1;
  canvas.height = (SIZES.units / COLUMNS) * (SIDE + 1) - 1;
  const context = canvas.getContext("2d"),
    image = new ImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const corners = Array.from(
    { length: SIZES.units },
    (_, unit) => ((unit % COLUMNS) + Math.floor(unit / COLUMNS) * canvas.width) * (SIDE + 1),
  );
  return (kernel) => {
    for (let pixel = 0, at = 0; pixel < PIXELS; pixel++) {
      const place = Math.floor(pixel / SIDE) * canvas.width + (pixel % SIDE);
      for (const corner of corners) {
        const share = Math.max(-1, Math.min(1, kernel[at++] / STRONG));
        pixels[corner + place] = COLOURS[127 + Math.round(127 * share)];
      }
    }
    context.putImageData(image, 0, 0);
  };
}

/** A plot's frame with the numbers at its axes; place(x, y) is where a point of it lies. */
function plot(width, most, top, xs, ys, text) {
  const { left, right, top: above, bottom, height } = PLOT,
    base = height - bottom;
  const place = (x, y) => [
    left + ((width - left - right) * x) / most,
    base - ((base - above) * Math.min(y, 2 * top)) / top,
  ];
  const grid = ys.map(
    (y) =>
      `<path class="grid-line" d="M${left} ${place(0, y)[1]}H${width - right}"></path><text class="beside" x="${left - 5}" y="${place(0, y)[1]}">${text(y)}</text>`,
  );
  const below = xs.map((x) => `<text class="below" x="${place(x, 0)[0]}" y="${base + 13}">${x}</text>`);
  return {
    place,
    svg: (cls) =>
      `<svg class="${cls}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${grid.join("")}${below.join("")}<g class="numpy"></g><g class="own"></g></svg>`,
  };
}

const line = (values, place, first) =>
  values
    .map((value, at) =>
      place(at + first, value)
        .map((x) => x.toFixed(1))
        .join(),
    )
    .join(" ");

function render({ model, el }) {
  const state = () => /** @type {State} */ (Object.fromEntries(NAMES.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  const loss = plot(400, MOST, 2.6, [0, 120, 240, 360, 480], [0, 1, 2], String);
  const accuracy = plot(240, MOST / EPOCH, 1, [0, 4, 8, 12], [0, 0.5, 1], (y) => `${100 * y}%`);
  const choice = (name, values) =>
    `<label>${words[name]} <select name="${name}">${values.map((value) => `<option>${value}</option>`).join("")}</select></label>`;
  const buttons = ["start", "step", "epoch", "reset"].map(
    (name) => `<button type="button" name="${name}">${words[name]}</button>`,
  );
  el.classList.add("gears-figure", "digit-training");
  el.innerHTML = `
    <div class="plots"><div>${loss.svg("loss")}<p>${words.loss}</p></div><div>${accuracy.svg("accuracy")}<p>${words.accuracy}</p></div></div>
    <p class="legend">${words.legend}</p>
    <canvas role="img"></canvas><p>${words.weights}</p>
    <div class="controls">${buttons.join("")}</div>
    <div class="controls">${choice("learning_rate", RATES)}${choice("momentum", MOMENTA)}</div>
    <p class="status" role="status"></p>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("select, button")) control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the keys
  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const paint = painter(find("canvas")),
    first = beginning(),
    random = first.network.arrays[0];
  const { losses, accuracies } = state();
  const dots = (values) =>
    values
      .map((value, at) => accuracy.place(at + 1, value))
      .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3"></circle>`)
      .join("");
  const curves = (values) => `<polyline points="${line(values, loss.place, 1)}"></polyline>`;
  find(".loss .numpy").innerHTML = curves(losses);
  find(".accuracy .numpy").innerHTML = dots(accuracies);

  let progress = /** @type {Progress} */ (first),
    run = /** @type {Generator<Progress | null, never> | null} */ (null),
    told = -1;

  function draw() {
    find(".loss .own").innerHTML = curves(progress.losses);
    find(".accuracy .own").innerHTML = dots(progress.accuracies);
    paint(progress.network.arrays[0]);
  }

  /** Says in words what is drawn: not at every step, or who listens would hear nothing else. */
  function tell() {
    told = progress.accuracies.length;
    const now = state(),
      kernel = progress.network.arrays[0];
    find("canvas").setAttribute(
      "aria-label",
      progress === first
        ? words.random(size(random))
        : words.shaped(size(kernel), size(random), unmoved(random, kernel)),
    );
    find("output").textContent = sentence(language, now, progress);
    find("[name=start]").textContent = words[isThere(progress, now.steps) ? "start" : "pause"];
    for (const name of ["learning_rate", "momentum"]) find(`[name=${name}]`).value = now[name];
  }

  function work() {
    progress = /** @type {NonNullable<typeof run>} */ (run).next().value ?? progress;
    return !isThere(progress, model.get("steps"));
  }
  const live = pace(
    work,
    (more) => {
      draw();
      if (!more || told !== progress.accuracies.length) tell();
    },
    LIVE,
  );
  const quiet = pace(work, (more) => {
    if (more) return;
    draw();
    tell();
  });

  function restart() {
    progress = first;
    run = null;
  }

  let request = 0;
  /** Trains until the steps of the state are taken: in sight of the reader, or quietly. */
  async function follow(isQuiet) {
    const mine = ++request,
      { steps, learning_rate, momentum } = state();
    live.stop();
    quiet.stop();
    if (steps < progress.losses.length) restart();
    draw();
    tell();
    if (isThere(progress, steps)) return;
    if (!run) {
      find(".status").textContent = words.loading;
      try {
        const bytes = await fileOf(model, "digits");
        if (mine !== request) return;
        run = trained(bytes, { learning_rate, momentum });
        find(".status").textContent = "";
      } catch (error) {
        if (mine !== request) return;
        find(".status").textContent = words.failed(/** @type {Error} */ (error).message);
        return change({ steps: 0 });
      }
    }
    (isQuiet || matchMedia("(prefers-reduced-motion: reduce)").matches ? quiet : live).start();
  }

  const taken = () => progress.losses.length;
  const press = (name, steps) => find(`[name=${name}]`).addEventListener("click", () => change({ steps: steps() }));
  press("start", () => {
    if (!isThere(progress, model.get("steps"))) return taken(); // a pause
    if (taken() === MOST) change({ steps: 0 });
    return MOST;
  });
  press("step", () => Math.min(MOST, taken() + 1));
  press("epoch", () => Math.min(MOST, (Math.floor(taken() / EPOCH) + 1) * EPOCH));
  press("reset", () => 0);
  for (const name of ["learning_rate", "momentum"]) {
    find(`[name=${name}]`).addEventListener("change", ({ target }) =>
      change({ steps: 0, [name]: Number(target.value) }),
    );
  }

  const move = () => follow(false);
  const begin = () => {
    restart();
    follow(false);
  };
  const listeners = { steps: move, learning_rate: begin, momentum: begin };
  for (const [name, listener] of Object.entries(listeners)) model.on(`change:${name}`, listener);
  follow(true);
  return () => {
    request++;
    live.stop();
    quiet.stop();
    for (const [name, listener] of Object.entries(listeners)) model.off(`change:${name}`, listener);
  };
}

export default { render };
