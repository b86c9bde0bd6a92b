// The graph as boxes and lines, whose inputs a hand drags, and the steps, on which numbers travel.

import { button, choice, mainButton, range } from "../parts/controls.js";
import { following } from "../parts/dragging.js";
import { number } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { isCalm } from "../parts/ticking.js";
import {
  dragged,
  FORWARD,
  formula,
  GRAPHS,
  gradients,
  INPUTS,
  LARGEST,
  LAST,
  localDerivatives,
  problem,
  sentence,
  values,
  written,
} from "./compute.js";
import { WORDS } from "./words.js";

/** @import { Pair } from "../types.d.ts" */

/** @type {[string, string][]} */
const FORMULAS = [
  ["distance", "|y − (w · x + b)|"],
  ["twice", "|y − (w · x + w)|"],
  ["neuron", "(y − relu(w · x + b))²"],
];
const MAIN = { left: 1, width: 178 },
  SIDE = { left: 195, width: 124 }; // the two columns of boxes
const HEIGHT = 48,
  PITCH = 90; // of a box, and from one row to the next
const HALFWAY = 300; // milliseconds that a number travels along half of a line

/** The row and the column of every node: an input stands one row above where it is first used. */
function places(graph) {
  const place = {};
  GRAPHS[graph].forEach(({ name, parents }, at) => {
    place[name] = { row: at + 1, column: MAIN };
    for (const parent of parents) place[parent] ??= { row: at, column: parent === "x" ? MAIN : SIDE };
  });
  return place;
}

const ARROWS = "h22m-5 -4l5 4l-5 4m-12 -8l-5 4l5 4"; // to the right and to the left

/** A number short enough for its box. */
const short = (value) => written(Number(value.toFixed(Math.abs(value) < 100 ? 2 : 1)));

/** Where the line from a parent down to a node begins and ends, and its middle. */
function ends(from, to) {
  const isLong = to.row - from.row > 1,
    isSide = from.column === SIDE; // a long one keeps clear of the box between
  /** @type {Pair} */
  const start = [from.column.left + (isLong ? 76 : isSide ? 40 : 60), from.row * PITCH + HEIGHT];
  /** @type {Pair} */
  const end = [to.column.left + (isLong ? 172 : isSide ? 130 : 60), to.row * PITCH];
  return { start, end, middle: /** @type {Pair} */ ([(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]) };
}

/** The line from a parent down to a node, and the gradient's way up it once a step has taken it. */
function edge(from, to, { slope, isForward, isBackward, isPassed }) {
  const { start, end, middle } = ends(from, to);
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const [u, v] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  const head = ([x, y], by) => {
    const corner = (side) => `L${x - by * (9 * u + side * 4.5 * v)} ${y - by * (9 * v - side * 4.5 * u)}`;
    return `M${x} ${y}${corner(1)}${corner(-1)}Z`;
  };
  const kind = isForward ? "now" : isBackward ? "back now" : isPassed ? "back" : "";
  const down = middle[1] + (from.column === SIDE ? 13 : 6); // beside a number that travels
  const label = isPassed ? `<text class="slope" x="${middle[0] + 25}" y="${down}">× ${short(slope)}</text>` : "";
  return `<g class="edge ${kind}"><path class="line" d="M${start}L${end}"></path>
    <path class="head" d="${isPassed ? head(start, -1) : head(end, 1)}"></path>${label}</g>`;
}

/** A node: its name and value, below them how it comes about and its gradient; arrows where a hand can drag it. */
function box(name, { row, column: { left, width } }, { how, value, gradient, kind, isInput }) {
  const top = row * PITCH;
  const text = (role, x, y, words) => `<text class="${role}" x="${left + x}" y="${top + y}">${words}</text>`;
  return `<g class="node ${kind}" data-node="${name}">
    <rect x="${left}" y="${top + 1}" width="${width}" height="${HEIGHT - 2}" rx="4"></rect>
    ${text("name", 8, 20, name)}${text("value", width - 8, 20, value)}
    ${isInput ? `<path class="hint" d="M${left + 0.4 * width - 11} ${top + 15}${ARROWS}"></path>` : ""}
    ${text("how", 8, 39, how)}${text("gradient", width - 8, 39, gradient)}</g>`;
}

/** The graph drawn, and told to those who don't see it. */
function picture(state, words) {
  const { graph, step } = state,
    nodes = GRAPHS[graph],
    place = places(graph);
  const numbers = values(state),
    known = gradients(graph, numbers, step);
  const lines = nodes.flatMap((one, at) =>
    one.parents.map((parent, k) =>
      edge(place[parent], place[one.name], {
        slope: localDerivatives(one, numbers)[k],
        isForward: step === at + 1,
        isBackward: step === LAST - at,
        isPassed: step >= LAST - at,
      }),
    ),
  );
  const told = [];
  const boxes = Object.keys(place).map((name) => {
    const at = nodes.findIndex((one) => one.name === name);
    const isNow = at >= 0 && (step === at + 1 || step === LAST - at || (name === "loss" && step === FORWARD + 1));
    const shown = (as) => (at < step ? as(numbers[name]) : "?");
    const gradient = (as) => (known[name] === null ? "" : `${words.grad} ${as(known[name])}`);
    told.push(`${name} = ${shown(written)}${known[name] === null ? "" : ` (${gradient(written)})`}`);
    return box(name, place[name], {
      how: at < 0 ? words.kinds[name] : formula(nodes[at]),
      value: shown(short),
      gradient: gradient(short),
      isInput: at < 0,
      kind: `${at >= 0 ? "operation" : name === "w" || name === "b" ? "weight" : "input"}${isNow ? " now" : ""}`,
    });
  });
  return { svg: lines.join("") + boxes.join(""), spoken: words.picture(told.join(words.list)) };
}

/** Lets the numbers of a step travel: values down to their node, or its gradient up, multiplied on its way. */
function travel(drawing, state) {
  const { graph, step } = state,
    isForward = step <= FORWARD,
    node = GRAPHS[graph][isForward ? step - 1 : LAST - step];
  if (!node) return; // at the turn
  const place = places(graph),
    numbers = values(state),
    slopes = localDerivatives(node, numbers);
  const gradient = /** @type {number} */ (gradients(graph, numbers, step)[node.name]);
  /** @type {(number: number, from: Pair, to: Pair, delay: number, duration: number) => void} */
  const send = (number, from, to, delay, duration) => {
    const text = short(number),
      width = 9 * text.length + 16;
    drawing.insertAdjacentHTML(
      "beforeend",
      `<g class="token${isForward ? "" : " back"}"><rect x="${-width / 2}" y="-13" width="${width}" height="26" rx="13">
        </rect><text y="5">${text}</text></g>`,
    );
    const frames = [from, to].map(([x, y]) => ({ opacity: 1, transform: `translate(${x}px, ${y}px)` }));
    drawing.lastElementChild.animate(frames, { delay, duration, easing: "ease-in-out" });
  };
  node.parents.forEach((parent, at) => {
    const { start, end, middle } = ends(place[parent], place[node.name]);
    if (isForward) return send(numbers[parent], start, end, 0, 2 * HALFWAY);
    send(gradient, end, middle, 0, HALFWAY);
    send(gradient * slopes[at], middle, start, HALFWAY, HALFWAY);
  });
  const arriving = isForward ? [[node.name, "value"]] : node.parents.map((parent) => [parent, "gradient"]);
  for (const [name, role] of arriving)
    drawing.querySelector(`[data-node=${name}] .${role}`).animate([{ opacity: 0 }, { opacity: 0 }], 2 * HALFWAY);
}

function view(page) {
  const { el, words, output } = page,
    { graph: _, ...first } = page.state();
  const drawing = element`<svg viewBox="0 0 320 ${FORWARD * PITCH + HEIGHT}" role="img"></svg>`;
  const field = (name) => number(page, name, { min: -LARGEST, max: LARGEST, step: 0.5 });
  const fields = Object.fromEntries(INPUTS.map((name) => [name, field(name)]));
  const named = INPUTS.map((name) => html`<label><code>${name}</code> ${fields[name]}</label>`);
  const step = range(page, "step", { min: 0, max: LAST }),
    count = element`<span class="count" aria-hidden="true"></span>`;
  const go = (by) => page.set({ step: page.state().step + by });
  const back = button("back", words.back, () => go(-1)),
    on = mainButton("on", words.on, () => {
      go(1);
      if (isCalm()) return;
      page.draw();
      travel(drawing, page.state());
    });
  const reset = button("reset", words.reset, () => page.set({ ...first, step: 0 }));
  el.append(html`
    <div class="graph">
      ${drawing}
      <div class="controls">${back}${on}<label>${words.step} ${step} ${count}</label></div>
    </div>
    <div class="controls">${choice(page, "graph", words.graph, FORMULAS)}</div>
    <div class="controls inputs">${named}${reset}</div>
    ${output}
    <p class="note">${words.note}</p>`);
  following(drawing, ({ target, clientX: start }) => {
    const name = /** @type {Element} */ (target).closest("[data-node]")?.getAttribute("data-node");
    if (!name) return null;
    const now = page.state(),
      at = GRAPHS[now.graph].findIndex((one) => one.name === name);
    if (at < 0) return ({ clientX }) => page.set({ [name]: dragged(now[name], clientX - start) });
    return ({ type }) => type === "pointerup" && page.set({ step: now.step > FORWARD ? LAST - at : at + 1 });
  });

  return (state) => {
    const { svg, spoken } = picture(state, words),
      counted = words.of(state.step, LAST);
    drawing.innerHTML = svg;
    drawing.setAttribute("aria-label", spoken);
    step.setAttribute("aria-valuetext", counted);
    count.textContent = counted;
    fields.b.disabled = state.graph === "twice";
    back.setAttribute("aria-disabled", String(state.step === 0));
    on.setAttribute("aria-disabled", String(state.step === LAST));
  };
}

export default figure({
  name: "computation-graph",
  reads: ["graph", ...INPUTS, "step"],
  words: WORDS,
  problem,
  sentence,
  begins: ({ step }) => (step === LAST ? { step: 0 } : null),
  view,
});
