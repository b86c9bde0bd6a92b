// What mount.js and search.js find and leave on a page; read by the type checker only.

import type { Figure } from "../gearsbook/explorables/types.d.ts";

declare global {
  // the build writes both: addresses by name
  const MODULES: Record<string, string>;
  const FILES: Record<string, string>;

  // Sphinx's
  const Documentation: { TRANSLATIONS: Record<string, string> };
  const Search: { htmlToText(html: string, anchor: string): string };

  interface Window {
    gearsModule(name: string, style: string, define: () => Figure): void;
    gearsFile(name: string, text: string): Promise<void>;
  }
}
