// What a screen reader is told of a figure: what has changed, and no more often than one can listen to.

const REST = 1000; // milliseconds between two things told

/** @param {string} text */
const sentencesOf = (text) => text.split(/(?<=[.!?]) |(?<=[。！？])/);

/**
 * The sentences of a text that another one has not; all of it if it has only lost some.
 *
 * @param {string} before
 * @param {string} after
 */
export function changed(before, after) {
  const known = sentencesOf(before),
    fresh = sentencesOf(after).filter((one) => !known.includes(one));
  return fresh.length ? fresh.join(" ") : after;
}

/**
 * A place that screen readers read aloud. It is empty again after a while: what it says stands in the figure.
 *
 * `says` gets what the figure says now, `tell` what is told once; the last of each is told in any case.
 */
export function live() {
  const place = document.createElement("span");
  place.className = "told";
  place.role = "status";
  let once = "",
    now = "";
  /** @type {string | undefined} */
  let told;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function turn() {
    // what loads may be told before the figure has said anything
    const news = [once, told === undefined || now === told ? "" : changed(told, now)].filter(Boolean).join(" ");
    place.textContent = news;
    if (told !== undefined) told = now;
    once = "";
    timer = news ? setTimeout(turn, REST) : undefined;
  }
  return {
    place,
    /** @param {string} text */
    says(text) {
      told ??= text; // what it says first is read as the page is
      now = text;
      if (!timer && now !== told) turn();
    },
    /** @param {string} text */
    tell(text) {
      once = text;
      if (!timer) turn();
    },
    end: () => clearTimeout(timer),
  };
}
