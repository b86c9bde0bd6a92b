// Long work in small pieces, so that a page answers its reader all the while.

const MILLISECONDS = 8; // of a frame's 16; drawing and the page need the rest

/**
 * Does pieces of work in every frame, and draws after them, once it is started.
 *
 * `work` does one piece, a few milliseconds at most, and tells whether there is more; `draw` shows
 * how far it is, and gets whether there is more; `most` pieces at most are done in a frame.
 *
 * @param {() => boolean} work
 * @param {(more: boolean) => void} draw
 */
export function pace(work, draw, most = Infinity) {
  let frame = 0;
  function turn() {
    const end = performance.now() + MILLISECONDS;
    let more = true;
    for (let done = 0; more && done < most && performance.now() < end; done++) more = work();
    frame = more ? requestAnimationFrame(turn) : 0;
    draw(more);
  }
  return {
    start: () => (frame ||= requestAnimationFrame(turn)),
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
    },
    runs: () => frame !== 0,
  };
}
