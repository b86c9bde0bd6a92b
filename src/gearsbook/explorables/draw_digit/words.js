// What the figure says.

export const WORDS = {
  en: {
    pad:
      "Pad to draw on. Arrow keys move the pen; Home, End, Page Up and Page Down move it slantwise. Space lowers " +
      "and lifts it, Enter makes a dot, Escape lifts it, Backspace takes the last change back.",
    keys:
      "Draw with mouse, pen or finger; your first stroke replaces a sample. By keyboard: arrow keys move the pen " +
      "(Home, End and the Page keys slantwise), `Space` lowers and lifts it, `Enter` makes a dot, `Esc` lifts it.",
    pen: (down, row, column) => `Pen ${down ? "down" : "up"}, row ${row}, column ${column} of 28`,
    drawn: "What is drawn",
    boxed: ", in a box around the ink",
    seen: "What the network sees",
    colon: ": ",
    ink: (h, w, r, c) => `${h} × ${w} pixels of ink, centre of mass at (${r}, ${c})`,
    noInk: "no ink",
    cross: "; the cross is at (14, 14)",
    sample: "Sample",
    own: "your own",
    undo: "Undo",
    clear: "Clear",
    prepared: "prepare as MNIST was made",
    table: "Probability of each digit, in per cent",
    units: "The six hidden units that fire most, as pictures of their weights",
    show: "Show the hidden units",
    later: "The weights come with your first stroke: 0.4 MB, from this site.",
    none: "Without ink there is nothing to show.",
    legend: (digit) =>
      "Red (+): ink here raises the unit; blue (−): ink lowers it. Below each: how strongly it fires, and what " +
      `that adds to the score of ${digit}.`,
    unit: "unit",
    fires: (u, h, gain, d, high, low) =>
      `Unit ${u} fires with ${h} and adds ${gain} to the score of ${d}. Its highest weight is at row ${high[0]}, ` +
      `column ${high[1]}, its lowest at row ${low[0]}, column ${low[1]}.`,
    loading: "The weights of the network are on their way …",
    again: "Try again",
    failed: (why) =>
      `The weights of the network did not come (${why}), so there is no answer. Your drawing is kept: try again, ` +
      "or load the page anew.",
    said: {
      empty: "The pad is empty, so there is nothing to read. Draw a digit, or choose a sample.",
      prepared: (d, p) => `Prepared as MNIST was made, the drawing is read as ${d}, with a probability of ${p}\u00a0%.`,
      shrunk: (d, p) =>
        `Merely shrunk to 28 × 28 pixels, the drawing is read as ${d}, with a probability of ${p}\u00a0%.`,
      second: (d, p) => ` The runner-up is ${d}, with ${p}\u00a0%.`,
      other: (d, p) => ` Prepared, the same drawing is read as ${d}, with ${p}\u00a0%.`,
      share: (p) => p,
      over: "over 99.9",
    },
  },
  zh: {
    pad: "画板。方向键移动画笔，Home、End、Page Up、Page Down 斜着移动；空格键落笔、提笔，回车键点一个点，Esc 提笔，退格键撤销。",
    keys: "用鼠标、触控笔或手指画，第一笔会替换样例。也可以只用键盘：方向键移动画笔（Home、End、Page Up、Page Down 斜着走），`空格`落笔或提笔，`回车`点一个点，`Esc` 提笔。",
    pen: (down, row, column) => `${down ? "笔已落下" : "笔已提起"}，共 28 行 28 列，在第 ${row} 行、第 ${column} 列`,
    drawn: "画出来的",
    boxed: "，虚线框住墨迹",
    seen: "网络看到的",
    colon: "：",
    ink: (h, w, r, c) => `墨迹高 ${h} 宽 ${w} 像素，质心在 (${r}, ${c})`,
    noInk: "没有墨迹",
    cross: "；十字在 (14, 14)",
    sample: "样例",
    own: "自己画的",
    undo: "撤销",
    clear: "清空",
    prepared: "照 MNIST 的办法处理",
    table: "每个数字的概率（百分数）",
    units: "值最大的六个隐藏单元，画的是它们的权重",
    show: "看隐藏单元",
    later: "画下第一笔时才加载权重，共 0.4 MB，就来自本站。",
    none: "没有墨迹，也就没有可看的。",
    legend: (digit) =>
      `红（+）：这里有墨，单元的值升高；蓝（−）：降低。图下是这个单元的值，以及它给 ${digit} 的得分添了多少。`,
    unit: "单元",
    fires: (u, h, gain, d, high, low) =>
      `单元 ${u} 的值是 ${h}，给 ${d} 的得分添上 ${gain}。权重最高处在第 ${high[0]} 行、第 ${high[1]} 列，最低处在第 ${low[0]} 行、第 ${low[1]} 列。`,
    loading: "网络的权重正在路上……",
    again: "再试一次",
    failed: (why) => `网络的权重没能取到（${why}），所以没有答案。你画的还在：再试一次，或者重新打开本页。`,
    said: {
      empty: "画板是空的，没有东西可认。画一个数字，或者选一个样例。",
      prepared: (d, p) => `照 MNIST 的办法处理之后，这幅画认作 ${d}，概率${p}%。`,
      shrunk: (d, p) => `只缩小到 28 × 28 像素，这幅画认作 ${d}，概率${p}%。`,
      second: (d, p) => `其次是 ${d}，概率${p}%。`,
      other: (d, p) => `同一幅画处理之后认作 ${d}，概率${p}%。`,
      share: (p) => ` ${p}`,
      over: "超过 99.9",
    },
  },
};
