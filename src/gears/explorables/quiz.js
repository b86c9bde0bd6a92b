// Questions with an answer to every option, the wrong ones too.

/**
 * @typedef {object} State
 * @property {{ text: string, options: { text: string, right: boolean, feedback: string }[] }[]} questions
 * @property {number[]} chosen the place of an option for each, or -1
 */

const WORDS = {
  en: {
    question: (n) => `Question ${n}`,
    right: "Right.",
    wrong: "Not quite.",
    check: "Check",
    choose: "Choose an answer first.",
  },
  zh: { question: (n) => `第 ${n} 题`, right: "对。", wrong: "再想想。", check: "核对", choose: "先选一个答案。" },
};
let quizzes = 0; // radio buttons of the same name exclude each other on the whole page

/**
 * Text as HTML: special characters escaped, what stands in backquotes as code.
 *
 * @param {string} text
 */
export function code(text) {
  const escaped = text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return escaped.replace(/`([^`]+)`/g, "<code>$1</code>");
}

/**
 * What is wrong with a state, in a few words; null if nothing is.
 *
 * @param {State} state
 */
export function problem({ questions, chosen }) {
  if (!questions?.length) return "there is no question";
  if (chosen?.length !== questions.length) return "there is not one choice for each question";
  const known = (place, at) => Number.isInteger(place) && place >= -1 && place < questions[at].options.length;
  return chosen.every(known) ? null : `chosen is ${chosen}`;
}

function render({ model, el }) {
  const questions = model.get("questions");
  const wrong = problem({ questions, chosen: model.get("chosen") });
  if (wrong) throw new Error(wrong);

  const words = WORDS[model.get("language")];
  quizzes += 1;
  const group = (at) => `gears-quiz-${quizzes}-${at}`;
  el.classList.add("gears-figure", "quiz");
  el.innerHTML = questions
    .map(
      (question, at) => `
    <form><fieldset><legend><b>${words.question(at + 1)}</b> ${code(question.text)}</legend>
      ${question.options.map((option, place) => `<label><input type="radio" name="${group(at)}" value="${place}"> <span>${code(option.text)}</span></label>`).join("")}
      <button>${words.check}</button> <output></output></fieldset></form>`,
    )
    .join("");

  const forms = [...el.querySelectorAll("form")];
  for (const control of el.querySelectorAll("input, button")) {
    control.dataset.lmSuppressShortcuts = ""; // or JupyterLab takes the arrow keys
  }
  function draw() {
    model.get("chosen").forEach((place, at) => {
      const option = questions[at].options[place];
      const output = forms[at].querySelector("output");
      if (!option) {
        output.textContent = "";
        return;
      }
      forms[at].elements[group(at)].value = place;
      output.innerHTML = `<b>${option.right ? `✓ ${words.right}` : `✗ ${words.wrong}`}</b> ${code(option.feedback)}`;
      output.className = option.right ? "right" : "wrong";
    });
  }
  forms.forEach((form, at) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const picked = form.elements[group(at)].value;
      if (picked === "") {
        form.querySelector("output").textContent = words.choose;
        return;
      }
      model.set(
        "chosen",
        model.get("chosen").map((old, other) => (other === at ? Number(picked) : old)),
      );
      model.save_changes();
      draw(); // also when the same answer is checked again
    }),
  );
  model.on("change:chosen", draw);
  draw();
  return () => model.off("change:chosen", draw);
}

export default { render };
