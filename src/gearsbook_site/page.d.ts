// What mount.js and search.js find and leave on a page; read by the type checker only.

import type { Figure } from "../gearsbook/explorables/types.d.ts";

declare global {
  // the build writes both: addresses by name
  const MODULES: Record<string, string>;
  const FILES: Record<string, string>;

  interface Window {
    // pages are addresses and titles; words stand under the places they have in common
    findIn(index: { pages: [string, string][]; words: Record<string, string> }): void;
    gearsModule(name: string, style: string, define: () => Figure): void;
    gearsFile(name: string, text: string): Promise<void>;
  }
}
