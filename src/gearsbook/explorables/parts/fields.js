// Fields that numbers are typed in. What a figure cannot have is refused in words.

import { input, path, read } from "./controls.js";
import { element } from "./figure.js";
import { inAscii } from "./numbers.js";

/**
 * @import { Page } from "./figure.js"
 * @import { Way } from "./controls.js"
 */

const REFUSALS = {
  /** @type {(...texts: string[]) => string} */
  en: (name, typed, whole, low, high, still) =>
    `${name}: ${typed || "this"} ${typed ? "is refused" : "is no number"}; write a ${whole ? "whole " : ""}number ` +
    `from ${low} to ${high}. The figure still shows ${still}.`,
  /** @type {(...texts: string[]) => string} */
  zh: (name, typed, whole, low, high, still) =>
    `${name}：${typed ? `不接受 ${typed}` : "这不是数"}，请填 ${low} 到 ${high} 的${whole ? "整数" : "数"}。图里仍是 ${still}。`,
};

/**
 * A field for a number. One that the figure cannot have is refused with the range: at once, but for a zero, with which
 * a good one may begin.
 *
 * @param {Page<any>} page
 * @param {string} name of the part of the state, and of the field
 * @param {Record<string, string | number>} attributes min, max, step, aria-label
 */
export function number(page, name, attributes, way = path(name)) {
  const field = input(page, "number", name, attributes, way);
  const { get, write = String } = way;
  /** @param {Event} event */
  function check({ type }) {
    const { value, validity, min, max, step } = field,
      holds = get(page.state());
    const isNone = value === "" ? !validity.badInput : read(field) === holds;
    const may = isNone || (type === "input" && !read(field));
    const label = field.ariaLabel ?? field.labels?.[0].textContent?.trim() ?? "";
    const whole = Number.isInteger(Number(step || 1)) ? "whole" : "";
    const texts = [label, value, whole, min, max, write(holds)].map((text) => text.replace(/^-/, "−"));
    const language = /** @type {keyof typeof REFUSALS} */ (page.model.get("language"));
    page.complain(field, may ? "" : REFUSALS[language](...texts));
  }
  field.addEventListener("input", check);
  field.addEventListener("change", check);
  field.addEventListener("beforeinput", (event) => {
    const plain = inAscii(event.data ?? "");
    if (plain === (event.data ?? "")) return;
    event.preventDefault(); // the browser would drop a minus
    document.execCommand("insertText", false, plain);
  });
  return field;
}

/**
 * A text field for some numbers: `read` gets a text and returns numbers or null. A text that is none is complained of
 * and changes nothing; it stays until something else does.
 *
 * @param {Page<any>} page
 * @param {string} name
 * @param {(text: string) => number[] | null} read
 * @param {string} complaint
 * @param {Way} way
 */
export function typed(page, name, read, complaint, way = path(name)) {
  const field = /** @type {HTMLInputElement} */ (
    element`<input type="text" name="${name}" autocomplete="off" spellcheck="false">`
  );
  field.addEventListener("input", () => {
    const numbers = read(field.value);
    if (numbers) page.set(way.set(numbers, page.state()));
    page.complain(field, numbers ? "" : complaint);
  });
  page.shows((state) => {
    const numbers = way.get(state);
    if (String(read(field.value)) !== String(numbers)) field.value = numbers.join(", ");
  });
  return field;
}
