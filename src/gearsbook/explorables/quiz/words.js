// What the figure says.

export const WORDS = {
  en: {
    question: (n) => `Question ${n}`,
    right: "Right.",
    wrong: "Not quite.",
    score: (right, all) => `${right} of ${all} right${right === all ? ". Well done." : ""}`,
  },
  zh: {
    question: (n) => `第 ${n} 题`,
    right: "对。",
    wrong: "再想想。",
    score: (right, all) => (right === all ? `${all} 题全对，真棒。` : `共 ${all} 题，答对 ${right} 题`),
  },
};
