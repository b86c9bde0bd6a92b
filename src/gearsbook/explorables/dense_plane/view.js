// The plane before and after the layer, and a slider and a field for each number.

import { check, choice, oneOf, path, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { holding } from "../parts/holding.js";
import { keys } from "../parts/keys.js";
import { decimals } from "../parts/numbers.js";
import { playing } from "../parts/playing.js";
import { emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import { isCalm } from "../parts/ticking.js";
import {
  determinant,
  half,
  mapped,
  negative,
  OUTLINE,
  PRESETS,
  problem,
  pulled,
  sentence,
  stage,
  step,
  tips,
  within,
} from "./compute.js";
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
const END = 3; // of the motion, when all of the layer has happened
const FORMULAS = ["x", "x @ W", "x @ W + b", "relu(x @ W + b)"]; // at a time from 0 to END
const ARROW_TIPS = [
  [1, 0],
  [0, 1],
];

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

/** How far beside a tip the middle of its name is. @param {string} name */
const aside = (name) => (name.length > 6 ? 40 : 25);

/** Where the name of a tip is: beside it on the side away from the square; null if its arrow has no length. */
function nameplace(start, end, outwards, name) {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  if (length < 1) return null;
  const [u, v] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  const onwards = outwards ? 6 : 17;
  return [end[0] - outwards * v * aside(name) + u * onwards, end[1] + outwards * u * 18 + v * onwards];
}

/** What is in a plot: all that `map` makes of grid, square, arrows and point; what is `held` can be dragged. */
function picture(to, map, straight, { tick, point, names, isTurned, folded, held }) {
  const { line, area, dot, diamond } = shapes(to);
  const arrows = ARROW_TIPS.map((tip) => [[0, 0], tip]);
  /** @type {(kind: string, place: number[], words: string) => string} */
  const text = (kind, [x, y], words) => `<text class="${kind}" x="${x}" y="${y}">${words}</text>`;
  const [origin, middle, ...ends] = straight([[0, 0], [0.5, 0.5], ...ARROW_TIPS]).map(to);
  const nameplaces = [
    ...ends.map((end, at) => nameplace(origin, end, (at ? -1 : 1) * (isTurned ? -1 : 1), names[at])),
    ...(held.length ? [nameplace(middle, origin, 0, "b")] : []),
  ];
  /** @param {number[]} place */
  const isFree = ([x, y]) =>
    !nameplaces.some((at, which) => at && Math.abs(at[0] - x) < aside(names[which]) + 5 && Math.abs(at[1] - y) < 20);
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
    ...(straight === map ? [] : [EDGE, OUTLINE, ...arrows].map((path) => line("ghost", straight(path)))),
    area("square", map(OUTLINE)),
    ...arrows.map((path, at) => arrow(["one", "two"][at], map(path).map(to))),
    diamond("followed", map([point])[0], 8.5),
    ...held.map((place) => dot(place, 8, "knob")),
    ...nameplaces.map((place, at) => (place ? text("name", place, names[at]) : "")),
  ].join("");
}

function view(page) {
  const { el, words, output, state, set } = page;
  const before = emptyPlot(BOX, words.pad),
    after = emptyPlot(BOX);
  let size = half(state());
  const places = () => plane([-size, size], [-size, size], BOX);
  /** Lets a hand move something in a plot. */
  const handle = (plot, move) =>
    holding(page, plot, (start) => {
      const now = state(),
        { from } = places();
      return (place) => set(move(now, from(start), from(place)));
    });
  const areHeld = [handle(before, (_now, _start, end) => ({ point: within(end) })), handle(after, pulled)];
  keys(page, before, (key, { point }) => step(point, key));

  const play = playing(page, [words.play, words.stop], () => {
    const by = isCalm() ? 1 : 1 / 16;
    /** @param {number} time */
    const next = (time) => {
      const { bias, relu } = state(),
        to = time === 1 && !bias.some(Boolean) ? 2 : time + by;
      return to < (relu ? END : 2) ? to : null;
    };
    return { from: 0, next, milliseconds: isCalm() ? 1000 : 50 };
  });

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
    note = element`<p class="note">${words.note}<span>${words.folds}</span></p>`;
  el.append(html`
    <div class="plots">
      <div class="side before second"><p class="topic">${words.before}<code>x</code></p>${before}
        <p class="hint">${words.drag}</p></div>
      <div class="side after"><p class="topic">${words.after}${formula}</p>${after}
        <p class="hint">${words.tips}</p></div>
    </div>
    <div class="controls">${play.button}${preset}${check(page, "relu", html`<code>relu</code>`)}</div>
    <details><summary>${words.exact}</summary><div class="entries">
      <div class="entry heads" aria-hidden="true"><span></span><code>[0]</code><code>[1]</code></div>
      ${entry("weights.0", "W[0]", "W[0, 0]", "W[0, 1]")}${entry("weights.1", "W[1]", "W[1, 0]", "W[1, 1]")}
      ${entry("bias", "b", "b[0]", "b[1]")}${entry("point", "x", "x[0]", "x[1]")}
    </div></details>
    ${output}${note}`);

  return (now) => {
    if (!areHeld.some((isHeld) => isHeld())) size = half(now);
    const time = play.at() ?? END;
    const { weights, bias, leak } = stage(now, time),
      tick = size > 9 ? 8 : size > 4 ? 4 : 2;
    const same = (path) => path,
      straight = (path) => mapped(path, weights, bias, 1),
      map = leak < 1 ? (path) => mapped(path, weights, bias, leak) : straight;
    const folded = (now.relu ? [0, 1] : [])
      .map((k) => negative(EDGE.slice(1), now.weights, now.bias, k))
      .filter((part) => part[0]);
    const { to } = places();
    const first = { tick, point: now.point, folded, held: [], names: ["(1, 0)", "(0, 1)"], isTurned: false };
    const from = bias.some(Boolean) ? "b + " : "",
      tipsNow = { held: tips({ weights, bias }), names: [`${from}W[0]`, `${from}W[1]`, "b"] };
    if (play.at() === null) before.innerHTML = picture(to, same, same, first);
    after.innerHTML = picture(to, map, straight, {
      ...first,
      ...tipsNow,
      folded: [],
      isTurned: determinant(weights) < 0,
    });
    formula.textContent = FORMULAS[Math.ceil(now.relu ? time : Math.min(time, 2))];
    note.classList.toggle("plain", !now.relu);
  };
}

export default figure({
  name: "dense-plane",
  reads: ["weights", "bias", "relu", "point"],
  words: WORDS,
  problem,
  sentence,
  begins: ({ relu }) => (relu ? { relu: false } : null), // a plane that is folded at once is a riddle
  view,
});
