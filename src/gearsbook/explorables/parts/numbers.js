// Numbers as the book writes them, and what a state says of one that it cannot have.

/**
 * A value that is neither under `low` nor over `high`.
 *
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * What is typed, with the digits and marks of ASCII for full-width ones, and a hyphen for a minus.
 *
 * @param {string} text
 */
export const inAscii = (text) => text.normalize("NFKC").replaceAll("−", "-");

/**
 * A whole number with a comma after each thousand.
 *
 * @param {number} number
 */
export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/**
 * Some lengths as Python writes a tuple.
 *
 * @param {ArrayLike<number> & Iterable<number>} values
 */
export const asTuple = (values) => (values.length === 1 ? `(${values[0]},)` : `(${[...values].join(", ")})`);

/**
 * A whole number as it is, any other with up to four decimals.
 *
 * @param {number} value
 */
export const decimals = (value) =>
  Number.isInteger(value) ? String(value) : (Math.floor(value * 10000 + 0.5) / 10000).toFixed(4).replace(/\.?0+$/, "");

/**
 * What is wrong with a value that must be a whole number in a range; null if nothing is.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {number} low
 * @param {number} high
 */
export const notWhole = (name, value, low, high) =>
  Number.isInteger(value) && Number(value) >= low && Number(value) <= high
    ? null
    : `${name} is ${JSON.stringify(value)}: it must be a whole number from ${low} to ${high}`;

/**
 * What is wrong with a value that must be a number in a range; null if nothing is.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {number} low
 * @param {number} high
 */
export const notNumber = (name, value, low, high) =>
  Number.isFinite(value) && Number(value) >= low && Number(value) <= high
    ? null
    : `${name} is ${JSON.stringify(value)}: it must be a number from ${low} to ${high}`;

/**
 * What is wrong with a value that must be two numbers in a range; null if nothing is.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {number} low
 * @param {number} high
 */
export const notPair = (name, value, low, high) =>
  Array.isArray(value) && value.length === 2 && !value.some((one) => notNumber(name, one, low, high))
    ? null
    : `${name} is ${JSON.stringify(value)}: it must be two numbers from ${low} to ${high}`;

/**
 * What is wrong with a value that must be one of some; null if nothing is.
 *
 * @param {string} name
 * @param {unknown} value
 * @param {unknown[]} choices
 */
export const notAmong = (name, value, choices) =>
  choices.includes(value)
    ? null
    : `${name} is ${JSON.stringify(value)}: it must be ${choices.map((one) => JSON.stringify(one)).join(", ")}`.replace(
        /, ([^,]*)$/,
        " or $1",
      );

/**
 * Whether a value is a list, all of whose entries fit.
 *
 * @param {unknown} value
 * @param {(entry: any, at: number) => boolean} fits
 */
export const isListOf = (value, fits) => Array.isArray(value) && value.every(fits);
