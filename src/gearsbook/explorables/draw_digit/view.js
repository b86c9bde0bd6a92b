// The pad, what the network gets of it, its ten answers, and the hidden units that fire most.

import { button, check, choice, hide } from "../parts/controls.js";
import { element, figure, html } from "../parts/figure.js";
import { fileOf } from "../parts/files.js";
import { freehand } from "../parts/freehand.js";
import { keys } from "../parts/keys.js";
import { clamp } from "../parts/numbers.js";
import { past } from "../parts/past.js";
import { paint } from "../parts/picture.js";
import { signed, weighed } from "../parts/weighed.js";
import {
  addInk,
  addStroke,
  centre,
  gain,
  hiddenUnits,
  inkBox,
  largest,
  network,
  PIXELS,
  percent,
  picture,
  problem,
  SIDE,
  sawOf,
  sentence,
  shares,
  step,
  views,
} from "./compute.js";
import { WORDS } from "./words.js";

/** @import { Pair } from "../types.d.ts" */
/** @import { Network } from "./compute.js" */

const CELL = 10; // places that an arrow key moves the pen
const SHOWN = 6; // hidden units

/** Says something unless it stands there already: a text that is set is laid out. */
function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** A stroke as the d of a path. */
function outline(stroke) {
  const points = [];
  for (let at = 0; at < stroke.length; at += 2) points.push(`${stroke[at]} ${stroke[at + 1]}`);
  return `M${points.join("L")}${points.length < 2 ? "h.01" : ""}`;
}

const same = (a, b) => a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

/** What the six hidden units that fire most saw, once a reader opens it; returns what draws it. */
function sixUnits(words, open) {
  const six = Array.from({ length: SHOWN }, () => {
    const frame = element`<div class="frame" role="img">
      <canvas></canvas><svg viewBox="0 0 28 28"><text>+</text><text>−</text></svg></div>`;
    const [name, value] = [element`<p>\u00a0</p>`, element`<p>\u00a0</p>`];
    return { frame, name, value, box: element`<div class="unit">${frame}${name}${value}</div>` };
  });
  const pictures = element`<div class="six">${six.map(({ box }) => box)}</div>`,
    legend = element`<p class="legend"></p>`;
  const box = /** @type {HTMLDetailsElement} */ (
    element`<details class="units"><summary>${words.units}</summary>${pictures}${legend}</details>`
  );
  box.addEventListener("toggle", open);

  /**
   * @param {Network | null} net
   * @param {Uint8Array} [seen]
   * @param {number} [winner]
   */
  function draw(net, seen, winner = -1) {
    const isShown = Boolean(net && seen);
    box.classList.toggle("empty", !isShown);
    pictures.setAttribute("aria-hidden", String(!isShown));
    put(legend, isShown ? words.legend(winner) : net ? words.none : words.loading);
    if (!net || !seen || !box.open) return;
    const hidden = hiddenUnits(net, seen);
    const units = largest(hidden, SHOWN).map((unit) => ({ unit, saw: sawOf(net, unit, seen) }));
    const top = Math.max(...units.flatMap(({ saw }) => saw.map(Math.abs)), 1);
    units.forEach(({ unit, saw }, at) => {
      const { frame, name, value } = six[at];
      const colour = (part, pixel) => weighed(seen[pixel], part / (0.6 * top));
      paint(/** @type {HTMLCanvasElement} */ (frame.querySelector("canvas")), saw, 28, colour);
      const places = [Math.max(...saw), Math.min(...saw)]
        .map((part) => saw.indexOf(part))
        .map((p) => [Math.floor(p / 28), p % 28]);
      frame.querySelectorAll("text").forEach((mark, which) => {
        mark.setAttribute("x", String(places[which][1] + 0.5));
        mark.setAttribute("y", String(places[which][0] + 0.5));
      });
      const adds = signed(gain(net, hidden[unit], unit, winner));
      put(name, `${words.unit} ${unit}`);
      put(value, `${hidden[unit].toFixed(2)} → ${adds}`);
      frame.setAttribute("aria-label", words.tells(unit, hidden[unit].toFixed(2), adds, winner, ...places));
    });
  }
  return { box, draw };
}

function view(page) {
  const { el, words, output } = page,
    { samples } = page.state();
  // what Python answered last, and to what
  let { strokes: stored, answers: storedAnswers } = page.state();

  /** @type {Network | null} */
  let net = null;
  let loads = false;
  /** @type {string | null} */
  let failure = null;
  // the stroke that is being drawn, and those before it
  /** @type {number[] | null} */
  let live = null;
  /** @type {number[][]} */
  let before = [];
  /** @type {Pair} */
  let cell = [13, 13];
  let penIsDown = false,
    pointerIsDown = false;
  let pixels = picture([]),
    inked = [],
    later = 0;
  const { kept, back } = past(page, ["strokes"]);

  // ---- What the reader does

  const current = (state) => (live ? [...before, live] : state.strokes);
  const sampleOf = (strokes) => samples.findIndex(([, sample]) => same(sample, strokes));

  async function load() {
    if (net || loads) return;
    loads = true;
    failure = null;
    try {
      net = network(await fileOf(page.model, "recap"));
    } catch (error) {
      failure = /** @type {Error} */ (error).message;
    }
    loads = false;
    page.draw();
  }

  const replaced = (strokes) => (same(strokes, page.state().strokes) ? {} : kept({ strokes }));

  function begin(place) {
    const { strokes } = page.state();
    before = sampleOf(strokes) < 0 ? strokes : [];
    live = [...place];
    page.draw();
  }

  /** The stroke goes on to a place; in the picture at once, so a long one is not drawn anew. */
  function extend(place, least) {
    const [x, y] = place;
    const line = /** @type {number[]} */ (live); // a stroke has begun
    const [fromX, fromY] = line.slice(-2);
    if (Math.hypot(x - fromX, y - fromY) < least) return;
    line.push(x, y);
    addInk(pixels, fromX, fromY, x, y);
  }

  function end() {
    penIsDown = false;
    if (!live) return;
    const strokes = [...before, live];
    live = null;
    page.set(replaced(strokes));
  }

  function undo() {
    end();
    page.set(back());
  }

  function clear() {
    end();
    page.set(replaced([]));
  }

  /** A sample is shown while it is all that is drawn. */
  const bySample = {
    get(state) {
      const sample = sampleOf(current(state));
      return sample < 0 ? "" : sample;
    },
    set(sample) {
      end();
      return sample === "" ? {} : replaced(structuredClone(samples[sample][1]));
    },
  };

  // ---- What stands there

  const pad = element`<svg class="pad" viewBox="0 0 ${SIDE} ${SIDE}" tabindex="0" role="application"
    aria-label="${words.pad}"><text x="140" y="264" aria-hidden="true">${words.draw}</text>
    <rect class="box" rx="3"></rect><g></g>
    <rect class="pencil" width="${CELL}" height="${CELL}"></rect></svg>`;
  const [hint, box, ink, pencil] = pad.children;
  const seen = element`<canvas role="img"></canvas>`,
    answer = element`<span class="answer" aria-hidden="true"></span>`;
  const table = element`<table aria-label="${words.table}"><tbody></tbody></table>`;
  const rows = [..."0123456789"].map((digit) => {
    const row = element`<tr><th scope="row">${digit}</th>
      <td class="bar"><div></div><span class="number"></span></td></tr>`;
    table.firstElementChild?.append(row);
    return { row, number: row.querySelector(".number") };
  });
  const picker = choice(
    page,
    "sample",
    words.sample,
    [["", words.own], ...samples.map(([name], at) => [at, name])],
    bySample,
  );
  const way = element`<p class="way" hidden>${button("again", words.again, load)}</p>`,
    pen = element`<span class="pen"></span>`,
    caps = words.keys.split("`").map((text, at) => (at % 2 ? element`<span class="keycap">${text}</span>` : text)),
    units = sixUnits(words, () => {
      load();
      page.draw();
    });
  el.append(html`
    <div class="desk">
      <div class="drawn">
        ${pad}
        <div class="controls">${button("clear", words.clear, clear)} ${button("undo", words.undo, undo)}</div>
      </div>
      <div class="read">
        <div class="eye">
          <div class="frame">${seen}</div><p>${words.seen}</p><span aria-hidden="true">→</span>${answer}
        </div>
        ${table}
      </div>
    </div>
    <div class="controls">${picker} ${check(page, "prepared", words.prepared)}</div>
    ${output} ${way}
    <p class="note">${caps} ${pen}</p>
    ${units.box}`);
  picker.addEventListener("input", page.draw); // "your own" cannot be chosen: the list goes back

  const placeOf = (place) => place.map((part) => Math.round(SIDE * clamp(part, 0, 1)));

  freehand(pad, {
    begin(place) {
      end();
      pointerIsDown = true;
      begin(placeOf(place));
    },
    go(places) {
      for (const place of places) extend(placeOf(place), 4);
      page.draw();
    },
    end() {
      pointerIsDown = false;
      end();
    },
  });

  keys(page, pad, (key) => {
    if (pointerIsDown) return null;
    const place = () => [cell[1] * CELL + CELL / 2, cell[0] * CELL + CELL / 2],
      target = step(cell, key);
    if (target) {
      cell = target;
      if (penIsDown) {
        extend(place(), 1);
        page.draw();
      }
    } else if (key === " ") {
      if (penIsDown) end();
      else {
        penIsDown = true;
        begin(place());
      }
    } else if (key === "Enter") {
      if (!penIsDown) {
        begin(place());
        end();
      }
    } else if (key === "Escape") end();
    else if (key === "Backspace" || key === "Undo") undo();
    else return null;
    drawPencil();
    pen.textContent = words.pen(penIsDown, cell[0], cell[1]);
    page.tell(pen.textContent);
    return {};
  });
  pad.addEventListener("blur", () => {
    if (!pointerIsDown) end();
    drawPencil();
  });

  // ---- Drawing

  /** The picture of the strokes; those that are in it already cost nothing. */
  function pictureOf(strokes) {
    if (!inked.every((stroke, at) => stroke === strokes[at])) [pixels, inked] = [picture([]), []];
    for (const stroke of strokes.slice(inked.length)) addStroke(pixels, stroke);
    inked = strokes;
    return pixels;
  }

  function drawPad(strokes, around) {
    while (ink.children.length > strokes.length) ink.lastElementChild?.remove();
    strokes.forEach((stroke, at) => {
      const line = ink.children[at] ?? ink.appendChild(document.createElementNS(ink.namespaceURI, "path"));
      const d = outline(stroke);
      if (line.getAttribute("d") !== d) line.setAttribute("d", d);
    });
    const { top: y, left: x, height, width } = around ?? { top: 0, left: 0, height: 0, width: 0 };
    for (const [name, value] of Object.entries({ x, y, width, height }))
      box.setAttribute(name, String((value * SIDE) / PIXELS));
    drawPencil();
  }

  function drawPencil() {
    pencil.setAttribute("x", String(cell[1] * CELL));
    pencil.setAttribute("y", String(cell[0] * CELL));
    pencil.classList.toggle("down", penIsDown);
  }

  /** @param {Uint8Array} [image] */
  function drawSeen(image) {
    paint(/** @type {HTMLCanvasElement} */ (seen), image ?? new Uint8Array(784), 28);
    const { height, width } = (image && inkBox(image, 28)) ?? {};
    const text =
      image && height ? words.ink(height, width, ...centre(image, 28).map((x) => x.toFixed(1))) : words.noInk;
    seen.setAttribute("aria-label", words.seen + words.colon + text);
  }

  function draw(state) {
    const strokes = current(state),
      { prepared } = state,
      which = prepared ? 0 : 1;
    const image = pictureOf(strokes),
      both = strokes.length ? views(image) : [];
    if (state.answers !== storedAnswers) [stored, storedAnswers] = [state.strokes, state.answers];
    /** @type {number[][] | null} */
    let answers = null;
    if (!both.length) answers = [[], []];
    else if (net) {
      const known = net;
      answers = both.map((one) => shares(known, one));
    } else if (same(strokes, stored)) answers = storedAnswers;
    else if (!failure) load();

    hint.classList.toggle("gone", strokes.length > 0 && sampleOf(strokes) < 0);
    drawPad(strokes, prepared && both.length ? inkBox(image, PIXELS) : null);
    drawSeen(both[which]);
    const own = answers && both.length ? answers[which] : null,
      winner = own ? largest(own, 1)[0] : -1;
    put(answer, winner < 0 ? "?" : String(winner));
    rows.forEach(({ row, number }, digit) => {
      const share = own?.[digit] ?? 0;
      row.classList.toggle("winner", digit === winner);
      row.style.setProperty("--share", String(share / 10000));
      put(number, own ? percent(share) : "–");
    });
    hide(way, !failure || Boolean(answers), pad);
    cancelAnimationFrame(later);
    // while a stroke grows they would only flicker, and the answer comes first
    if (!live) later = requestAnimationFrame(() => setTimeout(units.draw, 0, net, both[which], winner));
    if (answers) return sentence(words, { strokes, prepared, answers });
    return failure ? words.failed(failure) : words.loading;
  }

  page.ends(() => cancelAnimationFrame(later));
  return draw;
}

export default figure({
  name: "draw-digit",
  reads: ["strokes", "prepared", "answers", "samples"],
  words: WORDS,
  problem,
  sentence,
  view,
});
