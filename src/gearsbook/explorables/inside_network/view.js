// A sample on its way: what a hidden unit sees of it, the grid of units, what the unit adds to ten scores.

import { cells } from "../parts/cells.js";
import { pressable } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { grey, paint } from "../parts/picture.js";
import { signed, weighed } from "../parts/weighed.js";
import { adds, argmax, brightest, COLUMNS, nearest, place, problem, SIDE, saw, sentence, step } from "./compute.js";
import { WORDS } from "./words.js";

const FULL = 0.5; // of the largest part that a pixel may have in a unit's value: its full colour

function view(page) {
  const { el, words, output } = page;
  const { images, hidden, probabilities, labels, opened } = page.state();
  const units = hidden[0].length,
    gridRows = Math.ceil(units / COLUMNS),
    top = Math.max(...hidden.flat());
  const canvas = () => /** @type {HTMLCanvasElement} */ (element`<canvas></canvas>`);
  const [input, layer] = [canvas(), canvas()];
  const grid = cells(page, words.grid, layer, {
    rows: gridRows,
    columns: COLUMNS,
    at: ({ unit }) => place(unit),
    to: (cell) => ({ unit: nearest(opened, cell) }),
    step: (key, { unit }) => step(opened, unit, key),
    when: "drag",
  });
  const rows = [..."0123456789"].map(
    (digit) => element`
      <tr><th scope="row">${digit}</th><td class="part"><div></div></td><td class="number"></td>
        <td class="bar"><div></div><span></span></td></tr>`,
  );
  const samples = labels.map((label, number) => {
    const answer = argmax(probabilities[number]),
      picture = canvas();
    paint(picture, images[number], SIDE);
    const made = pressable(
      page,
      "sample",
      [picture, answer === label ? null : element`<b aria-hidden="true">✗</b>`],
      ({ sample }) => sample === number,
      (state) => ({ sample: number, unit: brightest(state, number) }),
    );
    made.ariaLabel = words.option({ number, label, answer, right: answer === label });
    return made;
  });
  const ray = () =>
    element`<svg class="rays" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"></svg>`;
  const [enters, leaves] = [ray(), ray()];
  enters.innerHTML = "<polygon></polygon>";
  leaves.innerHTML = rows.map((_, digit) => `<line x2="100" y2="${10 * digit + 5}"></line>`).join("");
  const [triangle] = enters.children,
    sees = element`<p></p>`,
    unitAdds = element`<th scope="col" colspan="2"></th>`;
  el.append(html`
    <div class="samples"><p class="hint">${words.choose}</p>${samples}</div>
    <div class="stages">
      <div class="input"><p class="next">${words.image}</p>${sees}
        <div class="frame" role="img" aria-label="${words.image}">${input}</div><p>${words.saw}</p></div>
      ${enters}
      <div class="layer"><p class="next">${words.hidden(units)}</p><p>${words.tap}</p>${grid}<p>${words.dark}</p></div>
      ${leaves}
      <table><thead><tr><td></td><th colspan="3">${words.votes}</th></tr>
        <tr><td></td>${unitAdds}<th scope="col">${words.output}</th></tr></thead>
        <tbody>${rows}</tbody></table>
    </div>
    ${output}`);

  function showSample(sample) {
    const answer = argmax(probabilities[sample]);
    paint(layer, hidden[sample], COLUMNS, (value) => grey(Math.round((255 * value) / top)));
    rows.forEach((row, digit) => {
      const p = probabilities[sample][digit],
        chance = /** @type {HTMLElement} */ (row.lastElementChild);
      row.className = digit === answer ? "answer" : "";
      chance.style.setProperty("--share", String(p));
      /** @type {Element} */ (chance.lastElementChild).textContent =
        p.toFixed(2) + (digit !== labels[sample] ? "" : digit === answer ? " ✓" : ` ← ${words.label}`);
    });
  }

  /** @type {number | undefined} */
  let shown; // the sample that is there: another unit changes nothing of its own
  return ({ sample, unit }) => {
    if (sample !== shown) showSample(sample);
    shown = sample;
    const [, weights, outgoing] = opened.find(([one]) => one === unit),
      added = adds(hidden[sample][unit], outgoing),
      most = Math.max(...opened.flatMap(([one, , to]) => adds(hidden[sample][one], to).map(Math.abs))),
      height = (100 * (place(unit).row + 0.5)) / gridRows;
    const image = images[sample];
    paint(input, saw(images, sample, weights), SIDE, (part, pixel) => weighed(image[pixel], part / FULL));
    sees.textContent = words.sees(unit);
    unitAdds.textContent = words.adds(unit);
    triangle.setAttribute("points", `0,0 0,100 100,${height}`);
    rows.forEach((row, digit) => {
      const [, bar, number] = row.children,
        line = leaves.children[digit],
        kind = added[digit] < 0 ? "less" : "more",
        part = Math.abs(added[digit]) / most;
      line.setAttribute("class", kind);
      line.setAttribute("y1", String(height));
      line.setAttribute("stroke-width", String(6 * part));
      bar.className = `part ${kind}`;
      /** @type {HTMLElement} */ (bar.firstElementChild).style.setProperty("--part", String(part));
      number.textContent = signed(added[digit]);
    });
  };
}

export default figure({
  name: "inside-network",
  reads: ["images", "hidden", "probabilities", "labels", "opened", "sample", "unit"],
  words: WORDS,
  problem,
  sentence,
  view,
});
