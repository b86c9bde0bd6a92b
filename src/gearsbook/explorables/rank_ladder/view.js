// The ladder of buttons, the array as nested grids, and a button for each axis.

import { pressable } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { keys } from "../parts/keys.js";
import { asTuple } from "../parts/numbers.js";
import { AROUND, isAlong, isDown, layout, MOST, problem, RUNGS, sentence, settled, step } from "./compute.js";
import { WORDS } from "./words.js";

const MARGIN = 15;

/** The drawing of a rung: cells, the frames of what is packed, numbers along the chosen axis. */
function picture({ shape, axes }, chosen) {
  const { width, height, boxes, dots } = layout(shape, axes);
  const parts = [];
  const rectangle = (kind, { x, y, width, height }, around) => {
    const size = `width="${width + 2 * around}" height="${height + 2 * around}"`;
    parts.push(`<rect class="${kind}" x="${x - around}" y="${y - around}" ${size}/>`);
  };
  for (const box of boxes) {
    const depth = box.index.length,
      last = axes[depth - 1];
    if (depth === shape.length) rectangle(last === "channels" ? `cell channel-${box.index.at(-1)}` : "cell", box, 0);
    else if (last === "samples" || last === "frames") rectangle("frame", box, AROUND[last]);
  }
  for (const { x, y, down } of dots) parts.push(`<text class="dots" x="${x}" y="${y}">${down ? "⋮" : "…"}</text>`);
  for (const box of boxes.filter(({ index }) => shape.length && isAlong(index, chosen))) {
    rectangle(axes[chosen] === "channels" ? "along thin" : "along", box, AROUND[axes[chosen]]);
    const at = isDown(axes, chosen) ? [-9, box.y + box.height / 2] : [box.x + box.width / 2, -10];
    parts.push(`<text class="number" x="${at[0]}" y="${at[1]}">${box.index.at(-1)}</text>`);
  }
  const whole = [width + MARGIN + 6, height + MARGIN + 6];
  return {
    whole,
    svg: `<svg viewBox="${-MARGIN} ${-MARGIN} ${whole.join(" ")}" aria-hidden="true">${parts.join("")}</svg>`,
  };
}

function view(page) {
  const { el, words, output } = page;
  const rungs = RUNGS.map(({ shape }, rank) => {
    const what = html`<b>${rank}D</b> <span>${words.names[rank]}</span> <code>${asTuple(shape)}</code>`;
    const isShown = (state) => state.rank === rank;
    return pressable(page, "rank", what, isShown, () => ({ rank, axis: 0 }));
  });
  const axes = RUNGS.slice(1).map((_, axis) =>
    pressable(
      page,
      "axis",
      "",
      (state) => state.axis === axis,
      () => ({ axis }),
    ),
  );
  const drawing = element`<div class="drawing" tabindex="0" role="application" aria-label="${words.drawing}"></div>`;
  const code = element`<code></code>`;
  el.append(html`
    <div class="parts">
      <div class="rungs">${rungs.reverse()}</div>
      <div class="shown">
        ${drawing}
        <p class="code">${code}</p>
        <div class="axes">${axes}</div>
        <p class="note">${words.cap(MOST)}</p>
      </div>
    </div>
    ${output}`);
  keys(page, drawing, (key, state) => step(state.rank, state.axis, key));

  return ({ rank, axis }) => {
    const { whole, svg } = picture(RUNGS[rank], axis);
    drawing.innerHTML = svg;
    /** @type {SVGElement} */ (drawing.firstElementChild).style.maxWidth = `${1.7 * whole[0]}px`;
    code.replaceChildren(html`${"[".repeat(rank)}<span>…</span>${"]".repeat(rank)}`);
    axes.forEach((button, at) => {
      button.hidden = at >= rank;
      if (at < rank) button.textContent = words.button(at, words.axes[RUNGS[rank].axes[at]]);
    });
  };
}

export default figure({
  name: "rank-ladder",
  reads: ["rank", "axis"],
  words: WORDS,
  problem,
  sentence,
  settled,
  view,
});
