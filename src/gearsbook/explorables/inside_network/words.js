// What the figure says.

export const WORDS = {
  en: {
    option: (s) => `Sample ${s.number}: a ${s.label}, ${s.right ? "right" : `read as a ${s.answer}`}`,
    image: "Image goes in",
    sees: (unit) => `red ink raises unit ${unit}`,
    saw: "blue ink lowers it",
    hidden: (units) => `${units} hidden units`,
    dark: "dark: large value",
    choose: "Choose a digit (✗ misread):",
    tap: "tap a dark one",
    grid: "The hidden units; the arrow keys go through those with the largest values",
    votes: "Votes for ten digits",
    adds: (unit) => `unit ${unit} adds`,
    output: "probability",
    label: "label",
    sentence: (s) =>
      `A ${s.label}, read as a ${s.answer}: ${s.right ? "right" : "wrong"}. ` +
      `${s.active} of ${s.units} hidden units are above zero. ` +
      `Class ${s.answer} gets the probability ${s.winner}` +
      `${s.right ? "" : `, the label's class ${s.own}`}. ` +
      `Unit ${s.unit} has the value ${s.value} and adds ${s.toAnswer} to the score of ${s.answer}` +
      `${s.right ? "" : `, ${s.toLabel} to that of ${s.label}`}.`,
  },
  zh: {
    option: (s) => `样本 ${s.number}：写的是 ${s.label}，${s.right ? "读对了" : `读成 ${s.answer}`}`,
    image: "图像输入",
    sees: (unit) => `红色抬高单元 ${unit}`,
    saw: "蓝色压低它",
    hidden: (units) => `${units} 个隐藏单元`,
    dark: "颜色越深，值越大",
    choose: "选一个数字（✗ 读错了）：",
    tap: "点一个深色的",
    grid: "隐藏单元，方向键在值最大的那些之间移动",
    votes: "给十个数字投票",
    adds: (unit) => `单元 ${unit} 添上`,
    output: "概率",
    label: "标签",
    sentence: (s) =>
      `写的是 ${s.label}，网络读成 ${s.answer}：${s.right ? "对" : "错"}。` +
      `${s.units} 个隐藏单元里有 ${s.active} 个大于零。` +
      `类别 ${s.answer} 的概率是 ${s.winner}${s.right ? "" : `，标签那一类的概率是 ${s.own}`}。` +
      `单元 ${s.unit} 的值是 ${s.value}，给 ${s.answer} 的得分添上 ${s.toAnswer}` +
      `${s.right ? "" : `，给 ${s.label} 的添上 ${s.toLabel}`}。`,
  },
};
