// A picture that plays through a time, which is no part of a figure's state, because a reader asked for it.

import { ticking } from "./ticking.js";

/**
 * A button that plays; `at` gives the time, or null while nothing plays. A change of the figure ends it.
 *
 * @param {import("./figure.js").Page<any>} page
 * @param {[going: string, stopping: string]} words
 * @param {() => { from: number, next: (time: number) => number | null, milliseconds: number }} begin where it starts,
 *   and the time that comes after another one, null at the end
 */
export function playing(page, words, begin) {
  /** @type {number | null} */
  let time = null;
  let isOwn = false;
  /** @param {number | null} to */
  function go(to) {
    time = to;
    isOwn = true;
    page.draw();
    isOwn = false;
  }
  const { button, stop } = ticking(page, "play", words, () => {
    const { from, next, milliseconds } = begin();
    go(from);
    const step = () => {
      go(next(/** @type {number} */ (time)));
      return time !== null;
    };
    return { step, milliseconds };
  });
  page.shows(() => {
    if (isOwn) return;
    stop();
    time = null;
  });
  return { button, at: () => time };
}
