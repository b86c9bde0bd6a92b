// A button for each option, and what is said to the one that is pressed.

import { path, pressable } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { pieces, problem, score, sentence, verdict } from "./compute.js";
import { WORDS } from "./words.js";

/** A text with its code. */
const marked = (text) => pieces(text).map((piece, at) => (at % 2 ? html`<code>${piece}</code>` : piece));

function asked(page, { text, options }, at) {
  const { words } = page,
    { get, set } = path(`chosen.${at}`),
    output = element`<output></output>`;
  const answers = options.map((option, place) =>
    pressable(
      page,
      "answer",
      html`<span>${marked(option.text)}</span>`,
      (state) => get(state) === place,
      (state) => set(place, state),
    ),
  );
  const question = element`
    <fieldset><legend><b>${words.question(at + 1)}</b> ${marked(text)}</legend>${answers}${output}</fieldset>`;
  let said;
  page.shows((state) => {
    const option = options[get(state)];
    if (option === said) return; // or it would be announced with each answer to another question
    said = option;
    question.className = option ? (option.right ? "right" : "wrong") : "";
    output.replaceChildren(option ? html`<b>${verdict(words, option)}</b> ${marked(option.feedback)}` : "");
  });
  return question;
}

function view(page) {
  page.el.append(...page.state().questions.map((question, at) => asked(page, question, at)), page.output);
  return (state) => score(page.words, state);
}

export default figure({ name: "quiz", reads: ["questions", "chosen"], words: WORDS, problem, sentence, view });
