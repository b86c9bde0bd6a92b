// An image is an array: walk over the pixels of a digit and read the numbers.

/**
 * @typedef {object} State
 * @property {number} digit
 * @property {number} row
 * @property {number} column
 * @property {boolean} numbers
 * @property {number[]} indices
 * @property {number[][]} images
 */

const WORDS = {
  en: {
    digit: "Digit",
    row: "Row",
    column: "Column",
    numbers: "Show the numbers",
    grid: "The digit's 28 × 28 pixels; the arrow keys move the cursor",
    strip: "The same 784 values, row after row",
    sentence: (s) =>
      `Test image ${s.index}, a ${s.digit}. Row ${s.row}, column ${s.column}: the value is ${s.value}, divided by 255 it is ${s.scaled}; flattened, it stands at place ${s.row} · 28 + ${s.column} = ${s.place}.`,
  },
  zh: {
    digit: "数字",
    row: "行",
    column: "列",
    numbers: "显示数值",
    grid: "这个数字的 28 × 28 个像素，方向键移动光标",
    strip: "同样的 784 个值，一行接一行",
    sentence: (s) =>
      `测试图像 ${s.index}，是 ${s.digit}。第 ${s.row} 行、第 ${s.column} 列：像素值 ${s.value}，除以 255 得 ${s.scaled}；展平之后，排在第 ${s.row} · 28 + ${s.column} = ${s.place} 位。`,
  },
};
const SIDE = 28;
const CELL = 24; // pixels of a cell that shows its number

// ---- Computing -------------------------------------------------------------------------------

/**
 * The place of a pixel in the flattened image.
 *
 * @param {number} row
 * @param {number} column
 */
export function place(row, column) {
  return row * SIDE + column;
}

/**
 * `value.astype("float32") / 255`, exactly.
 *
 * @param {number} value
 */
export function scaled(value) {
  return Math.fround(value / 255);
}

/**
 * A scaled value as NumPy prints it: the fewest digits that lead back to the same float32.
 *
 * @param {number} number
 */
export function float32Text(number) {
  let digits = 1;
  while (Math.fround(Number(number.toPrecision(digits))) !== number) digits += 1;
  const text = String(Number(number.toPrecision(digits)));
  return text.includes(".") ? text : `${text}.0`;
}

/**
 * The pixel that an arrow key, Home or End leads to; null for any other key.
 *
 * @param {number} row
 * @param {number} column
 * @param {string} key
 */
export function step(row, column, key) {
  const last = SIDE - 1;
  const target = {
    ArrowUp: [row - 1, column],
    ArrowDown: [row + 1, column],
    ArrowLeft: [row, column - 1],
    ArrowRight: [row, column + 1],
    Home: [row, 0],
    End: [row, last],
  }[key];
  return target ? target.map((x) => Math.min(last, Math.max(0, x))) : null;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ digit, row, column, images, indices }) {
  const within = (x, top) => Number.isInteger(x) && x >= 0 && x <= top;
  if (!within(digit, 9)) return `digit is ${digit}, not 0 to 9`;
  if (!within(row, SIDE - 1)) return `row is ${row}, not 0 to 27`;
  if (!within(column, SIDE - 1)) return `column is ${column}, not 0 to 27`;
  const whole = images?.length === 10 && images.every((image) => image.length === SIDE * SIDE);
  return whole && indices?.length === 10 ? null : "there are not ten images of 784 values";
}

// ---- Drawing ---------------------------------------------------------------------------------

/** One pixel for each value, so many in a row. */
function paint(canvas, values, columns) {
  const pixels = new ImageData(columns, values.length / columns);
  const greys = new Uint32Array(pixels.data.buffer);
  values.forEach((value, at) => (greys[at] = 0xff000000 + (255 - value) * 0x010101));
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}

/** The values as numbers on their shades; one that was written before is copied, which is faster. */
function write(canvas, values) {
  const cell = Math.round(CELL * devicePixelRatio),
    written = new Map();
  canvas.width = canvas.height = SIDE * cell;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.font = `${cell * 0.42}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  values.forEach((value, at) => {
    const x = (at % SIDE) * cell,
      y = Math.floor(at / SIDE) * cell;
    if (written.has(value)) return pen.putImageData(written.get(value), x, y);
    pen.fillStyle = `rgb(${255 - value}, ${255 - value}, ${255 - value})`;
    pen.fillRect(x, y, cell, cell);
    pen.fillStyle = value > 127 ? "#fff" : value ? "#000" : "#767676";
    pen.fillText(value, x + cell / 2, y + cell / 2);
    written.set(value, pen.getImageData(x, y, cell, cell));
  });
}

function render({ model, el }) {
  const names = ["language", "digit", "row", "column", "numbers", "images", "indices"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  el.classList.add("gears-figure", "digit-inspector");
  el.innerHTML = `
    <div class="scroll"><div class="grid" tabindex="0" role="application" aria-label="${words.grid}">
      <canvas></canvas><canvas hidden></canvas><div class="cursor"></div></div></div>
    <div class="strip"><p>${words.strip}</p><canvas></canvas><div class="here"></div></div>
    <div class="controls">
      <label>${words.digit} <select name="digit">${[..."0123456789"].map((d) => `<option>${d}</option>`).join("")}</select></label>
      <label>${words.row} <input type="range" name="row" min="0" max="27"></label>
      <label>${words.column} <input type="range" name="column" min="0" max="27"></label>
      <button type="button" name="numbers">${words.numbers}</button>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("[tabindex], select, input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const grid = find(".grid"),
    cursor = find(".cursor"),
    scroll = find(".scroll");
  const [picture, table, strip] = el.querySelectorAll("canvas");
  let written; // the digit whose numbers are in the table: writing them takes time

  const change = (changes) => {
    for (const [name, value] of Object.entries(changes)) model.set(name, value);
    model.save_changes();
  };

  function draw() {
    const { digit, numbers, images } = state();
    paint(strip, images[digit], SIDE * SIDE);
    paint(picture, images[digit], SIDE);
    if (numbers && written !== digit) write(table, images[digit]);
    if (numbers) written = digit;
    picture.hidden = numbers;
    table.hidden = !numbers;
    grid.classList.toggle("numbers", numbers);
    find("[name=digit]").value = digit;
    find("[name=numbers]").setAttribute("aria-pressed", numbers);
    point();
  }

  function point() {
    const { digit, row, column, images, indices, numbers } = state();
    const at = place(row, column),
      value = images[digit][at];
    cursor.style.left = `${(column / SIDE) * 100}%`;
    cursor.style.top = `${(row / SIDE) * 100}%`;
    find(".here").style.left = `${((at + 0.5) / (SIDE * SIDE)) * 100}%`;
    find("[name=row]").value = row;
    find("[name=column]").value = column;
    find("output").textContent = words.sentence({
      index: indices[digit],
      digit,
      row,
      column,
      value,
      scaled: float32Text(scaled(value)),
      place: at,
    });
    if (numbers) {
      // keep the cursor in view where the numbers are wider than the page
      const left = grid.offsetLeft + grid.clientLeft + column * CELL,
        right = left + CELL;
      const seen = [scroll.scrollLeft, scroll.scrollLeft + scroll.clientWidth];
      if (left < seen[0]) scroll.scrollLeft = left;
      if (right > seen[1]) scroll.scrollLeft = right - scroll.clientWidth;
    }
  }

  const pixelUnder = (event) => {
    const box = grid.getBoundingClientRect();
    const part = (x, length) => Math.min(SIDE - 1, Math.max(0, Math.floor((x / length) * SIDE)));
    return { row: part(event.clientY - box.top, box.height), column: part(event.clientX - box.left, box.width) };
  };
  grid.addEventListener("pointerdown", (event) => change(pixelUnder(event)));
  grid.addEventListener("pointermove", (event) => {
    if (event.pointerType === "mouse" || event.pressure) change(pixelUnder(event));
  });
  grid.addEventListener("keydown", (event) => {
    const target = step(model.get("row"), model.get("column"), event.key);
    if (!target) return;
    event.preventDefault();
    change({ row: target[0], column: target[1] });
  });
  for (const name of ["digit", "row", "column"]) {
    find(`[name=${name}]`).addEventListener("input", (event) => change({ [name]: Number(event.target.value) }));
  }
  find("[name=numbers]").addEventListener("click", () => change({ numbers: !model.get("numbers") }));

  model.on("change:digit", draw);
  model.on("change:numbers", draw);
  model.on("change:row", point);
  model.on("change:column", point);
  draw();
  return () => {
    model.off("change:digit", draw);
    model.off("change:numbers", draw);
    model.off("change:row", point);
    model.off("change:column", point);
  };
}

export default { render };
