// Runs in the browser that prints the book, on a page of the site: makes one document of all pages.

/**
 * @typedef {{ address: string, depth: number }} Page its depth is that of its chapter in the contents
 * @typedef {Record<"answers" | "contents" | "end" | "quiz" | "reasons" | "solution", string> & { cover: string[] }} Words
 */

/**
 * The one element that a selector finds.
 *
 * @param {ParentNode} where
 * @param {string} selector
 */
function one(where, selector) {
  return /** @type {HTMLElement} */ (where.querySelector(selector));
}

/**
 * The elements that a selector finds.
 *
 * @param {ParentNode} where
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
function every(where, selector) {
  return where.querySelectorAll(selector);
}

/**
 * The whole book as one page's HTML: cover, contents, every page, answers.
 *
 * @param {{ pages: Page[], words: Words, style: string, title: string }} what
 */
async function assemble({ pages, words, style, title }) {
  /** @type {(address: string) => Promise<HTMLElement>} */
  const read = async (address) => {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    return one(page, "article");
  };
  const articles = await Promise.all(pages.map(({ address }) => read(address)));
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { id } of articles.flatMap((article) => [...every(article, "[id]")])) {
    counts[id] = (counts[id] ?? 0) + 1;
  }
  const addresses = new Set(pages.map(({ address }) => address));
  /** @type {(address: string, id: string) => string} */
  const unique = (address, id) => (counts[id] > 1 ? `${address}:${id}` : id);
  /** @type {(name: string, attributes?: Record<string, string>, ...children: (Node | string)[]) => HTMLElement} */
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  /** @type {(id: string, text: string) => HTMLElement} */
  const link = (id, text) => make("a", { href: `#${id}` }, text);
  /** @type {(id: string) => HTMLElement} */
  const pageOf = (id) => make("span", { "data-page-of": id }, "000");

  /**
   * @param {HTMLElement} article
   * @param {Page} page
   */
  function rewrite(article, { address, depth }) {
    const here = new URL(address, location.href);
    for (const element of article.querySelectorAll("[id]")) element.id = unique(address, element.id);
    for (const element of article.querySelectorAll("[href]")) {
      const target = new URL(/** @type {string} */ (element.getAttribute("href")), here);
      if (target.origin !== location.origin) continue;
      const to = decodeURI(target.pathname.slice(new URL(".", location.href).pathname.length));
      if (!addresses.has(to))
        element.removeAttribute("href"); // a file to download, the search
      else element.setAttribute("href", `#${target.hash ? unique(to, decodeURIComponent(target.hash.slice(1))) : to}`);
    }
    for (const image of article.querySelectorAll("[src]")) {
      image.setAttribute("src", new URL(/** @type {string} */ (image.getAttribute("src")), here).pathname);
      image.removeAttribute("loading");
    }
    for (const useless of article.querySelectorAll(".headerlink, script, .bodies")) useless.remove();
    for (const heading of [...article.querySelectorAll("h1, h2, h3, h4, h5")]) {
      const level = Number(heading.tagName[1]);
      heading.replaceWith(make(`h${level + depth}`, { class: `level-${level}` }, ...heading.childNodes));
    }
    for (const figure of every(article, ".gears-explorable")) figure.dataset.words = figure.textContent.trim();
    return make(
      "article",
      { class: "bd-article", id: address, style: `page: ${pageName(address)}` },
      ...article.childNodes,
    );
  }

  /**
   * Takes a page's solutions and answers out, and leaves links to them; null if it has none.
   *
   * @param {HTMLElement} article
   * @param {Page} page
   */
  function answers(article, { address }) {
    const section = make("section", { id: `answers:${address}` });
    section.append(make("h2", { class: "level-2" }, link(address, one(article, ".level-1").textContent)));
    for (const [at, solution] of [...article.querySelectorAll(".tag_solution")].entries()) {
      const id = `answers:${address}:${at + 1}`;
      solution.previousElementSibling?.querySelector(".cell_output")?.remove(); // says that nothing is solved yet
      solution.replaceWith(make("p", { class: "answered" }, link(id, words.solution), pageOf(id), words.end));
      section.append(make("div", { class: "answer", id }, ...solution.querySelectorAll(".cell_input")));
    }
    for (const quiz of article.querySelectorAll('[data-figure="quiz"]')) {
      const id = `answers:${address}:quiz`;
      const told = make("ol", { class: "answer", id });
      const asked = make("ol", { class: "quiz" });
      for (const question of quiz.querySelectorAll(":scope > p")) {
        const options = make("ol"),
          feedback = make("ol");
        for (const details of /** @type {Element} */ (question.nextElementSibling).querySelectorAll("details")) {
          const [summary, ...rest] = details.childNodes;
          options.append(make("li", {}, ...summary.childNodes));
          feedback.append(make("li", {}, ...rest));
        }
        asked.append(make("li", {}, ...question.childNodes, options));
        told.append(make("li", {}, feedback));
      }
      quiz.replaceWith(asked, make("p", { class: "answered" }, link(id, words.reasons), pageOf(id), words.end));
      section.append(make("p", {}, make("strong", {}, words.quiz)), told);
    }
    return section.childElementCount > 1 ? section : null;
  }

  /** @type {(address: string) => string} */
  const pageName = (address) => `p${pages.findIndex((page) => page.address === address)}`;
  const body = articles.map((article, at) => rewrite(article, pages[at]));
  const back = make(
    "article",
    { class: "bd-article answers", id: "answers", style: "page: answers" },
    make("h1", { class: "level-1" }, words.answers),
    ...body.flatMap((article, at) => answers(article, pages[at]) ?? []),
  );
  for (const details of body.flatMap((article) => [...article.querySelectorAll("details")])) details.open = true;
  for (const image of body.flatMap((article) => [...article.querySelectorAll("img")])) image.loading = "eager";

  const titles = body.map((article) => one(article, ".level-1").textContent);
  /** @type {(id: string, text: string, depth: number) => HTMLElement} */
  const entry = (id, text, depth) =>
    make("li", { class: `depth-${depth}` }, link(id, text), make("span", { class: "dots" }), pageOf(id));
  const contents = make(
    "nav",
    { class: "bd-article all-pages" },
    make("p", { class: "title" }, words.contents),
    make(
      "ol",
      {},
      ...pages.map(({ address, depth }, at) => entry(address, titles[at], depth)),
      entry("answers", words.answers, 0),
    ),
  );
  const cover = make(
    "header",
    { class: "bd-article cover" },
    make("p", { class: "title" }, titles[0]),
    ...words.cover.map((line) => make("p", {}, line)),
  );

  // running heads: the chapter on the left, the page's own title on the right
  /** @type {(words: string) => string} */
  const text = (words) => JSON.stringify(words).replaceAll("<", "\\3c ");
  let chapter = "";
  const heads = pages.map(({ depth, address }, at) => {
    if (!depth) chapter = titles[at];
    const left = depth ? `@top-left { content: ${text(chapter)}; }` : "";
    return `@page ${pageName(address)} { ${left} @top-right { content: ${text(titles[at])}; } }`;
  });
  heads.push(`@page answers { @top-right { content: ${text(words.answers)}; } }`);

  const sheet = one(document, 'link[rel="stylesheet"]').outerHTML;
  const own = /** @type {HTMLScriptElement} */ ([...document.scripts].find(({ src }) => src.includes("/book.")));
  const script = own.getAttribute("src");
  const { lang } = document.documentElement;
  return `<!DOCTYPE html><html lang="${lang}" data-theme="light" data-mode="light" data-content_root="./"><head><meta charset="utf-8">
    <title>${title}</title>${sheet}<style>${style}${heads.join("\n")}</style></head>
    <body data-default-mode="light">${[cover, contents, ...body, back].map((part) => part.outerHTML).join("\n")}
    <script src="${script}"></script></body></html>`;
}

/** Says of every figure in words what it shows, unless the figure itself does. */
function describe() {
  for (const figure of every(document, ".gears-explorable")) {
    const said = [...figure.querySelectorAll("output")].some((output) => output.textContent.trim());
    if (!said) {
      const words = document.createElement("p");
      words.className = "gears-words";
      words.textContent = figure.dataset.words ?? "";
      figure.append(words);
    }
  }
}

/** Makes smaller what would be cut at its box's edge or the paper's; returns what still would be. */
function fit() {
  const all = () => [...every(document, "article :not(span.math, .katex *, svg *)")];
  /** @type {(element: HTMLElement) => string} */
  const name = (element) =>
    `${element.closest("article")?.id}: ${element.tagName} .${element.className}: ${element.textContent.trim().slice(0, 60)}`;
  /** @type {(element: HTMLElement) => boolean} */
  const isCut = (element) =>
    ["auto", "scroll"].includes(getComputedStyle(element).overflowX) &&
    element.clientWidth > 1 &&
    element.scrollWidth > element.clientWidth + 1;
  for (const element of all().filter(isCut))
    element.style.zoom = String((0.995 * element.clientWidth) / element.scrollWidth);
  const edge = one(document, "article").getBoundingClientRect().right + 1;
  /** @type {(element: HTMLElement) => boolean} */
  const isOver = (element) => element.getBoundingClientRect().right > edge && element.getBoundingClientRect().width > 1;
  return all()
    .filter((element) => isCut(element) || isOver(element))
    .map(name);
}

/**
 * Writes page numbers, by id, wherever the document wants one.
 *
 * @param {Record<string, number>} pages
 */
function number(pages) {
  for (const place of every(document, "[data-page-of]")) {
    place.textContent = String(pages[/** @type {string} */ (place.dataset.pageOf)] ?? "");
  }
}
