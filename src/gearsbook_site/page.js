// The button back to the top: it shows while a reader who has left the header scrolls up. The theme
// brings Bootstrap for this, and for tooltips that a `title` gives, too.
(() => {
  const button = document.querySelector("#pst-back-to-top");
  if (!(button instanceof HTMLElement)) return;
  let last = 0;
  addEventListener("scroll", () => {
    button.style.display = scrollY < last && scrollY > 0 ? "block" : "none";
    last = scrollY;
  });
  button.addEventListener("click", () => scrollTo(0, 0));
})();

// The switch of the language leads to the same place of the page: what the address names, if it is on the screen, or
// else the section or the cell that is at the top of it.
(() => {
  const PLACES = "article section section[id], article .cell[id]";
  const place = () => {
    const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (asked) {
      const { top, bottom } = asked.getBoundingClientRect();
      if (top < innerHeight && bottom > 0) return asked.id;
    }
    if (scrollY === 0) return "";
    const top = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const passed = [...document.querySelectorAll(PLACES)].filter(
      (part) => part.getClientRects().length && part.getBoundingClientRect().top < top + 8,
    );
    return passed.at(-1)?.id ?? "";
  };
  for (const link of document.querySelectorAll("a.language-switch")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const keepPlace = () => {
      link.hash = place();
    };
    link.addEventListener("click", keepPlace);
    link.addEventListener("auxclick", keepPlace);
  }
})();

// An address that names a box leads into it.
(() => {
  const open = () => {
    const box = document.querySelector(":target > details.deeper");
    if (box instanceof HTMLDetailsElement) box.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();

// The glossary shows the terms that have what is typed in their names, in either language.
(() => {
  const field = document.querySelector(".glossary-filter input");
  if (!(field instanceof HTMLInputElement)) return;
  const count = /** @type {Element} */ (document.querySelector(".glossary-filter b"));
  const names = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("dl.glossary dt")]);
  const plain = (/** @type {string | null} */ text) => (text ?? "").normalize("NFKC").toLowerCase().trim();
  const filter = () => {
    const asked = plain(field.value);
    for (const name of names) {
      name.hidden = !plain(name.textContent).includes(asked);
      /** @type {HTMLElement} */ (name.nextElementSibling).hidden = name.hidden;
    }
    for (const letter of document.querySelectorAll("section:has(> dl.glossary)"))
      letter.toggleAttribute("hidden", !letter.querySelector("dt:not([hidden])"));
    count.textContent = String(names.filter((name) => !name.hidden).length);
  };
  field.addEventListener("input", filter);
  addEventListener("hashchange", () => {
    const asked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!asked?.closest("[hidden]")) return;
    field.value = ""; // who follows an address wants to get there
    filter();
    asked.scrollIntoView();
  });
})();

// A formula is copied as its TeX, once: the page has it twice, for eyes and for screen readers, and neither reads well
// as text.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection?.rangeCount || !event.clipboardData) return;
  const range = selection.getRangeAt(0).cloneRange();
  const formulaAt = (/** @type {Node} */ node) =>
    (node instanceof Element ? node : node.parentElement)?.closest(".katex-display, .katex");
  const first = formulaAt(range.startContainer);
  const last = formulaAt(range.endContainer);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const copy = document.createElement("div");
  copy.append(range.cloneContents());
  const formulas = copy.querySelectorAll(".katex-display, :not(.katex-display) > .katex");
  if (!formulas.length) return;
  for (const formula of formulas) {
    const mark = formula.matches(".katex-display") ? "$$" : "$";
    const tex = formula.querySelector("annotation")?.textContent?.trim().replace(/\s+/g, " ");
    formula.replaceWith(mark + tex + mark);
  }
  document.querySelector("article")?.append(copy); // only what is on the page knows its lines
  // biome-ignore lint/performance/useDomNodeTextContent: a copy has the lines that the reader sees
  event.clipboardData.setData("text/plain", copy.innerText);
  event.clipboardData.setData("text/html", copy.innerHTML);
  copy.remove();
  event.preventDefault();
});

// A browser shows what a page on disk would download, and a notebook is not for reading: it lies beside the page.
if (location.protocol === "file:") for (const link of document.querySelectorAll("a[download]")) link.remove();
