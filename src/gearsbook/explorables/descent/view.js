// The surface with the path, the loss along it, and the settings.

import { button, dropdown, oneOf, path, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { clamp } from "../parts/numbers.js";
import { packed, paint } from "../parts/picture.js";
import { draggable, emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import { isCalm, ticking } from "../parts/ticking.js";
import {
  BATCH_SIZES,
  contour,
  descend,
  doesRise,
  HALF,
  hasLeft,
  height,
  LESSONS,
  lossOf,
  MOST,
  moved,
  problem,
  rounded,
  SURFACES,
  sentence,
  shown,
  walk,
  within,
} from "./compute.js";
import { WORDS } from "./words.js";

/** @import { State } from "./compute.js" */

const SETTINGS = ["start", "optimizer", "learning_rate", "momentum", "batch_size", "seed"]; // of a path on a surface
const UNIT = 50; // of the plot, in its own units
const [WIDTH, HEIGHT] = HALF.map((half) => 2 * half * UNIT);
const DESCENDED = 30; // steps, if nobody chose another number
const OF_A_LESSON = 60; // steps that are shown of it
const CURVE = { left: 50, right: 192, top: 8, bottom: 172 };

/** The plane around the middle of a surface. */
function around(surface) {
  const [u, v] = SURFACES[surface].middle;
  return plane([u - HALF[0], u + HALF[0]], [v - HALF[1], v + HALF[1]], [0, 0, WIDTH, HEIGHT]);
}

/** As the plot has a place: with one decimal, and not too far outside. */
const short = (place) => place.map((x) => Math.round(clamp(x, -2000, 2000) * 10) / 10);

/** From a deep sea over the paper, light or dark, to bare heights. */
const tint = (share) =>
  share < 0.5 ? packed(0, 120, 140, 200 - 400 * share) : packed(200, 120, 20, 260 * share - 130);

/** The contours and axes of a plot, and its tints, which only depend on the surface. */
function ground(state, canvas) {
  const { middle, levels } = SURFACES[state.surface],
    { to } = around(state.surface),
    loss = lossOf(state);
  const corner = middle.map((x, k) => x - HALF[k]),
    density = state.surface === "digits" ? 8 : 20; // a sum over samples takes its time
  const grid = Array.from({ length: 2 * HALF[1] * density + 1 }, (_, row) =>
    Array.from({ length: 2 * HALF[0] * density + 1 }, (_, column) =>
      loss([corner[0] + column / density, corner[1] + row / density]),
    ),
  );
  const middles = grid
    .slice(1)
    .map((row, at) => row.slice(1).map((value, column) => (value + grid[at][column]) / 2))
    .reverse()
    .flat();
  paint(canvas, middles, grid[0].length - 1, (value) => tint(height(levels, value)));
  const contours = levels.map((level) => {
    const pieces = contour(grid, corner, density, level).map(
      ([x, y, u, v]) => `M${short(to([x, y]))}L${short(to([u, v]))}`,
    );
    return `<path class="contour" d="${pieces.join("")}"></path>`;
  });
  const below = (x, text) => `<text class="below" x="${x}" y="${HEIGHT - 9}">${text}</text>`;
  const beside = (y, text) => `<text x="5" y="${y}">${text}</text>`;
  const ticks = [0, 1].flatMap((k) =>
    [-1, 0, 1].map((by) => {
      const value = middle[k] + by * (HALF[k] - 1),
        at = short(to([value, value]))[k];
      return (k ? beside : below)(at, withMinus(value));
    }),
  );
  return `${contours.join("")}<g class="ticks">${ticks.join("")}${below(WIDTH - 14, "w₀")}${beside(11, "w₁")}</g>`;
}

/** An arrow from a place of the plot to another one. */
function arrow([x, y], [u, v]) {
  const length = Math.hypot(u - x, v - y),
    [back, side] = [u - x, v - y].map((by) => (by / (length || 1)) * Math.min(9, length / 2));
  const barb = (turn) => `L${short([u - back + turn * side, v - side - turn * back])}`;
  return `M${[x, y]}L${[u, v]}${barb(0.6)}M${[u, v]}${barb(-0.6)}`;
}

/** The loss along the path: steps to the right, loss upwards, from the lowest to the highest. */
function curve(losses) {
  const { left, right, top, bottom } = CURVE,
    last = losses.length - 1;
  const low = Math.min(...losses),
    high = Math.max(...losses);
  const { to } = plane(
    [0, Math.max(last, 1)],
    [high > low ? low : high - 1, high],
    [left, top, right - left, bottom - top],
  );
  const size = (loss) => withMinus(shown(loss, { small: "< 10⁻⁴", large: "> 10⁶" }));
  const text = (kind, x, y, words) => `<text class="${kind}" x="${x}" y="${y}">${words}</text>`;
  const at = (step) => short(to([step, losses[step]]));
  const pieces = { falls: "", rises: "" };
  for (let step = 0; step < last; step++)
    pieces[doesRise(losses, step) ? "rises" : "falls"] += `M${at(step)}L${at(step + 1)}`;
  const [x, y] = at(last);
  return [
    `<path class="frame" d="M${left} ${top}V${bottom}H${right}"></path>`,
    text("beside", left - 5, top, size(high)),
    high === low ? "" : text("beside", left - 5, bottom, size(low)),
    text("below", left, bottom + 14, 0),
    text("below", right - 6, bottom + 14, last || ""),
    `<path class="falls" d="${pieces.falls}"></path><path class="rises" d="${pieces.rises}"></path>`,
    `<circle class="end" cx="${x}" cy="${y}" r="4"></circle>`,
  ].join("");
}

function view(page) {
  const { el, words, output, state, set } = page;
  let changed = ""; // which settings, the last time
  const pad = emptyPlot([0, 0, WIDTH, HEIGHT], words.pad),
    side = emptyPlot([0, 0, 200, 190]);
  pad.classList.add("pad");
  side.classList.add("curve");
  pad.innerHTML = `
    <g class="ground"></g><polyline class="ghost"></polyline><polyline class="shore"></polyline>
    <polyline class="way"></polyline><g class="dots"></g><path class="arrow shore"></path><path class="arrow"></path>
    <circle class="end" r="5"></circle><path class="start" d="M0 -8L8 0L0 8L-8 0Z"></path>`;
  const [land, ghost, shore, way, dots, rim, downhill, end, start] = pad.children,
    tints = /** @type {HTMLCanvasElement} */ (element`<canvas></canvas>`);
  draggable(pad, () => {
    changed = ""; // one drag after another: each leaves the path before it
    return (place) => {
      const { surface } = state();
      set({ start: within(around(surface).from(place), surface) });
    };
  });
  keys(page, pad, (key, now) => moved(now.start, key, now.surface));

  const taken = () => descend(state()).length - 1;
  /** So many steps more; false if the path had come to its end. */
  function forward(by) {
    const before = taken();
    set({ steps: Math.min(MOST, before + by) });
    const after = taken();
    set({ steps: after });
    return after > before;
  }
  /** Step by step, or at once for those who want no motion. */
  const run = ticking(page, "run", [words.run, words.pause], () => {
    const now = state();
    if (now.steps === MOST || hasLeft(descend(now), now.surface)) set({ steps: 0 });
    if (!isCalm()) return { step: () => forward(1), milliseconds: 60 };
    forward(MOST);
  });
  const back = () => {
    run.stop();
    set({ steps: 0 });
  };

  const isThere = (surface) => surface !== "digits" || state().labels.length;
  const surfaces = Object.keys(SURFACES).filter(isThere);
  const named = oneOf(LESSONS),
    lessons = Object.entries({ "": words.choose, ...words.lessons });
  const lesson = dropdown(
    page,
    "lesson",
    lessons.filter(([name]) => !name || isThere(LESSONS[name].surface)),
    { get: named.get, set: (name, now) => (name ? { ...named.set(name, now), steps: OF_A_LESSON } : {}) },
  );
  const surface = dropdown(
    page,
    "surface",
    surfaces.map((name) => [name, words[name]]),
    { get: (now) => now.surface, set: (name) => ({ surface: name, start: SURFACES[name].start }) },
  );
  const optimizer = dropdown(page, "optimizer", Object.entries(words.optimizers));
  const steps = range(page, "steps", { min: 0, max: MOST }),
    stepsTaken = element`<span class="number" aria-hidden="true"></span>`;
  const power = range(
    page,
    "power",
    { min: -3, max: 0.6, step: 0.05, "aria-label": words.rate },
    {
      get: ({ learning_rate }) => Math.log10(learning_rate),
      set: (power) => ({ learning_rate: Number((10 ** power).toPrecision(2)) }),
    },
  );
  const rate = number(page, "learning_rate", { min: 0.001, max: 4, step: "any", "aria-label": words.rate });
  const momentum = range(page, "momentum", { min: 0, max: 0.99, step: 0.01 }),
    momentumNow = element`<span class="number" aria-hidden="true"></span>`;
  const from = [0, 1].map((k) => {
    const attributes = { step: 0.1, "aria-label": `${words.from} w${"₀₁"[k]}` };
    return number(page, `start${k}`, attributes, path(`start.${k}`));
  });
  const size = dropdown(
    page,
    "batch_size",
    BATCH_SIZES.map((size) => [size, size === "all" ? words.all : String(size)]),
  );
  const seed = number(page, "seed", { min: 0, max: 9999 });
  const setting = (of, controls) => element`<label><span class="name">${words[of]}</span>${controls}</label>`;
  const drawing = element`
    <div class="drawing">${setting("batch", size)}<label>${words.seed} ${seed}</label></div>`;
  el.append(html`
    <div class="plots"><div class="field">${tints}${pad}</div>
      <div class="side second">${side}<p>${words.curve}</p></div></div>
    <div class="controls">
      ${button("step", words.step, () => forward(1))}${run.button}${button("reset", words.reset, back)}
    </div>
    <div class="controls settings">
      ${setting("lesson", lesson)}
      ${setting("surface", surface)}
      ${setting("optimizer", optimizer)}
      ${setting("steps", [steps, stepsTaken])}
      ${setting("rate", [power, rate])}
      ${setting("momentum", [momentum, momentumNow])}
      ${setting("from", from)}
      ${drawing}
    </div>
    ${output}
    <p class="note">${words.note}</p>`);

  /** @type {{ now: State, places: number[][] } | undefined} */
  let drawn;
  /** @type {number[][]} */
  let former = [];
  /** Keeps the path that a change ends; of many changes to one setting, as a slider makes them, the one before all. */
  function keep(now, places) {
    const before = drawn;
    drawn = { now, places };
    if (!before || before.now.surface !== now.surface || before.now.features !== now.features) {
      land.innerHTML = ground(now, tints);
      former = [];
      return;
    }
    const what =
      String(SETTINGS.filter((name) => before.now[name] !== now[name])) ||
      (places.length < before.places.length && former.length < 2 ? "steps" : "");
    if (what && what !== changed && before.places.length > 1) former = before.places;
    changed = what;
  }
  return (now) => {
    const { to } = around(now.surface),
      { places, next } = walk(now),
      { points, dot } = shapes((place) => short(to(place))),
      losses = places.map(lossOf(now));
    keep(now, places);
    ghost.setAttribute("points", points(former));
    const walked = points(places);
    for (const line of [shore, way]) line.setAttribute("points", walked);
    dots.innerHTML = places
      .slice(1, -1)
      .map((place) => dot(place, 1.8))
      .join("");
    start.setAttribute("transform", `translate(${to(places[0])})`);
    const [x, y] = short(to(places[places.length - 1]));
    end.setAttribute("cx", x);
    end.setAttribute("cy", y);
    for (const line of [rim, downhill]) line.setAttribute("d", arrow([x, y], short(to(next))));
    side.innerHTML = curve(losses);
    power.setAttribute("aria-valuetext", now.learning_rate);
    momentumNow.textContent = rounded(now.momentum, 2);
    stepsTaken.textContent = steps.value = String(places.length - 1); // of a path that ends early, too
    from.forEach((field, k) => {
      const middle = SURFACES[now.surface].middle[k];
      field.min = String(middle - HALF[k]);
      field.max = String(middle + HALF[k]);
    });
    drawing.classList.toggle("idle", now.surface !== "digits");
    for (const field of [size, seed]) field.disabled = now.surface !== "digits";
    momentum.disabled = now.optimizer === "adam";
    momentum.parentElement?.classList.toggle("idle", momentum.disabled);
    return sentence(words, now, places, losses);
  };
}

export default figure({
  name: "descent",
  reads: ["surface", ...SETTINGS, "steps", "features", "labels"],
  words: WORDS,
  problem,
  sentence,
  begins: ({ steps }) => (steps === DESCENDED ? { steps: 0 } : null),
  view,
});
