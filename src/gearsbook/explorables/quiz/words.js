// What the figure says.

export const WORDS = {
  en: {
    question: (n) => `Question ${n}`,
    right: "Right.",
    wrong: "Not quite.",
    score: (right, all) => `${right} of ${all} right`,
  },
  zh: {
    question: (n) => `第 ${n} 题`,
    right: "对。",
    wrong: "再想想。",
    score: (right, all) => `共 ${all} 题，答对 ${right} 题`,
  },
};
