// What every figure does alike: it reads its state, checks it, draws and says it, and listens.

import { live } from "./live.js";

/** @import { Language, Model } from "../types.d.ts" */

/** @typedef {Record<string, any>} State a figure's values, by name */

/**
 * What a view gets of its figure.
 *
 * @template Words
 * @typedef {object} Page
 * @property {HTMLElement} el where it draws
 * @property {Words} words in the figure's language
 * @property {HTMLOutputElement} output the sentence, for the view to place
 * @property {() => any} state what the figure shows now
 * @property {(values: State) => void} set takes values over: all, or none if it may not have them
 * @property {(text: string) => void} tell tells a screen reader what stands nowhere: where a cursor is
 * @property {(field: Element, text: string) => void} complain says what is wrong in a field, below its row, until the
 *   figure changes
 * @property {(draw: (state: any) => void) => void} shows what else is to be drawn at each change
 * @property {() => void} draw draws now: what is no state has changed
 * @property {(end: () => void) => void} ends what is to be done when the figure goes
 * @property {Model} model for what is no state: files
 */

/**
 * A figure, as JupyterLab and the book's pages take it.
 *
 * What is stored is where a figure ends: its message is complete for paper and where no script runs. `begins` says with
 * what it is alive at first, so that there is something to do; that is no state until somebody touches the figure.
 *
 * `view` builds the page once, and returns what draws a state, if its controls do not show all; a text that this
 * returns is said instead of the sentence. `settled` says what else changes with a state: a cursor stays inside when
 * what it is in gets smaller.
 *
 * @template Words
 * @param {object} parts
 * @param {string} parts.name of its class in css
 * @param {string[]} parts.reads the names of its state
 * @param {Record<Language, Words>} parts.words
 * @param {(state: any) => string | null} parts.problem
 * @param {(words: Words, state: any) => string} parts.sentence
 * @param {(state: any) => State} [parts.settled]
 * @param {(state: any) => State | null} [parts.begins]
 * @param {(page: Page<Words>) => ((state: any) => string | void) | void} parts.view
 * @returns {import("../types.d.ts").Figure}
 */
export function figure({ name, reads, words, problem, sentence, settled = () => ({}), begins = () => null, view }) {
  return {
    render({ model, el }) {
      const stored = () => Object.fromEntries(reads.map((key) => [key, model.get(key)]));
      const wrong = problem(stored());
      if (wrong) throw new Error(wrong);
      const paper = matchMedia("print");
      let instead = begins(stored());
      const state = () => (paper.matches ? stored() : { ...stored(), ...instead });
      const own = words[/** @type {Language} */ (model.get("language"))];
      const output = document.createElement("output");
      output.ariaLive = "off"; // read aloud is what changes in it, beside it
      const aloud = live();
      const complaint = element`<p class="complaint" role="alert"></p>`;
      /** @type {((state: State) => void)[]} */
      const draws = [];
      /** @type {(() => void)[]} */
      const ends = [aloud.end];
      /** @type {((state: any) => string | void) | void} */
      let last;

      /** @param {State} values */
      function set(values) {
        const before = stored();
        const after = { ...state(), ...values };
        Object.assign(after, settled(after));
        if (problem(after)) return;
        if (instead) touched();
        for (const key of reads) if (after[key] !== before[key]) model.set(key, after[key]);
        model.save_changes();
      }

      /** @type {Page<Words>["complain"]} */
      function complain(field, text) {
        if (text === complaint.textContent) return;
        const row = field.closest(".controls");
        row ? row.after(complaint) : output.before(complaint);
        complaint.textContent = text;
      }

      let width = 0;
      /** A text that gets shorter leaves its room, or what is below it would move up and down. */
      function keepRoom() {
        /** @type {HTMLElement[]} */
        const texts = [...el.querySelectorAll(/** @type {"p"} */ ("output, pre, p:not(.complaint)"))];
        if (width !== el.clientWidth) for (const { style } of texts) style.minHeight = "";
        width = el.clientWidth;
        const heights = texts.map((text) => Number.parseFloat(getComputedStyle(text).height));
        // a whole number, or rounding would wear it off; of what is not shown it is none, and nothing is set
        texts.forEach(({ style }, at) => {
          style.minHeight = `${Math.ceil(heights[at])}px`;
        });
      }
      const fits = new ResizeObserver(() => el.clientWidth !== width && requestAnimationFrame(keepRoom));

      let isDue = false,
        isGone = false;
      function draw() {
        isDue = false;
        const now = state();
        if (isGone || problem(now)) return; // a kernel sends several values one by one
        complaint.textContent = "";
        for (const one of draws) one(now);
        const said = last?.(now) ?? sentence(own, now);
        if (output.textContent !== said) {
          output.textContent = said;
          requestAnimationFrame(keepRoom); // at once, the page would be laid out twice
        }
        if (!paper.matches) aloud.says(said);
      }
      const later = () => {
        if (!isDue) queueMicrotask(() => isDue && draw());
        isDue = true;
      };
      function touched() {
        instead = null;
        later();
      }
      function print() {
        width = 0; // texts have another room on paper
        draw();
        keepRoom();
      }

      el.classList.add("gears-figure", name);
      el.addEventListener("focusin", ({ target }) => {
        // or JupyterLab takes its keys
        /** @type {HTMLElement | SVGElement} */ (target).dataset.lmSuppressShortcuts = "";
      });
      last = view({
        el,
        words: own,
        output,
        state,
        set,
        tell: aloud.tell,
        complain,
        shows: (one) => draws.push(one),
        draw,
        ends: (one) => ends.push(one),
        model,
      });
      output.before(complaint);
      fits.observe(el);
      ends.push(() => fits.disconnect());
      output.after(aloud.place); // nowhere, both, if the figure has no place for its sentence
      for (const key of reads) model.on(`change:${key}`, touched);
      paper.addEventListener("change", print);
      draw();
      return () => {
        isGone = true;
        for (const end of ends) end();
        for (const key of reads) model.off(`change:${key}`, touched);
        paper.removeEventListener("change", print);
      };
    },
  };
}

/** @typedef {string | number | boolean | Node | null | undefined | Child[]} Child */

/**
 * HTML as a fragment: texts are escaped, and nodes and lists stand where they are named.
 *
 * @param {TemplateStringsArray} pieces
 * @param {Child[]} values
 */
export function html(pieces, ...values) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {(value: Child) => string} */
  const put = (value) => {
    if (Array.isArray(value)) return value.map(put).join("");
    if (value instanceof Node) return `<template data-node="${nodes.push(value) - 1}"></template>`;
    return String(value ?? "").replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
  };
  const template = document.createElement("template");
  template.innerHTML = pieces.reduce((all, piece, at) => all + put(values[at - 1]) + piece);
  for (const place of template.content.querySelectorAll("[data-node]"))
    place.replaceWith(nodes[Number(/** @type {HTMLElement} */ (place).dataset.node)]);
  return template.content;
}

/**
 * The one element that a piece of HTML is.
 *
 * @param {TemplateStringsArray} pieces
 * @param {Child[]} values
 */
export const element = (pieces, ...values) => /** @type {HTMLElement} */ (html(pieces, ...values).firstElementChild);
