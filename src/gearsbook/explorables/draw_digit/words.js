// What the figure says.

export const WORDS = {
  en: {
    pad:
      "Pad to draw on. Arrow keys move the pen; Home, End, Page Up and Page Down move it slantwise. Space lowers " +
      "and lifts it, Enter makes a dot, Escape lifts it, Backspace takes the last change back.",
    keys: "By keyboard: arrow keys move the pen, `Space` lowers and lifts it, `Enter` makes a dot.",
    draw: "Draw a digit here",
    pen: (down, row, column) => `Pen ${down ? "down" : "up"}, row ${row}, column ${column} of 28`,
    seen: "What it sees",
    colon: ": ",
    ink: (h, w, r, c) => `${h} × ${w} pixels of ink, centre of mass at (${r}, ${c})`,
    noInk: "no ink",
    sample: "Sample",
    own: "your own",
    undo: "Undo",
    clear: "Clear",
    prepared: "prepare as MNIST was made",
    table: "Probability of each digit, in per cent",
    units: "What the six hidden units with the largest values see",
    none: "Without ink there is nothing to see.",
    legend: (digit) =>
      "Ink times weight: red (+) raises the unit, blue (−) lowers it. Below: its value, and what that adds to the " +
      `score of ${digit}.`,
    unit: "unit",
    tells: (u, h, gain, d, high, low) =>
      `Unit ${u} has the value ${h} and adds ${gain} to the score of ${d}. Ink raises it most at row ${high[0]}, ` +
      `column ${high[1]}, and lowers it most at row ${low[0]}, column ${low[1]}.`,
    loading: "The weights of the network are on their way: 0.4 MB …",
    again: "Try again",
    failed: (why) =>
      `The weights of the network did not come (${why}), so there is no answer. Your drawing is kept: try again, ` +
      "or load the page anew; in a notebook, run the cell again.",
    said: {
      empty: "The pad is empty, so there is nothing to read. Draw a digit, or choose a sample.",
      prepared: (d, p) => `Prepared as MNIST was made, the drawing is read as ${d}, with a probability of ${p}\u00a0%.`,
      shrunk: (d, p) =>
        `Merely shrunk to 28 × 28 pixels, the drawing is read as ${d}, with a probability of ${p}\u00a0%.`,
      second: (d, p) => ` The runner-up is ${d}, with ${p}\u00a0%.`,
      other: (d, p) => ` Prepared, the same drawing is read as ${d}, with ${p}\u00a0%.`,
      small: " Draw larger: so small a digit blurs.",
      share: (p) => p,
      over: "over 99.9",
    },
  },
  zh: {
    pad: "画板。方向键移动画笔，Home、End、Page Up、Page Down 斜着移动；空格键落笔、提笔，回车键点一个点，Esc 提笔，退格键撤销。",
    keys: "也可以只用键盘：方向键移动画笔，`空格`落笔或提笔，`回车`点一个点。",
    draw: "在这里写一个数字",
    pen: (down, row, column) => `${down ? "笔已落下" : "笔已提起"}，共 28 行 28 列，在第 ${row} 行、第 ${column} 列`,
    seen: "网络看到的",
    colon: "：",
    ink: (h, w, r, c) => `墨迹高 ${h} 宽 ${w} 像素，质心在 (${r}, ${c})`,
    noInk: "没有墨迹",
    sample: "样例",
    own: "自己画的",
    undo: "撤销",
    clear: "清空",
    prepared: "照 MNIST 的办法处理",
    table: "每个数字的概率（百分数）",
    units: "值最大的六个隐藏单元看到了什么",
    none: "没有墨迹，也就没有可看的。",
    legend: (digit) =>
      `墨乘以权重：红（+）抬高单元的值，蓝（−）压低。图下是单元的值，以及它给 ${digit} 的得分添了多少。`,
    unit: "单元",
    tells: (u, h, gain, d, high, low) =>
      `单元 ${u} 的值是 ${h}，给 ${d} 的得分添上 ${gain}。抬得最多的墨在第 ${high[0]} 行、第 ${high[1]} 列，压得最多的在第 ${low[0]} 行、第 ${low[1]} 列。`,
    loading: "网络的权重正在路上，共 0.4 MB……",
    again: "再试一次",
    failed: (why) =>
      `网络的权重没能取到（${why}），所以没有答案。你画的还在：再试一次，或者重新打开本页；在笔记本里，就重新运行这个单元格。`,
    said: {
      empty: "画板是空的，没有东西可认。画一个数字，或者选一个样例。",
      prepared: (d, p) => `照 MNIST 的办法处理之后，这幅画认作 ${d}，概率${p}%。`,
      shrunk: (d, p) => `只缩小到 28 × 28 像素，这幅画认作 ${d}，概率${p}%。`,
      second: (d, p) => `其次是 ${d}，概率${p}%。`,
      other: (d, p) => `同一幅画处理之后认作 ${d}，概率${p}%。`,
      small: "写大一点：字太小，笔画就糊成一团了。",
      share: (p) => ` ${p}`,
      over: "超过 99.9",
    },
  },
};
