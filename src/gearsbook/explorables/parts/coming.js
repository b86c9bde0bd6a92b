// A motion: what stands in one place comes out of another.

/**
 * Lets elements come out of others. All places are read first: each motion that begins in between would have the page
 * laid out once more.
 *
 * @param {Element[][]} ways each from where and what
 * @param {number | KeyframeAnimationOptions} options
 * @param {Keyframe} [extra] what it looks like on its way
 */
export function come(ways, options, extra = {}) {
  const starts = ways.map((way) => {
    const [from, to] = way.map((one) => one.getBoundingClientRect());
    return `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
  });
  ways.forEach(([, what], at) => what.animate([{ transform: starts[at], ...extra }, extra], options));
}
