// What the figure says.

export const WORDS = {
  en: {
    question: (n) => `Question ${n}`,
    right: "Right.",
    wrong: "Not quite.",
    check: "Check",
    choose: "Choose an answer first.",
  },
  zh: { question: (n) => `第 ${n} 题`, right: "对。", wrong: "再想想。", check: "核对", choose: "先选一个答案。" },
};
