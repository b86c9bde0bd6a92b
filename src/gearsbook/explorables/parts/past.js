// What Undo goes back to.

/** @import { Page, State } from "./figure.js" */

/**
 * Keeps some values of a figure before each change that a reader may take back.
 *
 * @param {Page<any>} page
 * @param {string[]} names
 */
export function past(page, names) {
  /** @type {State[]} */
  const all = [];
  return {
    /**
     * The values that a change leads to, once those before it are kept.
     *
     * @param {State} values
     */
    kept(values) {
      const state = page.state();
      all.push(Object.fromEntries(names.map((name) => [name, state[name]])));
      return values;
    },
    back: () => all.pop() ?? {},
    isEmpty: () => !all.length,
  };
}
