// Twice a number, by slider.

const WORDS = {
  en: { number: "Number", sentence: (n, twice) => `Twice ${n} is ${twice}.` },
  zh: { number: "数", sentence: (n, twice) => `${n} 的两倍是 ${twice}。` },
};

// ---- Computing -------------------------------------------------------------------------------

export function double(n) {
  return 2 * n;
}

/** What is wrong with a state, in a few words; null if nothing is. */
export function problem({ n }) {
  return Number.isInteger(n) && n >= 0 && n <= 10 ? null : `n is ${n}, not 0 to 10`;
}

// ---- Drawing ---------------------------------------------------------------------------------

function render({ model, el }) {
  const wrong = problem({ n: model.get("n") });
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  el.classList.add("gears-figure");
  el.innerHTML = `
    <div class="controls"><label>${words.number} <input type="range" min="0" max="10"></label></div>
    <output></output>`;
  const slider = el.querySelector("input");
  slider.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys

  function draw() {
    const n = model.get("n");
    slider.value = n;
    el.querySelector("output").textContent = words.sentence(n, double(n));
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
