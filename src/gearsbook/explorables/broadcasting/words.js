// What the figure says.

import { grouped } from "../parts/numbers.js";

const many = (number, one, more, none = more) =>
  [none, one][number]?.replace("{}", number) ?? more.replace("{}", grouped(number));

export const WORDS = {
  en: {
    operation: "operation",
    preset: "Try",
    choose: "…",
    entry: "entry",
    index: (axis) => `axis ${axis}`,
    shape: (name) => `shape of ${name}`,
    axis: "axis",
    on: "Step on",
    steps: ["1 as given", "2 add axes", "3 compare", "4 stretch", "5 result"],
    unread: (name) =>
      `The shape of ${name} cannot be read: write up to four lengths from 0 to 999, like 64, 3, 32, 10, ` +
      "or nothing for a single number. The figure still shows the last one that could.",
    fill: "a counts 0, 1, 2, … in memory order, b counts 10, 20, 30, …",
    axes: (n) => many(n, "1 axis", "{} axes", "no axis"),
    entries: (n) => many(n, "1 entry", "{} entries"),
    times: (n) => many(n, "1 time", "{} times"),
    given: (a, b, m, n) => `a has the shape ${a}, ${m}; b has the shape ${b}, ${n}.`,
    padded: (name, count, shape) =>
      `${name} is given ${count} of length 1 on the left: ${shape}. On the left, so that the last axes stay ` +
      "face to face: what is done to one sample is done to every sample.",
    unpadded: (axes) => `Both have ${axes}: none has to be added on the left.`,
    verdict: {
      equal: (axis, a, b) => `axis ${axis}: ${a} and ${b}, equal`,
      "one a": (axis, a, b) => `axis ${axis}: ${a} and ${b}, a is stretched`,
      "one b": (axis, a, b) => `axis ${axis}: ${a} and ${b}, b is stretched`,
      misfit: (axis, a, b) => `axis ${axis}: ${a} and ${b}, neither equal nor 1`,
    },
    short: { equal: "=", "one a": "stretch a", "one b": "stretch b", misfit: "≠" },
    compared: (list) => `From the right: ${list.join("; ")}.`,
    nothingCompared: "No axis is left to compare.",
    fails: (error) => ` It fails. NumPy says: ${error}`,
    stretched: (name, old, shape, uses) => `${name} is stretched from ${old} to ${shape}: ${uses}. `,
    uses: (n, entries, times) =>
      n === 1 ? `its only entry is used ${times}` : `each of its ${entries} is used ${times}`,
    nothing: "length 1 becomes 0 as well, and nothing is left of it",
    stride: "Nothing is copied: along a stretched axis the stride is 0.",
    unstretched: "Nothing has to be stretched.",
    gives: (a, b, shape, entries) =>
      `Aligned from the right, with each length 1 stretched, ${a} and ${b} give ${shape}: ${entries}. `,
    at: (index, entries, values) => `The one at ${index} is ${entries}${values}.`,
    empty: "The result holds nothing, and nothing is computed.",
  },
  zh: {
    operation: "运算",
    preset: "试试",
    choose: "……",
    entry: "位置",
    index: (axis) => `轴 ${axis}`,
    shape: (name) => `${name} 的形状`,
    axis: "轴",
    on: "进一步",
    steps: ["1 原样", "2 补轴", "3 比较", "4 拉伸", "5 结果"],
    unread: (name) =>
      `${name} 的形状读不懂：请写最多四个 0 到 999 的长度，比如 64, 3, 32, 10；单独一个数就什么也不写。图里仍是上一个读得懂的形状。`,
    fill: "a 按内存次序数 0、1、2……，b 数 10、20、30……",
    axes: (n) => many(n, "1 个轴", "{} 个轴", "没有轴"),
    entries: (n) => `${grouped(n)} 个数`,
    times: (n) => `${grouped(n)} 次`,
    given: (a, b, m, n) => `a 的形状是 ${a}，${m}；b 的形状是 ${b}，${n}。`,
    padded: (name, count, shape) =>
      `${name} 的左边补上 ${count}，长度为 1，成为 ${shape}。补在左边，最后几个轴才会两两相对：对一个样本做什么，对每个样本也做什么。`,
    unpadded: (axes) => `两者都是${axes}，左边不用补。`,
    verdict: {
      equal: (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，相等`,
      "one a": (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，拉伸 a`,
      "one b": (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，拉伸 b`,
      misfit: (axis, a, b) => `轴 ${axis}，${a} 对 ${b}，既不相等，也都不是 1`,
    },
    short: { equal: "=", "one a": "拉伸 a", "one b": "拉伸 b", misfit: "≠" },
    compared: (list) => `从右往左：${list.join("；")}。`,
    nothingCompared: "没有轴要比。",
    fails: (error) => `广播失败。NumPy 说：${error}`,
    stretched: (name, old, shape, uses) => `${name} 从 ${old} 拉伸到 ${shape}：${uses}。`,
    uses: (n, entries, times) => (n === 1 ? `只有一个数，用 ${times}` : `${entries}，每个用 ${times}`),
    nothing: "长度 1 也变成 0，什么也不剩",
    stride: "什么也没有复制：沿着拉伸的轴，步幅是 0。",
    unstretched: "没有轴要拉伸。",
    gives: (a, b, shape, entries) => `从右对齐，长度 1 都拉伸，${a} 与 ${b} 得到 ${shape}，共 ${entries}。`,
    at: (index, entries, values) => `${index} 处是 ${entries}${values}。`,
    empty: "结果里一个数也没有，什么也不用算。",
  },
};
