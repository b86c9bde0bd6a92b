// Questions with an answer to every option, the wrong ones too.

import { isListOf } from "../parts/numbers.js";

/**
 * @typedef {{ text: string, right: boolean, feedback: string }} Option
 * @typedef {{ text: string, options: Option[] }} Question
 *
 * @typedef {object} State
 * @property {Question[]} questions
 * @property {number[]} chosen the place of an option for each, or -1
 */

/**
 * A text in pieces: every other one, which stood in backquotes, is code.
 *
 * @param {string} text
 */
export const pieces = (text) => text.split(/`([^`]+)`/);

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (c) => ENTITIES[c]);

/**
 * A text as HTML, what stands in backquotes as code.
 *
 * @param {string} text
 */
export function code(text) {
  const escapedPieces = pieces(text).map(escaped);
  return escapedPieces.map((piece, at) => (at % 2 ? `<code>${piece}</code>` : piece)).join("");
}

/**
 * What is wrong with a state; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ questions, chosen }) {
  const hasOptions = (question) => isListOf(question?.options, (option) => typeof option?.text === "string");
  if (!isListOf(questions, hasOptions) || !questions.length)
    return `questions is ${JSON.stringify(questions)}: it must have one or more`;
  const counts = questions.map(({ options }) => options.length);
  const known = (place, at) => Number.isInteger(place) && place >= -1 && place < counts[at];
  return isListOf(chosen, known) && chosen.length === counts.length
    ? null
    : `chosen is ${JSON.stringify(chosen)}: it must have a whole number for each of the ${counts.length} ` +
        `questions, -1 or the place of an option (${counts.join(", ")} options)`;
}

/**
 * The questions alone.
 *
 * @param {typeof import("./words.js").WORDS.en} _
 * @param {State} state
 */
export const sentence = (_, { questions }) => questions.map(({ text }) => text).join(" ");

/**
 * How many questions were answered right; nothing before the first answer.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function score(words, { questions, chosen }) {
  const right = questions.filter(({ options }, at) => options[chosen[at]]?.right).length;
  return chosen.some((place) => place >= 0) ? words.score(right, questions.length) : "";
}

/**
 * What is said of an option before its feedback.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {Option} option
 */
export const verdict = (words, { right }) => (right ? `✓ ${words.right}` : `✗ ${words.wrong}`);

/**
 * The questions as they are read without JavaScript: every option opens to show its feedback.
 *
 * @param {typeof import("./words.js").WORDS.en} words
 * @param {State} state
 */
export function stored(words, { questions }) {
  const disclosure = (option) =>
    `<li><details><summary>${code(option.text)}</summary>` +
    `${verdict(words, option)} ${code(option.feedback)}</details></li>`;
  return questions
    .map(({ text, options }) => `<p>${code(text)}</p><ul>${options.map(disclosure).join("")}</ul>`)
    .join("");
}
