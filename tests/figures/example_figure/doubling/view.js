// A slider.

import { range } from "../parts/controls.js";
import { figure, html } from "../parts/figure.js";
import { problem, sentence } from "./compute.js";
import { WORDS } from "./words.js";

export default figure({
  name: "doubling",
  reads: ["n"],
  words: WORDS,
  problem,
  sentence,
  view(page) {
    const slider = range(page, "n", { min: 0, max: 10 });
    page.el.append(html`<div class="controls"><label>${page.words.number} ${slider}</label></div>${page.output}`);
  },
});
