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
    axis: (drawn) => `axis 0: samples${drawn ? ", cut into batches" : "; too many batches to draw each"}`,
    lens: "Enlarged: each batch, its n, and its first index",
    cut(s) {
      const full = s.batches > 1 ? "all of them full" : "a full one";
      return (
        `${grouped(s.samples)} samples in batches of ${grouped(s.size)}: ` +
        `${s.batches > 1 ? `${grouped(s.batches)} batches` : "1 batch"}, ` +
        `${s.rest ? `${grouped(s.full)} full and a last one of ${grouped(s.rest)}` : full}. `
      );
    },
    batch({ n, slice, start, stop, shape }) {
      const last = stop - 1;
      const which = start < last ? `samples ${grouped(start)} to ${grouped(last)}` : `sample ${grouped(start)}`;
      return `n\u00a0=\u00a0${n}: ${slice}, ${which}, shape ${shape}.`;
    },
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
    axis: (drawn) => `轴 0：样本${drawn ? "，切成批量" : "；批量太多，没有一一画出"}`,
    lens: "放大看：每个批量，它的 n 和起始下标",
    cut(s) {
      const full = s.batches > 1 ? "全是整批" : "正好一个整批";
      return (
        `${grouped(s.samples)} 个样本，每批 ${grouped(s.size)} 个，共 ${grouped(s.batches)} 批：` +
        `${s.rest ? `${grouped(s.full)} 个整批，最后一批 ${grouped(s.rest)} 个` : full}。`
      );
    },
    batch({ n, slice, start, stop, shape }) {
      const last = stop - 1;
      const which = start < last ? `样本 ${grouped(start)} 到 ${grouped(last)}` : `样本 ${grouped(start)}`;
      return `n\u00a0=\u00a0${n}：${slice}，${which}，形状 ${shape}。`;
    },
    over: (asked) => `切片写到 ${grouped(asked)}，NumPy 取到末尾为止，不报错。`,
    after: (next) => `n\u00a0=\u00a0${next} 就是空的了：形状 (0, 28, 28)。`,
  },
};
