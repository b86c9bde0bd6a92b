// What a unit sees of a picture, and what it adds to an answer.

import { clamp } from "./numbers.js";
import { redOrBlue } from "./picture.js";

/**
 * A pixel that a unit looks at: pale ink, and over it how far its weight raises the unit or lowers it.
 *
 * @param {number} ink 0 to 255
 * @param {number} share of the pixel that counts most; over 1 it is 1
 */
export const weighed = (ink, share) => redOrBlue(clamp(share, -1, 1), 255 - 0.25 * ink);

/**
 * How much is added, with its sign.
 *
 * @param {number} value
 */
export const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
