// Values as a picture: one pixel each.

/** Grey for 0 to 255, 0 is white. @param {number} value */
export const grey = (value) => 0xff000000 + (255 - value) * 0x010101;

/**
 * A colour as a pixel has it in memory: 0xAABBGGRR.
 *
 * @param {number} red 0 to 255, like the others
 * @param {number} green
 * @param {number} blue
 */
export const packed = (red, green, blue, alpha = 255) => ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/**
 * From blue for -1 over white, or a grey, to red for 1, as the book's pictures of weights have it.
 *
 * @param {number} share
 */
export function redOrBlue(share, paper = 255) {
  const full = share < 0 ? [33, 102, 172] : [178, 24, 43];
  const [red, green, blue] = full.map((end) => Math.round(paper - (paper - end) * Math.abs(share)));
  return packed(red, green, blue);
}

/**
 * Paints values, so many in a row.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} values
 * @param {number} columns
 * @param {(value: number, at: number) => number} [colour] packed
 */
export function paint(canvas, values, columns, colour = grey) {
  const pixels = new ImageData(columns, Math.ceil(values.length / columns));
  const colours = new Uint32Array(pixels.data.buffer);
  for (let at = 0; at < values.length; at++) colours[at] = colour(values[at], at);
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).putImageData(pixels, 0, 0);
}
