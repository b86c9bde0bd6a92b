// The search page: finds the words of a query in the index that search.py has made, and shows where they stand.
(() => {
  const TEXTS = {
    en: {
      ask: "Type what you look for: a word, a number, a shape such as (60000, 28, 28), a name such as np.stack.",
      heading: "Search results",
      found: (/** @type {number} */ n) => `Found on ${n} ${n === 1 ? "page" : "pages"}.`,
      nothing: "No page has these words. Try fewer of them, or others.",
    },
    zh: {
      ask: "输入要找的内容：词、数、形状（例如 (60000, 28, 28)）或者名字（例如 np.stack）。",
      heading: "搜索结果",
      found: (/** @type {number} */ n) => `找到 ${n} 页。`,
      nothing: "没有哪一页有这些词。换一个词，或者少写几个再试。",
    },
  };
  const EXCERPT = 240;
  const HEADINGS = "h1, h2, h3, h4, h5, h6";

  // as in search.py
  const HAN = "\\u3400-\\u9fff";
  const LETTER =
    "A-Za-z0-9_\\u00b2\\u00b3\\u00b9\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0370-\\u03ff\\u2070-\\u209c";
  const THOUSANDS = /(?<=\d)[,_\u00a0\u202f](?=\d{3}(?!\d))/g;
  const WORD = new RegExp(
    [
      `(?<han>[${HAN}]+)`,
      `(?<shape>\\((?:[${LETTER}]+,\\s*)+[${LETTER}]*\\))`,
      "(?<slice>\\[[^\\]\\[\\n]{0,20}:[^\\]\\[\\n]{0,20}\\])",
      "(?<number>\\d+\\.\\d+(?:e[-+]?\\d+)?|\\d+e[-+]?\\d+)",
      `(?<name>[${LETTER}]+(?:\\.[A-Za-z_][${LETTER}]*)*)`,
      "(?<operator>[-+*/%@<>=!&|^~]+)",
    ].join("|"),
    "g",
  );
  const ENDING = /(?:ices|ix|ex|is|ations?|ings?|ed|es|e|s|ly)$/; // so that matrix finds matrices

  /** @typedef {Map<number, number>} Pages what a word counts for, by the number of a page */
  /** @typedef {{ pages: Pages, texts: string[] }} Found a word of the query, and how pages write it */

  /** @param {Record<string, string>} groups @returns {Map<string, Pages>} */
  function wordsOf(groups) {
    const words = new Map();
    for (const [places, those] of Object.entries(groups)) {
      const pages = new Map(places.split(",").map((place) => [Math.floor(+place / 10), (+place % 10) + 1]));
      for (const word of those.split(" ")) words.set(word, pages);
    }
    return words;
  }

  /**
   * The words of a query that the book has, the rarest first.
   *
   * @param {string} query
   * @param {Map<string, Pages>} index
   * @returns {Found[]}
   */
  function look(query, index) {
    /** @param {string[]} texts words of the index @param {string} word @returns {Found} */
    const either = (texts, word) => {
      /** @type {Pages} */
      const pages = new Map();
      for (const text of texts) {
        for (const [page, weight] of index.get(text) ?? [])
          pages.set(page, Math.max(pages.get(page) ?? 0, text === word ? weight : 0.9 * weight));
      }
      return { pages, texts };
    };
    const containing = (/** @type {string} */ word) =>
      either(
        [...index.keys()].filter((other) => other.includes(word)),
        word,
      );
    const one = (/** @type {string} */ word) => {
      const root = /^[a-z]+$/.test(word) ? word.replace(ENDING, "") : "";
      const same = (/** @type {string} */ other) =>
        other === word || (root.length > 1 && other.startsWith(root) && other.replace(ENDING, "") === root);
      const found = either([...index.keys()].filter(same), word);
      return found.texts.length ? found : containing(word);
    };
    /** Pages with all pairs of a run of Han characters; if there are none, those with most. */
    const han = (/** @type {string} */ run) => {
      if (run.length < 2) return containing(run);
      const pairs = Array.from(run.slice(1), (second, i) => run[i] + second);
      /** @type {Pages[]} */
      const each = pairs.map((pair) => index.get(pair) ?? new Map());
      const numbers = [...new Set(each.flatMap((pages) => [...pages.keys()]))];
      const has = (/** @type {number} */ page) => each.filter((pages) => pages.has(page)).length;
      const most = Math.max(0, ...numbers.map(has));
      const enough = most === pairs.length ? most : Math.max(1, most / 2);
      const weight = (/** @type {number} */ page) =>
        each.reduce((sum, pages) => sum + (pages.get(page) ?? 0), 0) / pairs.length;
      const pages = new Map(numbers.filter((page) => has(page) >= enough).map((page) => [page, weight(page)]));
      return { pages, texts: [run, ...pairs] };
    };
    /** @param {string} text @returns {Found[]} */
    const all = (text) =>
      [...text.matchAll(WORD)].flatMap(([word, ...kinds]) => {
        const [isHan, isShape, isSlice] = kinds;
        if (isHan) return [han(word)];
        const whole = word.replace(/\s/g, "").replace(/^numpy\./, "np.");
        if (index.has(whole)) return [one(whole)];
        if (isShape || isSlice) return all(word.slice(1, -1));
        return whole.includes(".") && !/^\d/.test(whole) ? all(whole.replaceAll(".", " ")) : [one(whole)];
      });
    const asWritten = query
      .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)) // of Chinese keyboards
      .toLowerCase()
      .replaceAll("−", "-")
      .replace(/(?<=\d)x(?=\d)/g, "×");
    const together = all(asWritten.replace(THOUSANDS, "").replace(/(?<=\d) (?=\d{3}(?!\d))/g, ""));
    const found = together.every(({ pages }) => pages.size) ? together : all(asWritten);
    return found.filter(({ pages }) => pages.size).sort((a, b) => a.pages.size - b.pages.size);
  }

  /** The numbers of the pages that have all words, or else any of them; the best comes first. */
  function ranked(/** @type {Found[]} */ found, /** @type {number} */ count) {
    const score = (/** @type {number} */ page) =>
      found.reduce((sum, { pages }) => sum + (pages.get(page) ?? 0) * Math.log2(1 + count / pages.size), 0);
    const numbers = Array.from({ length: count }, (_, page) => page);
    const withAny = numbers.filter((page) => found.some(({ pages }) => pages.has(page)));
    const withAll = withAny.filter((page) => found.every(({ pages }) => pages.has(page)));
    return (withAll.length ? withAll : withAny).sort((a, b) => score(b) - score(a));
  }

  /** Where a word of the index may stand in a text. */
  function pattern(/** @type {string} */ word) {
    const gap = /^\d+$/.test(word) ? "[,_\\u00a0\\u202f]?" : "\\s*";
    const letters = Array.from(word, (letter) => letter.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"));
    const body = /^[\d([]/.test(word) ? letters.join(gap) : letters.join("");
    return new RegExp(`${/^\w/.test(word) ? "(?<![\\w])" : ""}${body}${/\w$/.test(word) ? "(?!\\w)" : ""}`, "i");
  }

  /** The section of a page that has most of the words, and where in it the rarest of them stands. */
  function best(/** @type {Element} */ article, /** @type {Found[]} */ found) {
    for (const part of article.querySelectorAll("script, style, .headerlink, .katex-html, annotation, .hide > summary"))
      part.remove();
    const sections = [article, ...article.querySelectorAll("section[id]")].reverse().map((section) => {
      const title = section.querySelector(HEADINGS);
      title?.remove(); // it is the link above
      section.remove();
      const text = section.textContent?.replace(/\s+/g, " ").trim() ?? "";
      const heading = title?.textContent?.trim() ?? "";
      const places = found.map(({ texts }) => texts.map((word) => text.search(pattern(word))).find((at) => at >= 0));
      const named = found.filter(({ texts }) => texts.some((word) => pattern(word).test(heading))).length;
      const here = places.filter((place) => place !== undefined);
      return { id: section.id, heading, text, at: here[0] ?? 0, has: here.length + 2 * named };
    });
    return sections.reduceRight((first, other) => (other.has > first.has ? other : first));
  }

  /** @param {HTMLAnchorElement} link @param {string} title @param {Found[]} found */
  async function showWhere(link, title, found) {
    const page = await (await fetch(link.href)).text();
    const article = new DOMParser().parseFromString(page, "text/html").querySelector("article");
    if (!article) return;
    const { id, heading, text, at } = best(article, found);
    if (id && heading !== title) {
      link.hash = id;
      link.textContent = `${title} > ${heading}`;
    }
    const begin = Math.max(0, at - EXCERPT / 2);
    let excerpt = text.slice(begin, begin + EXCERPT);
    if (begin) excerpt = excerpt.replace(/^\w+/, ""); // most often a part of a word
    excerpt = excerpt.trim();
    link.after(made("p", "context", `${begin ? "…" : ""}${excerpt}${begin + EXCERPT < text.length ? "…" : ""}`));
  }

  /** @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {string} style @param {string} text */
  function made(tag, style, text) {
    const element = document.createElement(tag);
    element.className = style;
    element.textContent = text;
    return element;
  }

  const query = new URLSearchParams(location.search).get("q")?.trim() ?? "";
  for (const field of document.querySelectorAll("input[name=q]"))
    if (field instanceof HTMLInputElement) field.value = query;

  window.findIn = ({ pages, words }) => {
    const results = document.querySelector("#search-results");
    const texts = TEXTS[document.documentElement.lang.startsWith("zh") ? "zh" : "en"];
    if (!query) {
      results?.append(made("p", "search-summary", texts.ask));
      return;
    }
    const found = look(query, wordsOf(words));
    const numbers = ranked(found, pages.length);
    const list = made("ul", "found", "");
    const saying = made("p", "search-summary", numbers.length ? texts.found(numbers.length) : texts.nothing);
    results?.append(made("h2", "", texts.heading), saying, list);
    localStorage.setItem("sphinx_highlight_terms", found.flatMap(({ texts }) => texts[0]).join(" "));
    for (const number of numbers) {
      const [address, title] = pages[number];
      const link = made("a", "", title);
      link.href = address;
      const item = made("li", "", "");
      item.append(link);
      list.append(item);
      if (location.protocol !== "file:") void showWhere(link, title, found); // a page on disk may read no other
    }
  };
})();
