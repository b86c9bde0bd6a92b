// The surface with the path, the loss along it, and the settings.

import { contour } from "../parts/contour.js";
import { button, dropdown, oneOf, path, range } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { clamp } from "../parts/numbers.js";
import { draggable, emptyPlot, plane, shapes, withMinus } from "../parts/plot.js";
import { isCalm, ticking } from "../parts/ticking.js";
import {
  BATCH_SIZES,
  descend,
  doesRise,
  HALF,
  hasLeft,
  LESSONS,
  lossOf,
  MOST,
  moved,
  problem,
  rounded,
  SURFACES,
  sentence,
  shown,
  within,
} from "./compute.js";
import { WORDS } from "./words.js";

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

/** The contours and axes of a plot, which only depend on the surface. */
function ground(state) {
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
  const contours = levels.map((level, at) => {
    const pieces = contour(grid, corner, density, level).map(
      ([x, y, u, v]) => `M${short(to([x, y]))}L${short(to([u, v]))}`,
    );
    const opacity = (1 - (0.7 * at) / (levels.length - 1)).toFixed(2);
    return `<path class="contour" stroke-opacity="${opacity}" d="${pieces.join("")}"></path>`;
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

/** The loss along the path: steps to the right, loss upwards, from the lowest to the highest. */
function curve(losses) {
  const { left, right, top, bottom } = CURVE,
    last = losses.length - 1;
  const low = Math.min(...losses),
    high = Math.max(...losses);
  const { to } = plane(
    [0, Math.max(last, 1)],
    [low, high > low ? high : low + 1],
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
    text("below", right - 6, bottom + 14, last),
    `<path class="falls" d="${pieces.falls}"></path><path class="rises" d="${pieces.rises}"></path>`,
    `<circle class="end" cx="${x}" cy="${y}" r="4"></circle>`,
  ].join("");
}

function view(page) {
  const { el, words, output, state, set } = page;
  const pad = emptyPlot([0, 0, WIDTH, HEIGHT], words.pad),
    side = emptyPlot([0, 0, 200, 190]);
  pad.classList.add("pad");
  side.classList.add("curve");
  pad.innerHTML = `
    <g class="ground"></g><polyline class="way"></polyline><g class="dots"></g><circle class="end" r="5"></circle>
    <path class="start" d="M0 -8L8 0L0 8L-8 0Z"></path>`;
  const [land, way, dots, end, start] = pad.children;
  draggable(pad, () => (place) => {
    const { surface } = state();
    set({ start: within(around(surface).from(place), surface) });
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
    <div class="plots">${pad}<div class="side second">${side}<p>${words.curve}</p></div></div>
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

  let there; // the surface and samples whose contours are drawn
  return (now) => {
    const { to } = around(now.surface),
      places = descend(now),
      { points, dot } = shapes((place) => short(to(place)));
    if (there?.surface !== now.surface || there.features !== now.features) land.innerHTML = ground(now);
    there = now;
    way.setAttribute("points", points(places));
    dots.innerHTML = places
      .slice(1, -1)
      .map((place) => dot(place, 1.8))
      .join("");
    start.setAttribute("transform", `translate(${to(places[0])})`);
    const [x, y] = short(to(places[places.length - 1]));
    end.setAttribute("cx", x);
    end.setAttribute("cy", y);
    side.innerHTML = curve(places.map(lossOf(now)));
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
  };
}

export default figure({
  name: "descent",
  reads: [
    "surface",
    "start",
    "optimizer",
    "learning_rate",
    "momentum",
    "batch_size",
    "seed",
    "steps",
    "features",
    "labels",
  ],
  words: WORDS,
  problem,
  sentence,
  begins: ({ steps }) => (steps === DESCENDED ? { steps: 0 } : null),
  view,
});
