// Data that a figure loads when it is first used: files/NAME.bin.

/** @import { Listener, Model } from "../types.d.ts" */

/** @type {WeakMap<Model, Record<string, Promise<Uint8Array>>>} */
const askedFor = new WeakMap(); // by model: a promise of each file
const PATIENCE = 60_000; // milliseconds: a kernel that was restarted never answers

/**
 * The bytes of a file; rejects with an Error that names it.
 *
 * @param {Model} model
 * @param {string} name
 */
export function fileOf(model, name) {
  const promises = askedFor.get(model) ?? {};
  askedFor.set(model, promises);
  promises[name] ??= new Promise((resolve, reject) => {
    /** @type {Listener} */
    const hear = (content, buffers) => {
      if (content.file !== name) return;
      if (content.error) return fail(content.error);
      stop();
      const { buffer, byteOffset, byteLength } = buffers[0];
      resolve(new Uint8Array(buffer, byteOffset, byteLength));
    };
    const stop = () => {
      clearTimeout(waiting);
      model.off("msg:custom", hear);
    };
    /** @param {string} why */
    const fail = (why) => {
      stop();
      delete promises[name]; // the next use asks again
      reject(new Error(why));
    };
    const waiting = setTimeout(() => fail(`${name}: no answer for a minute`), PATIENCE);
    model.on("msg:custom", hear);
    model.send({ file: name });
  });
  return promises[name];
}
