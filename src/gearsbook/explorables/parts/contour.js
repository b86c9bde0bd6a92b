// Lines along which a function of the plane has a value.

/** @import { Pair } from "../types.d.ts" */

/**
 * Where a function has a value, by marching squares: pieces [x, y, x, y] of a line.
 * `grid` holds the function at (x0 + column / density, y0 + row / density).
 *
 * @param {ArrayLike<number>[]} grid
 * @param {Pair} corner
 * @param {number} density
 * @param {number} level
 * @returns {[number, number, number, number][]}
 */
export function contour(grid, [x0, y0], density, level) {
  /** @type {[number, number, number, number][]} */
  const pieces = [];
  for (let row = 0; row + 1 < grid.length; row++) {
    for (let column = 0; column + 1 < grid[row].length; column++) {
      const below = grid[row][column] < level;
      if (
        below === grid[row][column + 1] < level &&
        below === grid[row + 1][column] < level &&
        below === grid[row + 1][column + 1] < level
      )
        continue;
      const corners = [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ].map(([right, up]) => ({ x: column + right, y: row + up, value: grid[row + up][column + right] }));
      /** @type {Pair[]} */
      const cuts = corners.flatMap((one, at) => {
        const two = corners[(at + 1) % 4];
        if (one.value < level === two.value < level) return [];
        const part = (level - one.value) / (two.value - one.value);
        return [[x0 + (one.x + part * (two.x - one.x)) / density, y0 + (one.y + part * (two.y - one.y)) / density]];
      });
      const isUp = corners[0].value + corners[1].value + corners[2].value + corners[3].value < 4 * level;
      // a saddle: the middle is on the first corner's side
      if (cuts.length === 4 && isUp === corners[0].value < level) cuts.push(...cuts.splice(0, 1));
      for (let at = 0; at + 1 < cuts.length; at += 2) pieces.push([...cuts[at], ...cuts[at + 1]]);
    }
  }
  return pieces;
}
