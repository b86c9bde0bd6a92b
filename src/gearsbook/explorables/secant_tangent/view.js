// The curve with its lines, the chart of the errors, and controls for both.

import { check, choice, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { holding } from "../parts/holding.js";
import { keys } from "../parts/keys.js";
import { draggable, emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import {
  best,
  CHART,
  CURVES,
  ends,
  frame,
  held,
  isKink,
  nearest,
  place,
  problem,
  quotient,
  STEPS,
  sentence,
  shown,
  step,
  stepAt,
  sweep,
} from "./compute.js";
import { WORDS } from "./words.js";

const WIDTH = 380,
  HEIGHT = 250,
  RULER = 222; // below the curve, for what a hand moves: x, and the other end of the secant
/** @type {import("../parts/plot.js").Box} */
const BOX = [0, 0, WIDTH, 206];
/** @type {import("../parts/plot.js").Box} */
const ALL = [0, 0, WIDTH, HEIGHT];
/** @type {import("../parts/plot.js").Box} */
const CHART_BOX = [0, 0, 320, 250];
const DECADES = [-16, -12, -8, -4, 0];
const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 4: "⁴", 6: "⁶", 8: "⁸" };
const power = (n) => (n ? `10${[...String(n)].map((c) => SUPERSCRIPT[c]).join("")}` : "1");
const text = (x, y, words, anchor = "middle", kind = "") =>
  `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
const stroke = (kind, d) => `<path class="${kind}" d="${d}"></path>`;

/** The lengths of a triangle's sides, run and rise, and where they stand: between its corners and outside. */
function triangle(to, { h, central }, [start, end], [low, high]) {
  const [[x1, y1], [x2, y2]] = [to([start, low]), to([end, high])];
  const [run, rise] = [`${central ? "2h" : "h"} = ${shown(central ? 2 * h : h, 3)}`, withMinus(shown(high - low, 4))];
  const isLast = x2 > WIDTH - 50;
  return [
    stroke("legs", `M${x1} ${y1}H${x2}V${y2}`),
    // between the curve and its leg, and outside
    x2 - x1 > 60 ? text(x2 - 7, y1 + (y2 < y1 ? -5 : 14), run, "end", "length") : "",
    x2 - x1 > 25 ? text(x2 + (isLast ? -8 : 8), (y1 + y2) / 2 + 4, rise, isLast ? "end" : "start", "length") : "",
  ];
}

/** What a hand moves, below the curve: the places of x and of the ends of the secant, with lines up to the curve. */
function ruler(across, state, height) {
  const { x, central } = state,
    [first, other] = ends(state);
  const all = [...(central ? [["x − h", first]] : []), ["x + h", other], ["x", x]];
  const isWide = across(other) - across(x) > 34;
  const isFree = (place) => place > 9 && place < WIDTH - 9 && all.every(([, at]) => Math.abs(place - across(at)) > 22);
  const numbers = [-4, -2, 0, 2, 4].filter((n) => isFree(across(n)));
  return [
    stroke("axes", `M0 ${RULER}H${WIDTH}`),
    stroke("run", `M${across(first)} ${RULER}H${across(other)}`),
    ...numbers.map((n) => text(across(n), RULER + 21, withMinus(n))),
    ...all.map(([name, at]) => {
      const isX = name === "x";
      return (
        stroke("drop", `M${across(at)} ${RULER}V${height(at)}`) +
        stroke("grip", `M${across(at) - 13} ${RULER}l6 -4.5v9zM${across(at) + 13} ${RULER}l-6 -4.5v9z`) +
        `<circle class="knob ${isX ? "" : "end"}" cx="${across(at)}" cy="${RULER}" r="7"></circle>` +
        (isX || isWide ? text(across(at), RULER + 22, name, "middle", "h") : "")
      );
    }),
  ];
}

/** The curve and its lines, in steps from x and in differences from f(x) where it is magnified. */
function curvePicture(state, { across: [left, right], up: [low, high] }) {
  const { function: name, x, h, central, magnified } = state,
    { f, slope, sides, tick } = CURVES[name],
    start = f(x);
  const count = 240,
    [from, until] = magnified ? [-3 * h, 3 * h] : [left - x, right - x];
  const offsets = Array.from({ length: count + 1 }, (_, at) => from + (at / count) * (until - from));
  const rises = offsets.map((t) => f(x + t) - start);
  const steepest = Math.max(...rises.map(Math.abs)) || h;
  const [bottom, top] = magnified ? [-1.15 * steepest, 1.15 * steepest] : [low - start, high - start];
  const { to } = plane([from, until], [bottom, top], BOX),
    { line, dot } = shapes(to);
  const { value } = quotient(name, x, h, central),
    first = central ? -h : 0,
    base = f(x + first) - start,
    other = f(x + h) - start;
  const straight = (kind, by, through, rise, ends) =>
    line(
      kind,
      ends.map((t) => [t, rise + by * (t - through)]),
    );
  const far = [2 * from - until, 2 * until - from];
  const tangents = isKink(name, x)
    ? straight("tangent", sides[0], 0, 0, [far[0], 0]) + straight("tangent", sides[1], 0, 0, [0, far[1]])
    : straight("tangent", slope(x), 0, 0, far);
  const [zeroX, zeroY] = magnified ? to([0, 0]) : to([-x, -start]);
  const across = (at) => to([at - x, 0])[0];
  const below = magnified
    ? [-2, 0, 2].map((k) => text(to([k * h, 0])[0], RULER + 8, k ? `x ${k < 0 ? "−" : "+"} 2h` : "x"))
    : ruler(across, state, (at) => to([0, f(at) - start])[1]);
  const number = magnified
    ? text(zeroX + 6, 14, `f(x) + ${shown(top, 2)}`, "start")
    : text(zeroX - 6, to([0, tick - start])[1] + 4, tick, "end");
  return [
    stroke("axes", `M0 ${zeroY}H${WIDTH}M${zeroX} 0V${BOX[3]}`),
    number,
    line(
      "curve",
      offsets.map((t, at) => [t, rises[at]]),
    ),
    tangents,
    straight("secant", value, first, base, far),
    ...triangle(to, state, [first, h], [base, other]),
    stroke("below", `M-9 ${BOX[3]}H${WIDTH + 9}V${HEIGHT}H-9Z`),
    ...below,
    dot([first, base], 4.5, "end"),
    dot([h, other], 4.5, "end"),
    dot([0, 0], 5.5, "at"),
  ].join("");
}

/** The chart of the errors, both axes logarithmic. */
function chartPicture({ function: name, x, h, central }, words) {
  const { left, right, top, bottom, zero } = CHART,
    { dot, diamond } = shapes(([h, error]) => place(h, error));
  const grid = DECADES.map((n) => {
    const [px, py] = place(10 ** n, 10 ** n);
    const lines = stroke("grid", `M${px} ${top}V${zero}M${left} ${py}H${right}`);
    return lines + text(px, zero + 18, power(n)) + text(left - 5, py + 4, power(n), "end");
  });
  const axes = stroke("axes", `M${left} ${top}V${zero}H${right}`) + text(left - 5, zero + 4, 0, "end");
  const [now] = place(h, 1),
    [side, anchor] = now < 60 ? [5, "start"] : [-5, "end"];
  const cursor = stroke("now", `M${now} ${top}V${zero}`) + text(now + side, top + 8, "h", anchor, "h");
  const frame = grid.join("") + axes;
  if (isKink(name, x)) return frame + cursor + text((left + right) / 2, (top + bottom) / 2, words.none);
  const all = sweep(name, x, central),
    least = best(all.map((one) => one.error));
  /** A part of the error against h, with a gap wherever it is too small for the chart. */
  const series = (kind, part) => {
    const isDrawn = (at) => at >= 0 && all[at][part] >= 1e-16;
    const pieces = all.map((one, at) => {
      const [px, py] = place(STEPS[at], one[part]);
      return isDrawn(at) ? `${isDrawn(at - 1) ? "L" : "M"}${px.toFixed(2)} ${py.toFixed(2)}` : "";
    });
    return stroke(kind, pieces.join(""));
  };
  return [
    frame,
    series("truncation", "truncation"),
    series("rounding", "rounding"),
    series("errors", "error"),
    ...all.map((one, at) => dot([STEPS[at], one.error], 1.8, "error")),
    cursor,
    diamond("least", [STEPS[least], all[least].error], 8),
    dot([h, quotient(name, x, h, central).error], 4.5, "end"),
  ].join("");
}

/** For a legend: puts a line of the kind before a word. */
const entry = (kind) => (word) => {
  const key = html`<svg class="key" viewBox="0 0 26 10" aria-hidden="true"><path class="${kind}" d="M0 5H26" /></svg>`;
  return element`<span class="entry">${key} ${word}</span>`;
};
const diamond = (word) => element`<span class="entry"><span class="diamond" aria-hidden="true">◇</span> ${word}</span>`;

function view(page) {
  const { el, words, output, state, set } = page,
    last = STEPS.length - 1;
  const curves = emptyPlot(ALL, words.pad),
    chart = emptyPlot(CHART_BOX),
    lines = element`<p></p>`,
    h = element`<span class="number" aria-hidden="true"></span>`;
  const slider = range(
    page,
    "h",
    { min: 0, max: last },
    { get: (now) => last - nearest(now.h), set: (at) => ({ h: STEPS[last - at] }) },
  );
  const x = { min: -3, max: 3, step: 0.1 };
  const functions = choice(
    page,
    "function",
    words.function,
    Object.entries(CURVES).map(([name, { formula }]) => [name, formula]),
  );
  const method = choice(
    page,
    "central",
    words.method,
    [
      ["", words.forwards],
      ["1", words.centrally],
    ],
    { get: ({ central }) => (central ? "1" : ""), set: (value) => ({ central: value !== "" }) },
  );
  const legend = words.legend(entry("errors"), entry("truncation"), entry("rounding"), diamond);
  const below = element`<div class="side chart">${chart}<p>${legend}</p></div>`;
  el.append(html`
    <div class="side curves">${curves}${lines}</div>
    <div class="controls">
      <label>x ${range(page, "x", x)} ${number(page, "x", { "aria-label": "x", ...x })}</label>
      <label>h ${slider}${h}</label>
    </div>
    <div class="controls">
      ${functions} ${method} ${check(page, "magnified", words.magnify)} ${check(page, "errors", words.errors)}
    </div>
    ${below}
    ${output}`);
  keys(page, curves, (key, now) => step(now, key));
  draggable(chart, () => (place) => set({ h: stepAt(place) }));
  let shows = frame(state());
  const isHeld = holding(page, curves, (start) => {
    if (state().magnified) return () => {};
    const { from } = plane(shows.across, shows.up, BOX),
      move = held(state(), from(start)[0]);
    return (place) => set(move(from(place)[0]));
  });

  return (now) => {
    if (!isHeld()) shows = frame(now);
    curves.innerHTML = curvePicture(now, shows);
    curves.classList.toggle("still", now.magnified);
    below.hidden = !now.errors;
    if (now.errors) chart.innerHTML = chartPicture(now, words);
    const { value, derivative } = quotient(now.function, now.x, now.h, now.central),
      kink = isKink(now.function, now.x),
      width = now.central ? 2 * now.h : now.h;
    const [rise, run, by, slope] = [value * width, width, value, derivative].map((one) => withMinus(shown(one, 4)));
    const tangent = entry("tangent")(kink ? words.sides : `${words.tangent} ${slope}`);
    const { formula } = CURVES[now.function];
    lines.replaceChildren(html`${words.lines(formula, entry("secant"), `${rise} / ${run} = ${by}`, tangent)}`);
    h.textContent = shown(now.h, 3);
    slider.setAttribute("aria-valuetext", shown(now.h, 3));
  };
}

export default figure({
  name: "secant-tangent",
  reads: ["function", "x", "h", "central", "magnified", "errors"],
  words: WORDS,
  problem,
  sentence,
  view,
});
