// The curve with its lines, the chart of the errors, and controls for both.

import { check, choice, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { clamp } from "../parts/numbers.js";
import { draggable, emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import {
  best,
  CHART,
  CURVES,
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
  within,
} from "./compute.js";
import { WORDS } from "./words.js";

const WIDTH = 320,
  HEIGHT = 250,
  REACH = 4.2; // of a plot in its own units; the curve goes from -REACH to REACH
/** @type {import("../parts/plot.js").Box} */
const BOX = [0, 0, WIDTH, HEIGHT];
const DECADES = [-16, -12, -8, -4, 0];
const SUPERSCRIPT = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 4: "⁴", 6: "⁶", 8: "⁸" };
const power = (n) => (n ? `10${[...String(n)].map((c) => SUPERSCRIPT[c]).join("")}` : "1");
const text = (x, y, words, anchor = "middle") => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;

/** The curve and its lines, in steps from x and in differences from f(x) where it is magnified. */
function curvePicture({ function: name, x, h, central, magnified }) {
  const { f, slope, sides, low, high, tick } = CURVES[name],
    start = f(x);
  const count = 240,
    half = magnified ? 3 * h : REACH,
    from = magnified ? 0 : x;
  const offsets = Array.from({ length: count + 1 }, (_, at) => ((2 * at) / count - 1) * half - from);
  const rises = offsets.map((t) => f(x + t) - start);
  const steepest = Math.max(...rises.map(Math.abs)) || h;
  const [bottom, top] = magnified ? [-1.15 * steepest, 1.15 * steepest] : [low - start, high - start];
  const { to } = plane([-half - from, half - from], [bottom, top], BOX),
    { line, dot } = shapes(to);
  const { value } = quotient(name, x, h, central),
    first = central ? -h : 0,
    base = f(x + first) - start;
  const straight = (kind, by, through, rise, ends) =>
    line(
      kind,
      ends.map((t) => [t, rise + by * (t - through)]),
    );
  const far = [-2 * half - from, 2 * half - from];
  const tangents = isKink(name, x)
    ? straight("tangent", sides[0], 0, 0, [far[0], 0]) + straight("tangent", sides[1], 0, 0, [0, far[1]])
    : straight("tangent", slope(x), 0, 0, far);
  const [zeroX, zeroY] = magnified ? to([0, 0]) : to([-x, -start]);
  const numbers = magnified
    ? [
        text(zeroX + 6, HEIGHT - 7, "x", "start"),
        ...[-2, 2].map((k) => text(to([k * h, 0])[0], HEIGHT - 7, `x ${k < 0 ? "−" : "+"} 2h`)),
        text(zeroX + 6, 14, `f(x) + ${shown(top, 2)}`, "start"),
      ]
    : [
        ...[-2, 2].map((t) => text(to([t - x, 0])[0], zeroY + 15, withMinus(t))),
        text(zeroX - 6, to([0, tick - start])[1] + 4, tick, "end"),
      ];
  return [
    `<path class="axes" d="M0 ${zeroY}H${WIDTH}M${zeroX} 0V${HEIGHT}"></path>`,
    ...numbers,
    line(
      "curve",
      offsets.map((t, at) => [t, rises[at]]),
    ),
    tangents,
    straight("secant", value, first, base, far),
    dot([first, base], 4.5, "end"),
    dot([h, f(x + h) - start], 4.5, "end"),
    dot([0, 0], 5.5, "at"),
  ].join("");
}

/** The chart of the errors, both axes logarithmic. */
function chartPicture({ function: name, x, h, central }, words) {
  const { left, right, top, bottom, zero } = CHART,
    { dot, diamond } = shapes(([h, error]) => place(h, error));
  const grid = DECADES.map((n) => {
    const [px, py] = place(10 ** n, 10 ** n);
    const lines = `<path class="grid" d="M${px} ${top}V${zero}M${left} ${py}H${right}"></path>`;
    return lines + text(px, zero + 18, power(n)) + text(left - 5, py + 4, power(n), "end");
  });
  const axes = `<path class="axes" d="M${left} ${top}V${zero}H${right}"></path>${text(left - 5, zero + 4, 0, "end")}`;
  const [now] = place(h, 1),
    [side, anchor] = now < 60 ? [5, "start"] : [-5, "end"];
  const cursor = `<path class="now" d="M${now} ${top}V${zero}"></path>
    <text class="h" x="${now + side}" y="${top + 8}" text-anchor="${anchor}">h</text>`;
  const frame = grid.join("") + axes;
  if (isKink(name, x)) return frame + cursor + text((left + right) / 2, (top + bottom) / 2, words.none);
  const all = sweep(name, x, central),
    least = best(all.map((one) => one.error));
  /** A part of the error against h, with a gap wherever it is too small for the chart. */
  const path = (kind, part) => {
    const isDrawn = (at) => at >= 0 && all[at][part] >= 1e-16;
    const pieces = all.map((one, at) => {
      const [px, py] = place(STEPS[at], one[part]);
      return isDrawn(at) ? `${isDrawn(at - 1) ? "L" : "M"}${px.toFixed(2)} ${py.toFixed(2)}` : "";
    });
    return `<path class="${kind}" d="${pieces.join("")}"></path>`;
  };
  return [
    frame,
    path("truncation", "truncation"),
    path("rounding", "rounding"),
    path("errors", "error"),
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
  const curves = emptyPlot(BOX, words.pad),
    chart = emptyPlot(BOX),
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
  el.append(html`
    <div class="plots">
      <div class="side curves">${curves}${lines}</div>
      <div class="side chart second">${chart}<p>${legend}</p></div>
    </div>
    <div class="controls">
      ${functions} ${method} ${check(page, "magnified", words.magnify)}
    </div>
    <div class="controls">
      <label>x ${range(page, "x", x)} ${number(page, "x", { "aria-label": "x", ...x })}</label>
      <label>h ${slider}${h}</label>
    </div>
    ${output}`);
  keys(page, curves, (key, now) => step(now, key));
  draggable(chart, () => (place) => set({ h: stepAt(place) }));
  draggable(curves, (start) => {
    // the nearer of the two ends: x, or x + h if it can be told from x
    const { x, h, magnified } = state(),
      across = (place) => plane([-REACH, REACH], [0, 1], BOX).from(place)[0];
    if (magnified) return () => {};
    const isEnd = h >= 0.1 && Math.abs(across(start) - x - h) < Math.abs(across(start) - x);
    return (place) =>
      set(isEnd ? { h: STEPS[nearest(clamp(across(place) - x, 0.05, 1))] } : { x: within(across(place)) });
  });

  return (now) => {
    curves.innerHTML = curvePicture(now);
    curves.classList.toggle("still", now.magnified);
    chart.innerHTML = chartPicture(now, words);
    const name = isKink(now.function, now.x) ? words.sides : words.tangent;
    lines.replaceChildren(html`${words.lines(CURVES[now.function].formula, entry("secant"), entry("tangent"), name)}`);
    h.textContent = shown(now.h, 3);
    slider.setAttribute("aria-valuetext", shown(now.h, 3));
  };
}

export default figure({
  name: "secant-tangent",
  reads: ["function", "x", "h", "central", "magnified"],
  words: WORDS,
  problem,
  sentence,
  view,
});
