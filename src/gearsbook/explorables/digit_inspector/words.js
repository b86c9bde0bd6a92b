// What the figure says.

export const WORDS = {
  en: {
    digit: "Digit",
    picture: "The digit's 28 × 28 pixels; the arrow keys move the crosshair",
    numbers: "The same pixels as numbers; the arrow keys move the crosshair",
    hint: "Point at a pixel, a number, or a place in the strip.",
    strip: "Flattened: the same 784 values, row after row",
    sentence: (s) =>
      `Test image ${s.index}, a ${s.digit}. Row ${s.row}, column ${s.column}: ${s.value}, and ${s.value} / 255 = ` +
      `${s.scaled}. Flattened: place ${s.row} · 28 + ${s.column} = ${s.place}.`,
  },
  zh: {
    digit: "数字",
    picture: "这个数字的 28 × 28 个像素，方向键移动十字线",
    numbers: "同样的像素，写成数；方向键移动十字线",
    hint: "在图上、数上或下面的长条上，指哪儿看哪儿。",
    strip: "展平：同样的 784 个值，一行接一行",
    sentence: (s) =>
      `测试图像 ${s.index}，是 ${s.digit}。第 ${s.row} 行、第 ${s.column} 列：${s.value}，` +
      `除以 255 得 ${s.scaled}。展平之后是第 ${s.row} × 28 + ${s.column} = ${s.place} 位。`,
  },
};
