// The two shapes as typed, the steps, the shapes as rows of boxes, and small arrays as tables of numbers.

import { come } from "../parts/coming.js";
import { choice, mainButton, pressable } from "../parts/controls.js";
import { number, typed } from "../parts/fields.js";
import { element, figure, html } from "../parts/figure.js";
import { asTuple, decimals } from "../parts/numbers.js";
import { ravelled, unravelled, valuesIn } from "../parts/shapes.js";
import { isCalm } from "../parts/ticking.js";
import {
  broadcast,
  compared,
  LAST_STEP,
  met,
  OPERATIONS,
  parsed,
  problem,
  RULE,
  sentence,
  settled,
  source,
} from "./compute.js";
import { WORDS } from "./words.js";

const PRESETS = [
  "64, 3, 32, 10 | 32, 10",
  "3, 4 | 4",
  "3, 1 | 4",
  "3, 4 | 3",
  "3, 4 | 3, 1",
  "200, 1 | 200",
  "2, 1, 3 | 4, 1",
  "3, 4 | ",
  "1, 3 | 0, 3",
];

const STRETCHED = 3; // the step
const MOTION = { duration: 600, easing: "ease-out" };

/** The two shapes of a preset. */
const pair = (preset) => /** @type {number[][]} */ (preset.split("|").map(parsed));

/** The shapes as rows of boxes, one column an axis; what is not yet decided has its room. */
function aligned({ a, b, operation, step }, words) {
  const columns = compared(a, b),
    rank = columns.length,
    result = broadcast(a, b);
  const grid = element`<div class="aligned"></div>`;
  const put = (line, column, kind, text, isSeen = true) => {
    const box = element`<span class="${kind}">${text}</span>`;
    box.style.gridRow = line;
    box.style.gridColumn = column;
    box.classList.toggle("unseen", !isSeen);
    grid.append(box);
  };
  columns.forEach(({ axis }, at) => put(1, at + 2, "head", `${words.axis} −${-axis}`, step > 0));
  Object.entries({ a, b }).forEach(([name, shape], at) => {
    const line = at + 2;
    put(line, 1, "name", `${name}.shape`);
    if (step === 0) {
      shape.forEach((length, axis) => put(line, axis + 2, "box", length));
      if (!shape.length) put(line, 2, "box none", "()");
      return;
    }
    columns.forEach((column, axis) => {
      const added = axis < rank - shape.length ? " added" : "";
      const isStretched = result && step > 2 && column[name] !== column.length;
      const kind = `box${added}${isStretched ? " stretched" : ""}`;
      put(line, axis + 2, kind, isStretched ? `1 → ${column.length}` : column[name]);
    });
  });
  columns.forEach(({ verdict }, at) => put(4, at + 2, `verdict ${verdict}`, words.short[verdict], step > 1));
  const isDecided = step > 3 || (step > 1 && !result);
  put(5, 1, "name", OPERATIONS[operation].write("a", "b"));
  if (!rank) put(5, 2, "box none", isDecided ? "()" : "?");
  columns.forEach(({ length, verdict }, at) => {
    const shown = verdict === "misfit" ? "✗" : result ? length : "?";
    put(5, at + 2, `box ${isDecided ? `result ${verdict}` : "none"}`, isDecided ? shown : "?");
  });
  return grid;
}

/** Whether the numbers themselves can be drawn, as a table of rows and columns. */
function isSmall({ a, b }) {
  const result = broadcast(a, b);
  if (!result || result.length > 2 || !valuesIn(result)) return false;
  const [rows, columns] = result.length === 2 ? result : [1, result[0] ?? 1];
  return rows <= 6 && columns <= 6;
}

/**
 * a, b and the result as tables of numbers in the room that they have at last; repeated ones are set apart, and know
 * which one they repeat; the entry is framed.
 */
function tables({ a, b, operation, step, entry }, choose) {
  const result = /** @type {number[]} */ (broadcast(a, b)), // isSmall says that there is one
    chosen = step === LAST_STEP ? entry : -1;
  const table = (name, value, own, isSeen = (_isCopied) => true) => {
    const cells = element`<div class="cells"></div>`;
    cells.style.gridTemplateColumns = `repeat(${result.at(-1) ?? 1}, minmax(var(--cell), auto))`;
    for (let at = 0; at < valuesIn(result); at++) {
      const index = unravelled(at, result),
        from = own(index),
        isCopied = from !== at;
      const cell = element`<span class="cell" data-own="${from}">${decimals(value(index))}</span>`;
      cell.classList.toggle("copied", isCopied);
      cell.classList.toggle("chosen", at === chosen);
      cell.classList.toggle("unseen", !isSeen(isCopied));
      cells.append(cell);
    }
    return element`<div class="numbers"><b class="name">${name}</b>${cells}</div>`;
  };
  const operand = (name, shape, fill) => {
    const own = (index) => ravelled([...result.slice(shape.length).fill(0), ...source(index, shape)], result);
    const value = (index) => fill(ravelled(source(index, shape), shape));
    return table(name, value, own, (isCopied) => step > 2 || !isCopied);
  };
  const last = table(
    OPERATIONS[operation].write("a", "b"),
    (index) => met(a, b, operation, index)[2],
    (index) => ravelled(index, result),
  );
  last.classList.toggle("unseen", step < LAST_STEP);
  last.querySelectorAll(".cell").forEach((cell, at) => cell.addEventListener("click", () => choose(at)));
  const operands = [operand("a", a, (at) => at), operand("b", b, (at) => 10 * (at + 1))];
  return element`<div class="tables">${operands}${last}</div>`;
}

/** Lets the lengths that are stretched grow, and the numbers that are repeated come out of their own. */
function stretch(drawing) {
  for (const box of drawing.querySelectorAll(".stretched")) box.animate([{ width: "30%" }, { width: "100%" }], MOTION);
  const copies = [...drawing.querySelectorAll(".copied")];
  come(
    copies.map((cell) => [cell.parentElement.children[Number(cell.dataset.own)], cell]),
    MOTION,
  );
}

/** The shape along whose axes an entry is looked at; null before there is a result, and where it has none. */
function lookedAt({ a, b, step }) {
  const result = broadcast(a, b);
  return step === LAST_STEP && result?.length && valuesIn(result) ? result : null;
}

/** A number field for an axis of the result. */
function indexField(page, at) {
  return number(
    page,
    `index${at}`,
    { min: 0 },
    {
      get: (state) => unravelled(state.entry, lookedAt(state) ?? [])[at] ?? "",
      set(value, state) {
        const shape = /** @type {number[]} */ (lookedAt(state));
        if (!Number.isInteger(value) || value < 0 || value >= shape[at]) return {};
        return { entry: ravelled(unravelled(state.entry, shape).with(at, value), shape) };
      },
    },
  );
}

function view(page) {
  const { el, words, output } = page;
  const shape = (name) => {
    const field = typed(page, name, parsed, words.unread(name));
    field.inputMode = "text";
    return html`<label>${words.shape(name)} ${field}</label>`;
  };
  /** @type {[string, string][]} */
  const operations = Object.entries(OPERATIONS).map(([name, { write }]) => [name, write("a", "b")]);
  /** @type {[string, string][]} */
  const presets = PRESETS.map((preset) => [preset, pair(preset).map(asTuple).join(", ")]);
  const preset = {
    get: ({ a, b }) => PRESETS.find((one) => pair(one).join("|") === `${a}|${b}`) ?? "",
    set(value) {
      if (!value) return {};
      const [a, b] = pair(value);
      return { a, b };
    },
  };
  let isStretching = false; // because a reader has asked for it
  const to = (step) => {
    isStretching = step === STRETCHED && page.state().step < step;
    return { step };
  };
  const on = mainButton("on", words.on, () => page.set(to(page.state().step + 1)));
  const steps = words.steps.map((label, step) =>
    pressable(
      page,
      `step${step}`,
      label,
      (state) => state.step === step,
      () => to(step),
    ),
  );
  const drawing = element`<div class="picture" aria-hidden="true"></div>`,
    fill = element`<p class="fill">${words.fill}</p>`,
    place = element`<div class="controls entry"><span>${words.entry}</span></div>`;
  const indices = Array.from({ length: RULE.most }, (_, at) => {
    const name = element`<span></span>`,
      field = indexField(page, at);
    return { name, field, label: element`<label>${name}${field}</label>` };
  });
  el.append(html`
    ${drawing}
    <div class="steps">${on}${steps}</div>
    ${place}
    <div class="controls">
      ${choice(page, "preset", words.preset, [["", words.choose], ...presets], preset)}
      ${choice(page, "operation", words.operation, operations)}
      ${shape("a")}
      ${shape("b")}
    </div>
    ${fill}
    ${output}`);

  return (state) => {
    const isDrawn = isSmall(state);
    drawing.replaceChildren(aligned(state, words));
    if (isDrawn) drawing.append(tables(state, (entry) => page.set({ entry })));
    on.ariaDisabled = String(state.step === LAST_STEP);
    if (isStretching && !isCalm()) stretch(drawing);
    isStretching = false;
    fill.hidden = !isDrawn && !(state.step === LAST_STEP && broadcast(state.a, state.b));
    const result = lookedAt(state);
    place.classList.toggle("unseen", !result);
    indices.forEach(({ name, field, label }, at) => {
      if (!result || at >= result.length) return label.remove();
      if (label.parentNode !== place) place.append(label);
      name.textContent = words.index(`−${result.length - at}`);
      field.max = String(result[at] - 1);
    });
  };
}

export default figure({
  name: "broadcasting",
  reads: ["a", "b", "operation", "step", "entry"],
  words: WORDS,
  problem,
  sentence,
  settled,
  begins: ({ step }) => (step === LAST_STEP ? { step: 0 } : null),
  view,
});
