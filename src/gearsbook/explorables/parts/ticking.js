// What moves step by step in a time of its own, because a reader asked for it.

import { mainButton } from "./controls.js";

/** Whether the reader wants no motion. */
export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * A button that sets something going and stops it.
 *
 * @param {import("./figure.js").Page<any>} page
 * @param {string} name
 * @param {[going: string, stopping: string]} words
 * @param {() => { step: () => boolean, milliseconds: number } | void} begin what is done at each tick, which says
 *   whether there is more; nothing if all is done at once
 */
export function ticking(page, name, [going, stopping], begin) {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;
  const made = mainButton(name, going, () => (timer ? stop() : start()));
  function stop() {
    clearInterval(timer);
    timer = undefined;
    made.textContent = going;
  }
  function start() {
    const ticks = begin();
    if (!ticks) return;
    made.textContent = stopping;
    timer = setInterval(() => ticks.step() || stop(), ticks.milliseconds);
  }
  page.ends(stop);
  return { button: made, stop };
}
