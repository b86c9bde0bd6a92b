// A crumpled sheet on its way through a small network: the representation after each layer.

/** @import { Language } from "./types.d.ts" */
/** @typedef {[number, number, number]} Point */
/**
 * @typedef {object} State
 * @property {number[][]} points
 * @property {number[]} labels
 * @property {[number[][], number[]][]} layers
 * @property {number} columns
 * @property {string} activation
 * @property {number} stage
 * @property {number} azimuth
 * @property {number} elevation
 */

const WORDS = {
  en: {
    stage: "layer",
    previous: "Previous layer",
    next: "Next layer",
    play: "Play",
    pause: "Pause",
    gap: " ",
    azimuth: "turn",
    elevation: "tilt",
    view: "The sheet in space",
    box: (edge) => `The box goes from −${edge} to ${edge} on every axis.`,
    legend: "Plain: the first half; with diagonals: the second; dashed: the least-squares cut.",
    start: (s) => `The sheet as it lies in space, before the first of ${s.layers} layers. `,
    after: (s) => `The sheet after layer ${s.layer} of ${s.layers}. `,
    affine: (s) => `Inside layer ${s.layer} of ${s.layers}: ${s.percent} % of its affine map done. `,
    activation: (s) => `Inside layer ${s.layer} of ${s.layers}: ${s.percent} % of its ${s.name} done. `,
    cut: (right, points, rate) => `The flat cut of least squares has ${right} of ${points} points right, ${rate} %.`,
    own: (right) => ` The network's own cut has ${right} right.`,
  },
  zh: {
    stage: "层",
    previous: "上一层",
    next: "下一层",
    play: "播放",
    pause: "暂停",
    gap: "",
    azimuth: "转动",
    elevation: "俯仰",
    view: "空间里的纸",
    box: (edge) => `方框在每个轴上都从 −${edge} 到 ${edge}。`,
    legend: "素面是一半，带斜线是另一半；虚线框是最小二乘的一刀。",
    start: (s) => `纸在空间里原来的样子，还没有经过 ${s.layers} 层中的任何一层。`,
    after: (s) => `经过 ${s.layers} 层中的第 ${s.layer} 层之后的纸。`,
    affine: (s) => `正在 ${s.layers} 层中的第 ${s.layer} 层里：仿射映射做了 ${s.percent}%。`,
    activation: (s) => `正在 ${s.layers} 层中的第 ${s.layer} 层里：${s.name} 做了 ${s.percent}%。`,
    cut: (right, points, rate) => `最小二乘的一刀平切，${points} 个点中分对 ${right} 个，占 ${rate}%。`,
    own: (right) => `网络自己的那一刀分对 ${right} 个。`,
  },
};
const SUBSTEPS = 16; // places of the slider from one layer to the next
const ACTIVATIONS = { tanh: Math.tanh, relu: (z) => Math.max(z, 0), linear: (z) => z };
const EDGES = [
  [0, 1],
  [0, 2],
  [0, 4],
  [1, 3],
  [1, 5],
  [2, 3],
  [2, 6],
  [3, 7],
  [4, 5],
  [4, 6],
  [5, 7],
  [6, 7],
];
const CORNERS = /** @type {Point[]} */ (
  Array.from({ length: 8 }, (_, at) => [4, 2, 1].map((bit) => (at & bit ? 1 : -1)))
);

// ---- Computing -------------------------------------------------------------------------------

/** `points @ weights + bias`. */
function affine(points, weights, bias) {
  return points.map((point) => bias.map((b, k) => point.reduce((sum, x, i) => sum + x * weights[i][k], b)));
}

/** Each point part of the way from one place to another, 0 there and 1 here. */
function between(from, to, part) {
  return from.map((point, at) => point.map((x, k) => (1 - part) * x + part * to[at][k]));
}

/**
 * Where the points are after so many sixteenths of layers. In the first half of a layer its
 * affine map grows in, in the second half its activation.
 *
 * @param {number[][]} points
 * @param {State["layers"]} layers
 * @param {string} activation
 * @param {number} stage
 */
export function representation(points, layers, activation, stage) {
  let x = points;
  layers.slice(0, -1).forEach(([weights, bias], at) => {
    const part = Math.min(Math.max(stage / SUBSTEPS - at, 0), 1);
    if (part === 0) return;
    x = between(x, affine(x, weights, bias), Math.min(2 * part, 1));
    const bent = x.map((point) => point.map(ACTIVATIONS[activation]));
    x = between(x, bent, Math.max(2 * part - 1, 0));
  });
  return x;
}

/**
 * The plane `point · cut[0..2] + cut[3] = 0` that least squares finds for targets -1 and 1.
 *
 * @param {number[][]} points
 * @param {number[]} labels
 */
export function bestCut(points, labels) {
  const rows = points.map((point) => [...point, 1]);
  const system = Array.from({ length: 4 }, (_, i) => [
    ...Array.from({ length: 4 }, (_, j) => rows.reduce((sum, row) => sum + row[i] * row[j], i === j ? 1e-9 : 0)),
    rows.reduce((sum, row, at) => sum + row[i] * (2 * labels[at] - 1), 0),
  ]);
  for (let i = 0; i < 4; i++) {
    // Gauss and Jordan, with the largest pivot
    const pivot = system
      .slice(i)
      .reduce((best, row, at) => (Math.abs(row[i]) > Math.abs(system[best][i]) ? i + at : best), i);
    [system[i], system[pivot]] = [system[pivot], system[i]];
    for (let j = 0; j < 4; j++) {
      if (j === i) continue;
      const times = system[j][i] / system[i][i];
      system[j] = system[j].map((value, k) => value - times * system[i][k]);
    }
  }
  return system.map((row, i) => row[4] / row[i]);
}

/**
 * On which side of a cut a point is; above zero, the side of label 1.
 *
 * @param {number[]} cut
 * @param {number[]} point
 */
export function side(cut, point) {
  return cut[0] * point[0] + cut[1] * point[1] + cut[2] * point[2] + cut[3];
}

/** How many points a cut has on the right side. */
function countRight(cut, points, labels) {
  return points.filter((point, at) => side(cut, point) > 0 === (labels[at] === 1)).length;
}

/**
 * A point as it is seen: to the right, upwards, and towards the reader; angles in degrees.
 *
 * @param {number[]} point
 * @param {number} azimuth
 * @param {number} elevation
 */
export function seen([x, y, z], azimuth, elevation) {
  const a = (azimuth * Math.PI) / 180,
    e = (elevation * Math.PI) / 180;
  const right = x * Math.cos(a) - z * Math.sin(a),
    front = x * Math.sin(a) + z * Math.cos(a);
  return [right, y * Math.cos(e) - front * Math.sin(e), y * Math.sin(e) + front * Math.cos(e)];
}

/**
 * Where a cut leaves the box from -edge to edge: the corners of a polygon, in order.
 *
 * @param {number[]} cut
 * @param {number} edge
 */
export function cutThrough(cut, edge) {
  const found = [];
  for (const [one, two] of EDGES) {
    const [p, q] = [one, two].map((at) => CORNERS[at].map((x) => x * edge));
    const [s, t] = [side(cut, p), side(cut, q)];
    if (s > 0 !== t > 0) found.push(p.map((x, k) => x + (s / (s - t)) * (q[k] - x)));
  }
  if (found.length < 3) return [];
  const middle = [0, 1, 2].map((k) => found.reduce((sum, p) => sum + p[k], 0) / found.length);
  const flat = [0, 1, 2].toSorted((i, j) => Math.abs(cut[i]) - Math.abs(cut[j])); // two axes it is not square to
  const angle = (p) => Math.atan2(p[flat[1]] - middle[flat[1]], p[flat[0]] - middle[flat[0]]);
  return found.sort((p, q) => angle(p) - angle(q));
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ points, labels, layers, columns, activation, stage, azimuth, elevation }) {
  const within = (x, high) => Number.isInteger(x) && x >= 0 && x <= high;
  if (!points?.length || !points.every((point) => point.length === 3)) return "points are not (n, 3)";
  if (labels?.length !== points.length) return "labels are not one for each point";
  if (!(columns > 1 && points.length % columns === 0)) return `columns is ${columns}`;
  const fits = ([weights, bias], at) => weights.length === 3 && bias.length === (at === layers.length - 1 ? 1 : 3);
  if (!layers?.length || !layers.every(fits)) return "a layer has another shape";
  if (!(activation in ACTIVATIONS)) return `activation is ${activation}`;
  const last = SUBSTEPS * (layers.length - 1);
  if (!within(stage, last)) return `stage is ${stage}, not 0 to ${last}`;
  if (!within(azimuth, 359)) return `azimuth is ${azimuth}, not 0 to 359`;
  return within(elevation, 90) ? null : `elevation is ${elevation}, not 0 to 90`;
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { points, labels, layers, activation, stage }) {
  const words = WORDS[language],
    count = labels.length,
    hidden = layers.length - 1;
  const part = stage % SUBSTEPS,
    passed = (stage - part) / SUBSTEPS;
  const isAffine = 2 * part <= SUBSTEPS;
  const kind = part ? (isAffine ? "affine" : "activation") : stage ? "after" : "start";
  const percent = Math.floor((200 * part) / SUBSTEPS + 0.5) - (isAffine ? 0 : 100);
  const x = representation(points, layers, activation, stage);
  const right = countRight(bestCut(x, labels), x, labels);
  let said = words[kind]({ layer: passed + (part ? 1 : 0), layers: hidden, percent, name: activation });
  said += words.cut(right, count, Math.floor((100 * right) / count + 0.5));
  if (stage === SUBSTEPS * hidden) {
    const [weights, bias] = layers[layers.length - 1];
    said += words.own(countRight([...weights.map((row) => row[0]), bias[0]], x, labels));
  }
  return said;
}

// ---- Drawing ---------------------------------------------------------------------------------

function render({ model, el }) {
  const names = ["points", "labels", "layers", "columns", "activation", "stage", "azimuth", "elevation"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  const { points, labels, layers, columns } = state();
  const hidden = layers.length - 1,
    last = SUBSTEPS * hidden;
  const tiles = points.flatMap(
    (
      _,
      at, // four neighbours; the seam between the halves belongs to none
    ) => ((at + 1) % columns && at + columns < points.length ? [[at, at + 1, at + columns + 1, at + columns]] : []),
  );
  const slider = (name, high, step) =>
    `<label>${words[name]} <input type="range" name="${name}" min="0" max="${high}" step="${step}"></label>`;
  el.classList.add("gears-figure", "unfolding-sheet");
  el.innerHTML = `
    <svg viewBox="-1.8 -1.75 3.6 3.5" role="application" tabindex="0" aria-label="${words.view}">
      <path class="frame"></path><g class="tiles">${tiles.map(() => "<path></path>").join("")}</g><polygon class="cut"></polygon>
    </svg>
    <p class="note"><span class="edge"></span>${words.gap}${words.legend}</p>
    <div class="controls">
      <label class="way">${words.stage} <input type="range" name="stage" min="0" max="${last}"><span class="number"></span></label>
    </div>
    <div class="controls">
      <button type="button" name="previous">${words.previous}</button>
      <button type="button" name="next">${words.next}</button>
      <button type="button" name="play"></button>
    </div>
    <div class="controls">${slider("azimuth", 359, 1)}${slider("elevation", 90, 1)}</div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("[tabindex], input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const view = find("svg"),
    paths = [...find(".tiles").children],
    play = find("[name=play]");

  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const turn = (right, up) => {
    const { azimuth, elevation } = state();
    change({
      azimuth: (((azimuth + Math.round(right)) % 360) + 360) % 360,
      elevation: Math.max(0, Math.min(90, elevation + Math.round(up))),
    });
  };

  function draw() {
    const now = state(),
      { stage, azimuth, elevation } = now;
    const x = representation(points, layers, now.activation, stage);
    const edge = Math.max(...x.flat().map(Math.abs), 1e-6);
    const look = (point) =>
      seen(
        point.map((value) => value / edge),
        azimuth,
        elevation,
      );
    const at = (/** @type {number[]} */ [right, up]) => `${right.toFixed(3)} ${(-up).toFixed(3)}`;
    const shown = x.map(look);
    const depth = (tile) => tile.reduce((sum, corner) => sum + shown[corner][2], 0);
    tiles
      .toSorted((one, two) => depth(one) - depth(two))
      .forEach((tile, place) => {
        const halves = new Set(tile.map((corner) => labels[corner]));
        const corners = tile.map((corner) => at(shown[corner]));
        const isSecond = halves.size === 1 && halves.has(1);
        paths[place].setAttribute("d", `M${corners.join("L")}Z${isSecond ? `M${corners[0]}L${corners[2]}` : ""}`);
        paths[place].setAttribute("class", halves.size > 1 ? "seam" : isSecond ? "lined" : "plain");
      });
    const box = CORNERS.map((corner) => at(seen(corner, azimuth, elevation)));
    find(".frame").setAttribute("d", EDGES.map(([one, two]) => `M${box[one]}L${box[two]}`).join(""));
    const polygon = cutThrough(bestCut(x, labels), edge).map(look);
    find(".cut").setAttribute("points", polygon.map(at).join(" "));
    find(".edge").textContent = words.box(edge.toFixed(2));
    for (const name of ["stage", "azimuth", "elevation"]) find(`[name=${name}]`).value = now[name];
    find(".number").textContent = `${+(stage / SUBSTEPS).toFixed(2)} / ${hidden}`;
    find("[name=stage]").setAttribute("aria-valuetext", `${+(stage / SUBSTEPS).toFixed(2)} / ${hidden}`);
    find("output").textContent = sentence(model.get("language"), now);
  }

  /** @type {number | null} */
  let timer = null;
  function pause() {
    clearInterval(timer ?? undefined);
    timer = null;
    play.textContent = words.play;
  }
  /** Moves because it was asked to: a sixteenth at a time, or whole layers for those who want no motion. */
  function start() {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const by = isCalm ? SUBSTEPS : 1;
    if (model.get("stage") === last) change({ stage: 0 });
    play.textContent = words.pause;
    timer = setInterval(
      () => {
        const stage = Math.min(last, (Math.floor(model.get("stage") / by) + 1) * by);
        change({ stage });
        if (stage === last) pause();
      },
      isCalm ? 1500 : 100,
    );
  }
  play.addEventListener("click", () => (timer ? pause() : start()));
  find("[name=previous]").addEventListener("click", () =>
    change({ stage: Math.max(0, SUBSTEPS * (Math.ceil(model.get("stage") / SUBSTEPS) - 1)) }),
  );
  find("[name=next]").addEventListener("click", () =>
    change({ stage: Math.min(last, SUBSTEPS * (Math.floor(model.get("stage") / SUBSTEPS) + 1)) }),
  );
  for (const name of ["stage", "azimuth", "elevation"]) {
    find(`[name=${name}]`).addEventListener("input", ({ target }) => change({ [name]: Number(target.value) }));
  }
  view.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }[event.key];
    if (!move) return;
    event.preventDefault();
    turn(...move);
  });
  view.addEventListener("pointerdown", (event) => view.setPointerCapture(event.pointerId));
  view.addEventListener("pointermove", (event) => {
    if (view.hasPointerCapture(event.pointerId)) turn(event.movementX, event.movementY / 2);
  });

  for (const name of names.slice(4)) model.on(`change:${name}`, draw);
  pause();
  draw();
  return () => {
    pause();
    names.slice(4).forEach((name) => model.off(`change:${name}`, draw));
  };
}

export default { render };
