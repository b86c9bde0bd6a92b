// What the search shows: Sphinx's excerpts begin with the tools of a page and repeat its title, and where it finds
// nothing it speaks of categories, which a book has none of.

/** @type {Record<string, string>} */
const NOTHING_FOUND = {
  en: "No page has these words. Try fewer of them, or others.",
  zh: "没有哪一页有这些词。换一个词，或者少写几个再试。",
};

Documentation.TRANSLATIONS[
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've " +
    "selected enough categories."
] = NOTHING_FOUND[document.documentElement.lang.slice(0, 2)];

Search.htmlToText = (html, anchor) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const text = page.getElementById(anchor.slice(1)) ?? page.querySelector("article");
  for (const part of text?.querySelectorAll("script, style, .headerlink") ?? []) part.remove();
  text?.querySelector("h1, h2, h3, h4, h5, h6")?.remove(); // it is the link above
  return text?.textContent?.replace(/\s+/g, " ").trim() ?? "";
};
