// The sheet in its box, seen from a side that can be chosen, and the way through the layers.

import { pressable, range } from "../parts/controls.js";
import { dragging } from "../parts/dragging.js";
import { element, figure, html } from "../parts/figure.js";
import { ARROWS, keys } from "../parts/keys.js";
import { emptyPlot } from "../parts/plot.js";
import { isCalm, ticking } from "../parts/ticking.js";
import {
  bestCut,
  CORNERS,
  countRight,
  cutThrough,
  EDGES,
  percentage,
  problem,
  representation,
  SUBSTEPS,
  seen,
  sentence,
  turned,
} from "./compute.js";
import { WORDS } from "./words.js";

const at = (/** @type {number[]} */ [right, up]) => `${right.toFixed(3)} ${(-up).toFixed(3)}`;

/** A picture of the sheet, and what draws a state in it. */
function picture({ points, labels, layers, columns }, label) {
  // four neighbours; the seam between the halves belongs to none
  const tiles = points.flatMap((_, at) => {
    if (!((at + 1) % columns) || at + columns >= points.length) return [];
    const corners = [at, at + 1, at + columns + 1, at + columns],
      halves = new Set(corners.map((corner) => labels[corner]));
    return [{ corners, kind: halves.size > 1 ? "seam" : halves.has(1) ? "lined" : "plain" }];
  });
  const svg = emptyPlot([-1.8, -1.75, 3.6, 3.5], label);
  svg.innerHTML = `<path class="frame"></path><g class="tiles">${tiles.map(() => "<path></path>").join("")}</g>
    <polygon class="cut"></polygon>`;
  const [frame, { children: paths }, cut] = svg.children;

  /** Returns the points at that stage, how many of them a flat cut has right, and where the box ends. */
  function draw({ activation, stage, azimuth, elevation }) {
    const x = representation(points, layers, activation, stage);
    const edge = Math.max(...x.flat().map(Math.abs), 1e-6);
    const look = (point) => seen(point, azimuth, elevation);
    const inBox = (point) => look(point.map((value) => value / edge));
    const shown = x.map(inBox);
    const depth = ({ corners }) => corners.reduce((sum, corner) => sum + shown[corner][2], 0);
    tiles
      .toSorted((one, two) => depth(one) - depth(two))
      .forEach(({ corners, kind }, place) => {
        const ends = corners.map((corner) => at(shown[corner]));
        paths[place].setAttribute("d", `M${ends.join("L")}Z${kind === "lined" ? `M${ends[0]}L${ends[2]}` : ""}`);
        paths[place].setAttribute("class", kind);
      });
    const box = CORNERS.map((corner) => at(look(corner)));
    frame.setAttribute("d", EDGES.map(([one, two]) => `M${box[one]}L${box[two]}`).join(""));
    const best = bestCut(x, labels);
    cut.setAttribute("points", cutThrough(best, edge).map(inBox).map(at).join(" "));
    return { x, right: countRight(best, x, labels), edge };
  }
  return { svg, draw };
}

function view(page) {
  const { el, words, output, state, set } = page;
  const begun = state(),
    hidden = begun.layers.length - 1,
    last = SUBSTEPS * hidden;
  const { svg: sheet, draw } = picture(begun, words.view);
  const rated = (right) => words.score(percentage(right, begun.labels.length));
  const score = element`<b></b>`,
    legend = element`<p class="note"></p>`,
    number = element`<span class="number" aria-hidden="true"></span>`;
  const stage = range(page, "stage", { min: 0, max: last });
  const play = ticking(page, "play", [words.play, words.pause], () => {
    const by = isCalm() ? SUBSTEPS : 1;
    let { azimuth } = state(); // as it turns by itself; a reader who turns the sheet keeps it so
    if (state().stage === last) set({ stage: 0 });
    return {
      step() {
        const now = state(),
          stage = Math.min(last, (Math.floor(now.stage / by) + 1) * by),
          isTurning = by === 1 && now.azimuth === azimuth;
        if (isTurning) ({ azimuth } = turned(now, 1, 0));
        set({ stage, ...(isTurning && { azimuth }) });
        return stage < last;
      },
      milliseconds: by === 1 ? 100 : 1500,
    };
  });
  const stages = Array.from({ length: hidden + 1 }, (_, layer) => {
    const small = picture(begun),
      rate = element`<b></b>`,
      stage = SUBSTEPS * layer,
      seenThen = { stage, azimuth: turned(begun, stage, 0).azimuth }; // as when it has played so far
    let drawn = "";
    page.shows(({ activation }) => {
      if (activation === drawn) return; // only a kernel sets another
      drawn = activation;
      rate.textContent = rated(small.draw({ ...begun, ...seenThen, activation }).right);
    });
    return pressable(
      page,
      "layer",
      [small.svg, element`<span>${words.reached(layer)}</span>`, rate],
      (now) => now.stage === stage,
      () => seenThen,
    );
  });
  const slider = (name, max) => html`<label>${words[name]} ${range(page, name, { min: 0, max, step: 1 })}</label>`;
  el.append(html`
    <p class="title">${words.title}</p>
    <div class="stages" role="group" aria-label="${words.stages}">${stages}</div>
    <div class="space">
      <div class="score" aria-hidden="true">${score}<span>${words.right}</span></div>
      ${sheet}
      <span class="hint" aria-hidden="true">${words.drag}</span></div>
    <div class="controls">${play.button}<label class="way">${words.stage} ${stage}${number}</label></div>
    <div class="controls views">${slider("azimuth", 359)}${slider("elevation", 90)}</div>
    ${legend}
    ${output}`);
  keys(page, sheet, (key, now) => {
    const by = ARROWS[key];
    return by && turned(now, 5 * by[0], 5 * by[1]);
  });
  dragging(sheet, () => {
    const from = state();
    let [right, down] = [0, 0];
    return (_, [across, downwards]) => {
      right += across;
      down += downwards;
      set(turned(from, right, down / 2));
    };
  });

  return (now) => {
    const { x, right, edge } = draw(now);
    score.textContent = rated(right);
    legend.textContent = words.legend(edge.toFixed(2));
    number.textContent = `${+(now.stage / SUBSTEPS).toFixed(2)} / ${hidden}`;
    stage.setAttribute("aria-valuetext", number.textContent);
    return sentence(words, now, x, right);
  };
}

export default figure({
  name: "unfolding-sheet",
  reads: ["points", "labels", "layers", "columns", "activation", "stage", "azimuth", "elevation"],
  words: WORDS,
  problem,
  sentence,
  view,
});
