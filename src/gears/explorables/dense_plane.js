// A layer of two units in the plane: what weights, bias and relu do to grid, area and points.

import { dragging } from "./parts/dragging.js";

/** @import { Language, Pair } from "./types.d.ts" */
/**
 * @typedef {[Pair, Pair]} Matrix
 *
 * @typedef {object} State
 * @property {Matrix} weights
 * @property {Pair} bias
 * @property {boolean} relu
 * @property {Pair} point
 */

const WORDS = {
  en: {
    before: "before",
    after: "after",
    preset: "Set W and b to",
    choose: "…",
    pad: "The point that is followed; arrow keys move it",
    note: "Points are rows: while b is 0, the rows of W are the images of (1, 0) and (0, 1). Both plots have the same scale. Drag the point, or focus the plot “before” and use the arrow keys.",
    folds:
      "Shaded in “before”: what relu folds away, because x @ W + b has a negative coordinate there. Dashed in “after”: the same without relu.",
    lines: {
      "weights,0": "image of (1, 0)",
      "weights,1": "image of (0, 1)",
      bias: "added to all",
      point: "point followed",
    },
    presets: {
      identity: "nothing (identity)",
      rotation: "rotation by 30°",
      scaling: "scaling",
      shear: "shear",
      mirror: "mirror",
      projection: "projection onto a line",
      translation: "translation",
      layer: "a dense layer, with relu",
    },
    rows: (r) => `The arrows (1, 0) and (0, 1) become the rows of W, ${r[0]} and ${r[1]}`,
    shift: (b) => `, and everything moves by b = ${b}. `,
    still: ". ",
    point: () => "The determinant is 0: the whole plane ends in a single point. ",
    line: () => "The determinant is 0: the whole plane is pressed onto a line. ",
    kept: (det, area) => `The determinant is ${det}: the unit square becomes a shape of area ${area}. `,
    turned: (det, area) =>
      `The determinant is ${det}: the unit square becomes a shape of area ${area}, turned over like a page. `,
    thin: () => "The determinant is almost 0, closer than 0.0001: hardly any area is left. ",
    part: (area) => `relu leaves ${area} of that area and presses the rest onto the axes. `,
    whole: () => "relu leaves all of that area. ",
    nothing: () => "relu presses all of it onto the axes. ",
    bends: "relu moves whatever is negative onto the axes. ",
    goes: (p, q) => `The point ${p} goes to ${q}.`,
    folded: (p, q, r) => `The point ${p} goes to ${q}, and relu takes it to ${r}.`,
  },
  zh: {
    before: "之前",
    after: "之后",
    preset: "把 W 和 b 设成",
    choose: "……",
    pad: "跟踪的点，用方向键移动",
    note: "点是行：b 为 0 时，W 的两行就是 (1, 0) 和 (0, 1) 的像。两图的比例尺相同。可以拖动点，也可以选中“之前”这幅图，再按方向键。",
    folds: "“之前”图中的阴影：那里 x @ W + b 有负的坐标，被 relu 折走。“之后”图中的虚线：没有 relu 时的样子。",
    lines: { "weights,0": "(1, 0) 的像", "weights,1": "(0, 1) 的像", bias: "每个点都加", point: "跟踪的点" },
    presets: {
      identity: "什么也不做（恒等）",
      rotation: "旋转 30°",
      scaling: "缩放",
      shear: "剪切",
      mirror: "镜像",
      projection: "投影到一条直线",
      translation: "平移",
      layer: "一个全连接层，带 relu",
    },
    rows: (r) => `箭头 (1, 0) 和 (0, 1) 变成 W 的两行 ${r[0]} 和 ${r[1]}`,
    shift: (b) => `，然后整个平面平移 b = ${b}。`,
    still: "。",
    point: () => "行列式是 0：整个平面缩成一个点。",
    line: () => "行列式是 0：整个平面被压成一条直线。",
    kept: (det, area) => `行列式是 ${det}：单位正方形变成面积为 ${area} 的图形。`,
    turned: (det, area) => `行列式是 ${det}：单位正方形变成面积为 ${area} 的图形，并且像书页一样翻了面。`,
    thin: () => "行列式几乎是 0，绝对值小于 0.0001：面积几乎没有了。",
    part: (area) => `relu 只留下其中 ${area} 的面积，其余都压到坐标轴上。`,
    whole: () => "relu 把这块面积全都留下。",
    nothing: () => "relu 把它全部压到坐标轴上。",
    bends: "relu 把负的部分都移到坐标轴上。",
    goes: (p, q) => `点 ${p} 变成 ${q}。`,
    folded: (p, q, r) => `点 ${p} 先变成 ${q}，再由 relu 变成 ${r}。`,
  },
};
const LARGEST = 2; // of weights, biases and the point's coordinates
const HALVES = [3.2, 4.2, 5.2, 6.2, 8.2, 10.2]; // of the plots, which show -half to half
const TINY = 1e-9; // an area that is none
const SQUARE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const TURN = Math.PI / 6;
export const PRESETS = {
  identity: {
    weights: [
      [1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  },
  rotation: {
    weights: [
      [Math.cos(TURN), Math.sin(TURN)],
      [-Math.sin(TURN), Math.cos(TURN)],
    ],
    bias: [0, 0],
  },
  scaling: {
    weights: [
      [1.5, 0],
      [0, 0.5],
    ],
    bias: [0, 0],
  },
  shear: {
    weights: [
      [1, 0],
      [0.8, 1],
    ],
    bias: [0, 0],
  },
  mirror: {
    weights: [
      [-1, 0],
      [0, 1],
    ],
    bias: [0, 0],
  },
  projection: {
    weights: [
      [0.8, 0.4],
      [0.4, 0.2],
    ],
    bias: [0, 0],
  },
  translation: {
    weights: [
      [1, 0],
      [0, 1],
    ],
    bias: [1, 0.5],
  },
  layer: {
    weights: [
      [1, 0.5],
      [-1, 1],
    ],
    bias: [0.5, -0.5],
  },
};

// ---- Computing -------------------------------------------------------------------------------

/**
 * Where `point @ weights + bias` is.
 *
 * @param {number[]} point
 * @param {Matrix} weights
 * @param {Pair} bias
 */
export function image([x, y], [[a, b], [c, d]], bias) {
  return [x * a + y * c + bias[0], x * b + y * d + bias[1]];
}

/**
 * Negative coordinates become zero.
 *
 * @param {number[]} point
 */
export function relu(point) {
  return point.map((value) => Math.max(value, 0));
}

/**
 * How many times larger areas become; negative if the plane is turned over.
 *
 * @param {Matrix} weights
 */
export function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}

/**
 * What becomes of the plane: it is kept, turned over, thin, a line or a point.
 *
 * @param {Matrix} weights
 */
export function effect(weights) {
  const [[a, b], [c, d]] = weights,
    det = determinant(weights);
  if (!(a || b || c || d)) return "point";
  if (Math.abs(det) <= 1e-15 * (Math.abs(a * d) + Math.abs(b * c))) return "line"; // 0 but for the last binary digit
  if (shown(Math.abs(det)) === "0") return "thin";
  return det > 0 ? "kept" : "turned";
}

/**
 * How far the plots reach: the grid from -2 to 2 and its image, before relu, both fit in.
 *
 * @param {Matrix} weights
 * @param {Pair} bias
 */
export function half(weights, bias) {
  const reach = [0, 1].map((k) => 2 * (Math.abs(weights[0][k]) + Math.abs(weights[1][k])) + Math.abs(bias[k]));
  return HALVES.find((size) => size >= Math.max(...reach)) ?? HALVES[HALVES.length - 1];
}

/**
 * The part of a polygon where coordinate k of `points @ weights + bias` is negative.
 *
 * @param {number[][]} polygon
 * @param {Matrix} weights
 * @param {Pair} bias
 * @param {number} k
 */
export function negative(polygon, weights, bias, k) {
  const values = polygon.map((point) => image(point, weights, bias)[k]);
  return polygon.flatMap((start, at) => {
    const next = (at + 1) % polygon.length,
      s = values[at],
      e = values[next];
    const kept = s < 0 ? [start] : [];
    if (s < 0 !== e < 0) kept.push(start.map((x, i) => x + (s / (s - e)) * (polygon[next][i] - x)));
    return kept;
  });
}

/**
 * A path of straight pieces after `points @ weights + bias`, and after relu if it is on.
 * relu bends a piece where a coordinate changes its sign; there the path gets a corner more.
 *
 * @param {number[][]} path
 * @param {Matrix} weights
 * @param {Pair} bias
 * @param {boolean} withRelu
 */
export function mapped(path, weights, bias, withRelu) {
  const images = path.map((point) => image(point, weights, bias));
  if (!withRelu) return images;
  const bent = [];
  images.forEach((end, at) => {
    const start = images[at - 1];
    if (start) {
      const bends = start.flatMap((s, k) => (s < 0 !== end[k] < 0 ? [s / (s - end[k])] : []));
      bends.sort((s, t) => s - t);
      bent.push(...bends.map((t) => relu(start.map((s, k) => s + t * (end[k] - s)))));
    }
    bent.push(relu(end));
  });
  return bent;
}

/**
 * The area inside a closed path, negative if it runs clockwise (shoelace formula).
 *
 * @param {number[][]} path
 */
export function area(path) {
  let twice = 0;
  path.forEach(([x, y], at) => {
    const [u, v] = path[(at + 1) % path.length];
    twice += x * v - u * y;
  });
  return twice / 2;
}

/**
 * A number with up to four decimals.
 *
 * @param {number} value
 */
export function shown(value) {
  return (Math.floor(value * 10000 + 0.5) / 10000).toFixed(4).replace(/\.?0+$/, "");
}

/**
 * The point that an arrow key leads to; null for any other key.
 *
 * @param {number[]} point
 * @param {string} key
 */
export function step([x, y], key) {
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  return move ? within([x + move[0] / 10, y + move[1] / 10]) : null;
}

/**
 * The nearest point with one decimal that may be chosen.
 *
 * @param {number[]} point
 */
export function within(point) {
  return point.map((value) => Math.round(10 * Math.max(-LARGEST, Math.min(LARGEST, value))) / 10);
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ weights, bias, relu, point }) {
  const pair = (value) => value?.length === 2 && value.every((x) => Number.isFinite(x) && Math.abs(x) <= LARGEST);
  if (!(weights?.length === 2 && weights.every(pair))) return "weights are not 2 by 2 numbers from -2 to 2";
  if (!pair(bias)) return "bias is not two numbers from -2 to 2";
  if (!pair(point)) return "point is not two numbers from -2 to 2";
  return typeof relu === "boolean" ? null : "relu is not true or false";
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { weights, bias, relu: withRelu, point }) {
  const words = WORDS[language];
  const pair = (values) => `(${values.map(shown).join(", ")})`;
  const still = bias.every((value) => value === 0),
    kind = effect(weights);
  const det = determinant(weights),
    size = Math.abs(det);
  let said =
    words.rows(weights.map(pair)) +
    (still ? words.still : words.shift(pair(bias))) +
    words[kind](shown(det), shown(size));
  if (withRelu && (kind === "kept" || kind === "turned")) {
    const left = Math.abs(area(mapped([...SQUARE, SQUARE[0]], weights, bias, true)));
    said += words[left < TINY ? "nothing" : size - left < TINY ? "whole" : "part"](shown(left));
  } else if (withRelu) {
    said += words.bends;
  }
  const straight = image(point, weights, bias),
    bent = relu(straight);
  const isBent = withRelu && bent.some((value, at) => value !== straight[at]);
  return said + words[isBent ? "folded" : "goes"](pair(point), pair(straight), pair(bent));
}

// ---- Drawing ---------------------------------------------------------------------------------

const SIZE = 150; // half the width of a plot in its own units
const TICKS = Array.from({ length: 9 }, (_, at) => at / 2 - 2);
const GRID = TICKS.flatMap((t) => [
  [
    [t, -2],
    [t, 2],
  ],
  [
    [-2, t],
    [2, t],
  ],
]);
const EDGE = [
  [-2, -2],
  [2, -2],
  [2, 2],
  [-2, 2],
  [-2, -2],
];
const RING = Array.from({ length: 16 }, (_, at) => [
  1.6 * Math.cos((at * Math.PI) / 8),
  1.6 * Math.sin((at * Math.PI) / 8),
]);
const OUTLINE = [...SQUARE, SQUARE[0]];
const ARROWS = [
  [
    [0, 0],
    [1, 0],
  ],
  [
    [0, 0],
    [0, 1],
  ],
];

const points = (path) => path.map((place) => place.map((x) => +x.toFixed(4)).join()).join(" ");

/** An arrow along a path, with its head at the end; nothing if it has no length. */
function arrow(path, kind) {
  const end = path.at(-1),
    from = path.findLast((place) => Math.hypot(place[0] - end[0], place[1] - end[1]) > 1e-6);
  if (!from) return "";
  const length = Math.hypot(end[0] - from[0], end[1] - from[1]),
    head = Math.min(10, length);
  const [u, v] = [(end[0] - from[0]) / length, (end[1] - from[1]) / length];
  const neck = [end[0] - head * u, end[1] - head * v],
    side = 0.45 * head;
  const corners = [end, [neck[0] - side * v, neck[1] + side * u], [neck[0] + side * v, neck[1] - side * u]];
  return `<polyline class="arrow ${kind}" points="${points([...path.slice(0, -1), neck])}"></polyline><polygon class="head" points="${points(corners)}"></polygon>`;
}

/** The name of an arrow, beside its tip on the side away from the square. */
function name([start, end], text, outwards) {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  if (length < 1) return "";
  const [u, v] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  return `<text class="name" x="${end[0] - outwards * v * 22 + u * 4}" y="${end[1] + outwards * u * 13 + v * 4}">${text}</text>`;
}

/** What is in a plot: all that `map` makes of the grid, the square, the arrows and the points. */
function picture(map, straight, { size, point, names, isTurned, shaded }) {
  const scale = SIZE / size,
    tick = size > 9 ? 8 : size > 5 ? 4 : 2;
  const place = (path) => path.map(([x, y]) => [x * scale, -y * scale]);
  const line = (kind, path) => `<polyline class="${kind}" points="${points(place(path))}"></polyline>`;
  const dots = RING.map((dot) => place(map([dot]))[0]);
  const [[x, y]] = place(map([point]));
  const numbers = [-tick, tick].map(
    (t) =>
      `<text x="${t * scale}" y="13">${t < 0 ? `−${tick}` : t}</text><text x="-12" y="${-t * scale}">${t < 0 ? `−${tick}` : t}</text>`,
  );
  return [
    ...shaded.map((polygon) => `<polygon class="folded" points="${points(place(polygon))}"></polygon>`),
    ...GRID.map((path) => line("line", map(path))),
    `<path class="axes" d="M${-SIZE} 0H${SIZE}M0 ${-SIZE}V${SIZE}"></path><g class="numbers">${numbers.join("")}</g>`,
    straight === map ? "" : line("ghost", straight(EDGE)) + line("ghost", straight(OUTLINE)),
    `<polygon class="square" points="${points(place(map(OUTLINE)))}"></polygon>`,
    ...dots.map((dot) => `<circle cx="${dot[0]}" cy="${dot[1]}" r="2.7"></circle>`),
    ...ARROWS.map((path, at) => arrow(place(map(path)), ["one", "two"][at])),
    `<path class="followed" d="M0 -8.5L8.5 0L0 8.5L-8.5 0Z" transform="translate(${x} ${y})"></path>`,
    ...ARROWS.map((path, at) => name(place(straight(path)), names[at], (at ? -1 : 1) * (isTurned ? -1 : 1))),
  ].join("");
}

function render({ model, el }) {
  const names = ["weights", "bias", "relu", "point"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language];
  const plot = (side, attributes) =>
    `<div class="side ${side}"><svg viewBox="${-SIZE} ${-SIZE} ${2 * SIZE} ${2 * SIZE}" ${attributes}></svg><p></p></div>`;
  const number = (of, label) =>
    `<input type="range" min="-2" max="2" step="0.1" data-of="${of}" aria-label="${label}"><input type="number" min="-2" max="2" step="0.1" data-of="${of}" aria-label="${label}">`;
  const line = (of, label) =>
    `<div class="entry"><span class="what"><code>${label}</code> ${words.lines[of]}</span>${[0, 1].map((at) => `<span class="pair">${number(`${of},${at}`, label.includes("[") ? `W[${of.at(-1)}, ${at}]` : `${label}[${at}]`)}</span>`).join("")}</div>`;
  el.classList.add("gears-figure", "dense-plane");
  el.innerHTML = `
    <div class="plots">${plot("before", `tabindex="0" role="application" aria-label="${words.pad}"`)}${plot("after", 'aria-hidden="true"')}</div>
    <div class="controls">
      <label>${words.preset} <select name="preset"><option value="">${words.choose}</option>${Object.keys(PRESETS)
        .map((name) => `<option value="${name}">${words.presets[name]}</option>`)
        .join("")}</select></label>
      <label><input type="checkbox" name="relu"> <code>relu</code></label>
    </div>
    <div class="entries"><div class="entry heads" aria-hidden="true"><span></span><code>[0]</code><code>[1]</code></div>
      ${line("weights,0", "W[0]")}${line("weights,1", "W[1]")}${line("bias", "b")}${line("point", "x")}</div>
    <output></output>
    <p class="note">${words.note} <span>${words.folds}</span></p>`;
  const find = (selector) => el.querySelector(selector);
  const pad = find(".before svg"),
    preset = find("[name=preset]"),
    reluBox = find("[name=relu]");
  for (const control of el.querySelectorAll("[tabindex], input, select")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const fields = [...el.querySelectorAll("[data-of]")].map((field) => {
    const [name, ...at] = field.dataset.of.split(",");
    return { field, name, at: at.map(Number) };
  });

  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };

  function draw() {
    const now = state(),
      { weights, bias, point } = now,
      size = half(weights, bias);
    const same = (path) => path,
      straight = (path) => mapped(path, weights, bias, false);
    const map = now.relu ? (path) => mapped(path, weights, bias, true) : straight;
    const shaded = now.relu
      ? [0, 1].map((k) => negative(EDGE.slice(1), weights, bias, k)).filter((part) => part.length)
      : [];
    pad.innerHTML = picture(same, same, { size, point, shaded, names: ["(1, 0)", "(0, 1)"], isTurned: false });
    find(".after svg").innerHTML = picture(map, straight, {
      size,
      point,
      shaded: [],
      names: ["W[0]", "W[1]"],
      isTurned: determinant(weights) < 0,
    });
    find(".before p").innerHTML = `${words.before}: <code>x</code>`;
    find(".after p").innerHTML = `${words.after}: <code>${now.relu ? "relu(x @ W + b)" : "x @ W + b"}</code>`;
    find(".note").classList.toggle("plain", !now.relu);
    reluBox.checked = now.relu;
    for (const { field, name, at } of fields) {
      const value = at.reduce((values, index) => values[index], now[name]);
      if (!field.matches(":focus") || field.value === "" || Number(field.value) !== value) field.value = shown(value);
    }
    const set = Object.keys(PRESETS).find((name) =>
      ["weights", "bias"].every((part) => String(PRESETS[name][part]) === String(now[part])),
    );
    preset.value = !set || (set === "layer" && !now.relu) ? "" : set;
    find("output").textContent = sentence(language, now);
  }

  for (const { field, name, at } of fields) {
    field.addEventListener("input", () => {
      const value = Number(field.value);
      if (field.value === "" || Math.abs(value) > LARGEST) return;
      const values = structuredClone(model.get(name));
      at.slice(0, -1).reduce((part, index) => part[index], values)[at.at(-1)] = value;
      change({ [name]: values });
    });
    field.addEventListener("blur", draw); // what was no number of the range goes back
  }
  reluBox.addEventListener("input", () => change({ relu: reluBox.checked }));
  preset.addEventListener("input", () => {
    if (!preset.value) return draw();
    change({ ...structuredClone(PRESETS[preset.value]), ...(preset.value === "layer" && { relu: true }) });
  });

  dragging(pad, () => ([across, down]) => {
    const size = half(model.get("weights"), model.get("bias"));
    change({ point: within([(across - 0.5) * 2 * size, (0.5 - down) * 2 * size]) });
  });
  pad.addEventListener("keydown", (event) => {
    const target = step(model.get("point"), event.key);
    if (!target || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    change({ point: target });
  });

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
