// A small computation graph: values on the way forward, gradients on the way back.

/** @import { Language, Pair } from "./types.d.ts" */
/**
 * @typedef {{ name: string, kind: string, parents: string[] }} Node
 *
 * @typedef {object} State
 * @property {string} graph
 * @property {number} x
 * @property {number} w
 * @property {number} b
 * @property {number} y
 * @property {number} step
 */

const WORDS = {
  en: {
    graph: "Graph",
    step: "Step",
    of: (step, last) => `${step} of ${last}`,
    grad: "grad",
    back: "Step back",
    on: "Step on",
    reset: "Reset",
    kinds: { x: "input", w: "weight", b: "bias", y: "target" },
    picture: (nodes) => `The graph from the inputs to the loss: ${nodes}`,
    list: "; ",
    note: "Downwards: values. Upwards: gradients; beside a line the local derivative by which a gradient is multiplied on its way. Click a node to go to its step.",
    start: (known) => `Only the inputs are known: ${known}. `,
    forward: (at, all, name, formula, numbers, value) =>
      `Forward, ${at} of ${all}: ${name} = ${formula} = ${numbers} = ${value}. `,
    done: "That is the loss. ",
    turn: "Backward starts at the loss: it changes exactly as fast as itself, so its gradient is 1. ",
    backward: (at, all, name, formula, gradient) =>
      `Backward, ${at} of ${all}: ${name} = ${formula} has the gradient ${gradient}. `,
    kink: (name) => `At ${name} = 0 it has a kink; 0 is taken as its derivative. `,
    share: (s) => `${s.parent} gets ${s.gradient} × ${s.slope} = ${s.share}`,
    added: (s) => `${s.parent} gets ${s.gradient} × ${s.slope} = ${s.share} more, ${s.total} in all`,
    and: ", ",
    stop: ". ",
    all: (known) => `The loss and its gradients: ${known}.`,
    is: (name, value) => `${name} ${value}`,
  },
  zh: {
    graph: "计算图",
    step: "步",
    of: (step, last) => `${step} / ${last}`,
    grad: "梯度",
    back: "退一步",
    on: "进一步",
    reset: "重来",
    kinds: { x: "输入", w: "权重", b: "偏置", y: "目标" },
    picture: (nodes) => `计算图，从输入到损失：${nodes}`,
    list: "；",
    note: "往下是数值，往上是梯度；线旁是局部导数，梯度经过时要乘上它。点一个节点，就跳到它的那一步。",
    start: (known) => `目前只知道输入：${known}。`,
    forward: (at, all, name, formula, numbers, value) =>
      `前向，第 ${at} 步，共 ${all} 步：${name} = ${formula} = ${numbers} = ${value}。`,
    done: "这就是损失。",
    turn: "反向从损失开始：它变多少就是多少，所以自己的梯度是 1。",
    backward: (at, all, name, formula, gradient) =>
      `反向，第 ${at} 步，共 ${all} 步：${name} = ${formula} 的梯度是 ${gradient}。`,
    kink: (name) => `${name} = 0 处有个折角，导数取 0。`,
    share: (s) => `${s.parent} 得到 ${s.gradient} × ${s.slope} = ${s.share}`,
    added: (s) => `${s.parent} 再得到 ${s.gradient} × ${s.slope} = ${s.share}，合计 ${s.total}`,
    and: "，",
    stop: "。",
    all: (known) => `损失与各个梯度：${known}。`,
    is: (name, value) => `${name} 为 ${value}`,
  },
};
const LARGEST = 10; // size of an input
const INPUTS = ["x", "w", "b", "y"];

// What a node does with its parents' values: formula, value, local derivatives, and its kink if it has one.
const OPERATIONS = {
  multiply: { written: (a, b) => `${a} × ${b}`, value: (a, b) => a * b, slopes: (a, b) => [b, a] },
  add: { written: (a, b) => `${a} + ${b}`, value: (a, b) => a + b, slopes: () => [1, 1] },
  subtract: { written: (a, b) => `${a} − ${b}`, value: (a, b) => a - b, slopes: () => [1, -1] },
  abs: { written: (a) => `|${a}|`, value: Math.abs, slopes: (a) => [Math.sign(a)], kink: 0 },
  relu: { written: (a) => `relu(${a})`, value: (a) => Math.max(a, 0), slopes: (a) => [a > 0 ? 1 : 0], kink: 0 },
  squared: {
    written: (a, b) => `(${a} − ${b})²`,
    value: (a, b) => (a - b) * (a - b),
    slopes: (a, b) => [2 * (a - b), -2 * (a - b)],
  },
};

// In the order in which they can be computed: parents first, the loss last.
const node = (name, kind, ...parents) => ({ name, kind, parents });
export const GRAPHS = {
  distance: [
    node("product", "multiply", "w", "x"),
    node("prediction", "add", "product", "b"),
    node("error", "subtract", "y", "prediction"),
    node("loss", "abs", "error"),
  ],
  twice: [
    node("product", "multiply", "w", "x"),
    node("prediction", "add", "product", "w"),
    node("error", "subtract", "y", "prediction"),
    node("loss", "abs", "error"),
  ],
  neuron: [
    node("product", "multiply", "w", "x"),
    node("z", "add", "product", "b"),
    node("output", "relu", "z"),
    node("loss", "squared", "y", "output"),
  ],
};
const FORMULAS = { distance: "|y − (w · x + b)|", twice: "|y − (w · x + w)|", neuron: "(y − relu(w · x + b))²" };
const FORWARD = 4; // steps, one for each node; one more turns round, and as many lead back
const LAST = 2 * FORWARD + 1;

// ---- Computing -------------------------------------------------------------------------------

/**
 * The value of every node, by name, from those of x, w, b and y.
 *
 * @param {string} graph
 * @param {number[]} inputs
 */
export function values(graph, inputs) {
  const known = Object.fromEntries(INPUTS.map((name, at) => [name, inputs[at]]));
  for (const { name, kind, parents } of GRAPHS[graph]) {
    known[name] = OPERATIONS[kind].value(...parents.map((parent) => known[parent]));
  }
  return known;
}

/**
 * How fast a node changes with each of its parents.
 *
 * @param {Node} node
 * @param {Record<string, number>} numbers
 */
export function localDerivatives({ kind, parents }, numbers) {
  return OPERATIONS[kind].slopes(...parents.map((parent) => numbers[parent]));
}

/**
 * How fast the loss changes with each node, as far as a step knows; null where nothing is.
 *
 * @param {string} graph
 * @param {Record<string, number>} numbers
 * @param {number} step
 */
export function gradients(graph, numbers, step) {
  const nodes = GRAPHS[graph];
  const known = Object.fromEntries(nodes.flatMap(({ parents }) => parents.map((parent) => [parent, null])));
  known.loss = step > FORWARD ? 1 : null;
  for (const back of step > FORWARD ? nodes.slice(LAST - step).reverse() : []) {
    localDerivatives(back, numbers).forEach((slope, at) => {
      known[back.parents[at]] = (known[back.parents[at]] ?? 0) + known[back.name] * slope;
    });
  }
  return known;
}

/**
 * Up to four decimals, with a real minus sign.
 *
 * @param {number} value
 */
export function written(value) {
  return (Math.floor(value * 10000 + 0.5) / 10000)
    .toFixed(4)
    .replace(/\.?0+$/, "")
    .replace("-", "−");
}

/** A number as it stands in a formula: in brackets if it is negative. */
function factor(value) {
  return written(value).startsWith("−") ? `(${written(value)})` : written(value);
}

/** How a node is computed, from its parents' names or from what stands for them. */
function formula({ kind, parents }, names = parents) {
  return OPERATIONS[kind].written(...names);
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ graph, step, ...inputs }) {
  if (!Object.hasOwn(GRAPHS, graph)) return `graph is ${graph}`;
  for (const name of INPUTS) {
    const value = inputs[name];
    if (!(Number.isFinite(value) && Math.abs(value) <= LARGEST))
      return `${name} is ${value}, not a number from -${LARGEST} to ${LARGEST}`;
  }
  return Number.isInteger(step) && step >= 0 && step <= LAST ? null : `step is ${step}, not 0 to ${LAST}`;
}

/**
 * What the current step computes, and from which numbers.
 *
 * @param {Language} language
 * @param {State} state
 */
export function sentence(language, { graph, step, ...inputs }) {
  const words = WORDS[language],
    nodes = GRAPHS[graph];
  const numbers = values(
    graph,
    INPUTS.map((name) => inputs[name]),
  );
  if (step === 0) {
    const known = INPUTS.filter((name) => nodes.some(({ parents }) => parents.includes(name)));
    return words.start(known.map((name) => `${name} = ${written(numbers[name])}`).join(words.and)).trimEnd();
  }
  if (step <= FORWARD) {
    const now = nodes[step - 1],
      shown = now.parents.length > 1 ? factor : written;
    const withNumbers = formula(
      now,
      now.parents.map((parent) => shown(numbers[parent])),
    );
    const said = words.forward(step, FORWARD, now.name, formula(now), withNumbers, written(numbers[now.name]));
    return (said + (step === FORWARD ? words.done : "")).trimEnd();
  }
  if (step === FORWARD + 1) return words.turn.trimEnd();

  const now = nodes[LAST - step],
    before = gradients(graph, numbers, step - 1),
    after = gradients(graph, numbers, step);
  const gradient = before[now.name];
  let said = words.backward(step - FORWARD - 1, FORWARD, now.name, formula(now), written(gradient));
  if (OPERATIONS[now.kind].kink === numbers[now.parents[0]]) said += words.kink(now.parents[0]);
  said +=
    localDerivatives(now, numbers)
      .map((slope, at) => {
        const parent = now.parents[at];
        return words[before[parent] === null ? "share" : "added"]({
          parent,
          gradient: factor(gradient),
          slope: factor(slope),
          share: written(gradient * slope),
          total: written(after[parent]),
        });
      })
      .join(words.list) + words.stop;
  if (step === LAST) {
    const known = INPUTS.filter((name) => name in after).map((name) => words.is(`d${name}`, written(after[name])));
    said += words.all([words.is("loss", written(numbers.loss)), ...known].join(words.and));
  }
  return said.trimEnd();
}

// ---- Drawing ---------------------------------------------------------------------------------

const MAIN = { left: 1, width: 178 },
  SIDE = { left: 195, width: 124 }; // the two columns of boxes
const HEIGHT = 46,
  PITCH = 86; // of a box, and from one row to the next

/** The row and the column of every node: an input stands one row above where it is first used. */
function places(graph) {
  const place = {};
  GRAPHS[graph].forEach(({ name, parents }, at) => {
    place[name] = { row: at + 1, column: MAIN };
    for (const parent of parents) place[parent] ??= { row: at, column: parent === "x" ? MAIN : SIDE };
  });
  return place;
}

/** A number short enough for its box. */
function short(value) {
  return written(Number(value.toFixed(Math.abs(value) < 100 ? 2 : 1)));
}

/** The line from a parent down to a node, and the gradient's way up it once a step has taken it. */
function edge(from, to, { slope, isForward, isBackward, isPassed }) {
  const isLong = to.row - from.row > 1,
    isSide = from.column === SIDE; // a long one keeps clear of the box between
  /** @type {Pair} */
  const start = [from.column.left + (isLong ? 76 : isSide ? 40 : 60), from.row * PITCH + HEIGHT];
  /** @type {Pair} */
  const end = [to.column.left + (isLong ? 172 : isSide ? 130 : 60), to.row * PITCH];
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const [u, v] = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
  const head = ([x, y], by) =>
    `M${x} ${y}L${x - by * (9 * u + 4.5 * v)} ${y - by * (9 * v - 4.5 * u)}L${x - by * (9 * u - 4.5 * v)} ${y - by * (9 * v + 4.5 * u)}Z`;
  const kind = isForward ? "now" : isBackward ? "back now" : isPassed ? "back" : "";
  const label = isPassed
    ? `<text class="slope" x="${(start[0] + end[0]) / 2 + 8}" y="${(start[1] + end[1]) / 2 + (isSide ? 10 : 4)}">× ${short(slope)}</text>`
    : "";
  return `<g class="edge ${kind}"><path class="line" d="M${start}L${end}"></path><path class="head" d="${isPassed ? head(start, -1) : head(end, 1)}"></path>${label}</g>`;
}

/** A node: its name and value, below them how it comes about and its gradient. */
function box(name, { row, column }, { how, value, gradient, kind, grad }) {
  const { left, width } = column,
    right = left + width - 8,
    top = row * PITCH;
  return `<g class="node ${kind}" data-node="${name}"><rect x="${left}" y="${top + 1}" width="${width}" height="${HEIGHT - 2}" rx="4"></rect>
    <text class="name" x="${left + 8}" y="${top + 18}">${name}</text><text class="value" x="${right}" y="${top + 18}">${value}</text>
    <text class="how" x="${left + 8}" y="${top + 36}">${how}</text><text class="gradient" x="${right}" y="${top + 36}">${gradient === null ? "" : `${grad} ${gradient}`}</text></g>`;
}

/** The picture for those who don't see it. */
function spoken({ graph, step, ...inputs }, words) {
  const numbers = values(
      graph,
      INPUTS.map((name) => inputs[name]),
    ),
    known = gradients(graph, numbers, step);
  const names = Object.keys(places(graph)).filter((name) => name in known);
  return words.picture(
    names
      .map((name) => {
        const isKnown = GRAPHS[graph].findIndex((one) => one.name === name) < step;
        return `${name} = ${isKnown ? written(numbers[name]) : "?"}${known[name] === null ? "" : ` (${words.grad} ${written(known[name])})`}`;
      })
      .join(words.list),
  );
}

function picture({ graph, step, ...inputs }, words) {
  const nodes = GRAPHS[graph],
    place = places(graph);
  const numbers = values(
      graph,
      INPUTS.map((name) => inputs[name]),
    ),
    known = gradients(graph, numbers, step);
  const index = (name) => nodes.findIndex((one) => one.name === name);
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
  const boxes = Object.keys(place).map((name) => {
    const at = index(name),
      isKnown = at < step;
    const isNow = at >= 0 && (step === at + 1 || step === LAST - at || (name === "loss" && step === FORWARD + 1));
    return box(name, place[name], {
      how: at < 0 ? words.kinds[name] : formula(nodes[at]),
      grad: words.grad,
      value: isKnown ? short(numbers[name]) : "?",
      gradient: known[name] === null ? null : short(known[name]),
      kind: `${at >= 0 ? "operation" : name === "w" || name === "b" ? "weight" : "input"}${isNow ? " now" : ""}`,
    });
  });
  return lines.join("") + boxes.join("");
}

function render({ model, el }) {
  const names = ["graph", ...INPUTS, "step"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language],
    first = state();
  const button = (name) => `<button type="button" name="${name}">${words[name]}</button>`;
  el.classList.add("gears-figure", "computation-graph");
  el.innerHTML = `
    <div class="graph"><svg viewBox="0 0 320 ${FORWARD * PITCH + HEIGHT}" role="img"></svg></div>
    <div class="controls"><label>${words.graph} <select name="graph">${Object.keys(GRAPHS)
      .map((name) => `<option value="${name}">${FORMULAS[name]}</option>`)
      .join("")}</select></label></div>
    <div class="controls inputs">${INPUTS.map((name) => `<label><code>${name}</code> <input type="number" name="${name}" min="-${LARGEST}" max="${LARGEST}" step="0.5"></label>`).join("")}</div>
    <div class="controls">${button("back")}${button("on")}${button("reset")}</div>
    <div class="controls"><label>${words.step} <input type="range" name="step" min="0" max="${LAST}"> <span class="count"></span></label></div>
    <output></output>
    <p class="note">${words.note}</p>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("input, select, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const drawing = find("svg"),
    slider = find("[name=step]"),
    choice = find("[name=graph]");
  const fields = INPUTS.map((name) => find(`[name=${name}]`));

  const change = (wanted) => {
    for (const [name, value] of Object.entries(wanted)) model.set(name, value);
    model.save_changes();
  };

  function draw() {
    const now = state();
    drawing.innerHTML = picture(now, words);
    drawing.setAttribute("aria-label", spoken(now, words));
    choice.value = now.graph;
    slider.value = now.step;
    slider.setAttribute("aria-valuetext", words.of(now.step, LAST));
    find(".count").textContent = words.of(now.step, LAST);
    for (const field of fields) {
      if (!field.matches(":focus") || field.value === "" || Number(field.value) !== now[field.name])
        field.value = now[field.name];
    }
    find("[name=b]").disabled = now.graph === "twice";
    find("[name=back]").setAttribute("aria-disabled", now.step === 0);
    find("[name=on]").setAttribute("aria-disabled", now.step === LAST);
    find("output").textContent = sentence(language, now);
  }

  const go = (step) => change({ step: Math.max(0, Math.min(LAST, step)) });
  find("[name=back]").addEventListener("click", () => go(model.get("step") - 1));
  find("[name=on]").addEventListener("click", () => go(model.get("step") + 1));
  find("[name=reset]").addEventListener("click", () =>
    change({ ...Object.fromEntries(INPUTS.map((name) => [name, first[name]])), step: 0 }),
  );
  slider.addEventListener("input", () => go(Number(slider.value)));
  choice.addEventListener("input", () => change({ graph: choice.value }));
  for (const field of fields) {
    field.addEventListener("input", () => {
      const value = Number(field.value);
      if (field.value !== "" && Math.abs(value) <= LARGEST) change({ [field.name]: value });
    });
    field.addEventListener("blur", draw); // what was no number of the range goes back
  }
  drawing.addEventListener("click", ({ target }) => {
    const at = GRAPHS[model.get("graph")].findIndex(({ name }) => name === target.closest("[data-node]")?.dataset.node);
    if (at >= 0) go(model.get("step") > FORWARD ? LAST - at : at + 1);
  });

  for (const name of names) model.on(`change:${name}`, draw);
  draw();
  return () => names.forEach((name) => model.off(`change:${name}`, draw));
}

export default { render };
