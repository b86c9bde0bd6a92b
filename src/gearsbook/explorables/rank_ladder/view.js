// The ladder of buttons, the array as pictures with a line along each axis, and its shape.

import { pointing } from "../parts/cells.js";
import { pressable } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { grouped } from "../parts/numbers.js";
import { packed, paint } from "../parts/picture.js";
import { isCalm } from "../parts/ticking.js";
import { BOX, colour, counted, problem, RUNGS, SIDE, scene, sentence, settled, step, zoom } from "./compute.js";
import { WORDS } from "./words.js";

const FINE = 2; // pixels of the canvas for a unit of the drawing
const MILLISECONDS = 700; // to zoom from rung to rung

/**
 * What is in a picture: a digit, or a frame of a film at the size in which it is drawn.
 *
 * @param {number} rank
 * @param {import("./compute.js").Tile} tile
 * @param {number[][]} images
 */
function content(rank, { sample, frame, channel, width, height }, images) {
  const made = document.createElement("canvas");
  if (rank < 4) paint(made, images[sample], SIDE);
  else {
    const [across, down] = [width, height].map(Math.round),
      unit = 36 / down; // 36 units are the height of a film
    paint(made, new Uint8Array(across * down), across, (_, at) => {
      const [x, y] = [at % across, Math.floor(at / across)].map((place) => (place + 0.5) * unit);
      const [red, green, blue] = colour(sample, frame, x, y, across * unit).map((value, at) =>
        channel === undefined || channel === at ? value : 0,
      );
      return packed(red, green, blue);
    });
  }
  return made;
}

/** Draws what is on a rung. */
function draw(canvas, rank, images) {
  canvas.width = BOX.width * FINE;
  canvas.height = BOX.height * FINE;
  const pen = canvas.getContext("2d");
  pen.scale(FINE, FINE);
  pen.imageSmoothingEnabled = false;
  for (const tile of scene(rank).tiles) {
    const picture = content(rank, tile, images),
      part = tile.part ?? { x: 0, y: 0, width: picture.width, height: picture.height };
    const { x, y, width, height } = tile;
    pen.drawImage(picture, part.x, part.y, part.width, part.height, x, y, width, height);
  }
}

/** What lies over the pictures: their frames, values, and the lines along the axes. */
function marks(rank, chosen, images) {
  const { tiles, lines, dots = [], fan = [] } = scene(rank),
    { shape } = RUNGS[rank];
  const path = (line) => `M${line.slice(0, 2)}L${line.slice(2)}`;
  const rectangle = (kind, { x, y, width, height }) =>
    `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
  const frames = tiles.map((tile) => rectangle("frame", tile));
  const more = dots.map(([x, y]) => `<text class="more" x="${x}" y="${y}">…</text>`);
  const [{ part, x, y, width, height }] = tiles;
  const values = !part
    ? []
    : images[0].slice(part.y * SIDE + part.x, part.y * SIDE + part.x + part.width).map((value, at) => {
        const place = rank ? [x + 16 * (at + 0.5), y + 34] : [x + width / 2, y + height / 2];
        return `<text class="value" transform="translate(${place})${rank ? " rotate(-90)" : ""}">${value}</text>`;
      });
  const along = counted(rank, chosen).map((box) => rectangle("halo", box) + rectangle("along", box));
  const axes = lines.map((line, axis) => {
    const [x, y] = [0, 1].map((at) => (line[at] + line[at + 2]) / 2);
    return `<g class="line${axis === chosen ? " chosen" : ""}" data-axis="${axis}">
      <path class="near" d="${path(line)}"/>
      <path d="${path(line)}"/><text x="${x}" y="${y}">${grouped(shape[axis])}</text></g>`;
  });
  const spread = `<path class="frame" d="${fan.map(path).join("")}"/>`;
  return [spread, ...frames, ...more, ...values, ...along, ...axes].join("");
}

/** From one rung to the next, if the one array is in the other: where what is drawn begins. */
function beginning(before, rank) {
  const [low, high] = [Math.min(before, rank), Math.max(before, rank)];
  const { inner } = scene(high),
    [whole] = scene(low).tiles;
  if (high - low !== 1 || !inner) return null;
  return rank === high ? zoom(inner, whole) : zoom(whole, inner);
}

function view(page) {
  const { el, words, output } = page;
  const { images } = page.state();
  const rungs = RUNGS.map((_, rank) => {
    const what = html`<b>${rank}D</b> <span>${words.names[rank]}</span>`;
    const isShown = (state) => state.rank === rank;
    return pressable(page, "rank", what, isShown, () => ({ rank, axis: 0 }));
  });
  const axes = RUNGS.slice(1).map((_, axis) =>
    pressable(
      page,
      "axis",
      "",
      (state) => state.axis === axis,
      () => ({ axis }),
    ),
  );
  const canvas = document.createElement("canvas"),
    over = element`<div class="over"></div>`,
    stage = element`<div class="stage">${canvas}${over}</div>`;
  const drawing = element`
    <div class="drawing" tabindex="0" role="application" aria-label="${words.drawing}">${stage}</div>`;
  const note = element`<p class="note"></p>`;
  el.append(html`
    <div class="parts">
      <div class="rungs">${rungs.reverse()}</div>
      <div class="shown">
        ${drawing}
        <div class="shape"><span>(</span>${axes}<span>)</span></div>
        ${note}
      </div>
    </div>
    ${output}`);
  keys(page, drawing, (key, state) => step(state.rank, state.axis, key));
  pointing(page, drawing, "click", (_, under) => {
    const line = /** @type {SVGElement | null} */ (under?.closest("[data-axis]") ?? null);
    return line && { axis: Number(line.dataset.axis) };
  });

  function showRung(rank) {
    const { shape, axes: names } = RUNGS[rank];
    draw(canvas, rank, images);
    note.textContent = rank > 3 ? words.made : "";
    axes.forEach((button, at) => {
      button.hidden = at >= rank;
      if (at < rank)
        button.replaceChildren(html`<code>${shape[at]}${at < rank - 1 || rank === 1 ? "," : ""}</code>
          ${words.button(at, words.axes[names[at]]).map((word) => html`<span>${word}</span> `)}`);
    });
  }

  /** @type {number | null} */
  let before = null;
  return ({ rank, axis }) => {
    if (rank !== before) showRung(rank);
    over.innerHTML = `<svg viewBox="0 0 ${BOX.width} ${BOX.height}" aria-hidden="true">
      ${marks(rank, axis, images)}</svg>`;
    const from = before !== null && !isCalm() && beginning(before, rank);
    if (from) {
      const pixel = stage.clientWidth / BOX.width;
      const transform = `translate(${from.x * pixel}px, ${from.y * pixel}px) scale(${from.scale})`;
      stage.animate([{ transform }, { transform: "none" }], { duration: MILLISECONDS, easing: "ease-in-out" });
    }
    before = rank;
  };
}

export default figure({
  name: "rank-ladder",
  reads: ["rank", "axis", "images"],
  words: WORDS,
  problem,
  sentence,
  settled,
  view,
});
