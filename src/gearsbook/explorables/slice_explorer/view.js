// The array as cells or as a picture, the brackets as a line, and a row of fields for each axis.

import { button, choice } from "../parts/controls.js";
import { spanning } from "../parts/dragging.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { asTuple, clamp } from "../parts/numbers.js";
import { optional } from "../parts/optional.js";
import { grey, paint } from "../parts/picture.js";
import { ravelled, unravelled } from "../parts/shapes.js";
import {
  box,
  corners,
  fill,
  LONGEST,
  nudge,
  otherKind,
  printed,
  problem,
  result,
  rewrite,
  SHAPES,
  select,
  sentence,
  written,
} from "./compute.js";
import { WORDS } from "./words.js";

const EXAMPLES = {
  vector: ["2:5", "-3:", "::3", "::-1", "4", "4:5", "7:99", "10"],
  matrix: ["1:3, 2:5", "1", "1:2", ":, -1", ":, -1:", "::-1", "..., None"],
  tensor: ["0, 1:3, ::2", "1", "1:2", "..., 0", "::-1", ":, :, -1:", "None, 0"],
  digit: ["7:-7, 7:-7", "14:, 14:", "::-1", ":, ::-1", "::2, ::2", "14", "14:15", "..., 0"],
};
const PIXEL = 20; // canvas pixels for one of the digit's

/** Those of some items that are for an axis of x. */
const ofAxes = (slots) => slots.filter(({ axis }) => axis !== null);

/** Indices in ascending order as stretches without a gap: [first, length] each. */
function stretches(places) {
  const found = [];
  for (const at of [...places].sort((a, b) => a - b)) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === at) last[1] += 1;
    else found.push([at, 1]);
  }
  return found;
}

/** A plane of cells: two axes, or one if there are no rows. */
function plane(words, shape, at) {
  const [columns, rows = 1] = [...shape].reverse(),
    rank = shape.length;
  const head = (axis, index) => html`<span class="index" data-axis="${axis}" data-index="${index}">${index}</span>`;
  const along = (make) => Array.from({ length: columns }, (_, column) => make(column));
  const cell = (flat) => html`<span class="cell" data-at="${flat}">${flat}</span>`;
  const line = (row) => {
    const first = (at * rows + row) * columns;
    return html`<div>${rank > 1 ? head(rank - 2, row) : ""}${along((column) => cell(first + column))}</div>`;
  };
  return html`<div class="plane">
    ${rank > 2 ? html`<p>${words.axis} 0 = ${head(0, at)}</p>` : ""}
    <p>${words.axis} ${rank - 1} →</p>
    ${rank > 1 ? html`<p class="down">${words.axis} ${rank - 2} →</p>` : ""}
    <div class="cells">
      <div>${rank > 1 ? html`<span class="index"></span>` : ""}${along((column) => head(rank - 1, column))}</div>
      ${Array.from({ length: rows }, (_, row) => line(row))}
    </div></div>`;
}

/** The digit with what is taken of it dark and framed. */
function drawDigit(whole, image, { indices, slots }, frame) {
  const taken = new Set(indices),
    small = document.createElement("canvas");
  paint(small, image, 28, (value, at) => grey(taken.has(at) ? value : 39 + Math.round(value * 0.3)));
  whole.width = whole.height = 28 * PIXEL;
  const pen = whole.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.drawImage(small, 0, 0, whole.width, whole.height);
  if (!taken.size) return;
  pen.strokeStyle = frame;
  const [rows, columns] = ofAxes(slots).map(({ places }) => stretches(places));
  pen.lineWidth = Math.max(rows.length, columns.length) > 1 ? 2 : 6;
  const [inset, thick] = [pen.lineWidth / 2, pen.lineWidth];
  for (const [top, height] of rows)
    for (const [left, width] of columns) {
      const corner = [left * PIXEL + inset, top * PIXEL + inset];
      pen.strokeRect(...corner, width * PIXEL - thick, height * PIXEL - thick);
    }
}

/**
 * A row of fields for an axis: `change` gets what a reader makes of its item, `refuse` a field without a whole number,
 * and `restore` shows what holds.
 */
function axisRow(words, axis, change, refuse, restore) {
  const named = (part) => words.row({ axis, part });
  const kind = /** @type {HTMLSelectElement} */ (
    element`<select name="kind" aria-label="${named(words.by)}">
      <option value="integer">${words.integer}</option><option value="slice">${words.slice}</option></select>`
  );
  const field = ([name, part]) => element`<input type="number" name="${name}" aria-label="${named(part)}">`;
  const fields = Object.entries(words.parts).map((part) =>
    optional(/** @type {HTMLInputElement} */ (field(part)), restore),
  );
  kind.addEventListener("input", () => change(otherKind));
  const plain = ({ value }) => value && String(Number(value));
  const typed = () => {
    const [start, stop, step] = fields.map(plain);
    return kind.value === "integer" ? start || "0" : `${start}:${stop}${step && `:${step}`}`;
  };
  for (const one of fields) {
    const check = ({ type }) => {
      const { badInput } = one.validity; // a number may begin with a minus
      if (badInput ? type === "change" : !/^-?\d*$/.test(plain(one))) refuse(one);
      else if (!badInput) change(typed);
    };
    one.addEventListener("input", check);
    one.addEventListener("change", check);
  }
  return {
    row: element`<div class="axis" data-axis="${axis}"><b>${axis}</b>${kind}${fields}</div>`,
    draw({ item }, length) {
      const isSingle = item.kind === "integer",
        isForwards = !(item.step < 0);
      const defaults = { start: isForwards ? 0 : length - 1, stop: isForwards ? length : "", step: 1 };
      kind.value = item.kind;
      for (const one of fields) {
        const own = isSingle && one.name === "start" ? item.value : item[one.name];
        const value = String(own ?? "");
        if (one.value !== value) one.value = value;
        one.placeholder = isSingle ? "" : String(defaults[one.name]);
        one.disabled = isSingle && one.name !== "start";
      }
    },
  };
}

function view(page) {
  const { el, words, output } = page;
  let shape, good, rows; // the array's shape, the last text that selected something of it, and what draws its axes
  const line = /** @type {HTMLInputElement} */ (
    element`<input type="text" name="text" aria-label="${words.brackets}" maxlength="${LONGEST}" size="20"
      autocomplete="off" autocapitalize="off" spellcheck="false">`
  );
  const examples = element`<div class="examples" role="group" aria-label="${words.examples}"></div>`,
    hint = element`<p class="hint"></p>`,
    picture = element`<div class="picture" tabindex="0" role="application"></div>`,
    ends = ["first", "last"].map((name) => element`<span class="${name}"></span>`), // the digit's corners
    crop = /** @type {HTMLCanvasElement} */ (element`<canvas></canvas>`),
    shell = element`<pre></pre>`,
    axes = element`<div class="axes"></div>`;
  /** @type {[string, string][]} */
  const arrays = Object.entries(SHAPES).map(([name, lengths]) => [name, `${words[name]} ${asTuple(lengths)}`]);
  const array = choice(page, "array", html`${words.array} <code>x</code>`, arrays, {
    get: (state) => state.array,
    set: (chosen) => ({ array: chosen, text: EXAMPLES[chosen][0] }),
  });
  el.append(html`
    <div class="controls">${array}
      <label class="line"><code>x[</code>${line}<code>]</code></label>
    </div>
    <div class="stage">${picture}
      <div class="result">${shell}${crop}</div></div>
    ${hint}
    ${examples}
    ${axes}
    ${output}`);

  const take = (text) => page.set({ text });
  /** What is written now, or else the last that could be read. */
  const live = () => written(shape, page.state().text) ?? good.slots;
  const drawRows = () => ofAxes(live()).forEach((slot, axis) => rows[axis].draw(slot, shape[axis]));
  const still = () => (good.unseen ? "" : fill(words.still, good));

  /** Everything that depends on which array it is. */
  function build(name) {
    shape = SHAPES[name];
    good = { ...select(shape, "..."), indices: [], unseen: true };
    el.dataset.array = name;
    examples.replaceChildren(
      ...EXAMPLES[name].map((text) => button("example", html`<code>${text}</code>`, () => take(text))),
    );
    const pixels = html`<div class="plane">
      <p>${words.axis} 1 →</p><p class="down">${words.axis} 0 →</p>
      <div class="pixels"><canvas class="whole"></canvas>${ends}</div></div>`;
    const planes = Array.from({ length: shape.length > 2 ? shape[0] : 1 }, (_, at) => plane(words, shape, at));
    picture.replaceChildren(...(name === "digit" ? [pixels] : planes));
    hint.textContent = words.hint + (shape.length > 2 ? words.page : "");
    picture.setAttribute("aria-label", `${words.picture}. ${hint.textContent}`);
    rows = shape.map((_, axis) => {
      const change = (make) => take(rewrite(live(), axis, make(ofAxes(live())[axis])));
      const refuse = (field) =>
        page.complain(field, fill(words.float, { piece: field.value || field.ariaLabel }) + still());
      return axisRow(words, axis, change, refuse, drawRows);
    });
    const heads = [words.axis, words.by, ...Object.values(words.parts)].map((head) => html`<span>${head}</span>`);
    axes.replaceChildren(element`<div class="axis head">${heads}</div>`, ...rows.map(({ row }) => row));
  }

  function drawCells() {
    const taken = new Set(good.indices),
      used = ofAxes(good.slots).map(({ places }) => places),
      [first, last] = corners(shape, good.indices).map((corner) => ravelled(corner, shape));
    for (const cell of picture.querySelectorAll(".cell")) {
      const at = Number(/** @type {HTMLElement} */ (cell).dataset.at);
      cell.classList.toggle("taken", taken.has(at));
      cell.classList.toggle("first", at === first);
      cell.classList.toggle("last", at === last);
    }
    for (const head of picture.querySelectorAll("[data-index]")) {
      const { axis, index } = /** @type {HTMLElement} */ (head).dataset;
      head.classList.toggle("taken", taken.size > 0 && used[Number(axis)].includes(Number(index)));
    }
  }

  /** The digit's corners that can be pulled, and what is taken of it, as large as the digit if it can be. */
  function drawCrop(image) {
    const across = good.shape.at(-1) ?? 1,
      down = good.indices.length / across;
    crop.hidden = !good.indices.length;
    corners(shape, good.indices).forEach(([row, column], at) => {
      ends[at].style.left = `${(100 * (column + at)) / 28}%`;
      ends[at].style.top = `${(100 * (row + at)) / 28}%`;
    });
    for (const end of ends) end.hidden = crop.hidden;
    if (crop.hidden) return;
    paint(
      crop,
      good.indices.map((at) => image[at]),
      across,
    );
    const times = Math.min(28 / across, 28 / down, 4);
    crop.style.width = `calc(${across * times} * var(--zoom))`;
    crop.style.height = `calc(${down * times} * var(--zoom))`;
  }

  /** The index of the value under a pointer; null if there is none. */
  function under({ clientX, clientY }) {
    const whole = picture.querySelector(".whole");
    if (whole) {
      const { left, top, width, height } = whole.getBoundingClientRect();
      const pixel = (part) => clamp(Math.floor(part * 28), 0, 27);
      return [pixel((clientY - top) / height), pixel((clientX - left) / width)];
    }
    const cell = /** @type {Document} */ (el.getRootNode()).elementFromPoint(clientX, clientY)?.closest(".cell");
    return cell && picture.contains(cell) ? unravelled(Number(cell.textContent), shape) : null;
  }

  line.addEventListener("input", () => take(line.value));
  keys(page, picture, (key, _, isShifted) => {
    const text = nudge(shape, good.text, key, isShifted);
    return text === null ? null : { text };
  });
  /** @type {{ corner: number[], text: string } | null} */
  let tapped = null; // a corner, and the text that it alone led to: a finger that goes up scrolls the page
  const span = (one, other, isTap) => {
    const first = isTap && tapped?.text === page.state().text ? tapped : null;
    take(box(shape, first?.corner ?? one, other));
    tapped = isTap && !first ? { corner: one, text: page.state().text } : null;
  };
  /** The corner that stays where it is when the other one is pulled. */
  const opposite = (event) => {
    const { classList } = /** @type {Element} */ (event.target),
      [first, last] = corners(shape, good.indices);
    return classList.contains("first") ? last : classList.contains("last") ? first : null;
  };
  spanning(picture, under, span, opposite);

  return (state) => {
    const { array: name, text, image } = state;
    if (SHAPES[name] !== shape) build(name);
    const selected = select(shape, text);
    if (!selected.error) good = selected;
    el.classList.toggle("stale", Boolean(selected.error));
    if (line.value !== text) line.value = text;
    line.setAttribute("aria-invalid", String(Boolean(selected.error)));
    for (const example of examples.children) example.setAttribute("aria-pressed", String(example.textContent === text));
    if (name === "digit") {
      const frame = getComputedStyle(el).getPropertyValue("--gears-cursor");
      drawDigit(picture.querySelector(".whole"), image, good, frame);
      drawCrop(image);
    } else drawCells();
    drawRows();
    shell.textContent = name !== "digit" ? printed(selected) : good.unseen ? "" : result(good);
    return selected.error && sentence(words, state) + still();
  };
}

export default figure({
  name: "slice-explorer",
  reads: ["array", "text", "image"],
  words: WORDS,
  problem,
  sentence,
  view,
});
