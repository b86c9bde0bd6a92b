// A form for each question, with what is said to the option chosen.

import { element, figure, html } from "../parts/figure.js";
import { pieces, problem, sentence } from "./compute.js";
import { WORDS } from "./words.js";

/** A text with its code. */
const marked = (text) => pieces(text).map((piece, at) => (at % 2 ? html`<code>${piece}</code>` : piece));

function asked(page, { text, options }, at) {
  const { words } = page,
    output = element`<output></output>`;
  const labels = options.map(
    (option, place) =>
      html`<label><input type="radio" name="answer" value="${place}"> <span>${marked(option.text)}</span></label>`,
  );
  const form = /** @type {HTMLFormElement} */ (
    element`
    <form><fieldset><legend><b>${words.question(at + 1)}</b> ${marked(text)}</legend>
      ${labels}
      <button>${words.check}</button> ${output}</fieldset></form>`
  );

  function say({ chosen }) {
    const option = options[chosen[at]];
    if (!option) return output.replaceChildren();
    form.querySelectorAll("input")[chosen[at]].checked = true;
    output.className = option.right ? "right" : "wrong";
    const verdict = option.right ? `✓ ${words.right}` : `✗ ${words.wrong}`;
    output.replaceChildren(html`<b>${verdict}</b> ${marked(option.feedback)}`);
  }
  page.shows(say);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const answer = new FormData(form).get("answer"),
      { chosen } = page.state();
    if (answer === null) output.textContent = words.choose;
    else if (chosen[at] === Number(answer))
      say({ chosen }); // is announced again
    else page.set({ chosen: Object.assign([...chosen], { [at]: Number(answer) }) });
  });
  return form;
}

function view(page) {
  page.el.append(...page.state().questions.map((question, at) => asked(page, question, at)));
}

export default figure({ name: "quiz", reads: ["questions", "chosen"], words: WORDS, problem, sentence, view });
