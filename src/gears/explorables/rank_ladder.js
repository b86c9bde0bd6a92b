// From a single number to a batch of films: on every rung one axis more.

const WORDS = {
  en: {
    drawing: "The array as nested grids; up and down change the number of axes, left and right the axis pointed out",
    names: [
      "one pixel",
      "a row of pixels",
      "a picture",
      "the training pictures of MNIST",
      "a batch of colour pictures",
      "a batch of films",
    ],
    axes: {
      samples: "samples",
      frames: "frames",
      height: "rows (height)",
      width: "columns (width)",
      channels: "channels",
    },
    button: (axis, counted) => `axis ${axis}: ${counted}`,
    cap: (most) => `Drawn: at most ${most} along each axis; dots stand for the rest.`,
    rung: (s) => `${s.rank}D: ${s.name}, shape ${s.shape}. `,
    axis: (s) => `Axis ${s.axis} counts ${s.counted}: ${s.length}. `,
    noAxis: "It has no axis. ",
    size: (s) => `${s.values}, ${s.bytes} as ${s.dtype}; ${s.brackets} before the first number.`,
    values: (n) => (n > 1 ? `${grouped(n)} values` : "1 value"),
    bytes: (n) => (n > 1 ? `${grouped(n)} bytes` : "1 byte"),
    brackets: (n) => (n > 1 ? `${n} brackets` : ["no bracket", "1 bracket"][n]),
  },
  zh: {
    drawing: "画成层层嵌套的格子；上下键换阶，左右键换所指的轴",
    names: ["一个像素", "一行像素", "一张图", "MNIST 的训练图像", "一批彩色图像", "一批视频"],
    axes: { samples: "样本", frames: "帧", height: "行（高）", width: "列（宽）", channels: "通道" },
    button: (axis, counted) => `轴 ${axis}：${counted}`,
    cap: (most) => `每个轴最多画 ${most} 个，其余用点表示。`,
    rung: (s) => `${s.rank}D：${s.name}，形状 ${s.shape}。`,
    axis: (s) => `轴 ${s.axis} 数的是${s.counted}，长度 ${s.length}。`,
    noAxis: "没有轴。",
    size: (s) => `共 ${s.values}，按 ${s.dtype} 存放占 ${s.bytes}；第一个数前面有 ${s.brackets}。`,
    values: (n) => `${grouped(n)} 个数`,
    bytes: (n) => `${grouped(n)} 字节`,
    brackets: (n) => `${n} 个方括号`,
  },
};
const RUNGS = [
  { shape: [], axes: [], dtype: "uint8" },
  { shape: [28], axes: ["width"], dtype: "uint8" },
  { shape: [28, 28], axes: ["height", "width"], dtype: "uint8" },
  { shape: [60000, 28, 28], axes: ["samples", "height", "width"], dtype: "uint8" },
  { shape: [128, 256, 256, 3], axes: ["samples", "height", "width", "channels"], dtype: "float32" },
  { shape: [4, 240, 144, 256, 3], axes: ["samples", "frames", "height", "width", "channels"], dtype: "float32" },
];
const BYTES = { uint8: 1, float32: 4 };
const MOST = 3; // drawn along an axis
// How the entries along an axis are laid out, in the units of the drawing.
const GAPS = { samples: 12, frames: 9, height: 2, width: 2, channels: 0 };
const AROUND = { samples: 4, frames: 2.5, height: 0.5, width: 0.5, channels: 0 }; // to the frame of each
const CELL = 14,
  SUBPIXEL = 7,
  DOTS = 9,
  MARGIN = 15;

// ---- Computing -------------------------------------------------------------------------------

/**
 * How many values an array of a shape holds.
 *
 * @param {number[]} shape
 */
export function valuesIn(shape) {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * A shape as Python writes it.
 *
 * @param {number[]} shape
 */
export function asTuple(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/**
 * A whole number with a comma after each thousand.
 *
 * @param {number} number
 */
export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * The rank and axis that a key leads to; null for any other key.
 *
 * @param {number} rank
 * @param {number} axis
 * @param {string} key
 */
export function step(rank, axis, key) {
  const move = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key];
  if (!move) return null;
  const newRank = Math.min(RUNGS.length - 1, Math.max(0, rank + move[0]));
  return [newRank, Math.min(Math.max(0, newRank - 1), Math.max(0, axis + move[1]))];
}

/** Whether an axis is drawn downwards: rows are, and samples if frames go to the right. */
function isDown(axes, axis) {
  return axes[axis] === "height" || (axes[axis] === "samples" && axes.includes("frames"));
}

/**
 * Where everything in an array is drawn, at most `MOST` of it along each axis.
 * Returns the width and height; boxes, each with the index that picks it and x, y, width, height;
 * dots, each with the index of the box that has more in it than is drawn, the axis, and x, y.
 *
 * @param {number[]} shape
 * @param {string[]} axes
 */
export function layout(shape, axes) {
  const boxes = [],
    dots = [];
  const place = (index, x, y) => {
    const axis = index.length,
      box = { index, x, y };
    boxes.push(box); // before what is in it
    if (axis === shape.length) {
      return Object.assign(box, { width: axes.at(-1) === "channels" ? SUBPIXEL : CELL, height: CELL });
    }
    const down = isDown(axes, axis),
      gap = GAPS[axes[axis]];
    let along = 0,
      across = 0;
    for (let i = 0; i < Math.min(MOST, shape[axis]); i += 1) {
      if (i) along += gap;
      const inner = place([...index, i], down ? x : x + along, down ? y + along : y);
      along += down ? inner.height : inner.width;
      across = Math.max(across, down ? inner.width : inner.height);
    }
    if (shape[axis] > MOST) {
      const at = along + gap / 2 + DOTS / 2;
      dots.push({ index, axis, down, x: down ? x + across / 2 : x + at, y: down ? y + at : y + across / 2 });
      along += gap + DOTS;
    }
    return Object.assign(box, { width: down ? across : along, height: down ? along : across });
  };
  const { width, height } = place([], 0, 0);
  return { width, height, boxes, dots };
}

/**
 * Whether a box is one of those counted off along an axis: the first ones there are.
 *
 * @param {number[]} index
 * @param {number} axis
 */
export function isAlong(index, axis) {
  return index.length === axis + 1 && index.slice(0, axis).every((i) => i === 0);
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {{ rank: number, axis: number }} state
 */
export function problem({ rank, axis }) {
  const within = (x, high) => Number.isInteger(x) && x >= 0 && x <= high;
  if (!within(rank, RUNGS.length - 1)) return `rank is ${rank}, not 0 to ${RUNGS.length - 1}`;
  const last = Math.max(0, rank - 1);
  return within(axis, last) ? null : `axis is ${axis}, not 0 to ${last}`;
}

// ---- Drawing ---------------------------------------------------------------------------------

/** The drawing of a rung: cells, the frames of what is packed, numbers along the chosen axis. */
function picture({ shape, axes }, chosen) {
  const { width, height, boxes, dots } = layout(shape, axes);
  const parts = [];
  const rectangle = (kind, { x, y, width, height }, around) =>
    parts.push(
      `<rect class="${kind}" x="${x - around}" y="${y - around}" width="${width + 2 * around}" height="${height + 2 * around}"/>`,
    );
  for (const box of boxes) {
    const depth = box.index.length,
      last = axes[depth - 1];
    if (depth === shape.length) rectangle(last === "channels" ? `cell channel-${box.index.at(-1)}` : "cell", box, 0);
    else if (last === "samples" || last === "frames") rectangle("frame", box, AROUND[last]);
  }
  for (const { x, y, down } of dots) parts.push(`<text class="dots" x="${x}" y="${y}">${down ? "⋮" : "…"}</text>`);
  for (const box of boxes.filter(({ index }) => shape.length && isAlong(index, chosen))) {
    rectangle(axes[chosen] === "channels" ? "along thin" : "along", box, AROUND[axes[chosen]]);
    const at = isDown(axes, chosen) ? [-9, box.y + box.height / 2] : [box.x + box.width / 2, -10];
    parts.push(`<text class="number" x="${at[0]}" y="${at[1]}">${box.index.at(-1)}</text>`);
  }
  const whole = [width + MARGIN + 6, height + MARGIN + 6];
  return {
    whole,
    svg: `<svg viewBox="${-MARGIN} ${-MARGIN} ${whole.join(" ")}" aria-hidden="true">${parts.join("")}</svg>`,
  };
}

function render({ model, el }) {
  const state = () => ({ rank: model.get("rank"), axis: model.get("axis") });
  const wrong = problem(state());
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  const rungs = RUNGS.map(
    ({ shape }, rank) =>
      `<button type="button" name="rank" value="${rank}"><b>${rank}D</b> <span>${words.names[rank]}</span> <code>${asTuple(shape)}</code></button>`,
  );
  el.classList.add("gears-figure", "rank-ladder");
  el.innerHTML = `
    <div class="parts">
      <div class="rungs">${rungs.reverse().join("")}</div>
      <div class="shown">
        <div class="drawing" tabindex="0" role="application" aria-label="${words.drawing}"></div>
        <p class="code"><code></code></p>
        <div class="axes">${RUNGS.slice(1)
          .map((_, axis) => `<button type="button" name="axis" value="${axis}"></button>`)
          .join("")}</div>
        <p class="note">${words.cap(MOST)}</p>
      </div>
    </div>
    <output></output>`;
  const find = (selector) => el.querySelector(selector);
  const buttons = { rank: [...el.querySelectorAll("[name=rank]")], axis: [...el.querySelectorAll("[name=axis]")] };
  for (const control of el.querySelectorAll("[tabindex], button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }

  const change = (rank, axis) => {
    model.set("rank", rank); // first: it sets the range of the other
    model.set("axis", axis);
    model.save_changes();
  };

  function draw() {
    const rank = model.get("rank"),
      axis = Math.min(model.get("axis"), Math.max(0, rank - 1));
    const rung = RUNGS[rank],
      { shape, axes, dtype } = rung,
      values = valuesIn(shape);
    const { whole, svg } = picture(rung, axis);
    find(".drawing").innerHTML = svg;
    find("svg").style.maxWidth = `${1.7 * whole[0]}px`;
    find(".code code").innerHTML = `${"[".repeat(rank)}<span>…</span>${"]".repeat(rank)}`;
    for (const button of buttons.rank) button.setAttribute("aria-pressed", Number(button.value) === rank);
    buttons.axis.forEach((button, at) => {
      button.hidden = at >= rank;
      if (at < rank) button.textContent = words.button(at, words.axes[axes[at]]);
      button.setAttribute("aria-pressed", at === axis);
    });
    const s = {
      rank,
      axis,
      dtype,
      name: words.names[rank],
      shape: asTuple(shape),
      counted: words.axes[axes[axis]],
      length: rank ? grouped(shape[axis]) : "",
      values: words.values(values),
      bytes: words.bytes(values * BYTES[dtype]),
      brackets: words.brackets(rank),
    };
    find("output").textContent = words.rung(s) + (rank ? words.axis(s) : words.noAxis) + words.size(s);
  }

  find(".drawing").addEventListener("keydown", (event) => {
    const target = step(model.get("rank"), model.get("axis"), event.key);
    if (!target) return;
    event.preventDefault();
    change(...target);
  });
  for (const button of buttons.rank) button.addEventListener("click", () => change(Number(button.value), 0));
  for (const button of buttons.axis)
    button.addEventListener("click", () => change(model.get("rank"), Number(button.value)));

  model.on("change:rank", draw);
  model.on("change:axis", draw);
  draw();
  return () => {
    model.off("change:rank", draw);
    model.off("change:axis", draw);
  };
}

export default { render };
