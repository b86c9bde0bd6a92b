// The digit under a cursor, as a picture or as numbers, and as the vector that it is.

import { cells } from "../parts/cells.js";
import { choice, pressable, range } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { paint } from "../parts/picture.js";
import { place, problem, SIDE, sentence, step } from "./compute.js";
import { WORDS } from "./words.js";

const CELL = 24; // pixels of a cell that shows its number

/** The values as numbers on their shades. */
function write(canvas, values) {
  const cell = Math.round(CELL * devicePixelRatio);
  canvas.width = canvas.height = SIDE * cell;
  const pen = canvas.getContext("2d");
  pen.font = `${cell * 0.42}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  values.forEach((value, at) => {
    const x = (at % SIDE) * cell,
      y = Math.floor(at / SIDE) * cell;
    pen.fillStyle = `rgb(${255 - value}, ${255 - value}, ${255 - value})`;
    pen.fillRect(x, y, cell, cell);
    pen.fillStyle = value > 127 ? "#fff" : value ? "#000" : "#767676";
    pen.fillText(value, x + cell / 2, y + cell / 2);
  });
}

/** Keeps a column in view where the numbers are wider than the page. */
function scrollTo(scroll, grid, column) {
  const left = grid.offsetLeft + grid.clientLeft + column * CELL,
    right = left + CELL;
  const seen = [scroll.scrollLeft, scroll.scrollLeft + scroll.clientWidth];
  if (left < seen[0]) scroll.scrollLeft = left;
  if (right > seen[1]) scroll.scrollLeft = right - scroll.clientWidth;
}

function view(page) {
  const { el, words, output } = page;
  const [picture, table, strip] = ["", "", ""].map(() => document.createElement("canvas"));
  const grid = cells(page, words.grid, [picture, table], {
    rows: SIDE,
    columns: SIDE,
    step: (key, state) => step(state, key),
    when: "over",
  });
  const scroll = element`<div class="scroll">${grid}</div>`;
  const here = element`<div class="here"></div>`;
  /** @type {[number, string][]} */
  const digits = [..."0123456789"].map((digit, value) => [value, digit]);
  const numbers = pressable(
    page,
    "numbers",
    words.numbers,
    (state) => state.numbers,
    (state) => ({ numbers: !state.numbers }),
  );
  el.append(html`
    ${scroll}
    <div class="strip"><p>${words.strip}</p>${strip}${here}</div>
    <div class="controls">
      ${choice(page, "digit", words.digit, digits)}
      <label>${words.row} ${range(page, "row", { min: 0, max: SIDE - 1 })}</label>
      <label>${words.column} ${range(page, "column", { min: 0, max: SIDE - 1 })}</label>
      ${numbers}
    </div>
    ${output}`);

  let painted, written; // the digits whose picture and numbers are there: writing takes time
  return ({ digit, row, column, numbers, images }) => {
    if (painted !== digit) {
      paint(strip, images[digit], SIDE * SIDE);
      paint(picture, images[digit], SIDE);
      painted = digit;
    }
    if (numbers && written !== digit) {
      write(table, images[digit]);
      written = digit;
    }
    picture.hidden = numbers;
    table.hidden = !numbers;
    grid.classList.toggle("numbers", numbers);
    here.style.left = `${((place(row, column) + 0.5) / (SIDE * SIDE)) * 100}%`;
    if (numbers) scrollTo(scroll, grid, column);
  };
}

export default figure({
  name: "digit-inspector",
  reads: ["digit", "row", "column", "numbers", "indices", "images"],
  words: WORDS,
  problem,
  sentence,
  view,
});
