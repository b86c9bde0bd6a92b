// Twice a number, by slider.

/** @import { Figure, Language } from "../../../src/gears/explorables/types.d.ts" */

/** @type {Record<Language, { number: string, sentence: (n: number, twice: number) => string }>} */
const WORDS = {
  en: { number: "Number", sentence: (n, twice) => `Twice ${n} is ${twice}.` },
  zh: { number: "数", sentence: (n, twice) => `${n} 的两倍是 ${twice}。` },
};

// ---- Computing -------------------------------------------------------------------------------

/** @param {number} n */
export function double(n) {
  return 2 * n;
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {{ n: unknown }} state
 */
export function problem({ n }) {
  return typeof n === "number" && Number.isInteger(n) && n >= 0 && n <= 10 ? null : `n is ${n}, not 0 to 10`;
}

// ---- Drawing ---------------------------------------------------------------------------------

/** @type {Figure["render"]} */
function render({ model, el }) {
  const wrong = problem({ n: model.get("n") });
  if (wrong) throw new Error(wrong);

  const words = WORDS[/** @type {Language} */ (model.get("language"))];
  el.classList.add("gears-figure");
  el.innerHTML = `
    <div class="controls"><label>${words.number} <input type="range" min="0" max="10"></label></div>
    <output></output>`;
  const slider = /** @type {HTMLInputElement} */ (el.querySelector("input"));
  const output = /** @type {HTMLOutputElement} */ (el.querySelector("output"));
  slider.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys

  function draw() {
    const n = model.get("n");
    slider.value = n;
    output.textContent = words.sentence(n, double(n));
  }
  slider.addEventListener("input", () => {
    model.set("n", Number(slider.value));
    model.save_changes();
  });
  model.on("change:n", draw);
  draw();
  return () => model.off("change:n", draw);
}

export default { render };
