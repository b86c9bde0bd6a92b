// Draw a digit: what the network of section 2.5 sees of it, and what it answers.

import { fileOf } from "./parts/files.js";

/** @import { Language, Pair } from "./types.d.ts" */
/**
 * @typedef {{ top: number, left: number, height: number, width: number }} Box
 * @typedef {{ scales: number[], arrays: Int8Array[] }} Network
 *
 * @typedef {object} State
 * @property {number[][]} strokes
 * @property {boolean} prepared
 * @property {number[][]} answers
 * @property {[string, number[][]][]} samples
 */

const WORDS = {
  en: {
    pad: "Pad to draw on. Arrow keys move the pen; Home, End, Page Up and Page Down move it slantwise. Space lowers and lifts it, Enter makes a dot, Escape lifts it, Backspace takes the last change back.",
    keys: "Draw with mouse, pen or finger; your first stroke replaces a sample. By keyboard: arrow keys move the pen (Home, End and the Page keys slantwise), <span class=keycap>Space</span> lowers and lifts it, <span class=keycap>Enter</span> makes a dot, <span class=keycap>Esc</span> lifts it.",
    pen: (down, row, column) => `Pen ${down ? "down" : "up"}, row ${row}, column ${column} of 28`,
    drawn: "What is drawn",
    boxed: ", in a box around the ink",
    seen: "What the network sees",
    colon: ": ",
    ink: (h, w, r, c) => `${h} × ${w} pixels of ink, centre of mass at (${r}, ${c})`,
    noInk: "no ink",
    cross: "; the cross is at (14, 14)",
    sample: "Sample",
    own: "your own",
    undo: "Undo",
    clear: "Clear",
    prepared: "prepare as MNIST was made",
    table: "Probability of each digit, in per cent",
    units: "The six hidden units that fire most, as pictures of their weights",
    show: "Show the hidden units",
    later: "The weights come with your first stroke: 0.3 MB, from this site.",
    none: "Without ink there is nothing to show.",
    legend: (digit) =>
      `Red (+): ink here raises the unit; blue (−): ink lowers it. Below each: how strongly it fires, and what that adds to the score of ${digit}.`,
    unit: "unit",
    fires: (u, h, gain, d, high, low) =>
      `Unit ${u} fires with ${h} and adds ${gain} to the score of ${d}. Its highest weight is at row ${high[0]}, column ${high[1]}, its lowest at row ${low[0]}, column ${low[1]}.`,
    loading: "The weights of the network are on their way …",
    again: "Try again",
    failed: (why) =>
      `The weights of the network did not come (${why}), so there is no answer. Your drawing is kept: try again, or load the page anew.`,
    said: {
      empty: "The pad is empty, so there is nothing to read. Draw a digit, or choose a sample.",
      prepared: (d, p) => `Prepared as MNIST was made, the drawing is read as ${d}, with a probability of ${p} %.`,
      shrunk: (d, p) => `Merely shrunk to 28 × 28 pixels, the drawing is read as ${d}, with a probability of ${p} %.`,
      second: (d, p) => ` The runner-up is ${d}, with ${p} %.`,
      other: (d, p) => ` Prepared, the same drawing is read as ${d}, with ${p} %.`,
      share: (p) => p,
      over: "over 99.9",
    },
  },
  zh: {
    pad: "画板。方向键移动画笔，Home、End、Page Up、Page Down 斜着移动；空格键落笔、提笔，回车键点一个点，Esc 提笔，退格键撤销。",
    keys: "用鼠标、触控笔或手指画，第一笔会替换样例。也可以只用键盘：方向键移动画笔（Home、End、Page Up、Page Down 斜着走），<span class=keycap>空格</span>落笔或提笔，<span class=keycap>回车</span>点一个点，<span class=keycap>Esc</span> 提笔。",
    pen: (down, row, column) => `${down ? "笔已落下" : "笔已提起"}，共 28 行 28 列，在第 ${row} 行、第 ${column} 列`,
    drawn: "画出来的",
    boxed: "，虚线框住墨迹",
    seen: "网络看到的",
    colon: "：",
    ink: (h, w, r, c) => `墨迹高 ${h} 宽 ${w} 像素，质心在 (${r}, ${c})`,
    noInk: "没有墨迹",
    cross: "；十字在 (14, 14)",
    sample: "样例",
    own: "自己画的",
    undo: "撤销",
    clear: "清空",
    prepared: "照 MNIST 的办法处理",
    table: "每个数字的概率（百分数）",
    units: "值最大的六个隐藏单元，画的是它们的权重",
    show: "看隐藏单元",
    later: "画下第一笔时才加载权重，共 0.3 MB，就来自本站。",
    none: "没有墨迹，也就没有可看的。",
    legend: (digit) =>
      `红（+）：这里有墨，单元的值升高；蓝（−）：降低。图下是这个单元的值，以及它给 ${digit} 的得分添了多少。`,
    unit: "单元",
    fires: (u, h, gain, d, high, low) =>
      `单元 ${u} 的值是 ${h}，给 ${d} 的得分添上 ${gain}。权重最高处在第 ${high[0]} 行、第 ${high[1]} 列，最低处在第 ${low[0]} 行、第 ${low[1]} 列。`,
    loading: "网络的权重正在路上……",
    again: "再试一次",
    failed: (why) => `网络的权重没能取到（${why}），所以没有答案。你画的还在：再试一次，或者重新打开本页。`,
    said: {
      empty: "画板是空的，没有东西可认。画一个数字，或者选一个样例。",
      prepared: (d, p) => `照 MNIST 的办法处理之后，这幅画认作 ${d}，概率${p}%。`,
      shrunk: (d, p) => `只缩小到 28 × 28 像素，这幅画认作 ${d}，概率${p}%。`,
      second: (d, p) => `其次是 ${d}，概率${p}%。`,
      other: (d, p) => `同一幅画处理之后认作 ${d}，概率${p}%。`,
      share: (p) => ` ${p}`,
      over: "超过 99.9",
    },
  },
};
const SIDE = 280; // the pad is a square of 280 by 280 places
const PIXELS = 140; // and a picture of 140 by 140 pixels
const PEN = 11; // half the width of a stroke, in places
const EDGE = 2; // its ink fades from 2 places inside the rim to 2 places outside
const CELL = 10; // places that an arrow key moves the pen
const CLOSE = 9000; // a winner with less, of 10,000, is said with the runner-up
const SHOWN = 6; // hidden units

// ---- From strokes to what the network sees ---------------------------------------------------

/** Adds a straight piece of a stroke to a picture of 140 by 140 pixels. */
function addInk(ink, x0, y0, x1, y1) {
  const reach = PEN + EDGE,
    dx = x1 - x0,
    dy = y1 - y0,
    square = dx * dx + dy * dy || 1;
  const first = (a, b) => Math.max(0, Math.floor((Math.min(a, b) - reach) / 2));
  const last = (a, b) => Math.min(PIXELS - 1, Math.ceil((Math.max(a, b) + reach) / 2));
  const [left, right, bottom] = [first(x0, x1), last(x0, x1), last(y0, y1)];
  for (let row = first(y0, y1); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const x = 2 * column + 1,
        y = 2 * row + 1;
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square));
      const offX = x - x0 - along * dx,
        offY = y - y0 - along * dy;
      const shade = Math.min(1, Math.max(0, (reach - Math.sqrt(offX * offX + offY * offY)) / (2 * EDGE)));
      const value = Math.floor(255 * shade + 0.5),
        at = row * PIXELS + column;
      if (value > ink[at]) ink[at] = value;
    }
  }
}

/** Adds a stroke: x, y, x, y, ... from 0 to 280. */
function addStroke(ink, stroke) {
  if (stroke.length === 2) addInk(ink, ...stroke, ...stroke);
  for (let at = 2; at < stroke.length; at += 2) addInk(ink, ...stroke.slice(at - 2, at + 2));
}

/**
 * Strokes drawn with a round pen: 140 by 140 values, 0 for paper and 255 for ink.
 *
 * @param {number[][]} strokes
 */
export function picture(strokes) {
  const ink = new Uint8Array(PIXELS * PIXELS);
  for (const stroke of strokes) addStroke(ink, stroke);
  return ink;
}

/** For each of `size` new pixels: the old ones that lie in it, and how much of each does. */
function overlaps(pixels, size, longest) {
  return Array.from({ length: size }, (_, at) => {
    const start = at * longest,
      end = start + longest,
      parts = [];
    for (let old = Math.floor(start / size); old < pixels && old * size < end; old++) {
      parts.push([old, Math.min((old + 1) * size, end) - Math.max(old * size, start)]);
    }
    return parts;
  });
}

/**
 * A picture fitted into `size` by `size` pixels by area averaging, its aspect kept.
 *
 * @param {Uint8Array} image
 * @param {number} width
 * @param {number} size
 */
export function resize(image, width, size) {
  const height = image.length / width,
    longest = Math.max(width, height);
  const across = new Float64Array(height * size),
    fitted = new Uint8Array(size * size);
  overlaps(width, size, longest).forEach((parts, column) => {
    for (const [old, part] of parts) {
      for (let row = 0; row < height; row++) across[row * size + column] += part * image[row * width + old];
    }
  });
  overlaps(height, size, longest).forEach((parts, row) => {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (const [old, part] of parts) sum += part * across[old * size + column];
      fitted[row * size + column] = Math.floor(sum / (longest * longest) + 0.5);
    }
  });
  return fitted;
}

/**
 * The box around the ink of a picture; null if there is none.
 *
 * @param {ArrayLike<number>} image
 * @param {number} width
 * @returns {Box | null}
 */
function inkBox(image, width) {
  let top = Infinity,
    left = Infinity,
    bottom = -1,
    right = -1;
  for (let row = 0, at = 0; at < image.length; row++) {
    for (let column = 0; column < width; column++, at++) {
      if (!image[at]) continue;
      if (top > row) top = row;
      bottom = row;
      if (left > column) left = column;
      if (right < column) right = column;
    }
  }
  return bottom < 0 ? null : { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/**
 * Row and column of the centre of mass of a picture with ink, counted from 0.
 *
 * @param {Uint8Array} image
 * @param {number} width
 */
export function centre(image, width) {
  let total = 0,
    down = 0,
    across = 0;
  image.forEach((value, at) => {
    total += value;
    down += value * Math.floor(at / width);
    across += value * (at % width);
  });
  return [down / total, across / total];
}

/**
 * A picture with ink, prepared as MNIST's digits were: 28 by 28 values.
 *
 * @param {Uint8Array} image
 * @param {number} width
 */
export function prepare(image, width) {
  const box = /** @type {Box} */ (inkBox(image, width)),
    ink = new Uint8Array(box.height * box.width);
  for (let row = 0; row < box.height; row++) {
    const start = (box.top + row) * width + box.left;
    ink.set(image.subarray(start, start + box.width), row * box.width);
  }
  const small = resize(ink, box.width, 20),
    placed = new Uint8Array(784);
  const [top, left] = centre(small, 20).map((middle) => Math.floor(middle + 14.5) - 28);
  for (let row = 0; row < 28; row++) {
    for (let column = 0; column < 28; column++) {
      const [from, at] = [row + top, column + left];
      if (from >= 0 && from < 20 && at >= 0 && at < 20) placed[row * 28 + column] = small[from * 20 + at];
    }
  }
  return placed;
}

// ---- The network -----------------------------------------------------------------------------

/**
 * The arrays in the bytes of the file: four scales, and whole numbers to multiply with them.
 *
 * @param {Uint8Array} bytes
 * @returns {Network}
 */
export function network(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const scales = [0, 4, 8, 12].map((at) => view.getFloat32(at, true));
  let start = bytes.byteOffset + 16;
  const arrays = [784 * 512, 512, 512 * 10, 10].map((length) => {
    const array = new Int8Array(bytes.buffer, start, length);
    start += length;
    return array;
  });
  return { scales, arrays };
}

/**
 * What the 512 hidden units give out for 28 by 28 values.
 *
 * @param {Network} network
 * @param {Uint8Array} seen
 */
export function hiddenUnits({ scales, arrays: [kernel, bias] }, seen) {
  const sums = new Int32Array(512); // whole numbers, so nothing is lost
  seen.forEach((value, pixel) => {
    if (!value) return;
    for (let unit = 0, at = pixel * 512; unit < 512; unit++, at++) sums[unit] += value * kernel[at];
  });
  return Float64Array.from(sums, (sum, unit) => Math.max(0, sum * (scales[0] / 255) + bias[unit] * scales[1]));
}

/**
 * The ten probabilities.
 *
 * @param {Network} network
 * @param {ArrayLike<number>} hidden
 */
export function probabilities({ scales, arrays: [, , kernel, bias] }, hidden) {
  const scores = Array.from(bias, (value, digit) => {
    let sum = 0;
    for (let unit = 0; unit < 512; unit++) sum += hidden[unit] * kernel[unit * 10 + digit];
    return sum * scales[2] + value * scales[3];
  });
  const top = Math.max(...scores),
    exponentials = scores.map((score) => Math.exp(score - top));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

/**
 * What an image is read as: the ten probabilities as shares of 10,000.
 *
 * @param {Network} net
 * @param {Uint8Array} seen
 */
export function shares(net, seen) {
  return probabilities(net, hiddenUnits(net, seen)).map((p) => Math.floor(10000 * p + 0.5));
}

/**
 * The places of the largest values, the largest first.
 *
 * @param {ArrayLike<number>} values
 * @param {number} count
 */
export function largest(values, count) {
  return Array.from(values, (_, at) => at)
    .sort((a, b) => values[b] - values[a] || a - b)
    .slice(0, count);
}

/** The 784 weights of a hidden unit. */
function column(kernel, unit) {
  const weights = new Int8Array(784);
  for (let pixel = 0; pixel < 784; pixel++) weights[pixel] = kernel[pixel * 512 + unit];
  return weights;
}

/**
 * What a hidden unit adds to the score of a digit.
 *
 * @param {Network} network
 * @param {number} value
 * @param {number} unit
 * @param {number} digit
 */
export function gain({ scales, arrays }, value, unit, digit) {
  return value * arrays[2][unit * 10 + digit] * scales[2];
}

// ---- Words and checks ------------------------------------------------------------------------

/**
 * A share of 10,000 as a percentage with one decimal; a network is never quite sure.
 *
 * @param {number} share
 */
export function percent(share) {
  return share >= 9995 ? ">99.9" : (Math.floor((share + 5) / 10) / 10).toFixed(1);
}

/**
 * What the figure says: of the ten shares of the prepared and of the shrunk drawing.
 *
 * @param {Language} language
 * @param {boolean} prepared
 * @param {number[][]} answers
 */
export function sentence(language, prepared, answers) {
  const said = WORDS[language].said,
    [own, other] = prepared ? answers : [answers[1], answers[0]];
  if (!own.length) return said.empty;
  const share = (of) => (of >= 9995 ? said.over : said.share(percent(of)));
  const [first, second] = largest(own, 2),
    [best] = largest(other, 1);
  return (
    said[prepared ? "prepared" : "shrunk"](first, share(own[first])) +
    (own[first] < CLOSE ? said.second(second, share(own[second])) : "") +
    (prepared ? "" : said.other(best, share(other[best])))
  );
}

/**
 * The cell of 28 by 28 that a key leads to; null for any other key.
 *
 * @param {Pair} cell
 * @param {string} key
 * @returns {Pair | null}
 */
export function step([row, column], key) {
  const move = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    Home: [-1, -1],
    PageUp: [-1, 1],
    End: [1, -1],
    PageDown: [1, 1],
  }[key];
  const within = (x) => Math.min(27, Math.max(0, x));
  return move ? [within(row + move[0]), within(column + move[1])] : null;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ strokes, prepared, answers, samples }) {
  const place = (x) => Number.isInteger(x) && x >= 0 && x <= SIDE;
  const stroke = (xs) => xs?.length > 0 && xs.length % 2 === 0 && xs.every(place);
  if (!(Array.isArray(strokes) && strokes.every(stroke))) return "strokes are not lists of places from 0 to 280";
  if (typeof prepared !== "boolean") return "prepared is not true or false";
  if (!(answers?.length === 2 && answers.every((ten) => ten.length === (strokes.length ? 10 : 0))))
    return "there are not twice ten shares";
  return samples?.every(([name, strokes]) => name && strokes.every(stroke))
    ? null
    : "the samples are not names and strokes";
}

// ---- Drawing ---------------------------------------------------------------------------------

const PLUS = [178, 24, 43],
  MINUS = [33, 102, 172],
  INK = [0, 0, 0]; // the ends of the book's red and blue

/** The colour of each value from -255 to 255; `limit` and more, or less than nothing, is full colour. */
function colours(limit, plus, minus) {
  return Uint32Array.from({ length: 511 }, (_, at) => {
    const end = at < 255 ? minus : plus,
      part = Math.min(1, Math.abs(at - 255) / limit);
    const [red, green, blue] = end.map((full) => Math.round(255 - (255 - full) * part));
    return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
const GREYS = colours(255, INK, INK);

/** Says something unless it stands there already: a text that is set is laid out. */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** One pixel for each value, 28 in a row. */
function paint(canvas, values, palette) {
  const pixels = new ImageData(28, 28),
    words = new Uint32Array(pixels.data.buffer);
  for (let at = 0; at < 784; at++) words[at] = palette[values[at] + 255];
  if (canvas.width !== 28) canvas.width = canvas.height = 28;
  canvas.getContext("2d").putImageData(pixels, 0, 0);
}

const path = (stroke) => {
  const points = [];
  for (let at = 0; at < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
  return `M${points.join("L")}${points.length < 2 ? "h.01" : ""}`;
};

function render({ model, el }) {
  const names = ["strokes", "prepared", "answers", "samples"];
  const state = () => /** @type {State} */ (Object.fromEntries(names.map((name) => [name, model.get(name)])));
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const language = model.get("language"),
    words = WORDS[language],
    { samples, strokes: stored, answers } = state();
  el.classList.add("gears-figure", "draw-digit");
  el.innerHTML = `
    <div class="desk">
      <div class="drawn"><svg class="pad" viewBox="0 0 ${SIDE} ${SIDE}" tabindex="0" role="application" aria-label="${words.pad}"><rect class="box" rx="3"></rect><g></g><rect class="pencil" width="${CELL}" height="${CELL}"></rect></svg>
        <p>${words.drawn}<span></span></p></div>
      <div class="seen"><div class="frame"><canvas role="img"></canvas><svg viewBox="0 0 28 28" aria-hidden="true"><path d="M12.5 14.5h4M14.5 12.5v4"></path></svg></div>
        <p>${words.seen}${words.colon}<span></span></p></div>
      <table aria-label="${words.table}"><tbody>${[..."0123456789"].map((d) => `<tr><th scope="row">${d}</th><td class="bar"><div></div></td><td class="number"></td></tr>`).join("")}</tbody></table>
    </div>
    <div class="controls">
      <label>${words.sample} <select name="sample"><option value="">${words.own}</option>${samples.map(([name], at) => `<option value="${at}">${name}</option>`).join("")}</select></label>
      <button type="button" name="undo">${words.undo}</button>
      <button type="button" name="clear">${words.clear}</button>
      <label><input type="checkbox" name="prepared"> ${words.prepared}</label>
    </div>
    <output></output>
    <p class="way" hidden><button type="button" name="again">${words.again}</button></p>
    <p class="note">${words.keys} <span class="pen" role="status"></span></p>
    <div class="units"><p>${words.units}</p>
      <div class="stack"><div class="six" aria-hidden="true">${Array.from({ length: SHOWN }, () => `<div class="unit"><div class="frame" role="img"><canvas></canvas><svg viewBox="0 0 28 28"><text>+</text><text>−</text></svg></div><p>&nbsp;</p><p>&nbsp;</p></div>`).join("")}</div>
        <div class="later"><p></p><button type="button" name="load">${words.show}</button></div></div>
      <p class="legend"></p></div>`;
  const find = (selector) => el.querySelector(selector);
  for (const control of el.querySelectorAll("[tabindex], select, input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  const pad = find(".pad"),
    ink = pad.querySelector("g"),
    pencil = find(".pencil"),
    picker = find("[name=sample]");
  const rows = [...el.querySelectorAll("tr")].map((row) => ({
    row,
    bar: row.querySelector(".bar div"),
    number: row.querySelector(".number"),
  }));
  const pictures = [...el.querySelectorAll(".unit")];

  /** @type {Network | null} */
  let net = null;
  let loads = false,
    listens = true;
  /** @type {string | null} */
  let failure = null;
  // the stroke that is being drawn, and those before it
  /** @type {number[] | null} */
  let live = null;
  /** @type {number[][]} */
  let base = [];
  /** @type {Pair} */
  let cell = [13, 13];
  let penIsDown = false;
  /** @type {number | null} */
  let finger = null;
  /** @type {DOMRect | null} */
  let box = null;
  let pixels = picture([]),
    inked = [],
    units = 0;
  const past = []; // what Undo goes back to

  const change = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const current = () => (live ? [...base, live] : model.get("strokes"));
  const same = (a, b) => a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
  const sampleOf = (strokes) => samples.findIndex(([, sample]) => same(sample, strokes));

  async function load() {
    if (net || loads) return;
    loads = true;
    failure = null;
    try {
      net = network(await fileOf(model, "recap"));
    } catch (error) {
      failure = /** @type {Error} */ (error).message;
    }
    loads = false;
    if (listens) draw();
  }

  /** The picture of the strokes; those that are in it already cost nothing. */
  function pictureOf(strokes) {
    if (!inked.every((stroke, at) => stroke === strokes[at])) [pixels, inked] = [picture([]), []];
    for (const stroke of strokes.slice(inked.length)) addStroke(pixels, stroke);
    inked = strokes;
    return pixels;
  }

  function draw() {
    const strokes = current(),
      prepared = model.get("prepared");
    const image = pictureOf(strokes),
      box = strokes.length ? inkBox(image, PIXELS) : null;
    const both = box ? [prepare(image, PIXELS), resize(image, PIXELS, 28)] : [];
    const seen = both[prepared ? 0 : 1];
    /** @type {number[][] | null} */
    let said = null;
    if (!box) said = [[], []];
    else if (net) {
      const known = net;
      said = both.map((one) => shares(known, one));
    } else if (same(strokes, stored)) said = answers;
    else if (!failure) load();

    drawPad(strokes, prepared && box);
    drawSeen(seen);
    const winner = said && seen ? largest(said[prepared ? 0 : 1], 1)[0] : -1;
    rows.forEach(({ row, bar, number }, digit) => {
      const share = winner < 0 || !said ? 0 : said[prepared ? 0 : 1][digit];
      row.classList.toggle("winner", digit === winner);
      bar.style.transform = `scaleX(${share / 10000})`; // a width would lay out the table anew
      put(number, winner < 0 ? "–" : `${digit === winner ? "← " : ""}${percent(share)}`);
    });
    put(find("output"), said ? sentence(language, prepared, said) : failure ? words.failed(failure) : words.loading);
    cancelAnimationFrame(units);
    // while a stroke grows they would only flicker, and the answer comes first
    if (!live) units = requestAnimationFrame(() => setTimeout(drawUnits, 0, seen, winner));
    find(".way").hidden = !failure || Boolean(said);
    find("[name=prepared]").checked = prepared;
    const sample = sampleOf(strokes);
    picker.value = sample < 0 ? "" : sample;
  }

  function drawPad(strokes, box) {
    while (ink.children.length > strokes.length) ink.lastChild.remove();
    strokes.forEach((stroke, at) => {
      const line = ink.children[at] ?? ink.appendChild(document.createElementNS(ink.namespaceURI, "path"));
      const way = path(stroke);
      if (line.getAttribute("d") !== way) line.setAttribute("d", way);
    });
    const { top, left, height, width } = box || { top: 0, left: 0, height: 0, width: 0 };
    for (const [name, value] of Object.entries({ x: left, y: top, width, height }))
      find(".box").setAttribute(name, (value * SIDE) / PIXELS);
    put(find(".drawn span"), box ? words.boxed : "");
    drawPencil();
  }

  function drawPencil() {
    pencil.setAttribute("x", cell[1] * CELL);
    pencil.setAttribute("y", cell[0] * CELL);
    pencil.classList.toggle("down", penIsDown);
  }

  function drawSeen(seen) {
    paint(find(".seen canvas"), seen ?? new Uint8Array(784), GREYS);
    const { height, width } = seen ? (inkBox(seen, 28) ?? {}) : {};
    const text = height ? words.ink(height, width, ...centre(seen, 28).map((x) => x.toFixed(1))) : words.noInk;
    put(find(".seen span"), text + words.cross);
    find(".seen canvas").setAttribute("aria-label", words.seen + words.colon + text);
  }

  function drawUnits(seen, winner) {
    const known = seen ? net : null,
      shows = Boolean(known);
    find(".units").classList.toggle("empty", !shows);
    find(".six").setAttribute("aria-hidden", !shows);
    find("[name=load]").hidden = Boolean(net);
    find(".later").hidden = shows;
    find(".later p").textContent = net ? words.none : words.later;
    find(".legend").textContent = shows ? words.legend(winner) : "";
    if (!known) return;
    const hidden = hiddenUnits(known, seen),
      kernel = known.arrays[0];
    const units = largest(hidden, SHOWN).map((unit) => ({ unit, weights: column(kernel, unit) }));
    const top = Math.max(1, ...units.flatMap(({ weights }) => [Math.max(...weights), -Math.min(...weights)]));
    const palette = colours(0.6 * top, PLUS, MINUS);
    units.forEach(({ unit, weights }, at) => {
      const frame = pictures[at].querySelector(".frame"),
        [name, value] = pictures[at].querySelectorAll("p");
      paint(frame.querySelector("canvas"), weights, palette);
      const places = [Math.max(...weights), Math.min(...weights)]
        .map((w) => weights.indexOf(w))
        .map((p) => [Math.floor(p / 28), p % 28]);
      frame.querySelectorAll("text").forEach((mark, which) => {
        mark.setAttribute("x", places[which][1] + 0.5);
        mark.setAttribute("y", places[which][0] + 0.5);
      });
      const adds = gain(known, hidden[unit], unit, winner);
      const signed = `${adds < 0 ? "−" : "+"}${Math.abs(adds).toFixed(2)}`;
      name.textContent = `${words.unit} ${unit}`;
      value.textContent = `${hidden[unit].toFixed(2)} → ${signed}`;
      frame.setAttribute("aria-label", words.fires(unit, hidden[unit].toFixed(2), signed, winner, ...places));
    });
  }

  // ---- What the reader does

  function replace(strokes) {
    if (same(strokes, model.get("strokes"))) return draw();
    past.push(model.get("strokes"));
    change("strokes", strokes);
  }

  function begin(place) {
    base = sampleOf(model.get("strokes")) < 0 ? model.get("strokes") : [];
    live = [...place];
    draw();
  }

  /** The stroke goes on to a place; in the picture at once, so a long one is not drawn anew. */
  function extend([x, y], least) {
    const line = /** @type {number[]} */ (live); // a stroke has begun
    const [fromX, fromY] = line.slice(-2);
    if (Math.hypot(x - fromX, y - fromY) < least) return;
    line.push(x, y);
    addInk(pixels, fromX, fromY, x, y);
  }

  function end() {
    penIsDown = false;
    if (!live) return;
    const strokes = [...base, live];
    live = null;
    replace(strokes);
  }

  const undo = () => {
    end();
    if (past.length) change("strokes", past.pop());
  };

  /** @type {(event: PointerEvent) => Pair} */
  const placeOf = (event) => {
    const within = (part) => Math.round(SIDE * Math.min(1, Math.max(0, part)));
    const { left, top, width, height } = /** @type {DOMRect} */ (box); // known since the pointer went down
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  };
  pad.addEventListener("pointerdown", (event) => {
    if (event.button || finger !== null) return;
    end();
    finger = event.pointerId;
    box = pad.getBoundingClientRect();
    pad.setPointerCapture(finger);
    begin(placeOf(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (event.pointerId !== finger) return;
    const all = event.getCoalescedEvents?.() ?? []; // what came since the last frame
    for (const one of all.length ? all : [event]) extend(placeOf(one), 4);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) {
    pad.addEventListener(name, (event) => {
      if (event.pointerId !== finger) return;
      finger = null;
      end();
    });
  }

  const tell = () => (find(".pen").textContent = words.pen(penIsDown, cell[0], cell[1]));
  pad.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || finger !== null) return;
    /** @type {() => Pair} */
    const place = () => [cell[1] * CELL + CELL / 2, cell[0] * CELL + CELL / 2],
      target = step(cell, event.key);
    if (target) {
      cell = target;
      if (penIsDown) {
        extend(place(), 1);
        draw();
      }
    } else if (event.key === " ") {
      if (penIsDown) end();
      else {
        penIsDown = true;
        begin(place());
      }
    } else if (event.key === "Enter") {
      if (!penIsDown) {
        begin(place());
        end();
      }
    } else if (event.key === "Escape") end();
    else if (event.key === "Backspace") undo();
    else return;
    event.preventDefault();
    drawPencil();
    tell();
  });
  pad.addEventListener("blur", () => {
    if (finger === null) end();
    drawPencil();
  });

  picker.addEventListener("input", () => {
    end();
    if (picker.value === "") return draw();
    replace(structuredClone(samples[picker.value][1]));
  });
  find("[name=undo]").addEventListener("click", undo);
  find("[name=clear]").addEventListener("click", () => {
    end();
    replace([]);
  });
  find("[name=prepared]").addEventListener("input", (event) => change("prepared", event.target.checked));
  for (const name of ["again", "load"]) find(`[name=${name}]`).addEventListener("click", load);

  for (const name of ["strokes", "prepared"]) model.on(`change:${name}`, draw);
  draw();
  drawUnits(); // what stands there before the weights have come
  return () => {
    listens = false;
    cancelAnimationFrame(units);
    for (const name of ["strokes", "prepared"]) model.off(`change:${name}`, draw);
  };
}

export default { render };
