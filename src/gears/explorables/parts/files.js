// Data that a figure loads when it is first used: files/NAME.bin.

const askedFor = new WeakMap(); // by model: a promise of each file

/** The bytes of a file; rejects with an Error that names it. */
export function fileOf(model, name) {
  if (!askedFor.has(model)) askedFor.set(model, {});
  const promises = askedFor.get(model);
  promises[name] ??= new Promise((resolve, reject) => {
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
