// A figure as it was made: it shows where it ends, which is what paper needs.

/**
 * Whether a figure still shows what it was made with. The first click on what goes on has then nothing left to show,
 * and begins at 0; all others go on from where the figure is.
 *
 * @param {import("./figure.js").Page<any>} page
 */
export function untouched(page) {
  const first = page.state();
  let isUntouched = true;
  page.shows((now) => (isUntouched &&= Object.keys(first).every((name) => now[name] === first[name])));
  return () => isUntouched;
}
