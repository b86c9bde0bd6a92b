// What the figure says.

export const WORDS = {
  en: { number: "Number", says: (n, twice) => `Twice ${n} is ${twice}.` },
  zh: { number: "数", says: (n, twice) => `${n} 的两倍是 ${twice}。` },
};
