// A layer of two units in the plane: what weights, bias and relu do to grid, area and points.

const WORDS = {
  en: {
    before: "before", after: "after", pad: "The point that is followed",
    weights: "weights W", bias: "bias b", relu: "relu", preset: "Set W and b to", choose: "…",
    moves: "the point",
    presets: {
      identity: "nothing (identity)", rotation: "rotation by 30°", scaling: "scaling", shear: "shear",
      mirror: "mirror", projection: "projection onto a line", translation: "translation", layer: "a layer, with relu",
    },
    rows: (r) => `The arrows (1, 0) and (0, 1) become the rows of W, ${r[0]} and ${r[1]}`,
    shift: (b) => `, and everything moves by b = ${b}. `,
    still: ". ",
    point: "The determinant is 0: the whole plane ends in a single point. ",
    line: "The determinant is 0: the whole plane is pressed onto a line. ",
    kept: (det, area) => `The determinant is ${det}: the unit square becomes a shape of area ${area}. `,
    turned: (det, area) => `The determinant is ${det}: the unit square becomes a shape of area ${area}, turned over like a page. `,
    left: (area) => `relu leaves ${area} of that area and presses the rest onto the axes. `,
    goes: (p, q) => `The point ${p} goes to ${q}.`,
    folded: (p, q, r) => `The point ${p} goes to ${q}, and relu takes it to ${r}.`,
  },
  zh: {
    before: "之前", after: "之后", pad: "跟踪的点",
    weights: "权重 W", bias: "偏置 b", relu: "relu", preset: "把 W 和 b 设成", choose: "……",
    moves: "这个点",
    presets: {
      identity: "什么也不做（恒等）", rotation: "旋转 30°", scaling: "缩放", shear: "剪切",
      mirror: "镜像", projection: "投影到一条直线", translation: "平移", layer: "一层网络，带 relu",
    },
    rows: (r) => `箭头 (1, 0) 和 (0, 1) 变成 W 的两行 ${r[0]} 和 ${r[1]}`,
    shift: (b) => `，然后整个平面平移 b = ${b}。`,
    still: "。",
    point: "行列式是 0：整个平面缩成一个点。",
    line: "行列式是 0：整个平面被压成一条直线。",
    kept: (det, area) => `行列式是 ${det}：单位正方形变成面积为 ${area} 的图形。`,
    turned: (det, area) => `行列式是 ${det}：单位正方形变成面积为 ${area} 的图形，并且像书页一样翻了面。`,
    left: (area) => `relu 只留下其中 ${area} 的面积，其余都压到坐标轴上。`,
    goes: (p, q) => `点 ${p} 变成 ${q}。`,
    folded: (p, q, r) => `点 ${p} 先变成 ${q}，再由 relu 变成 ${r}。`,
  },
};
const LARGEST = 2; // of weights, biases and the point's coordinates
const HALF = 3; // the plots show -3 to 3
const SQUARE = [[0, 0], [1, 0], [1, 1], [0, 1]];
const TURN = Math.PI / 6;
export const PRESETS = {
  identity: { weights: [[1, 0], [0, 1]], bias: [0, 0] },
  rotation: { weights: [[Math.cos(TURN), Math.sin(TURN)], [-Math.sin(TURN), Math.cos(TURN)]], bias: [0, 0] },
  scaling: { weights: [[1.5, 0], [0, 0.5]], bias: [0, 0] },
  shear: { weights: [[1, 0], [0.8, 1]], bias: [0, 0] },
  mirror: { weights: [[-1, 0], [0, 1]], bias: [0, 0] },
  projection: { weights: [[0.8, 0.4], [0.4, 0.2]], bias: [0, 0] },
  translation: { weights: [[1, 0], [0, 1]], bias: [1, 0.5] },
  layer: { weights: [[1, -0.6], [0.5, 1.2]], bias: [-0.4, 0.3] },
};

// ---- Computing -------------------------------------------------------------------------------

/** Where `point @ weights + bias` is. */
export function image([x, y], [[a, b], [c, d]], bias) {
  return [x * a + y * c + bias[0], x * b + y * d + bias[1]];
}

/** Negative coordinates become zero. */
export function relu(point) {
  return point.map((value) => Math.max(value, 0));
}

/** How many times larger areas become; negative if the plane is turned over. */
export function determinant([[a, b], [c, d]]) {
  return a * d - b * c;
}

/**
 * A path of straight pieces after `points @ weights + bias`, and after relu if it is on.
 * relu bends a piece where a coordinate changes its sign; there the path gets a corner more.
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

/** The area inside a closed path, negative if it runs clockwise (shoelace formula). */
export function area(path) {
  let twice = 0;
  path.forEach(([x, y], at) => {
    const [u, v] = path[(at + 1) % path.length];
    twice += x * v - u * y;
  });
  return twice / 2;
}

/** A number with up to four decimals. */
export function shown(value) {
  return (Math.floor(value * 10000 + 0.5) / 10000).toFixed(4).replace(/\.?0+$/, "");
}

/** The point that an arrow key leads to; null for any other key. */
export function step([x, y], key) {
  const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  return move ? within([x + move[0] / 10, y + move[1] / 10]) : null;
}

/** The nearest point with one decimal that may be chosen. */
export function within(point) {
  return point.map((value) => Math.round(10 * Math.max(-LARGEST, Math.min(LARGEST, value))) / 10);
}

/** What is wrong with a state, in a few words; null if nothing is. */
export function problem({ weights, bias, relu, point }) {
  const pair = (value) => value?.length === 2 && value.every((x) => Number.isFinite(x) && Math.abs(x) <= LARGEST);
  if (!(weights?.length === 2 && weights.every(pair))) return "weights are not 2 by 2 numbers from -2 to 2";
  if (!pair(bias)) return "bias is not two numbers from -2 to 2";
  if (!pair(point)) return "point is not two numbers from -2 to 2";
  return typeof relu === "boolean" ? null : "relu is not true or false";
}

/** What the figure says of a state. */
export function sentence(language, { weights, bias, relu: withRelu, point }) {
  const words = WORDS[language];
  const pair = (values) => `(${values.map(shown).join(", ")})`;
  const det = determinant(weights), still = bias.every((value) => value === 0);
  let said = words.rows(weights.map(pair)) + (still ? words.still : words.shift(pair(bias)));
  if (shown(det) === "0") {
    said += weights.flat().every((value) => shown(value) === "0") ? words.point : words.line;
  } else {
    said += words[det > 0 ? "kept" : "turned"](shown(det), shown(Math.abs(det)));
    const outline = mapped([...SQUARE, SQUARE[0]], weights, bias, true);
    if (withRelu) said += words.left(shown(Math.abs(area(outline))));
  }
  const straight = image(point, weights, bias), bent = relu(straight);
  const isBent = withRelu && bent.some((value, at) => value !== straight[at]);
  return said + words[isBent ? "folded" : "goes"](pair(point), pair(straight), pair(bent));
}

// ---- Drawing ---------------------------------------------------------------------------------

const TICKS = Array.from({ length: 9 }, (_, at) => at / 2 - 2);
const GRID = TICKS.flatMap((t) => [[[t, -2], [t, 2]], [[-2, t], [2, t]]]);
const RING = Array.from({ length: 16 }, (_, at) => [1.6 * Math.cos((at * Math.PI) / 8), 1.6 * Math.sin((at * Math.PI) / 8)]);

/** Points as an SVG wants them: y grows downwards there. */
const svgPoints = (path) => path.map(([x, y]) => `${+x.toFixed(4)},${+(-y).toFixed(4)}`).join(" ");

/** A plot of one side, its parts still without a place. */
function plot(side, label) {
  const numbers = [-2, 2].map((t) => `<text x="${t}" y=".34">${t < 0 ? `−${-t}` : t}</text><text x="-.22" y="${-t + 0.1}">${t < 0 ? `−${-t}` : t}</text>`);
  return `<div class="side ${side}"><svg viewBox="${-HALF} ${-HALF} ${2 * HALF} ${2 * HALF}" aria-hidden="true">
    <g class="lines">${GRID.map(() => "<polyline></polyline>").join("")}</g>
    <path class="axes" d="M${-HALF} 0H${HALF}M0 ${-HALF}V${HALF}"></path><g class="numbers">${numbers.join("")}</g>
    <polygon class="square"></polygon>
    <polyline class="arrow one"></polyline><polyline class="arrow two"></polyline>
    <g class="ring">${RING.map((_, at) => `<circle r="${at ? 0.07 : 0.12}"></circle>`).join("")}</g>
    <path class="followed" d="M0 -.17L.17 0L0 .17L-.17 0Z"></path>
  </svg><p>${label}</p></div>`;
}

function render({ model, el }) {
  const names = ["weights", "bias", "relu", "point"];
  const state = () => Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  const number = (name, label) => `<label><code>${label}</code> <input type="range" min="-2" max="2" step="0.1" data-of="${name}"><input type="number" min="-2" max="2" step="any" data-of="${name}" aria-label="${label}"></label>`;
  el.classList.add("gears-figure", "dense-plane");
  el.innerHTML = `
    <div class="plots">${plot("before", `${words.before}: <code>x</code>`)}${plot("after", "")}</div>
    <div class="controls">
      <label>${words.preset} <select name="preset"><option value="">${words.choose}</option>${Object.keys(PRESETS).map((name) => `<option value="${name}">${words.presets[name]}</option>`).join("")}</select></label>
      <label><input type="checkbox" name="relu"> <code>relu</code></label>
    </div>
    <div class="numbers-of">
      <fieldset><legend>${words.weights}</legend>${["0,0", "0,1", "1,0", "1,1"].map((at) => number(`weights,${at}`, `W[${at.replace(",", ", ")}]`)).join("")}</fieldset>
      <fieldset><legend>${words.bias}</legend>${[0, 1].map((at) => number(`bias,${at}`, `b[${at}]`)).join("")}</fieldset>
      <fieldset><legend>${words.moves}</legend>${[0, 1].map((at) => number(`point,${at}`, `x[${at}]`)).join("")}</fieldset>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  const pad = find(".before svg"), preset = find("[name=preset]"), reluBox = find("[name=relu]");
  pad.removeAttribute("aria-hidden");
  pad.setAttribute("role", "application");
  pad.setAttribute("tabindex", "0");
  pad.setAttribute("aria-label", words.pad);
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

  /** One side: grid, square, arrows, ring and point, through a map of paths. */
  function drawSide(side, map, point) {
    const part = (selector) => find(`.${side} ${selector}`);
    [...part(".lines").children].forEach((line, at) => line.setAttribute("points", svgPoints(map(GRID[at]))));
    part(".square").setAttribute("points", svgPoints(map([...SQUARE, SQUARE[0]])));
    part(".one").setAttribute("points", svgPoints(map([[0, 0], [1, 0]])));
    part(".two").setAttribute("points", svgPoints(map([[0, 0], [0, 1]])));
    [...part(".ring").children].forEach((dot, at) => {
      const [[x, y]] = map([RING[at]]);
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", -y);
    });
    const [[x, y]] = map([point]);
    part(".followed").setAttribute("transform", `translate(${x} ${-y})`);
  }

  function draw() {
    const now = state(), { weights, bias, point } = now;
    drawSide("before", (path) => path, point);
    drawSide("after", (path) => mapped(path, weights, bias, now.relu), point);
    find(".after p").innerHTML = `${words.after}: <code>${now.relu ? "relu(x @ W + b)" : "x @ W + b"}</code>`;
    reluBox.checked = now.relu;
    for (const { field, name, at } of fields) {
      const value = at.reduce((values, index) => values[index], now[name]);
      if (document.activeElement !== field || !field.value || Number(field.value) !== value) field.value = shown(value);
    }
    const same = Object.keys(PRESETS).find((name) => ["weights", "bias"].every((part) => String(PRESETS[name][part]) === String(now[part])));
    preset.value = same && (same === "layer") === now.relu ? same : "";
    find("output").textContent = sentence(model.get("language"), now);
  }

  for (const { field, name, at } of fields) {
    field.addEventListener("input", () => {
      const value = Number(field.value);
      if (field.value === "" || !field.validity.valid) return;
      const values = structuredClone(model.get(name));
      at.slice(0, -1).reduce((part, index) => part[index], values)[at.at(-1)] = value;
      change({ [name]: values });
    });
    field.addEventListener("change", draw); // what was no number of the range goes back
  }
  reluBox.addEventListener("input", () => change({ relu: reluBox.checked }));
  preset.addEventListener("input", () => {
    if (preset.value) change({ ...structuredClone(PRESETS[preset.value]), relu: preset.value === "layer" });
  });
  const follow = (event) => {
    const box = pad.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width - 0.5) * 2 * HALF;
    const y = (0.5 - (event.clientY - box.top) / box.height) * 2 * HALF;
    change({ point: within([x, y]) });
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    follow(event);
  });
  pad.addEventListener("pointermove", (event) => {
    if (pad.hasPointerCapture(event.pointerId)) follow(event);
  });
  pad.addEventListener("keydown", (event) => {
    const target = step(model.get("point"), event.key);
    if (!target) return;
    event.preventDefault();
    change({ point: target });
  });

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
