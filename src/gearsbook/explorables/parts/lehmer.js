// Random numbers that are the same in Python, which has lehmer.py for that, and in every browser.

/**
 * A generator of Lehmer's, with the constants of Park, Miller and Stockmeyer (1993,
 * https://doi.org/10.1145/159544.376408): each number is 48271 times the one before, modulo 2**31 - 1. Every product
 * is below 2**53, so JavaScript's numbers hold it exactly. It is good enough to shuffle samples and to start small
 * networks, and for nothing more serious.
 */
export class Lehmer {
  #state;

  /** @param {number} seed a whole number */
  constructor(seed) {
    this.#state = seed + 1;
  }

  #next() {
    this.#state = (this.#state * 48271) % 2147483647;
    return this.#state;
  }

  /**
   * The numbers from 0 to count - 1 in a random order (Fisher and Yates).
   *
   * @param {number} count
   */
  permutation(count) {
    const order = Array.from({ length: count }, (_, at) => at);
    for (let at = count - 1; at > 0; at--) {
      const other = this.#next() % (at + 1);
      [order[at], order[other]] = [order[other], order[at]];
    }
    return order;
  }

  /**
   * So many numbers between low and high.
   *
   * @param {number} low
   * @param {number} high
   * @param {number} count
   */
  uniform(low, high, count) {
    return Float64Array.from({ length: count }, () => low + (high - low) * (this.#next() / 2147483647));
  }
}

/**
 * The rows of one batch after another, without end; each epoch is shuffled, its last batch smaller.
 *
 * @param {number} count
 * @param {number} size
 * @param {Lehmer} random
 * @returns {Generator<number[], never>}
 */
export function* batches(count, size, random) {
  for (;;) {
    const order = random.permutation(count);
    for (let at = 0; at < count; at += size) yield order.slice(at, at + size);
  }
}
