// From a single number to a batch of films: on every rung one axis more.

import { asTuple, clamp, grouped, isListOf, notWhole } from "../parts/numbers.js";
import { valuesIn } from "../parts/shapes.js";

export const RUNGS = [
  { shape: [], axes: [], dtype: "uint8" },
  { shape: [28], axes: ["width"], dtype: "uint8" },
  { shape: [28, 28], axes: ["height", "width"], dtype: "uint8" },
  { shape: [60000, 28, 28], axes: ["samples", "height", "width"], dtype: "uint8" },
  { shape: [128, 256, 256, 3], axes: ["samples", "height", "width", "channels"], dtype: "float32" },
  { shape: [4, 240, 144, 256, 3], axes: ["samples", "frames", "height", "width", "channels"], dtype: "float32" },
];
const BYTES = { uint8: 1, float32: 4 };
export const BOX = { width: 480, height: 312 }; // of the drawing, in its units
export const SIDE = 28;
const PIXEL = { row: 14, column: 17 }; // of the first picture: the row and the pixel that are drawn alone

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 *
 * A picture: of which sample and frame, only one of its channels, or only some of its pixels.
 * @typedef {Box & { sample: number, frame: number, channel?: number, part?: Box }} Tile
 *
 * Pictures, for each axis the line along it, places of dots for more, what spreads from a picture to its channels,
 * and where the array of the rung below is, if it is in this one.
 * @typedef {{ tiles: Tile[], lines: number[][], dots?: number[][], fan?: number[][], inner?: Box }} Scene
 */

/**
 * The rank and axis that a key leads to; null for any other key.
 *
 * @param {number} rank
 * @param {number} axis
 * @param {string} key
 */
export function step(rank, axis, key) {
  const [up, along] = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[key] ?? [];
  if (up === undefined) return null;
  const reached = clamp(rank + up, 0, RUNGS.length - 1);
  return { rank: reached, axis: clamp(axis + along, 0, lastAxis(reached)) };
}

/**
 * Boxes in a row that seem to go away: each is smaller than the one before, about the same middle.
 *
 * @param {Box} first
 * @param {number} ratio
 * @param {number} count
 */
function receding({ x, y, width, height }, ratio, count) {
  let left = x;
  return Array.from({ length: count }, (_, at) => {
    const scale = ratio ** at;
    const box = { x: left, y: y + (height * (1 - scale)) / 2, width: width * scale, height: height * scale };
    left += box.width + 3;
    return box;
  });
}

/**
 * The three channels of a picture, side by side above it.
 *
 * @param {Tile} tile
 * @param {number} height
 */
const channels = ({ x, width, height: whole }, height) =>
  [0, 1, 2].map((channel) => {
    const across = (height * width) / whole;
    return { x: x + channel * (across + 4), y: 22, width: across, height, sample: 0, frame: 0, channel };
  });

/** Lines along the columns and rows of a box: above it and to its left. @param {Box} box */
const sides = ({ x, y, width, height }) => ({
  columns: [x, y - 13, x + width, y - 13],
  rows: [x - 17, y, x - 17, y + height],
});

/**
 * Where everything on a rung is drawn.
 *
 * @param {number} rank
 * @returns {Scene}
 */
export function scene(rank) {
  const alone = (box, part) => [{ ...box, part, sample: 0, frame: 0 }];
  if (rank === 0) {
    const part = { x: PIXEL.column, y: PIXEL.row, width: 1, height: 1 };
    return { tiles: alone({ x: 180, y: 96, width: 120, height: 120 }, part), lines: [] };
  }
  if (rank === 1) {
    const box = { x: 16, y: 130, width: 448, height: 16 };
    const inner = { x: box.x + 16 * PIXEL.column, y: box.y, width: 16, height: 16 };
    return { tiles: alone(box, { x: 0, y: PIXEL.row, width: 28, height: 1 }), lines: [sides(box).columns], inner };
  }
  if (rank === 2) {
    const box = { x: 114, y: 40, width: 252, height: 252 };
    const { rows, columns } = sides(box);
    return { tiles: alone(box), lines: [rows, columns], inner: { ...box, y: box.y + 9 * PIXEL.row, height: 9 } };
  }
  const isFilm = rank === 5;
  const first = {
    x: isFilm ? 70 : 36,
    y: { 3: 84, 4: 118, 5: 92 }[rank] ?? 0,
    width: isFilm ? 80 : 150,
    height: isFilm ? 45 : 150,
  };
  /** @type {Tile[]} */
  const tiles = isFilm
    ? [0, 1, 2, 3].flatMap((sample) =>
        receding({ ...first, y: first.y + 50 * sample }, 0.8, 10).map((box, frame) => ({ ...box, sample, frame })),
      )
    : receding(first, 0.66, 6).map((box, sample) => ({ ...box, sample, frame: 0 }));
  const { rows, columns } = sides(first),
    far = BOX.width - 6,
    below = isFilm ? 300 : first.y + first.height + 15;
  const dots = tiles.filter(({ width }) => width < 20).map(({ y, height }) => [far - 7, y + height / 2]);
  const along = [first.x, below, far, below],
    down = [16, first.y, 16, first.y + 195];
  if (rank === 3) return { tiles, lines: [along, rows, columns], dots, inner: first };
  const planes = channels(tiles[0], isFilm ? 40 : 66);
  const { x, y, width, height } = planes[2];
  const fan = [
    [first.x, first.y, first.x, y + height],
    [first.x + first.width, first.y, x + width, y + height],
  ];
  const lines = [...(isFilm ? [down, along] : [along]), rows, columns, [first.x, 11, x + width, 11]];
  return { tiles: [...tiles, ...planes], lines, dots, fan };
}

/**
 * The boxes that an axis counts, as far as they are drawn: pictures, or one row or column of the first.
 *
 * @param {number} rank
 * @param {number} axis
 * @returns {Box[]}
 */
export function counted(rank, axis) {
  const { tiles } = scene(rank),
    { shape, axes } = RUNGS[rank],
    [first] = tiles;
  if (!rank) return [];
  const thin = (size) => Math.max(3, size / shape[axis]);
  if (axes[axis] === "height")
    return [{ ...first, y: first.y + (first.height * PIXEL.row) / SIDE, height: thin(first.height) }];
  if (axes[axis] === "width")
    return [{ ...first, x: first.x + (first.width * PIXEL.column) / SIDE, width: thin(first.width) }];
  const isPlane = axes[axis] === "channels";
  const pictures = tiles.filter(({ channel }) => isPlane === (channel !== undefined));
  if (rank < 5 || isPlane) return pictures;
  if (axes[axis] === "frames") return pictures.filter(({ sample }) => sample === 0);
  return pictures.filter(({ frame }) => frame === 0).map((box) => ({ ...box, width: BOX.width - 3 - box.x }));
}

/**
 * Of a thing that is the same in two places: how the one place is moved and made larger to be the other.
 *
 * @param {Box} from
 * @param {Box} to
 */
export function zoom(from, to) {
  const scale = to.width / from.width;
  return { x: to.x - scale * from.x, y: to.y - scale * from.y, scale };
}

// The pictures in colour, 36 high: [red, green, blue] each.
const SKIES = [
  [110, 180, 220],
  [244, 176, 120],
  [64, 72, 130],
  [176, 206, 196],
];
const MEADOWS = [
  [60, 120, 50],
  [150, 116, 60],
  [40, 84, 84],
];
const BALLS = [
  [200, 40, 30],
  [250, 250, 250],
  [230, 150, 30],
];

/**
 * The colour of a place in a film: a ball rolls over a meadow. The first film is that of section 2.2.12.
 *
 * @param {number} sample
 * @param {number} frame
 * @param {number} x
 * @param {number} y
 * @param {number} width
 */
export function colour(sample, frame, x, y, width) {
  const of = (table) => table[sample % table.length];
  const turn = width - 7; // where the ball turns round
  const place = turn - Math.abs(((4 * frame + 20 * sample) % (2 * (turn - 6))) - (turn - 6));
  if ((y - 25) ** 2 + (x - place) ** 2 < 28) return of(BALLS);
  if (y > 26) return of(MEADOWS);
  if (y > 8 + Math.abs(x - ((42 + 26 * sample) % width))) return [90, 70, 110];
  if ((y - 9) ** 2 + (x - ((14 + 37 * sample) % width)) ** 2 < 40) return [240, 215, 36];
  return of(SKIES);
}

/** @typedef {{ rank: number, axis: number, images: number[][] }} State */

/** @param {number} rank */
const lastAxis = (rank) => Math.max(0, rank - 1);

/**
 * The axis stays one that there is.
 *
 * @param {State} state
 */
export const settled = ({ rank, axis }) => ({ axis: Math.min(axis, lastAxis(rank)) });

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export const problem = ({ rank, axis, images }) =>
  notWhole("rank", rank, 0, RUNGS.length - 1) ??
  notWhole("axis", axis, 0, lastAxis(rank)) ??
  (isListOf(images, ({ length }) => length === SIDE ** 2) ? null : "there are no images of 784 values");

/**
 * The array, what the axis pointed out counts, values, bytes and brackets.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function sentence(words, { rank, axis }) {
  const { shape, axes, dtype } = RUNGS[rank],
    values = valuesIn(shape);
  const counted = words.axes[axes[axis]];
  return (
    words.rung({ rank, name: words.names[rank], shape: asTuple(shape) }) +
    (rank ? words.axis({ axis, counted, length: grouped(shape[axis]) }) : words.noAxis) +
    words.size({
      values: words.values(values),
      bytes: words.bytes(values * BYTES[dtype]),
      dtype,
      brackets: words.brackets(rank),
    })
  );
}
