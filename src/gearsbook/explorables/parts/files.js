// Data that a figure loads when it is first used: files/NAME.bin.

/** @import { Listener, Model } from "../types.d.ts" */

/** @type {WeakMap<Model, Record<string, Promise<Uint8Array>>>} */
const askedFor = new WeakMap(); // by model: a promise of each file

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
      model.off("msg:custom", hear);
      if (content.error) {
        delete promises[name]; // the next use asks again
        return reject(new Error(content.error));
      }
      const { buffer, byteOffset, byteLength } = buffers[0];
      resolve(new Uint8Array(buffer, byteOffset, byteLength));
    };
    model.on("msg:custom", hear);
    model.send({ file: name });
  });
  return promises[name];
}
