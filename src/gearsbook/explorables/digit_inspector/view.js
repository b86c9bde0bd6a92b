// The digit as a picture and as numbers, a crosshair through both, and the vector that they are.

import { cellAt, cells, pointing } from "../parts/cells.js";
import { pressable } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { paint } from "../parts/picture.js";
import { pixelAt, place, problem, SIDE, sentence, step } from "./compute.js";
import { WORDS } from "./words.js";

const LIGHT = 137; // from this value on, a number is read better in white

const part = (name) => element`<div class="${name}"></div>`;

/** So many of all, as a length in css. */
const share = (count, all) => `${(count / all) * 100}%`;

/** The values as numbers on their shades. */
function write(numbers, values) {
  numbers.replaceChildren(
    ...values.map((value) => {
      const cell = element`<span class="${value >= LIGHT ? "light" : value ? "" : "zero"}">${value}</span>`;
      cell.style.background = `rgb(${Array(3).fill(255 - value)})`;
      return cell;
    }),
  );
}

/** What is drawn of the digit, under a crosshair with the numbers of its row and column. */
function crossed(page, label, drawn) {
  const bands = ["across", "column"].map(part),
    marks = bands.map((band) => band.appendChild(element`<b class="mark"></b>`));
  page.shows((state) => {
    const at = [state.row, state.column];
    bands[0].style.top = share(at[0], SIDE);
    bands[1].style.left = share(at[1], SIDE);
    marks.forEach((mark, axis) => {
      mark.textContent = String(at[axis]);
    });
  });
  return cells(page, label, [drawn, bands], {
    rows: SIDE,
    columns: SIDE,
    step: (key, state) => step(state, key),
    when: "over",
  });
}

function view(page) {
  const { el, words, output } = page;
  const { images } = page.state();
  const [picture, strip] = ["", ""].map(() => document.createElement("canvas"));
  const written = element`<div class="written" aria-hidden="true"></div>`,
    numbers = crossed(page, words.numbers, written),
    room = element`<div class="numbers">${numbers}</div>`;
  const [ofRow, here] = ["across", "here"].map(part),
    mark = element`<b class="mark"></b>`;
  const line = element`<div class="line" aria-hidden="true">${strip}${ofRow}${here}${mark}</div>`;
  pointing(page, line, "drag", (place) => pixelAt(cellAt(place, 1, SIDE * SIDE).column));
  const digits = images.map((image, digit) => {
    const small = document.createElement("canvas");
    paint(small, image, SIDE);
    const isShown = (state) => state.digit === digit;
    const made = pressable(page, "digit", small, isShown, () => ({ digit }));
    made.ariaLabel = `${words.digit} ${digit}`;
    return made;
  });
  el.append(html`
    <div class="views">
      <div class="picture">${crossed(page, words.picture, picture)}</div>
      ${room}
      <div class="strip"><p>${words.strip}</p>${line}</div>
      <div class="digits">${digits}</div>
      <div class="said"><p class="hint">${words.hint}</p>${output}</div>
    </div>`);

  /** Where there is no room for all numbers, those around the crosshair are seen, or the chosen one at least. */
  function reveal(isCentred) {
    const seen = room.getBoundingClientRect(),
      one = /** @type {Element} */ (numbers.querySelector(".cursor")).getBoundingClientRect();
    const by = (start, end) => {
      if (isCentred) return (one[start] + one[end] - seen[start] - seen[end]) / 2;
      return Math.min(one[start] - seen[start], 0) + Math.max(one[end] - seen[end], 0);
    };
    room.scrollBy(by("left", "right"), by("top", "bottom"));
  }
  const resized = new ResizeObserver(() => reveal(true)); // at first, and when a phone is turned
  for (const box of [room, numbers]) resized.observe(box);
  page.ends(() => resized.disconnect());

  let drawn; // the digit that is there: writing takes time
  return ({ digit, row, column }) => {
    if (drawn !== digit) {
      paint(strip, images[digit], SIDE * SIDE);
      paint(picture, images[digit], SIDE);
      write(written, images[digit]);
      drawn = digit;
    }
    const at = place(row, column);
    ofRow.style.left = share(row, SIDE);
    here.style.left = share(at + 0.5, SIDE * SIDE);
    mark.style.left = `clamp(1rem, ${here.style.left}, 100% - 1rem)`;
    mark.textContent = String(at);
    // no more than that, or another number would lie under the pointer that has chosen this one
    requestAnimationFrame(() => reveal(false));
  };
}

export default figure({
  name: "digit-inspector",
  reads: ["digit", "row", "column", "indices", "images"],
  words: WORDS,
  problem,
  sentence,
  view,
});
