// What the figure says.

import { grouped } from "../parts/numbers.js";

export const WORDS = {
  en: {
    drawing:
      "The array as pictures; the arrow keys up and down change the number of axes, left and right the axis " +
      "pointed out",
    names: [
      "one pixel",
      "a row of pixels",
      "a picture",
      "the training pictures of MNIST",
      "a batch of colour pictures",
      "a batch of films",
    ],
    axes: {
      samples: "samples",
      frames: "frames",
      height: "rows (height)",
      width: "columns (width)",
      channels: "channels",
    },
    button: (axis, counted) => [`axis ${axis}:`, counted.replace(/ .*/, "")],
    made: "These pictures come from formulas, as does the film of 2.2.12.",
    rung: (s) => `${s.rank}D: ${s.name}, shape ${s.shape}. `,
    axis: (s) => `Axis ${s.axis} counts ${s.counted}: ${s.length}. `,
    noAxis: "It has no axis. ",
    size: (s) => `${s.values}, ${s.bytes} as ${s.dtype}; ${s.brackets} before the first number.`,
    values: (n) => (n > 1 ? `${grouped(n)} values` : "1 value"),
    bytes: (n) => (n > 1 ? `${grouped(n)} bytes` : "1 byte"),
    brackets: (n) => (n > 1 ? `${n} brackets` : ["no bracket", "1 bracket"][n]),
  },
  zh: {
    drawing: "画成图像；上下键换阶，左右键换所指的轴",
    names: ["一个像素", "一行像素", "一张图", "MNIST 的训练图像", "一批彩色图像", "一批视频"],
    axes: { samples: "样本", frames: "帧", height: "行（高）", width: "列（宽）", channels: "通道" },
    button: (axis, counted) => [`轴 ${axis}：`, counted.replace(/（.*/, "")],
    made: "这些图是用公式画的，和 2.2.12 节的视频一样。",
    rung: (s) => `${s.rank}D：${s.name}，形状 ${s.shape}。`,
    axis: (s) => `轴 ${s.axis} 数的是${s.counted}，长度 ${s.length}。`,
    noAxis: "没有轴。",
    size: (s) => `共 ${s.values}，按 ${s.dtype} 存放占 ${s.bytes}；第一个数前面有 ${s.brackets}。`,
    values: (n) => `${grouped(n)} 个数`,
    bytes: (n) => `${grouped(n)} 字节`,
    brackets: (n) => `${n} 个方括号`,
  },
};
