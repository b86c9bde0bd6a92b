// Secant and tangent: difference quotients of a function, and the two parts of their error.

import { dragging } from "./parts/dragging.js";

/** @import { Language, Pair } from "./types.d.ts" */
/**
 * @typedef {object} State
 * @property {string} function
 * @property {number} x
 * @property {number} h
 * @property {boolean} central
 * @property {boolean} magnified
 */

const WORDS = {
  en: {
    function: "function",
    method: "difference",
    forwards: "forward",
    centrally: "central",
    magnify: "magnify: x ± 3h",
    pad: "The curve with the point x; left and right arrow keys move x, up and down change h",
    tangent: "tangent",
    sides: "slope on either side",
    lines: (formula, secant, tangent, name) => `${formula}: ${secant}secant,</span> ${tangent}${name}</span>`,
    legend: (error, truncation, rounding, least) =>
      `against h: ${error}error,</span> ${truncation}truncation,</span> ${rounding}rounding,</span> ${least}smallest error</span>`,
    none: "no derivative here, so no error",
    forward: (s) => `${s.formula} at x = ${s.x}, forward difference with h = ${s.h}: ${s.quotient}. `,
    central: (s) => `${s.formula} at x = ${s.x}, central difference with h = ${s.h}: ${s.quotient}. `,
    derivative: (slope, error) => `The derivative is ${slope}, the error ${error}. `,
    exact: "Here nothing is lost. ",
    same: "Both values of f are the same number, so their difference is 0. ",
    crossed: "The kink at 0 lies between the two points. ",
    truncation: "Most of it is truncation: the curve bends between the two points. ",
    rounding: "Most of it is rounding: few digits are left of the difference. ",
    best: (error, h) => `The smallest error drawn is ${error}, at h = ${h}.`,
    kink: ([left, right]) =>
      `There is no derivative: the slope is ${left} to the left and ${right} to the right. The quotient does not tell.`,
  },
  zh: {
    function: "函数",
    method: "差分",
    forwards: "前向",
    centrally: "中心",
    magnify: "放大：x ± 3h",
    pad: "曲线和点 x；左右方向键移动 x，上下方向键改变 h",
    tangent: "切线",
    sides: "两侧的斜率",
    lines: (formula, secant, tangent, name) => `${formula}：${secant}割线，</span>${tangent}${name}</span>`,
    legend: (error, truncation, rounding, least) =>
      `横轴 h：${error}误差，</span>${truncation}截断，</span>${rounding}舍入，</span>${least}最小误差</span>`,
    none: "这里没有导数，也就谈不上误差",
    forward: (s) => `${s.formula} 在 x = ${s.x} 处，h = ${s.h} 时前向差分是 ${s.quotient}。`,
    central: (s) => `${s.formula} 在 x = ${s.x} 处，h = ${s.h} 时中心差分是 ${s.quotient}。`,
    derivative: (slope, error) => `导数是 ${slope}，误差是 ${error}。`,
    exact: "这里一点也没丢。",
    same: "两个函数值是同一个数，相减得 0。",
    crossed: "折点 0 夹在两点之间。",
    truncation: "主要是截断误差：曲线在两点之间是弯的。",
    rounding: "主要是舍入误差：两个函数值相减之后，剩不下几位数字。",
    best: (error, h) => `画出的误差里，最小的是 ${error}，在 h = ${h} 处。`,
    kink: ([left, right]) => `这里没有导数：左边的斜率是 ${left}，右边的是 ${right}，差商却看不出来。`,
  },
};
const LARGEST_X = 3,
  LARGEST_H = 1,
  SMALLEST_H = 1e-17;
// six in a decade, written as decimals: a power would be rounded differently from NumPy's
export const STEPS = [
  1,
  ...Array.from({ length: 17 }, (_, d) => ["7", "5", "3", "2", "1.5", "1"].map((m) => Number(`${m}e-${d + 1}`))).flat(),
];

// ---- Computing -------------------------------------------------------------------------------

const height = (x) => Math.sqrt(1 + x * x);
/**
 * Functions of + - * / and the square root alone: those are rounded in the same way everywhere.
 * `secant` is (f(b) - f(a)) / (b - a), rearranged so that nothing cancels; `sides` are the slopes
 * left and right of a kink at 0; `low` and `high` are the ends of the plot.
 */
export const CURVES = {
  square: { formula: "x²", f: (x) => x * x, slope: (x) => 2 * x, secant: (a, b) => a + b, low: -3, high: 17, tick: 10 },
  cubic: {
    formula: "x³/10 − x",
    f: (x) => (x * x * x) / 10 - x,
    slope: (x) => (3 * x * x) / 10 - 1,
    secant: (a, b) => (a * a + a * b + b * b) / 10 - 1,
    low: -4,
    high: 4,
    tick: 2,
  },
  bell: {
    formula: "1/(1 + x²)",
    f: (x) => 1 / (1 + x * x),
    slope: (x) => (-2 * x) / ((1 + x * x) * (1 + x * x)),
    secant: (a, b) => -(a + b) / ((1 + a * a) * (1 + b * b)),
    low: -0.4,
    high: 1.4,
    tick: 1,
  },
  root: {
    formula: "√(1 + x²)",
    f: height,
    slope: (x) => x / height(x),
    secant: (a, b) => (a + b) / (height(a) + height(b)),
    low: -1,
    high: 4.5,
    tick: 2,
  },
  relu: {
    formula: "relu(x)",
    f: (x) => Math.max(x, 0),
    slope: (x) => (x > 0 ? 1 : 0),
    secant: (a, b, width) => (a >= 0 ? 1 : b <= 0 ? 0 : b / width),
    sides: [0, 1],
    low: -1,
    high: 4.5,
    tick: 2,
  },
  abs: {
    formula: "|x|",
    f: Math.abs,
    slope: Math.sign,
    secant: (a, b, width) => (a >= 0 ? 1 : b <= 0 ? -1 : (a + b) / width),
    sides: [-1, 1],
    low: -1,
    high: 4.5,
    tick: 2,
  },
};

/**
 * The difference quotient as it comes out in float64, and the two parts of its error.
 *
 * @param {string} name
 * @param {number} x
 * @param {number} h
 * @param {boolean} central
 */
export function quotient(name, x, h, central) {
  const { f, slope, secant } = CURVES[name];
  const [a, b, width] = central ? [x - h, x + h, 2 * h] : [x, x + h, h];
  const value = (f(b) - f(a)) / width,
    exact = secant(a, b, width),
    derivative = slope(x);
  return {
    value,
    derivative,
    error: Math.abs(value - derivative),
    truncation: Math.abs(exact - derivative),
    rounding: Math.abs(value - exact),
  };
}

/**
 * Quotient and errors for every step that is drawn.
 *
 * @param {string} name
 * @param {number} x
 * @param {boolean} central
 */
export function sweep(name, x, central) {
  return STEPS.map((h) => quotient(name, x, h, central));
}

/**
 * The place of the smallest error; of several the first, with the largest h.
 *
 * @param {number[]} errors
 */
export function best(errors) {
  return errors.indexOf(Math.min(...errors));
}

/** The place of the step that is nearest on a logarithmic axis. */
function nearest(h) {
  const far = STEPS.map((step) => Math.abs(Math.log(step / h)));
  return far.indexOf(Math.min(...far));
}

/** Whether the function has a kink right at x. */
function isKink(name, x) {
  return x === 0 && CURVES[name].sides !== undefined;
}

/**
 * A number with so many significant digits.
 *
 * @param {number} value
 * @param {number} digits
 */
export function shown(value, digits) {
  if (value === 0) return "0";
  if (Math.abs(value) >= 1e-3)
    return value
      .toPrecision(digits)
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "");
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  return `${mantissa.replace(/\.?0+$/, "")}e${exponent}`;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ function: name, x, h, central, magnified }) {
  if (!Object.hasOwn(CURVES, name)) return `function is ${name}`;
  if (!(Math.abs(x) <= LARGEST_X)) return `x is ${x}, not -3 to 3`;
  if (!(h >= SMALLEST_H && h <= LARGEST_H)) return `h is ${h}, not 1e-17 to 1`;
  return typeof central === "boolean" && typeof magnified === "boolean"
    ? null
    : "central or magnified is not true or false";
}

/**
 * What the figure says of a state.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { function: name, x, h, central }) {
  const words = WORDS[language],
    { formula, sides } = CURVES[name];
  const { value, derivative, error, truncation, rounding } = quotient(name, x, h, central);
  const said = words[central ? "central" : "forward"]({
    formula,
    x: shown(x, 6),
    h: shown(h, 3),
    quotient: shown(value, 12),
  });
  if (isKink(name, x)) return said + words.kink(sides);
  const isCrossed = sides && x - (central ? h : 0) < 0 && x + h > 0;
  const cause =
    error === 0
      ? "exact"
      : value === 0
        ? "same"
        : isCrossed
          ? "crossed"
          : truncation >= rounding
            ? "truncation"
            : "rounding";
  const errors = sweep(name, x, central).map((one) => one.error),
    at = best(errors);
  return (
    said +
    words.derivative(shown(derivative, 12), shown(error, 2)) +
    words[cause] +
    words.best(shown(errors[at], 2), shown(STEPS[at], 3))
  );
}

// ---- Drawing ---------------------------------------------------------------------------------

const WIDTH = 320,
  HEIGHT = 250,
  REACH = 4.2; // of a plot in its own units; the curve goes from -REACH to REACH
const CHART = { left: 42, right: 312, top: 10, bottom: 208, zero: 224 }; // of the errors
const DECADES = [-16, -12, -8, -4, 0];
const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 4: "⁴", 6: "⁶", 8: "⁸" };
const power = (n) => (n ? `10${[...String(n)].map((c) => SUPERSCRIPT[c]).join("")}` : "1");
const line = (places) => places.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(" ");
const key = (kind) =>
  `<span class="entry"><svg class="key" viewBox="0 0 26 10" aria-hidden="true"><path class="${kind}" d="M0 5H26"></path></svg> `; // closed after its word

/**
 * Where a step and an error are in the chart; an error of 0 has a line of its own.
 *
 * @param {number} h
 * @param {number} error
 */
export function place(h, error) {
  const across = (Math.log10(h) + 17) / 17,
    up = (Math.log10(error) + 16) / 18;
  const y = CHART.bottom - Math.max(0, Math.min(1, up)) * (CHART.bottom - CHART.top);
  return [CHART.left + across * (CHART.right - CHART.left), error === 0 ? CHART.zero : y];
}

/** The step at a place of the chart. */
function stepAt(x) {
  return STEPS[nearest(10 ** (((x - CHART.left) / (CHART.right - CHART.left)) * 17 - 17))];
}

/** The curve and its lines, in steps from x and in differences from f(x) where it is magnified. */
function curvePicture({ function: name, x, h, central, magnified }) {
  const { f, slope, sides, low, high, tick } = CURVES[name],
    start = f(x);
  const count = 240,
    half = magnified ? 3 * h : REACH,
    from = magnified ? 0 : x;
  const offsets = Array.from({ length: count + 1 }, (_, at) => ((2 * at) / count - 1) * half - (magnified ? 0 : x));
  const rises = offsets.map((t) => f(x + t) - start);
  const steepest = Math.max(...rises.map(Math.abs)) || h;
  const [bottom, top] = magnified ? [-1.15 * steepest, 1.15 * steepest] : [low - start, high - start];
  const at = (t, rise) => [((t + from) / half + 1) * (WIDTH / 2), ((top - rise) / (top - bottom)) * HEIGHT];
  const { value } = quotient(name, x, h, central),
    first = central ? -h : 0,
    base = f(x + first) - start;
  const straight = (kind, by, through, rise, ends) =>
    `<polyline class="${kind}" points="${line(ends.map((t) => at(t, rise + by * (t - through))))}"></polyline>`;
  const far = [-2 * half - from, 2 * half - from];
  const tangents = isKink(name, x)
    ? straight("tangent", sides[0], 0, 0, [far[0], 0]) + straight("tangent", sides[1], 0, 0, [0, far[1]])
    : straight("tangent", slope(x), 0, 0, far);
  const dots = [
    [first, base],
    [h, f(x + h) - start],
  ].map(([t, rise]) => at(t, rise));
  const [px, py] = at(0, 0),
    text = (x, y, words, anchor = "middle") => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const number = (n) => String(n).replace("-", "−");
  const axes = magnified
    ? `<path class="axes" d="M0 ${py}H${WIDTH}M${px} 0V${HEIGHT}"></path>${text(px + 6, HEIGHT - 7, "x", "start")}${[-2, 2].map((k) => text(at(k * h, 0)[0], HEIGHT - 7, `x ${k < 0 ? "−" : "+"} 2h`)).join("")}${text(px + 6, 14, `f(x) + ${shown(top, 2)}`, "start")}`
    : `<path class="axes" d="M0 ${at(0, -start)[1]}H${WIDTH}M${WIDTH / 2} 0V${HEIGHT}"></path>${[-2, 2].map((t) => text(at(t - x, 0)[0], at(0, -start)[1] + 15, number(t))).join("")}${text(WIDTH / 2 - 6, at(0, tick - start)[1] + 4, tick, "end")}`;
  return `${axes}<polyline class="curve" points="${line(offsets.map((t, k) => at(t, rises[k])))}"></polyline>${tangents}${straight("secant", value, first, base, far)}
    <circle class="end" cx="${dots[0][0]}" cy="${dots[0][1]}" r="4.5"></circle><circle class="end" cx="${dots[1][0]}" cy="${dots[1][1]}" r="4.5"></circle><circle class="at" cx="${px}" cy="${py}" r="5.5"></circle>`;
}

/** The chart of the errors, both axes logarithmic. */
function chartPicture({ function: name, x, h, central }, words) {
  const { left, right, top, bottom, zero } = CHART;
  const grid = DECADES.map((n) => {
    const [px, py] = place(10 ** n, 10 ** n);
    return `<path class="grid" d="M${px} ${top}V${zero}M${left} ${py}H${right}"></path><text x="${px}" y="${zero + 18}" text-anchor="middle">${power(n)}</text><text x="${left - 5}" y="${py + 4}" text-anchor="end">${power(n)}</text>`;
  });
  const frame = `${grid.join("")}<path class="axes" d="M${left} ${top}V${zero}H${right}"></path><text x="${left - 5}" y="${zero + 4}" text-anchor="end">0</text>`;
  const [now] = place(h, 1),
    cursor = `<path class="now" d="M${now} ${top}V${zero}"></path><text class="h" x="${now < 60 ? now + 5 : now - 5}" y="${top + 8}" text-anchor="${now < 60 ? "start" : "end"}">h</text>`;
  if (isKink(name, x))
    return `${frame}${cursor}<text x="${(left + right) / 2}" y="${(top + bottom) / 2}" text-anchor="middle">${words.none}</text>`;
  const all = sweep(name, x, central);
  const drawn = (part) => {
    // a gap wherever the part is too small for the chart
    let pen = "M";
    return all
      .map((one, at) => {
        if (one[part] < 1e-16) {
          pen = "M";
          return "";
        }
        const [px, py] = place(STEPS[at], one[part]),
          piece = `${pen}${px.toFixed(2)} ${py.toFixed(2)}`;
        pen = "L";
        return piece;
      })
      .join("");
  };
  const least = best(all.map((one) => one.error)),
    [mx, my] = place(STEPS[least], all[least].error);
  const dots = all.map((one, at) => {
    const [px, py] = place(STEPS[at], one.error);
    return `<circle class="error" cx="${px.toFixed(2)}" cy="${py.toFixed(2)}" r="1.8"></circle>`;
  });
  const [cx, cy] = place(h, quotient(name, x, h, central).error);
  return `${frame}<path class="truncation" d="${drawn("truncation")}"></path><path class="rounding" d="${drawn("rounding")}"></path><path class="errors" d="${drawn("error")}"></path>${dots.join("")}
    ${cursor}<path class="least" d="M${mx} ${my - 8}L${mx + 8} ${my}L${mx} ${my + 8}L${mx - 8} ${my}Z"></path><circle class="end" cx="${cx}" cy="${cy}" r="4.5"></circle>`;
}

function render({ model, el }) {
  const names = ["function", "x", "h", "central", "magnified"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language],
    last = STEPS.length - 1;
  const plot = (side, attributes) =>
    `<div class="side ${side}"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" ${attributes}></svg><p></p></div>`;
  el.classList.add("gears-figure", "secant-tangent");
  el.innerHTML = `
    <div class="plots">${plot("curves", `tabindex="0" role="application" aria-label="${words.pad}"`)}${plot("chart", 'aria-hidden="true"')}</div>
    <div class="controls">
      <label>${words.function} <select name="function">${Object.entries(CURVES)
        .map(([name, { formula }]) => `<option value="${name}">${formula}</option>`)
        .join("")}</select></label>
      <label>${words.method} <select name="central"><option value="">${words.forwards}</option><option value="1">${words.centrally}</option></select></label>
      <label><input type="checkbox" name="magnified"> ${words.magnify}</label>
    </div>
    <div class="controls">
      <label>x <input type="range" name="x" min="-3" max="3" step="0.1"></label><input type="number" name="x" aria-label="x" min="-3" max="3" step="0.1">
      <label>h <input type="range" name="h" min="0" max="${last}"><span class="number"></span></label>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  const pad = find(".curves svg"),
    chart = find(".chart svg"),
    fields = [...el.querySelectorAll("input[name=x]")];
  for (const control of el.querySelectorAll("[tabindex], input, select")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  find(".chart p").innerHTML = words.legend(
    key("errors"),
    key("truncation"),
    key("rounding"),
    '<span class="entry"><span class="diamond" aria-hidden="true">◇</span> ',
  );

  const change = (values) => {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
    model.save_changes();
  };
  const tenth = (x) => Math.round(10 * Math.max(-LARGEST_X, Math.min(LARGEST_X, x))) / 10;

  function draw() {
    const now = state();
    pad.innerHTML = curvePicture(now);
    chart.innerHTML = chartPicture(now, words);
    find(".curves p").innerHTML = words.lines(
      CURVES[now.function].formula,
      key("secant"),
      key("tangent"),
      isKink(now.function, now.x) ? words.sides : words.tangent,
    );
    find("[name=function]").value = now.function;
    find("[name=central]").value = now.central ? "1" : "";
    find("[name=magnified]").checked = now.magnified;
    pad.classList.toggle("still", now.magnified);
    for (const field of fields) {
      if (!field.matches(":focus") || field.value === "" || Number(field.value) !== now.x) field.value = now.x;
    }
    find("[name=h]").value = last - nearest(now.h);
    find("[name=h]").setAttribute("aria-valuetext", shown(now.h, 3));
    find(".number").textContent = shown(now.h, 3);
    find("output").textContent = sentence(language, now);
  }

  find("[name=function]").addEventListener("input", ({ target }) => change({ function: target.value }));
  find("[name=central]").addEventListener("input", ({ target }) => change({ central: target.value !== "" }));
  find("[name=magnified]").addEventListener("input", ({ target }) => change({ magnified: target.checked }));
  find("[name=h]").addEventListener("input", ({ target }) => change({ h: STEPS[last - Number(target.value)] }));
  for (const field of fields) {
    field.addEventListener("input", () => {
      if (field.value !== "" && Math.abs(Number(field.value)) <= LARGEST_X) change({ x: Number(field.value) });
    });
    field.addEventListener("blur", draw); // what was no number of the range goes back
  }

  const move = (by) => change({ h: STEPS[Math.max(0, Math.min(last, nearest(model.get("h")) - by))] });
  pad.addEventListener("keydown", (event) => {
    const sideways = { ArrowLeft: -0.1, ArrowRight: 0.1 }[event.key],
      up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!(sideways || up) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (up) move(up);
    else change({ x: tenth(model.get("x") + sideways) });
  });

  dragging(
    chart,
    () =>
      ([across]) =>
        change({ h: stepAt(across * WIDTH) }),
  );
  dragging(pad, (from) => {
    // the nearer of the two ends: x, or x + h if it can be told from x
    const { x, h, magnified } = state(),
      value = (/** @type {Pair} */ [across]) => across * 2 * REACH - REACH;
    if (magnified) return () => {};
    const isEnd = h >= 0.1 && Math.abs(value(from) - x - h) < Math.abs(value(from) - x);
    return (to) =>
      change(
        isEnd ? { h: STEPS[nearest(Math.max(0.05, Math.min(LARGEST_H, value(to) - x)))] } : { x: tenth(value(to)) },
      );
  });

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
