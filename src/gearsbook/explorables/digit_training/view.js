// The loss and the accuracy as they grow, the weights of every hidden unit, and the buttons that train.

import { cells } from "../parts/cells.js";
import { button, choice, mainButton } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { fileOf } from "../parts/files.js";
import { nextCell } from "../parts/keys.js";
import { clamp } from "../parts/numbers.js";
import { pace } from "../parts/pace.js";
import { paint, redOrBlue } from "../parts/picture.js";
import { plane } from "../parts/plot.js";
import {
  ACROSS,
  beginning,
  COLUMNS,
  EPOCH,
  into,
  isThere,
  MOMENTA,
  MOST,
  mosaic,
  problem,
  RATES,
  ROWS,
  SIDE,
  sentence,
  size,
  trained,
  unmoved,
} from "./compute.js";
import { WORDS } from "./words.js";

/** @import { Progress, State } from "./compute.js" */

const STRONG = 0.3; // a weight of this size has the full colour
const LIVE = 2; // pieces of work a frame: a run can be watched
const PLOT = { left: 38, right: 16, top: 8, bottom: 22, height: 150 };

const COLOURS = Array.from({ length: 255 }, (_, at) => redOrBlue((at - 127) / 127));
const colour = (weight) => (Number.isNaN(weight) ? 0 : COLOURS[127 + Math.round(127 * clamp(weight / STRONG, -1, 1))]);

const text = (kind, [x, y], words) => `<text class="${kind}" x="${x}" y="${y}">${words}</text>`;

/**
 * A chart with the numbers at its axes, where two runs are drawn; what is counted stands at the end of the lower one,
 * place(x, y) is where a point lies.
 */
function chart(kind, width, most, top, xs, ys, written, counted) {
  const { left, right, top: above, bottom, height } = PLOT,
    base = height - bottom;
  const { to } = plane([0, most], [0, top], [left, above, width - left - right, base - above]);
  const grid = ys.map((y) => {
    const [, level] = to([0, y]);
    return (
      `<path class="grid-line" d="M${left} ${level}H${width - right}"></path>` +
      text("beside", [left - 5, level], written(y))
    );
  });
  const below = xs.map((x) =>
    x < most ? text("below", [to([x, 0])[0], base + 13], x) : text("beside", [width, base + 13], `${x} ${counted}`),
  );
  const svg = element`<svg class="${kind}" viewBox="0 0 ${width} ${height}" aria-hidden="true"></svg>`;
  svg.innerHTML = `${grid.join("")}${below.join("")}<g class="numpy"></g><g class="own"></g>`;
  const [numpy, own] = svg.querySelectorAll("g");
  return { svg, numpy, own, place: (x, y) => to([x, Math.min(y, 2 * top)]) };
}

function view(page) {
  const { el, words, output } = page;
  const first = beginning(),
    random = first.network.arrays[0];
  let progress = /** @type {Progress} */ (first),
    run = /** @type {ReturnType<typeof trained> | null} */ (null);

  // ---- What stands there

  const loss = chart("loss", 400, MOST, 2.6, [0, 120, 240, 360, 480], [0, 1, 2], String, words.inSteps);
  const percent = (share) => `${100 * share}%`,
    accuracy = chart("accuracy", 240, MOST / EPOCH, 1, [0, 4, 8, 12], [0, 0.5, 1], percent, words.inEpochs);
  const curve = (losses) => {
    const points = losses.map((value, at) => loss.place(at + 1, value).map((x) => x.toFixed(1)));
    return `<polyline points="${points.join(" ")}"></polyline>`;
  };
  const dot = ([x, y]) => `<circle cx="${x}" cy="${y}" r="3"></circle>`;
  const dots = (accuracies) => accuracies.map((value, at) => dot(accuracy.place(at + 1, value))).join("");
  const numpy = page.state();
  if (numpy.losses.length)
    loss.numpy.innerHTML = curve(numpy.losses) + text("run", loss.place(130, 0.75), words.theirs);
  if (numpy.accuracies.length)
    accuracy.numpy.innerHTML = dots(numpy.accuracies) + text("run", accuracy.place(0.7, 0.68), words.theirs);
  /** Where the run is, with its name. Before its first step that is where NumPy's began: both meet one first batch. */
  const head = (losses) => {
    const now = losses.at(-1) ?? numpy.losses[0],
      press = losses.length ? "" : `<tspan class="hint">${words.press}</tspan>`;
    if (now === undefined) return "";
    return dot(loss.place(losses.length, now)) + text("run", loss.place(14, 2.4), words.yours + press);
  };

  const canvas = /** @type {HTMLCanvasElement} */ (element`<canvas role="img"></canvas>`),
    status = element`<p class="status"></p>`;
  // One unit is seen large, by its index, as NumPy counts; which one is no state.
  let cell = { row: 0, column: 0 };
  const large = /** @type {HTMLCanvasElement} */ (element`<canvas aria-hidden="true"></canvas>`),
    caption = element`<p class="topic"></p>`;
  const chosen = () => cell.row * COLUMNS + cell.column;
  function choose(to) {
    const isOther = String(Object.values(to)) !== String(Object.values(cell));
    cell = to;
    if (isOther) page.draw();
    return null;
  }
  const units = cells(page, words.units, canvas, {
    rows: ROWS,
    columns: COLUMNS,
    when: "over",
    at: () => cell,
    to: choose,
    step(key) {
      const to = nextCell(cell, ROWS, COLUMNS, key);
      if (!to) return null;
      choose(to);
      page.tell(caption.textContent);
      return {};
    },
  });
  const start = mainButton("start", words.start, trainOrPause);
  const toStep = (name, steps) => button(name, words[name], () => page.set({ steps: steps() }));
  const fromStart = (name, values) => {
    const way = { get: (state) => state[name], set: (value) => ({ steps: 0, [name]: value }) };
    return choice(
      page,
      name,
      words[name],
      values.map((value) => [value, String(value)]),
      way,
    );
  };
  el.append(html`
    <div class="plots">
      <div><p class="topic">${words.loss}</p>${loss.svg}</div>
      <div class="second"><p class="topic">${words.accuracy}</p>${accuracy.svg}</div>
    </div>
    <div class="controls">
      ${start}
      ${toStep("step", () => Math.min(MOST, taken() + 1))}
      ${toStep("epoch", () => Math.min(MOST, (Math.floor(taken() / EPOCH) + 1) * EPOCH))}
      ${toStep("reset", () => 0)}
    </div>
    <div class="controls">${fromStart("learning_rate", RATES)}${fromStart("momentum", MOMENTA)}</div>
    <div class="weights">
      <div><p class="topic">${words.weights}</p>${units}<p>${words.colours}</p></div>
      <div>${caption}${large}</div>
    </div>
    ${status}
    ${output}`);

  // ---- Training

  const note = (text) => {
    status.textContent = text;
    page.tell(text);
  };
  const taken = () => progress.losses.length;
  function work() {
    progress = /** @type {NonNullable<typeof run>} */ (run).next().value ?? progress;
    return !isThere(progress, page.state().steps);
  }
  const live = pace(work, page.draw, LIVE);
  const quiet = pace(work, (more) => more || page.draw());
  function stop() {
    request++;
    live.stop();
    quiet.stop();
  }
  page.ends(stop);

  let followed = /** @type {State | null} */ (null),
    request = 0;
  /** Trains until the steps of the state are taken: in sight of the reader, or at first quietly. */
  async function follow(state) {
    const { steps, learning_rate, momentum } = state,
      isQuiet = !followed;
    const isOther = followed?.learning_rate !== learning_rate || followed?.momentum !== momentum;
    followed = state;
    stop();
    const mine = request;
    if (isOther || steps < taken()) restart();
    if (isThere(progress, steps)) return;
    if (!run) {
      note(words.loading);
      try {
        const bytes = await fileOf(page.model, "digits");
        if (mine !== request) return;
        run = trained(bytes, { learning_rate, momentum });
        note("");
      } catch (error) {
        if (mine !== request) return;
        note(words.failed(/** @type {Error} */ (error).message));
        return page.set({ steps: 0 });
      }
    }
    (isQuiet || matchMedia("(prefers-reduced-motion: reduce)").matches ? quiet : live).start();
  }

  function restart() {
    progress = first;
    run = null;
  }

  function trainOrPause() {
    const { steps } = page.state();
    if (!isThere(progress, steps)) return page.set({ steps: taken() }); // a pause
    if (steps < MOST) return page.set({ steps: MOST });
    restart();
    follow(page.state());
    page.draw();
  }

  // ---- Drawing

  let drawn = { of: /** @type {Progress | null} */ (null), many: 0 }; // a run grows; another one begins anew
  /** The run and all weights where they have changed, and the unit that is seen large. */
  function picture() {
    const { losses, accuracies, network } = progress,
      many = losses.length + accuracies.length,
      weights = into(network.arrays[0], chosen());
    if (drawn.of !== progress || drawn.many !== many) {
      drawn = { of: progress, many };
      loss.own.innerHTML = curve(losses) + head(losses);
      accuracy.own.innerHTML = dots(accuracies);
      paint(canvas, mosaic(network.arrays[0]), ACROSS, colour);
      canvas.setAttribute("aria-label", label());
    }
    paint(large, weights, SIDE, colour);
    caption.textContent = words.unit(chosen(), size(weights));
  }

  function label() {
    const kernel = progress.network.arrays[0];
    return progress === first
      ? words.random(size(random))
      : words.shaped(size(kernel), size(random), unmoved(random, kernel));
  }

  return (state) => {
    const isNew = ["steps", "learning_rate", "momentum"].some((name) => followed?.[name] !== state[name]);
    if (isNew) follow(state);
    picture();
    start.textContent = words[isThere(progress, state.steps) ? "start" : "pause"];
    return sentence(words, state, progress);
  };
}

export default figure({
  name: "digit-training",
  reads: ["losses", "accuracies", "learning_rate", "momentum", "steps"],
  words: WORDS,
  problem,
  sentence,
  view,
});
