// What the figure says.

export const WORDS = {
  en: {
    digit: "Digit",
    row: "Row",
    column: "Column",
    numbers: "Show the numbers",
    grid: "The digit's 28 × 28 pixels; the arrow keys move the cursor",
    strip: "The same 784 values, row after row",
    sentence: (s) =>
      `Test image ${s.index}, a ${s.digit}. Row ${s.row}, column ${s.column}: the value is ${s.value}, ` +
      `divided by 255 it is ${s.scaled}; flattened, it stands at place ${s.row} · 28 + ${s.column} = ${s.place}.`,
  },
  zh: {
    digit: "数字",
    row: "行",
    column: "列",
    numbers: "显示数值",
    grid: "这个数字的 28 × 28 个像素，方向键移动光标",
    strip: "同样的 784 个值，一行接一行",
    sentence: (s) =>
      `测试图像 ${s.index}，是 ${s.digit}。第 ${s.row} 行、第 ${s.column} 列：像素值 ${s.value}，` +
      `除以 255 得 ${s.scaled}；展平之后，排在第 ${s.row} × 28 + ${s.column} = ${s.place} 位。`,
  },
};
