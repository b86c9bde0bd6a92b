// What figures and those who show them agree on; read by the type checker only.

export type Language = "en" | "zh";

/** A figure's state, by name: JupyterLab's, with Python behind it, or a page's, with nothing behind it. */
export interface Model {
  get(name: string): any; // what it holds, the figure's own typedef says
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: { file: string }): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
}

/** Gets what came with an event: nothing, or an answer and its bytes. */
export type Listener = (content: Answer, buffers: DataView[]) => void;

export interface Answer {
  file: string;
  error?: string;
}

/** What a module exports: draws a figure, and returns what ends it. */
export interface Figure {
  render(into: { model: Model; el: HTMLElement }): (() => void) | void;
}

/** A place in a plane, or a part of one. */
export type Pair = [number, number];
