// Brings the interactive figures of a page to life, each when it comes near the reader's eyes.
//
// A classic script that loads classic scripts, because a page opened from disk may not load
// modules and read no data: the build makes one of each figure's module and of each file that figures
// load when they are used, and writes their addresses above: MODULES and FILES.
(() => {
  /**
   * @typedef {import("../gearsbook/explorables/types.d.ts").Answer} Answer
   * @typedef {import("../gearsbook/explorables/types.d.ts").Figure} Figure
   * @typedef {import("../gearsbook/explorables/types.d.ts").Listener} Listener
   * @typedef {import("../gearsbook/explorables/types.d.ts").Model} Model
   */
  /**
   * @template T
   * @typedef {{ promise: Promise<T>, resolve: (it: T) => void, reject: (why: Error) => void }} Entry
   */

  /** @type {Record<string, (why: string) => string>} */
  const FAILED = {
    en: (why) => `The interactive figure could not be shown (${why}). The text above says what it shows.`,
    zh: (why) => `互动图没能显示（${why}）。上面的文字说明了它的内容。`,
  };
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = new URL(".", own.src);
  // by name: a promise, and how to keep it
  /** @type {Record<string, Entry<Figure>>} */
  const modules = {};
  /** @type {Record<string, Entry<ArrayBuffer>>} */
  const files = {};

  /** Called by a figure's script when it arrives. */
  window.gearsModule = (name, style, define) => {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      document.adoptedStyleSheets.push(sheet);
      modules[name].resolve(define());
    } catch (error) {
      modules[name].reject(/** @type {Error} */ (error));
    }
  };

  /** Called by a file's script when it arrives: its bytes are gzipped, in base64; gzip sees damage. */
  window.gearsFile = async (name, text) => {
    try {
      const zipped = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
      const bytes = new Blob([zipped]).stream().pipeThrough(new DecompressionStream("gzip"));
      files[name].resolve(await new Response(bytes).arrayBuffer());
    } catch {
      files[name].reject(new Error(`${name}.js is damaged`));
      delete files[name]; // the next use asks again
    }
  };

  /**
   * The promise of what the script at an address brings; one that failed is tried again.
   *
   * @template T
   * @param {Record<string, Entry<T>>} entries
   * @param {string} name
   * @param {string} address
   */
  function load(entries, name, address) {
    if (!entries[name]) {
      const entry = /** @type {Entry<T>} */ ({});
      entries[name] = entry;
      entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
      const script = document.createElement("script");
      script.src = new URL(address, folder).href;
      script.onerror = () => {
        delete entries[name];
        entry.reject(new Error(`${name}.js did not load`));
      };
      document.head.append(script);
    }
    return entries[name].promise;
  }

  /**
   * What a figure in JupyterLab has as its model, without the kernel behind it.
   *
   * @implements {Model}
   */
  class PageModel {
    #state;
    /** @type {Record<string, Set<Listener>>} */
    #listeners = {};

    /** @param {Record<string, unknown>} state */
    constructor(state) {
      this.#state = state;
    }

    /** @param {string} name */
    get(name) {
      return this.#state[name];
    }

    /**
     * @param {string} name
     * @param {unknown} value
     */
    set(name, value) {
      if (Object.is(this.#state[name], value)) return;
      this.#state[name] = value;
      this.#tell(`change:${name}`);
    }

    save_changes() {}

    /**
     * Answers a figure that asks for a file, as its Python class does in JupyterLab.
     *
     * @param {{ file: string }} content
     */
    send({ file }) {
      load(files, file, FILES[file]).then(
        (bytes) => this.#tell("msg:custom", { file }, [new DataView(bytes)]),
        (error) => this.#tell("msg:custom", { file, error: error.message }, []),
      );
    }

    /**
     * @param {string} event
     * @param {Listener} listener
     */
    on(event, listener) {
      this.#listeners[event] ??= new Set();
      this.#listeners[event].add(listener);
    }

    /**
     * @param {string} event
     * @param {Listener} listener
     */
    off(event, listener) {
      this.#listeners[event]?.delete(listener);
    }

    /**
     * @param {string} event
     * @param {[Answer, DataView[]] | []} what
     */
    #tell(event, ...what) {
      for (const listener of this.#listeners[event] ?? []) listener(.../** @type {[Answer, DataView[]]} */ (what));
    }
  }

  /** @param {HTMLElement} container */
  async function mount(container) {
    const stored = [...container.childNodes];
    try {
      const { state, figure } = /** @type {Record<string, string>} */ (container.dataset);
      const model = new PageModel(JSON.parse(state));
      const { render } = await load(modules, figure, MODULES[figure]);
      const el = document.createElement("div");
      container.replaceChildren(el);
      await render({ model, el });
    } catch (error) {
      const apology = document.createElement("p");
      apology.className = "gears-failure";
      apology.textContent = (FAILED[document.documentElement.lang.slice(0, 2)] ?? FAILED.en)(
        /** @type {Error} */ (error).message,
      );
      container.replaceChildren(...stored, apology);
    }
  }

  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        mount(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: "600px" },
  );
  for (const container of document.querySelectorAll(".gears-explorable")) near.observe(container);
})();
