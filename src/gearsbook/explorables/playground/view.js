// The plane with the border that the network draws, its hidden layer's space, its losses, and the settings.

import { button, choice, dropdown, mainButton, pressable } from "../parts/controls.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { ARROWS, keys } from "../parts/keys.js";
import { asTuple, clamp } from "../parts/numbers.js";
import { pace } from "../parts/pace.js";
import { past } from "../parts/past.js";
import { hiddenLayer } from "../parts/training.js";
import {
  cut,
  divided,
  HALF,
  MOST,
  MOST_POINTS,
  nearest,
  OPTIONS,
  positive,
  preset,
  problem,
  Run,
  report,
  sentence,
  shown,
  telling,
  within,
} from "./compute.js";
import { WORDS } from "./words.js";

/** @import { Pair } from "../types.d.ts" */

const UNIT = 100; // of the plane, in its picture's own units
const SPACE = [240, 170],
  CURVE = { left: 34, right: 232, top: 8, bottom: 78 };
const SYNCHRONOUS = 20,
  BETWEEN = 100; // milliseconds of steps at once, and between two pictures
const TRAINED = 300; // steps, if nobody chose another number
const FRAME_STEPS = 4; // so that training can be watched
const FEW = 4; // hidden units whose lines can be told apart
const UNITS = Array.from("₀₁₂₃₄₅₆₇", (index) => `h${index}`);
const [, ...SETTINGS] = Object.keys(OPTIONS); // the samples have pictures

const decimal = (x) => Math.round(clamp(x, -2000, 2000) * 10) / 10;
/** @type {(place: number[]) => Pair} */
const onPlane = ([x, y]) => [(x + HALF[0]) * UNIT, (HALF[1] - y) * UNIT];

/** The marks of points at some places: outlines for each class, right and wrong. */
function marks(places, points, isRight, r) {
  const outlines = ["", "", "", ""];
  places.forEach((place, at) => {
    const [x, y] = place.map(decimal),
      label = points[at][2];
    outlines[label + 2 * Number(!isRight[at])] += label
      ? `M${x} ${decimal(y - 1.25 * r)}l${1.15 * r} ${2 * r}h${-2.3 * r}Z`
      : `M${x} ${decimal(y - r)}a${r} ${r} 0 1 0 .01 0Z`;
  });
  return outlines
    .map((d, at) => `<path class="${["circle", "triangle"][at % 2]}${at > 1 ? " wrong" : ""}" d="${d}"></path>`)
    .join("");
}

/** Where the input of each hidden unit is 0, with its name. */
function unitLines({ units, activation, arrays: [kernel, bias] }) {
  if (units > FEW || activation === "none") return "";
  const box = [HALF.map((x) => -x), HALF];
  return UNITS.slice(0, units)
    .map((name, unit) => {
      /** @param {number[]} place */
      const input = ([x, y]) => x * kernel[unit] + y * kernel[units + unit] + bias[unit];
      const [one, two] = positive(box, input).border.map(onPlane);
      if (!one) return "";
      const part = 0.07 + unit / 15; // lines may lie close together
      const [x, y] = one.map((from, k) => from + part * (two[k] - from));
      return `<path d="M${one}L${two}"></path><text x="${x}" y="${y}">${name}</text>`;
    })
    .join("");
}

/** The plane, its tint, the border and the points; returns what draws a run on it. */
function plane(words) {
  const pad = element`<svg class="pad" viewBox="0 0 400 300" tabindex="0" role="application"
    aria-label="${words.plane}"><path class="tint"></path><path class="axes" d="M0 150H400M200 0V300"></path>
    <text x="386" y="164">x₀</text><text x="214" y="13">x₁</text><g class="lines"></g><path class="edge"></path>
    <g class="marks"></g><path class="at" d="M-9 0H-3M3 0H9M0 -9V-3M0 3V9"></path></svg>`;
  const [tint, , , , lines, edge, group, cross] = pad.children;
  const path = (places) => `M${places.map((place) => onPlane(place).map(decimal)).join("L")}`;

  function draw({ training, points }, isRight) {
    const { parts, pieces } = training ? divided(training.network) : { parts: [], pieces: [] };
    tint.setAttribute("d", parts.map(path).join(""));
    edge.setAttribute("d", pieces.map(path).join(""));
    lines.innerHTML = training ? unitLines(training.network) : "";
    group.innerHTML = marks(points.map(onPlane), points, isRight, 4.5);
  }
  return { box: element`<div class="field">${pad}</div>`, pad, cross, draw };
}

/** The points in the space of two hidden units, and the straight cut if there are no more. */
function space(network, points, isRight, axes) {
  const [i, j] = axes,
    one = network.units === 1,
    values = points.map(([x, y]) => hiddenLayer(network, [x, y])),
    pairs = values.map((all, at) => [all[i], one ? 0.5 - points[at][2] : all[j]]);
  const range = [0, 1].map((k) => {
    const low = Math.min(0, ...pairs.map((pair) => pair[k])),
      high = Math.max(0, ...pairs.map((pair) => pair[k])),
      room = 0.1 * (high - low) || 1;
    return [low - room, high + room];
  });
  if (one) range[1] = [-2, 2];
  const scale = range.map(([low, high], k) => SPACE[k] / (high - low));
  const place = ([a, b]) => [(a - range[0][0]) * scale[0], (range[1][1] - b) * scale[1]];
  const origin = place([0, 0]).map(decimal),
    { weights, constant } = cut(network);
  let side = "";
  if (network.units <= 2) {
    const corners = range[0].map((x, k) => [x, range[1][k]]);
    const { inside, border } = positive(corners, ([a, b]) => constant + weights[0] * a + (one ? 0 : weights[1] * b));
    const text = (places) => places.map((corner) => place(corner).map(decimal).join()).join(" ");
    side =
      `<polygon class="tint" points="${text(inside)}"></polygon>` +
      `<polyline class="edge" points="${text(border)}"></polyline>`;
  }
  const [right, up] = [origin[1] > 150 ? origin[1] - 9 : origin[1] + 11, origin[0] + (origin[0] > 215 ? -11 : 11)];
  return (
    `${side}<path class="axes" d="M0 ${origin[1]}H240${one ? "" : `M${origin[0]} 0V170`}"></path>` +
    `${marks(pairs.map(place), points, isRight, 3.6)}<text x="229" y="${right}">${UNITS[i]}</text>` +
    (one ? "" : `<text x="${up}" y="10">${UNITS[j]}</text>`)
  );
}

/** The loss over all points, step by step. */
function curve({ losses, steps }) {
  const { left, right, top, bottom } = CURVE,
    last = Math.max(steps, 1),
    high = Math.max(...losses);
  const points = losses.map((loss, step) =>
    [left + ((right - left) * step) / last, bottom - ((bottom - top) * loss) / high].map(decimal),
  );
  const [x, y] = points[steps];
  return (
    `<path class="axes" d="M${left} ${top}V${bottom}H${right}"></path>` +
    `<text class="beside" x="${left - 5}" y="${top}">${high.toFixed(2)}</text>` +
    `<text class="beside" x="${left - 5}" y="${bottom}">0</text>` +
    `<text x="${left}" y="${bottom + 11}">0</text><text x="${right - 8}" y="${bottom + 11}">${steps || ""}</text>` +
    `<polyline class="loss" points="${points.join(" ")}"></polyline>` +
    `<circle class="end" cx="${x}" cy="${y}" r="3"></circle>`
  );
}

function view(page) {
  const { el, words, output } = page;

  // ---- What follows the state: the training, and the two units that are drawn

  /** @type {Run} */
  let run;
  /** @type {number[] | null} */
  let axes = null;
  let settings = "",
    cursor = [0, 0],
    painted = 0;

  const work = (until) => () => {
    if (!run.has(until())) run.step();
    return !run.has(until());
  };
  const catching = pace(
    work(() => page.state().steps),
    (more) => more || page.draw(),
  );
  const running = pace(
    work(() => MOST),
    (more) => {
      if (!more || performance.now() - painted >= BETWEEN) page.set({ steps: run.steps });
      if (!more) page.draw();
    },
    FRAME_STEPS,
  );
  page.ends(running.stop);
  page.ends(catching.stop);

  /** Brings the training to what the state says: from the seed again if a setting is another. */
  function follow(state) {
    const { steps, axes: chosen, ...rest } = state,
      key = JSON.stringify(rest);
    if (key !== settings || steps < run.steps) {
      running.stop();
      catching.stop();
      settings = key;
      run = new Run(rest);
      axes = null;
    }
    const end = matchMedia("print").matches ? Infinity : performance.now() + SYNCHRONOUS;
    while (!run.has(steps) && performance.now() < end) run.step();
    if (!run.has(steps)) catching.start();
    if (!run.training) return;
    if (chosen.length && chosen.every((unit) => unit < state.units)) axes = chosen;
    else if (!running.runs() || !axes) axes = telling(run.training.network, run.points); // they stay while one watches
  }
  page.shows(follow);

  // ---- What the reader does

  function go(steps) {
    running.stop();
    page.set({ steps });
    page.draw();
  }

  function start() {
    if (running.runs()) return go(run.steps);
    if (!run.training) return;
    const from = run.isOver || run.steps === MOST ? 0 : run.steps;
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return page.set({ steps: Math.min(MOST, from + 100) });
    page.set({ steps: from });
    follow(page.state());
    catching.stop();
    running.start();
    page.draw();
  }

  const { kept, back, isEmpty: isFirst } = past(page, ["samples", "points"]);
  const own = (points) => kept({ points: points.slice(-MOST_POINTS), samples: "own" });
  const put = () => own([...run.points, [...cursor, Number(mark.value)]]);

  // ---- What stands there

  const { box, pad, cross, draw: drawPlane } = plane(words);
  const live = element`<p class="live" aria-hidden="true"></p>`,
    spaceView = element`<svg class="space" viewBox="0 0 ${SPACE.join(" ")}" aria-hidden="true"></svg>`,
    curveView = element`<svg class="curve" viewBox="0 0 240 96" aria-hidden="true"></svg>`;
  const axisOf = (k) => {
    const select = dropdown(page, `axis${k}`, Array.from(UNITS.entries()), {
      get: () => axes?.[k] ?? "",
      set: (unit) => ({ axes: axes?.map((old, at) => (at === k ? unit : old)) }),
    });
    select.ariaLabel = words.axis[k];
    const only = element`<span>${UNITS[k]}</span>`,
      axis = element`<span>${"→↑"[k]} ${words.unit} ${only}${select}</span>`;
    page.shows(({ units }) => {
      axis.hidden = k >= units || !run.training;
      only.hidden = units > 2;
      select.hidden = !only.hidden; // where nothing is to be chosen
    });
    return axis;
  };
  const setting = (name) => {
    const choices = OPTIONS[name].map((value) => [value, words[value] ?? String(value)]);
    const made = choice(page, name, element`<span class="name">${words[name]}</span>`, choices);
    const options = made.querySelectorAll("option");
    page.shows((state) =>
      choices.forEach(([value], at) => (options[at].disabled = problem({ ...state, [name]: value }) !== null)),
    );
    return made;
  };
  const thumbnail = (samples) => {
    const picture = element`<svg viewBox="0 0 400 300" aria-hidden="true"></svg>`;
    const made = pressable(
      page,
      samples,
      [picture, words[samples]],
      (state) => state.samples === samples,
      () => kept({ samples, steps: 0 }), // their training is to be watched
    );
    const show = ({ points }) => {
      picture.innerHTML = marks(points.map(onPlane), points, points, 13);
      made.ariaDisabled = String(!points.length);
    };
    if (samples === "own") page.shows(show);
    else show({ points: preset(samples) });
    return made;
  };
  const mark = /** @type {HTMLSelectElement} */ (
    element`<select name="mark"><option value="0">● ${words.circle}</option>
      <option value="1">▲ ${words.triangle}</option></select>`
  );
  const starter = mainButton("start", words.start, start),
    undo = button("undo", words.undo, () => page.set(back())),
    clear = button("clear", words.clear, () => page.set({ ...own([]), steps: 0 }));
  el.append(html`
    <div class="samples" role="group" aria-label="${words.samples}">${OPTIONS.samples.map(thumbnail)}</div>
    <div class="plots">
      <div><p><b>${words.apart}</b></p>${box}<p>${words.note}</p>${live}</div>
      <div class="second">
        <p><b>${words.moved}</b></p>${spaceView}
        <p class="axis">${axisOf(0)}${axisOf(1)}</p>
        ${curveView}
        <p>${words.curve}</p>
      </div>
    </div>
    <div class="controls">
      ${starter}${button("step", words.step, () => go(Math.min(MOST, run.steps + 1)))}
      ${button("reset", words.reset, () => go(0))}
      <span class="put hint"><label>${words.put} ${mark}</label>${undo}${clear}</span>
    </div>
    <div class="controls settings">
      ${SETTINGS.map(setting)}
      <label><span class="name">${words.seed}</span>${number(page, "seed", { min: 0, max: 9999 })}</label>
    </div>
    ${output}
    <p class="note">${words.border}</p>`);

  pad.addEventListener("click", (event) => {
    const { left, top, width } = pad.getBoundingClientRect(),
      scale = (2 * HALF[0]) / width;
    cursor = within([(event.clientX - left) * scale - HALF[0], HALF[1] - (event.clientY - top) * scale]);
    page.set(put());
  });
  const drawCursor = () => cross.setAttribute("transform", `translate(${onPlane(cursor)})`);
  keys(page, pad, (key) => {
    const by = ARROWS[key];
    if (by) {
      cursor = within(cursor.map((x, k) => x + by[k] / 10));
      drawCursor();
      page.tell(words.at(asTuple(cursor).replaceAll("-", "−")));
      return {};
    }
    if (key === "Enter" || key === " ") return put();
    if (key === "Undo") return back();
    if (key !== "Delete" && key !== "Backspace") return null;
    const gone = nearest(run.points, cursor);
    return gone < 0 ? {} : own(run.points.filter((_, at) => at !== gone));
  });

  return (state) => {
    const isEmpty = !run.training,
      runs = running.runs(),
      isRight = isEmpty ? [] : run.isRight();
    painted = performance.now();
    drawPlane(run, isRight);
    drawCursor();
    spaceView.innerHTML = run.training && axes ? space(run.training.network, run.points, isRight, axes) : "";
    curveView.innerHTML = isEmpty ? "" : curve(run);
    const right = isRight.filter(Boolean).length;
    live.textContent = isEmpty
      ? "\u00a0"
      : words.live(run.steps, shown(run.losses.at(-1), words), right, run.points.length);
    undo.ariaDisabled = String(isFirst());
    clear.ariaDisabled = String(state.samples !== "own" || isEmpty);
    starter.textContent = runs ? words.pause : words.start;
    return report(words, state, run);
  };
}

export default figure({
  name: "playground",
  reads: ["samples", "points", ...SETTINGS, "seed", "steps", "axes"],
  words: WORDS,
  problem,
  sentence,
  begins: ({ steps }) => (steps === TRAINED ? { steps: 0 } : null),
  view,
});
