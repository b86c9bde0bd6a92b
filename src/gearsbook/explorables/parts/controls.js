// Controls that show a part of the state and change it, by mouse, finger and key.

import { element } from "./figure.js";

/**
 * @import { Page, Child, State } from "./figure.js"
 *
 * @typedef {HTMLInputElement | HTMLSelectElement} Field
 *
 * How a field's value is found in a state, which values a new one leads to, and how it is written if not as it is.
 * @typedef {{ get: (state: any) => any, set: (value: any, state: any) => State, write?: (value: any) => string }} Way
 */

/**
 * The way to a part of the state by its name, or by a path such as "weights.1.0".
 *
 * @param {string} name
 * @returns {Way}
 */
export function path(name) {
  const [key, ...at] = name.split(".");
  return {
    get: (state) => at.reduce((part, index) => part[index], state[key]),
    set(value, state) {
      const last = at.at(-1);
      if (last === undefined) return { [key]: value };
      const whole = structuredClone(state[key]);
      at.slice(0, -1).reduce((part, index) => part[index], whole)[last] = value;
      return { [key]: whole };
    },
  };
}

/**
 * The way to settings that have a name: the empty text if a state has others.
 *
 * @param {Record<string, State>} settings
 * @returns {Way}
 */
export const oneOf = (settings) => ({
  get: (state) =>
    Object.keys(settings).find((name) =>
      Object.entries(settings[name]).every(([key, value]) => String(state[key]) === String(value)),
    ) ?? "",
  set: (name) => settings[name] ?? {},
});

/** @param {Field} field */
export function read(field) {
  if (field.type === "checkbox") return /** @type {HTMLInputElement} */ (field).checked;
  return field.tagName === "SELECT" || field.type === "text" ? field.value : Number(field.value) + 0; // no -0
}

/**
 * Ties a field to the state. One that is typed in keeps its text while it means the same; what the
 * figure cannot have, goes back when the field is left, in a list at once.
 *
 * @template {Field} F
 * @param {Page<any>} page
 * @param {F} field
 * @param {Way} way
 */
export function tied(page, field, { get, set, write = String }) {
  /** @param {any} state */
  const show = (state) => {
    const wanted = get(state);
    if (field.type === "checkbox") /** @type {HTMLInputElement} */ (field).checked = wanted;
    else if (!field.matches("[type=number]:focus, [type=text]:focus") || read(field) !== wanted)
      field.value = write(wanted);
  };
  field.addEventListener("input", () => {
    const isList = field.tagName === "SELECT";
    const { rangeOverflow, rangeUnderflow } = field.validity;
    if ((isList || field.value !== "") && !rangeOverflow && !rangeUnderflow) page.set(set(read(field), page.state()));
    if (isList) show(page.state());
  });
  field.addEventListener("blur", () => show(page.state()));
  page.shows(show);
  return field;
}

/**
 * @param {Page<any>} page
 * @param {string} type
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {Way} way
 */
export function input(page, type, name, attributes, way) {
  const field = document.createElement("input");
  for (const [key, value] of Object.entries({ type, name, ...attributes })) field.setAttribute(key, String(value));
  return tied(page, field, way);
}

/**
 * A slider.
 *
 * @param {Page<any>} page
 * @param {string} name of the part of the state, and of the field
 * @param {Record<string, string | number>} attributes min, max, step, aria-label
 */
export const range = (page, name, attributes, way = path(name)) => input(page, "range", name, attributes, way);

/**
 * A box to tick, with its words.
 *
 * @param {Page<any>} page
 * @param {string} name
 * @param {Child} words
 */
export const check = (page, name, words, way = path(name)) =>
  element`<label>${input(page, "checkbox", name, {}, way)} ${words}</label>`;

/**
 * A list to choose from; choices are [value, words], of numbers or of texts.
 *
 * @param {Page<any>} page
 * @param {string} name
 * @param {[string | number, string][]} choices
 */
export function dropdown(page, name, choices, way = path(name)) {
  const select = document.createElement("select");
  select.name = name;
  select.append(...choices.map(([value, text]) => new Option(text, String(value))));
  /** @type {Way["set"]} */
  const set = (chosen, state) => way.set(choices.find(([value]) => String(value) === chosen)?.[0], state);
  return tied(page, select, { get: way.get, set });
}

/**
 * A list to choose from, with its words.
 *
 * @param {Page<any>} page
 * @param {string} name
 * @param {Child} words
 * @param {[string | number, string][]} choices
 */
export const choice = (page, name, words, choices, way = path(name)) =>
  element`<label>${words} ${dropdown(page, name, choices, way)}</label>`;

/**
 * A button. One that is `aria-disabled` does nothing and keeps the focus, which it would lose if it were disabled.
 *
 * @param {string} name
 * @param {Child} words
 * @param {() => void} action
 */
export function button(name, words, action) {
  const made = /** @type {HTMLButtonElement} */ (element`<button type="button" name="${name}">${words}</button>`);
  made.addEventListener("click", () => made.ariaDisabled !== "true" && action());
  return made;
}

/**
 * The button that a figure is there for, and that one sees first.
 *
 * @param {string} name
 * @param {Child} words
 * @param {() => void} action
 */
export function mainButton(name, words, action) {
  const made = button(name, words, action);
  made.classList.add("main");
  return made;
}

/**
 * Hides something, or shows it; a focus in it goes on to what is there instead.
 *
 * @param {HTMLElement} place
 * @param {boolean} isHidden
 * @param {HTMLElement} instead
 */
export function hide(place, isHidden, instead) {
  if (isHidden && place.matches(":focus-within")) instead.focus();
  place.hidden = isHidden;
}

/**
 * A button that is pressed while something holds.
 *
 * @param {Page<any>} page
 * @param {string} name
 * @param {Child} words
 * @param {(state: any) => boolean} isPressed
 * @param {(state: any) => State} press the values that it leads to
 */
export function pressable(page, name, words, isPressed, press) {
  const made = button(name, words, () => page.set(press(page.state())));
  page.shows((state) => made.setAttribute("aria-pressed", String(isPressed(state))));
  return made;
}
