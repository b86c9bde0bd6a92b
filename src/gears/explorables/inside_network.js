// Inside a trained network: what enters, what the hidden units make of it, what comes out.

/**
 * @typedef {object} State
 * @property {number[][]} images
 * @property {number[][]} hidden
 * @property {number[][]} probabilities
 * @property {number[]} labels
 * @property {number} sample
 * @property {number} unit
 */

const WORDS = {
  en: {
    sample: "Sample",
    unit: "Hidden unit",
    previous: "Previous",
    next: "Next",
    option: (s) => `${s.number}: a ${s.label}, ${s.right ? "right" : `read as a ${s.answer}`}`,
    input: "input",
    hidden: "hidden units",
    output: "probabilities",
    label: "label",
    sentence: (s) =>
      `A ${s.label}, read as a ${s.answer}: ${s.right ? "right" : "wrong"}. ${s.active} of ${s.units} hidden units are above zero. Class ${s.answer} gets the probability ${s.winner}, the label's class ${s.own}. Unit ${s.unit} has the value ${s.value}.`,
  },
  zh: {
    sample: "样本",
    unit: "隐藏单元",
    previous: "上一个",
    next: "下一个",
    option: (s) => `${s.number}：写的是 ${s.label}，${s.right ? "读对了" : `读成 ${s.answer}`}`,
    input: "输入",
    hidden: "隐藏单元",
    output: "概率",
    label: "标签",
    sentence: (s) =>
      `写的是 ${s.label}，网络读成 ${s.answer}：${s.right ? "对" : "错"}。${s.units} 个隐藏单元里有 ${s.active} 个大于零。类别 ${s.answer} 的概率是 ${s.winner}，标签那一类的概率是 ${s.own}。第 ${s.unit} 个单元的值是 ${s.value}。`,
  },
};
const COLUMNS = 32; // hidden units in a row of their grid

// ---- Computing -------------------------------------------------------------------------------

/**
 * The place of the largest value; the first one if several are equal.
 *
 * @param {number[]} values
 */
export function argmax(values) {
  return values.reduce((best, value, at) => (value > values[best] ? at : best), 0);
}

/**
 * How many values are not zero.
 *
 * @param {number[]} values
 */
export function countNonzero(values) {
  return values.filter((value) => value !== 0).length;
}

/**
 * The grey of a value, 255 for zero (paper) down to 0 for `top` (ink).
 *
 * @param {number} value
 * @param {number} top
 */
export function grey(value, top) {
  return top > 0 ? Math.round(255 * (1 - value / top)) : 255;
}

/**
 * The unit that an arrow key, Home or End leads to; null for any other key.
 *
 * @param {number} unit
 * @param {number} units
 * @param {string} key
 */
export function step(unit, units, key) {
  const target = {
    ArrowLeft: unit - 1,
    ArrowRight: unit + 1,
    ArrowUp: unit - COLUMNS,
    ArrowDown: unit + COLUMNS,
    Home: 0,
    End: units - 1,
  }[key];
  if (target === undefined) return null;
  return target >= 0 && target < units ? target : unit;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ images, hidden, probabilities, labels, sample, unit }) {
  const n = labels?.length;
  if (!n) return "there is no sample";
  if (![images, hidden, probabilities].every((rows) => rows?.length === n)) return "the arrays differ in length";
  if (!(sample >= 0 && sample < n)) return `sample is ${sample}, not 0 to ${n - 1}`;
  if (!images.every((image) => image.length === 784)) return "an image does not have 784 values";
  if (!probabilities.every((p) => p.length === 10)) return "there are not ten probabilities";
  const units = hidden[0].length;
  return unit >= 0 && unit < units ? null : `unit is ${unit}, not 0 to ${units - 1}`;
}

// ---- Drawing ---------------------------------------------------------------------------------

/** One pixel for each value, so many in a row, in the grey that `level` gives it. */
function paint(canvas, values, columns, level) {
  const pixels = new ImageData(columns, Math.ceil(values.length / columns));
  const greys = new Uint32Array(pixels.data.buffer);
  values.forEach((value, at) => (greys[at] = 0xff000000 + level(value) * 0x010101));
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}

function render({ model, el }) {
  const names = ["images", "hidden", "probabilities", "labels", "sample", "unit"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  const { hidden, probabilities, labels } = state();
  const units = hidden[0].length;
  const top = Math.max(...hidden.flat());
  const option = (label, at) => {
    const answer = argmax(probabilities[at]);
    return `<option value="${at}">${words.option({ number: at, label, answer, right: answer === label })}</option>`;
  };
  el.classList.add("gears-figure", "inside-network");
  el.innerHTML = `
    <div class="stages">
      <div class="stage"><canvas class="input"></canvas><p>${words.input} <code>(784,)</code></p></div>
      <span class="arrow" aria-hidden="true">→</span>
      <div class="stage"><div class="grid" tabindex="0" role="application" aria-label="${words.hidden}">
        <canvas></canvas><div class="cursor"></div></div><p>${words.hidden} <code>(${units},)</code></p></div>
      <span class="arrow" aria-hidden="true">→</span>
      <div class="stage"><table><tbody>${[..."0123456789"].map((d) => `<tr><th scope="row">${d}</th><td class="bar"><div></div></td><td class="number"></td><td class="note"></td></tr>`).join("")}</tbody></table>
        <p>${words.output} <code>(10,)</code></p></div>
    </div>
    <div class="controls">
      <label>${words.sample} <select name="sample">${labels.map(option).join("")}</select></label>
      <button type="button" name="previous">${words.previous}</button>
      <button type="button" name="next">${words.next}</button>
      <label>${words.unit} <input type="range" name="unit" min="0" max="${units - 1}"></label>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("[tabindex], select, input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const grid = find(".grid"),
    cursor = find(".cursor");
  const rows = [...el.querySelectorAll("tr")].map((row) => ({
    row,
    bar: row.querySelector(".bar div"),
    number: row.querySelector(".number"),
    note: row.querySelector(".note"),
  }));
  const gridRows = Math.ceil(units / COLUMNS);
  cursor.style.width = `${100 / COLUMNS}%`;
  cursor.style.height = `${100 / gridRows}%`;

  const change = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };

  function draw() {
    const { images, sample } = state();
    paint(find("canvas.input"), images[sample], 28, (value) => 255 - value);
    paint(grid.querySelector("canvas"), hidden[sample], COLUMNS, (value) => grey(value, top));
    const answer = argmax(probabilities[sample]);
    rows.forEach(({ row, bar, number, note }, at) => {
      const p = probabilities[sample][at];
      row.classList.toggle("answer", at === answer);
      bar.style.width = `${100 * p}%`;
      number.textContent = p.toFixed(2);
      note.textContent = at === labels[sample] ? `← ${words.label}` : "";
    });
    find("[name=sample]").value = sample;
    point();
  }

  function point() {
    const { sample, unit } = state();
    const p = probabilities[sample],
      answer = argmax(p),
      label = labels[sample];
    cursor.style.left = `${((unit % COLUMNS) / COLUMNS) * 100}%`;
    cursor.style.top = `${(Math.floor(unit / COLUMNS) / gridRows) * 100}%`;
    find("[name=unit]").value = unit;
    find("output").textContent = words.sentence({
      label,
      answer,
      right: label === answer,
      active: countNonzero(hidden[sample]),
      units,
      unit,
      winner: p[answer].toFixed(2),
      own: p[label].toFixed(2),
      value: hidden[sample][unit].toFixed(2),
    });
  }

  const turn = (by) => change("sample", (model.get("sample") + by + labels.length) % labels.length);
  find("[name=previous]").addEventListener("click", () => turn(-1));
  find("[name=next]").addEventListener("click", () => turn(1));
  for (const name of ["sample", "unit"]) {
    find(`[name=${name}]`).addEventListener("input", (event) => change(name, Number(event.target.value)));
  }
  grid.addEventListener("keydown", (event) => {
    const target = step(model.get("unit"), units, event.key);
    if (target === null) return;
    event.preventDefault();
    change("unit", target);
  });
  grid.addEventListener("pointerdown", (event) => {
    const box = grid.getBoundingClientRect();
    const column = Math.min(COLUMNS - 1, Math.floor(((event.clientX - box.left) / box.width) * COLUMNS));
    const row = Math.min(gridRows - 1, Math.floor(((event.clientY - box.top) / box.height) * gridRows));
    change("unit", Math.min(units - 1, Math.max(0, row * COLUMNS + column)));
  });

  model.on("change:sample", draw);
  model.on("change:unit", point);
  draw();
  return () => {
    model.off("change:sample", draw);
    model.off("change:unit", point);
  };
}

export default { render };
