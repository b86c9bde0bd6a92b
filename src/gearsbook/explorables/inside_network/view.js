// A sample on its way: its picture, the grid of hidden units, a table of probabilities.

import { cells } from "../parts/cells.js";
import { button, choice, range } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { clamp } from "../parts/numbers.js";
import { grey, paint } from "../parts/picture.js";
import { argmax, COLUMNS, light, problem, SIDE, sentence, step } from "./compute.js";
import { WORDS } from "./words.js";

function view(page) {
  const { el, words, output } = page;
  const { hidden, probabilities, labels } = page.state();
  const units = hidden[0].length,
    top = Math.max(...hidden.flat());
  const [input, layer] = ["input", ""].map((name) =>
    Object.assign(document.createElement("canvas"), { className: name }),
  );
  const grid = cells(page, words.grid, layer, {
    rows: Math.ceil(units / COLUMNS),
    columns: COLUMNS,
    at: ({ unit }) => ({ row: Math.floor(unit / COLUMNS), column: unit % COLUMNS }),
    to: ({ row, column }) => ({ unit: clamp(row * COLUMNS + column, 0, units - 1) }),
    step: (key, { unit }) => step(unit, units, key),
  });
  const rows = [..."0123456789"].map(
    (digit) => element`
      <tr><th scope="row">${digit}</th><td class="bar"><div></div></td>
        <td class="number"></td><td class="note"></td></tr>`,
  );
  const samples = labels.map((label, number) => {
    const answer = argmax(probabilities[number]);
    return [number, words.option({ number, label, answer, right: answer === label })];
  });
  const turn = (by) => page.set({ sample: (page.state().sample + by + labels.length) % labels.length });
  el.append(html`
    <div class="stages">
      <div class="stage">${input}<p>${words.input} <code>(784,)</code></p></div>
      <span class="arrow" aria-hidden="true">→</span>
      <div class="stage">${grid}<p>${words.hidden} <code>(${units},)</code></p></div>
      <span class="arrow" aria-hidden="true">→</span>
      <div class="stage"><table><tbody>${rows}</tbody></table><p>${words.output} <code>(10,)</code></p></div>
    </div>
    <div class="controls">
      ${choice(page, "sample", words.sample, samples)}
      ${button("previous", words.previous, () => turn(-1))}
      ${button("next", words.next, () => turn(1))}
      <label>${words.unit} ${range(page, "unit", { min: 0, max: units - 1 })}</label>
    </div>
    ${output}`);

  return ({ images, sample }) => {
    paint(input, images[sample], SIDE);
    paint(layer, hidden[sample], COLUMNS, (value) => grey(255 - light(value, top)));
    const answer = argmax(probabilities[sample]);
    rows.forEach((row, at) => {
      const [, bar, number, note] = row.children,
        p = probabilities[sample][at];
      row.classList.toggle("answer", at === answer);
      /** @type {HTMLElement} */ (bar.firstElementChild).style.width = `${100 * p}%`;
      number.textContent = p.toFixed(2);
      note.textContent = at === labels[sample] ? `← ${words.label}` : "";
    });
  };
}

export default figure({
  name: "inside-network",
  reads: ["images", "hidden", "probabilities", "labels", "sample", "unit"],
  words: WORDS,
  problem,
  sentence,
  view,
});
