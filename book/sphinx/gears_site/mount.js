// Brings the interactive figures of a page to life, each when it comes near the reader's eyes.
//
// A classic script that loads classic scripts, because a page opened from disk may not load
// modules: the build makes one of each figure's module, and writes MODULES, their addresses, above.
(() => {
  const FAILED = {
    en: (why) => `The interactive figure could not be shown (${why}). The text above says what it shows.`,
    zh: (why) => `互动图没能显示（${why}）。上面的文字说明了它的内容。`,
  };
  const folder = new URL(".", document.currentScript.src);
  const loading = {}; // by name: the promise of a module, and how to keep it

  /** Called by a figure's script when it arrives. */
  window.gearsModule = (name, style, define) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets.push(sheet);
      loading[name].resolve(define());
    } catch (error) {
      loading[name].reject(error);
    }
  };

  function load(name) {
    if (!loading[name]) {
      const entry = (loading[name] = {});
      entry.module = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      const script = document.createElement("script");
      script.src = new URL(MODULES[name], folder);
      script.onerror = () => entry.reject(new Error(`${name}.js did not load`));
      document.head.append(script);
    }
    return loading[name].module;
  }

  /** What a figure in JupyterLab has as its model, without the kernel behind it. */
  class Model {
    #state;
    #listeners = {};

    constructor(state) {
      this.#state = state;
    }

    get(name) {
      return this.#state[name];
    }

    set(name, value) {
      if (Object.is(this.#state[name], value)) return;
      this.#state[name] = value;
      for (const listener of this.#listeners[`change:${name}`] ?? []) listener();
    }

    save_changes() {}

    on(event, listener) {
      (this.#listeners[event] ??= new Set()).add(listener);
    }

    off(event, listener) {
      this.#listeners[event]?.delete(listener);
    }
  }

  async function mount(container) {
    const stored = [...container.childNodes];
    try {
      const model = new Model(JSON.parse(container.dataset.state));
      const { render } = await load(container.dataset.figure);
      const el = document.createElement("div");
      container.replaceChildren(el);
      await render({ model, el });
    } catch (error) {
      const apology = document.createElement("p");
      apology.className = "gears-failure";
      apology.textContent = (FAILED[document.documentElement.lang.slice(0, 2)] ?? FAILED.en)(error.message);
      container.replaceChildren(...stored, apology);
    }
  }

  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      mount(target);
    }
  }, { rootMargin: "600px" });
  for (const container of document.querySelectorAll(".gears-explorable")) near.observe(container);
})();
