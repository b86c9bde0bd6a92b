// The plane before and after the layer, and a slider and a field for each number.

import { check, choice, oneOf, path, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { decimals } from "../parts/numbers.js";
import { draggable, emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import { determinant, half, mapped, negative, OUTLINE, PRESETS, problem, sentence, step, within } from "./compute.js";
import { WORDS } from "./words.js";

const SIZE = 150; // half the width of a plot in its own units
/** @type {import("../parts/plot.js").Box} */
const BOX = [-SIZE, -SIZE, 2 * SIZE, 2 * SIZE];
const EDGE = OUTLINE.map((corner) => corner.map((x) => 4 * x - 2)); // of the grid
const GRID = Array.from({ length: 9 }, (_, at) => at / 2 - 2).flatMap((t) => [
  [
    [t, -2],
    [t, 2],
  ],
  [
    [-2, t],
    [2, t],
  ],
]);
const RING = Array.from({ length: 16 }, (_, at) => [
  1.6 * Math.cos((at * Math.PI) / 8),
  1.6 * Math.sin((at * Math.PI) / 8),
]);
const ARROW_TIPS = [
  [1, 0],
  [0, 1],
];

/** The plots' plane, with everything in it that the layer can move. */
const shown = ({ weights, bias }) => {
  const size = half(weights, bias);
  return plane([-size, size], [-size, size], BOX);
};

/** An arrow along a path of the plot, with its head at the end; nothing if it has no length. */
function arrow(kind, path) {
  const { line, area } = shapes((place) => place);
  const end = path.at(-1),
    from = path.findLast((place) => Math.hypot(place[0] - end[0], place[1] - end[1]) > 1e-6);
  if (!from) return "";
  const length = Math.hypot(end[0] - from[0], end[1] - from[1]),
    head = Math.min(10, length);
  const [u, v] = [(end[0] - from[0]) / length, (end[1] - from[1]) / length];
  const neck = [end[0] - head * u, end[1] - head * v],
    side = 0.45 * head;
  const corners = [end, [neck[0] - side * v, neck[1] + side * u], [neck[0] + side * v, neck[1] - side * u]];
  return line(`arrow ${kind}`, [...path.slice(0, -1), neck]) + area("head", corners);
}

/** Where the name of an arrow is: beside its tip on the side away from the square; null if it has no length. */
function nameplace(path, outwards) {
  const [start, end] = [path[0], path.at(-1)],
    length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  if (length < 1) return null;
  const [u, v] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  return [end[0] - outwards * v * 22 + u * 4, end[1] + outwards * u * 13 + v * 4];
}

/** What is in a plot: all that `map` makes of the grid, the square, the arrows and the points. */
function picture(to, map, straight, { tick, point, names, isTurned, folded }) {
  const { line, area, dot, diamond } = shapes(to);
  const arrows = ARROW_TIPS.map((tip) => [[0, 0], tip]);
  /** @type {(kind: string, place: number[], words: string) => string} */
  const text = (kind, [x, y], words) => `<text class="${kind}" x="${x}" y="${y}">${words}</text>`;
  const nameplaces = arrows.map((path, at) => nameplace(map(path).map(to), (at ? -1 : 1) * (isTurned ? -1 : 1)));
  /** @param {number[]} place */
  const isFree = ([x, y]) => !nameplaces.some((at) => at && Math.abs(at[0] - x) < 30 && Math.abs(at[1] - y) < 20);
  const numbers = [-tick, tick].flatMap((t) => {
    const [x, y] = to([t, t]);
    return [
      [x, 13],
      [-12, y],
    ]
      .filter(isFree)
      .map((place) => text("number", place, withMinus(t)));
  });
  return [
    ...folded.map((polygon) => area("folded", polygon)),
    ...GRID.map((path) => line("line", map(path))),
    `<path class="axes" d="M${-SIZE} 0H${SIZE}M0 ${-SIZE}V${SIZE}"></path>${numbers.join("")}`,
    straight === map ? "" : line("ghost", straight(EDGE)) + line("ghost", straight(OUTLINE)),
    area("square", map(OUTLINE)),
    ...RING.map((place) => dot(map([place])[0], 2.7)),
    ...arrows.map((path, at) => arrow(["one", "two"][at], map(path).map(to))),
    diamond("followed", map([point])[0], 8.5),
    ...nameplaces.map((place, at) => (place ? text("name", place, names[at]) : "")),
  ].join("");
}

function view(page) {
  const { el, words, output, state, set } = page;
  const before = emptyPlot(BOX, words.pad),
    after = emptyPlot(BOX);
  draggable(before, () => (place) => set({ point: within(shown(state()).from(place)) }));
  keys(page, before, (key, { point }) => step(point, key));

  const names = Object.entries({ "": words.choose, ...words.presets }),
    preset = choice(page, "preset", words.preset, names, oneOf(PRESETS));
  const pair = (at, label) => {
    const attributes = { min: -2, max: 2, step: 0.1, "aria-label": label },
      way = { ...path(at), write: decimals };
    return html`<span class="pair">${[range, number].map((field) => field(page, at, attributes, way))}</span>`;
  };
  const entry = (of, label, first, second) => html`
    <div class="entry"><span class="what"><code>${label}</code> ${words.lines[of]}</span>
      ${pair(`${of}.0`, first)}${pair(`${of}.1`, second)}</div>`;
  const formula = element`<code></code>`,
    note = element`<p class="note">${words.note} <span>${words.folds}</span></p>`;
  el.append(html`
    <div class="plots">
      <div class="side before second">${before}<p>${words.before}: <code>x</code></p></div>
      <div class="side after">${after}<p>${words.after}: ${formula}</p></div>
    </div>
    <div class="controls">${preset}${check(page, "relu", html`<code>relu</code>`)}</div>
    <div class="entries">
      <div class="entry heads" aria-hidden="true"><span></span><code>[0]</code><code>[1]</code></div>
      ${entry("weights.0", "W[0]", "W[0, 0]", "W[0, 1]")}${entry("weights.1", "W[1]", "W[1, 0]", "W[1, 1]")}
      ${entry("bias", "b", "b[0]", "b[1]")}${entry("point", "x", "x[0]", "x[1]")}
    </div>
    ${output}${note}`);

  return (now) => {
    const { weights, bias, relu, point } = now,
      size = half(weights, bias),
      tick = size > 9 ? 8 : size > 5 ? 4 : 2;
    const same = (path) => path,
      straight = (path) => mapped(path, weights, bias, false),
      map = relu ? (path) => mapped(path, weights, bias, true) : straight;
    const folded = (relu ? [0, 1] : []).map((k) => negative(EDGE.slice(1), weights, bias, k)).filter((part) => part[0]);
    const { to } = shown(now);
    const first = { tick, point, folded, names: ["(1, 0)", "(0, 1)"], isTurned: false };
    const second = { tick, point, folded: [], names: ["W[0]", "W[1]"], isTurned: determinant(weights) < 0 };
    before.innerHTML = picture(to, same, same, first);
    after.innerHTML = picture(to, map, straight, second);
    formula.textContent = relu ? "relu(x @ W + b)" : "x @ W + b";
    note.classList.toggle("plain", !relu);
  };
}

export default figure({
  name: "dense-plane",
  reads: ["weights", "bias", "relu", "point"],
  words: WORDS,
  problem,
  sentence,
  view,
});
