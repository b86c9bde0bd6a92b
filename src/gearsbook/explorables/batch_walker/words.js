// What the figure says.

import { grouped } from "../parts/numbers.js";

export const WORDS = {
  en: {
    size: "Batch size",
    n: "Batch n",
    halve: "Halve",
    double: "Double",
    first: "First",
    previous: "Previous",
    next: "Next",
    last: "Last",
    strip: "All samples; the arrow keys go from batch to batch",
    axis: "axis 0: samples",
    digits: (few, drawn) =>
      `The same ${few} digits over and over stand for all samples${drawn ? `; drawn: ${grouped(drawn)}` : ""}.`,
    cut: ({ samples, size, batches, rest }) =>
      `${grouped(samples)} samples in batches of ${grouped(size)}: ` +
      (batches === 1
        ? "1 batch. "
        : `${grouped(batches)} batches, ${rest ? `the last of ${grouped(rest)}` : "all full"}. `),
    batch: ({ n, slice, shape }) => `n\u00a0=\u00a0${n}: ${slice}, shape ${shape}.`,
    over: (asked) => ` The slice goes up to ${grouped(asked)}; NumPy stops at the end, without an error.`,
    after: (next) => ` n\u00a0=\u00a0${next} would be empty: shape (0, 28, 28).`,
  },
  zh: {
    size: "批量大小",
    n: "批量 n",
    halve: "减半",
    double: "加倍",
    first: "第一批",
    previous: "上一批",
    next: "下一批",
    last: "最后一批",
    strip: "全部样本，方向键逐批移动",
    axis: "轴 0：样本",
    digits: (few, drawn) => `小图只有 ${few} 张，循环代替全部样本${drawn ? `；画出 ${grouped(drawn)} 张` : ""}。`,
    cut: ({ samples, size, batches, rest }) =>
      `${grouped(samples)} 个样本，每批 ${grouped(size)} 个，共 ${grouped(batches)} 批` +
      `${batches > 1 ? (rest ? `，最后一批 ${grouped(rest)} 个` : "，全是整批") : ""}。`,
    batch: ({ n, slice, shape }) => `n\u00a0=\u00a0${n}：${slice}，形状 ${shape}。`,
    over: (asked) => `切片写到 ${grouped(asked)}，NumPy 取到末尾为止，不报错。`,
    after: (next) => `n\u00a0=\u00a0${next} 就是空的了：形状 (0, 28, 28)。`,
  },
};
