// The step, with a row for each worker, and the speed-up by the number of workers, which is chosen in its plot.

import { choice, range } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { clamp, grouped } from "../parts/numbers.js";
import { playing } from "../parts/playing.js";
import { draggable } from "../parts/plot.js";
import { isCalm } from "../parts/ticking.js";
import {
  duration,
  fastest,
  MOST,
  nearest,
  problem,
  ratio,
  ring,
  sentence,
  shares,
  speedUps,
  step,
  stepTime,
  stepTimes,
  ticks,
  unitOf,
  WORKERS,
} from "./compute.js";
import { WORDS } from "./words.js";

const WIDTH = 320,
  HEIGHT = 236; // of a plot, in its own units
const STEP = { left: 70, right: 306, first: 60, pitch: 19, bar: 13, bottom: 214 }; // of the workers' rows
const PLOT = { left: 26, right: 314, top: 24, bottom: 214 }; // of the speed-up
const PLAYED = 4000; // milliseconds that the whole axis of time takes
// what the sliders offer
const BATCHES = Array.from({ length: 12 }, (_, at) => 4 * 2 ** at);
const PARAMETERS = [407050, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 1e9];
const PER_SAMPLE = ["-6", "-5", "-4", "-3", "-2"].flatMap((power) =>
  ["1", "2", "5"].map((digit) => Number(`${digit}e${power}`)),
);

const place = (x) => Number(x.toFixed(2));
const line = (kind, d) => `<path class="${kind}" d="${d}"></path>`;
const text = (kind, x, y, words) => `<text class="${kind}" x="${place(x)}" y="${y}">${words}</text>`;
/** @type {(kind: string, place: number[], radius: number) => string} */
const dot = (kind, [x, y], radius) => `<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"></circle>`;
const bar = (kind, x, width, y, height) =>
  `<rect class="${kind}" x="${place(x)}" y="${y}" width="${place(width)}" height="${height}"></rect>`;
/** Stripes are dashes of a thick line. */
const striped = (x, width, y, height) =>
  bar("adding", x, width, y, height) +
  `<path class="stripes" stroke-width="${height}" d="M${place(x)} ${y + height / 2}h${place(width)}"></path>`;

/** The middle of a worker's row. */
const rowAt = (n) => STEP.first + (n - 1) * STEP.pitch + STEP.bar / 2;

/** What each worker sends to the next one in the ring, the last to the first, as far as it is on its way. */
function messages(workers, way, x) {
  return WORKERS.slice(0, workers).map((n) => {
    const isLast = n === workers,
      across = place(isLast ? x + 13 : x),
      [from, to] = [rowAt(n), rowAt(isLast ? 1 : n + 1)],
      y = place(from + way * (to - from));
    return line("sent", `M${across} ${from}V${y}`) + dot("message", [across, y], 4.5);
  });
}

/** How many samples a bar is for, if it has room for the number. */
function share(x, width, y, samples) {
  const number = grouped(samples);
  return width > 8 + 6 * number.length ? text("share", x + width / 2, y + 0.5, number) : "";
}

/** The batch in parts, and below it each worker's time, on one scale, whatever their number; `now` if it is played. */
function stepPicture(state, words, now) {
  const { workers, batch, fixed, per_sample } = state,
    { left, right, first, pitch, bottom } = STEP;
  const times = stepTimes(state),
    most = Math.max(...times),
    [, scale] = unitOf(most),
    parts = shares(batch, workers);
  const long = (seconds) => ((right - left) * seconds) / most;
  const [computing, adding] = stepTime(state, workers),
    alone = left + long(times[0]);
  let begin = left;
  const split = parts.filter(Boolean).map((part) => {
    const width = ((right - left) * part) / batch,
      x = begin;
    begin += width;
    return bar("part", x, width, 18, 18) + text("count", x + width / 2, 27.5, grouped(part));
  });
  const axis = ticks(most * scale).map((value) => {
    const x = left + long(value / scale);
    return line("notch", `M${place(x)} ${bottom}v4`) + text("middle tick", x, bottom + 14, grouped(value));
  });
  const rows = WORKERS.map((n) => {
    const y = first + (n - 1) * pitch,
      middle = rowAt(n);
    if (n > workers) {
      const asked =
        bar("more", 1, left - 5, y - 2, STEP.bar + 4) + text("before", left - 7, middle + 0.5, words.next(n));
      return line("free", `M${left} ${middle}H${right}`) + (n > workers + 1 ? "" : asked);
    }
    return (
      text("before who", left - 7, middle + 0.5, words.row(n)) +
      bar("fixed", left, long(fixed), y, STEP.bar) +
      bar("computing", left + long(fixed), long(parts[n - 1] * per_sample), y, STEP.bar) +
      share(left + long(fixed), long(parts[n - 1] * per_sample), middle, parts[n - 1]) +
      (workers > 1 ? striped(left + long(computing), long(adding), y, STEP.bar) : "")
    );
  });
  const played = [];
  let said = text(alone > WIDTH / 2 ? "before" : "", alone, first - 15, words.lone);
  if (now !== null) {
    const x = left + long(now);
    played.push(
      bar("later", x, right + 8 - x, first - 3, workers * pitch),
      line("time", `M${place(x)} ${first - 8}V${bottom}`),
    );
    if (now >= computing && workers > 1) {
      const { rounds, done, way } = ring(workers, (now - computing) / adding);
      played.push(...messages(workers, way, x));
      said = text("words", left, first - 15, words.round(done + 1, rounds));
    }
  }
  return [
    text("", left, 9, words.whole(batch)),
    ...split,
    line("axes", `M${left} ${first - 8}V${bottom}H${right}`),
    ...axis,
    ...rows,
    ...played,
    line("lone", `M${place(alone)} ${first - 8}V${bottom}`),
    said,
  ].join("");
}

/** Where so many workers, so many times as fast, are in the plot whose vertical axis goes up to `top`. */
function spot(n, times, top) {
  return [
    PLOT.left + ((n - 0.5) / MOST) * (PLOT.right - PLOT.left),
    PLOT.bottom - (times / top) * (PLOT.bottom - PLOT.top),
  ].map(place);
}

/** The number of workers at a place of the plot. */
function workersAt(x) {
  return clamp(Math.floor(((x - PLOT.left) / (PLOT.right - PLOT.left)) * MOST) + 1, 1, MOST);
}

/** The number of workers down to a place of the rows. */
const workersIn = (y) => clamp(Math.floor((y - STEP.first) / STEP.pitch) + 1, 1, MOST);

/** The speed-up for each number of workers, the line where nothing is lost, and where it stops. */
function speedPicture(state, words) {
  const speed = speedUps(state),
    { workers } = state,
    best = fastest(speed),
    { left, right, top, bottom } = PLOT;
  const high = [2, 4].find((end) => 1.2 * speed[best - 1] <= end) ?? 8;
  const at = (n, times = speed[n - 1]) => spot(n, times, high),
    width = (right - left) / MOST;
  const up = Array.from({ length: high === 8 ? 5 : high + 1 }, (_, n) => {
    const value = high === 8 ? 2 * n : n,
      [, y] = at(1, value);
    return line("across", `M${left} ${y}H${right}`) + text("before level", left - 6, y, value);
  });
  const [x, y] = at(workers),
    [bx, by] = at(best),
    [, level] = at(1, 1);
  const ideal = WORKERS.slice(0, high).map((n) => at(n, n)),
    gap = [...ideal, at(MOST, high), ...WORKERS.map((n) => at(n)).reverse()];
  const [[gapX, below], [, above]] = [at(6), at(6, Math.min(6, high))];
  const stop =
    // where no line runs
    best === 1 ? ["", bx + 15, by - 12] : best < 7 ? ["middle", bx, by + 20] : ["before", right - 2, by + 26];
  const [side, sx, sy] = stop;
  return [
    bar("chosen", left + (workers - 1) * width, width, top - 10, bottom - top + 10),
    `<polygon class="gap" points="${gap.join(" ")}"></polygon>`,
    ...up,
    line("par", `M${left} ${level}H${right}`),
    line("ideal", `M${at(1, 1)}L${at(high, high)}`),
    text("before", at(high, high)[0] - 12, top, words.ideal),
    line("axes", `M${left} ${top - 10}V${bottom}H${right}`),
    ...WORKERS.map((n) => text(n === workers ? "middle worker now" : "middle worker", at(n)[0], bottom + 14, n)),
    `<polyline class="speed" points="${WORKERS.map((n) => at(n)).join(" ")}"></polyline>`,
    ...WORKERS.map((n) => dot("speed-dot", at(n), 3)),
    below - above > 40 ? text("middle", gapX, above + 0.35 * (below - above), words.gap) : "",
    line("best", `M${bx} ${by - 9}l9 9l-9 9l-9 -9Z`),
    text(`words ${side}`, sx, sy, best < MOST ? words.stop(best) : words.none),
    dot("here", [x, y], 5),
    text("now middle", x, Math.max(8, y - 15), ratio(speed[workers - 1])),
  ].join("");
}

/** A mark of a legend, for a text to come after it. */
const entry = (mark) => (words) => {
  const whole = element`
    <span class="entry"><svg class="key" viewBox="0 0 26 12" aria-hidden="true"></svg> ${words}</span>`;
  whole.children[0].innerHTML = mark;
  return whole;
};

/** A slider with its name, and its value in words: over the values of a list if there is one. */
function slider(page, name, words, inWords, values) {
  const way = values && {
    get: (state) => nearest(values, state[name]),
    set: (at) => ({ [name]: values[at] }),
  };
  const ends = values ? { min: 0, max: values.length - 1 } : { min: 1, max: MOST };
  const field = range(page, name, ends, way),
    shown = element`<span class="number" aria-hidden="true"></span>`;
  page.shows((state) => {
    shown.textContent = inWords(state[name]);
    field.setAttribute("aria-valuetext", inWords(state[name]));
  });
  return html`<label><span class="name">${words}</span>${field}${shown}</label>`;
}

function view(page) {
  const { el, words, output } = page,
    unit = element`<span class="unit"></span>`,
    topic = element`<p class="topic"></p>`;
  const plots = element`<div class="plots">
      <div class="side step">
        ${topic}
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"></svg>
        <p>${words.bars(
          unit,
          entry(bar("fixed", 1, 24, 1, 10)),
          entry(bar("computing", 1, 24, 1, 10)),
          entry(striped(1, 24, 1, 10)),
        )}</p>
      </div>
      <div class="side gain second">
        <p class="topic">${words.right}</p>
        <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" tabindex="0" role="slider" aria-label="${words.pad}"
          aria-valuemin="1" aria-valuemax="${MOST}"></svg>
        <p class="hint">${words.drag}</p>
      </div>
    </div>`;
  const [time, pad] = /** @type {NodeListOf<SVGSVGElement>} */ (plots.querySelectorAll("svg:not(.key)"));
  const play = playing(page, [words.play, words.stopPlay], () => {
    const now = page.state(),
      most = Math.max(...stepTimes(now)),
      [computing, adding] = stepTime(now, now.workers),
      round = adding / (2 * (now.workers - 1)),
      isSlow = isCalm();
    /** In whole rounds, with their messages half-way, for who wants no motion. @param {number} time */
    const whole = (time) => (time < computing ? computing + round / 2 : time + round);
    /** @param {number} time */
    const next = (time) => {
      const to = isSlow ? whole(time) : time + (50 / PLAYED) * most;
      return to < computing + adding ? to : null;
    };
    return { from: 0, next, milliseconds: isSlow ? 700 : 50 };
  });
  el.append(html`${plots}
    <div class="controls">${play.button}</div>
    <div class="controls settings">
      ${slider(page, "workers", words.workers, String)}
      ${choice(page, "link", html`<span class="name">${words.link}</span>`, Object.entries(words.links))}
      ${slider(page, "batch", words.batch, grouped, BATCHES)}
      ${slider(page, "parameters", words.parameters, grouped, PARAMETERS)}
      ${slider(page, "per_sample", words.sample, (seconds) => duration(seconds).replace(".0", ""), PER_SAMPLE)}
    </div>
    ${output}
    <p class="note">${words.note}</p>`);
  draggable(
    pad,
    () =>
      ([x]) =>
        page.set({ workers: workersAt(x) }),
  );
  // above the rows is the batch
  draggable(
    time,
    ([, start]) =>
      ([, y]) =>
        start > STEP.first - 8 && page.set({ workers: workersIn(y) }),
  );
  keys(page, pad, (key, { workers }) => step(workers, key));

  return (state) => {
    const said = words.said(state.workers, ratio(speedUps(state)[state.workers - 1]));
    time.innerHTML = stepPicture(state, words, play.at());
    unit.textContent = unitOf(Math.max(...stepTimes(state)))[0];
    pad.innerHTML = speedPicture(state, words);
    pad.setAttribute("aria-valuenow", state.workers);
    pad.setAttribute("aria-valuetext", said);
    topic.textContent = said;
  };
}

export default figure({
  name: "split-batch",
  reads: ["workers", "batch", "parameters", "per_sample", "fixed", "link"],
  words: WORDS,
  problem,
  sentence,
  view,
});
