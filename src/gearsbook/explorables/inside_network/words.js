// What the figure says.

export const WORDS = {
  en: {
    sample: "Sample",
    unit: "Hidden unit",
    previous: "Previous",
    next: "Next",
    option: (s) => `${s.number}: a ${s.label}, ${s.right ? "right" : `read as a ${s.answer}`}`,
    input: "input",
    hidden: "hidden units",
    grid: "The hidden units; the arrow keys choose one",
    output: "probabilities",
    label: "label",
    sentence: (s) =>
      `A ${s.label}, read as a ${s.answer}: ${s.right ? "right" : "wrong"}. ` +
      `${s.active} of ${s.units} hidden units are above zero. ` +
      `Class ${s.answer} gets the probability ${s.winner}, the label's class ${s.own}. ` +
      `Unit ${s.unit} has the value ${s.value}.`,
  },
  zh: {
    sample: "样本",
    unit: "隐藏单元",
    previous: "上一个",
    next: "下一个",
    option: (s) => `${s.number}：写的是 ${s.label}，${s.right ? "读对了" : `读成 ${s.answer}`}`,
    input: "输入",
    hidden: "隐藏单元",
    grid: "隐藏单元，方向键选择其中一个",
    output: "概率",
    label: "标签",
    sentence: (s) =>
      `写的是 ${s.label}，网络读成 ${s.answer}：${s.right ? "对" : "错"}。` +
      `${s.units} 个隐藏单元里有 ${s.active} 个大于零。` +
      `类别 ${s.answer} 的概率是 ${s.winner}，标签那一类的概率是 ${s.own}。` +
      `第 ${s.unit} 个单元的值是 ${s.value}。`,
  },
};
