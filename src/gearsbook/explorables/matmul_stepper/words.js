// What the figure says.

export const WORDS = {
  en: {
    picture: "x on the left, y above, x @ y where they cross; the arrow keys choose an entry of x @ y",
    hint: "Click an entry of x @ y, or use the arrow keys; its row and its column can be changed in the fields.",
    rows: "rows",
    columns: "columns",
    sum: "sum",
    error: "error",
    fewer: { rows: "one row fewer", columns: "one column fewer" },
    more: { rows: "one row more", columns: "one column more" },
    resize: (name, change) => `${name}: ${change}`,
    back: "Step back",
    on: "Step on",
    terms: "Products added",
    of: (terms, pairs) => `${terms} of ${pairs}`,
    row: "Row of x",
    column: "Column of y",
    swap: "Swap x and y",
    entry: (s) => `Entry [${s.row}, ${s.column}] of x @ y: row ${s.row} of x meets column ${s.column} of y. `,
    all: (s) => `Multiply pair by pair and add: ${s.sum} = ${s.value}. `,
    some: (s) => `${s.terms} of ${s.pairs} products added so far: ${s.sum} = ${s.value}. `,
    none: (s) => `None of the ${s.pairs} products is added yet: the sum starts at 0. `,
    shape: (s) =>
      `A row of x is as long as a column of y, ${s.pairs}, so the shapes ${s.left} @ ${s.right} give ${s.result}.`,
    misfit({ across, down, error }) {
      const entries = (n) => (n > 1 ? `${n} entries` : "1 entry"),
        left = Math.abs(across - down);
      return (
        `x @ y fails: a row of x has ${entries(across)}, a column of y has ${entries(down)}, ` +
        `so ${left > 1 ? `${left} are` : "1 is"} without a partner. ` +
        `y needs as many rows as x has columns. NumPy says “${error}”.`
      );
    },
  },
  zh: {
    picture: "x 在左，y 在上，交会处是 x @ y；方向键选择 x @ y 的一个数",
    hint: "点选 x @ y 的一个数，或用方向键移动；对应的行与列可以在输入框里改。",
    rows: "行",
    columns: "列",
    sum: "和",
    error: "出错",
    fewer: { rows: "减一行", columns: "减一列" },
    more: { rows: "加一行", columns: "加一列" },
    resize: (name, change) => `${name} ${change}`,
    back: "退一步",
    on: "进一步",
    terms: "已加的乘积",
    of: (terms, pairs) => `${terms} / ${pairs}`,
    row: "x 的行",
    column: "y 的列",
    swap: "交换 x 与 y",
    entry: (s) => `x @ y 的 [${s.row}, ${s.column}] 处：x 的第 ${s.row} 行遇上 y 的第 ${s.column} 列。`,
    all: (s) => `逐对相乘，再全部相加：${s.sum} = ${s.value}。`,
    some: (s) => `${s.pairs} 个乘积已经加了 ${s.terms} 个：${s.sum} = ${s.value}。`,
    none: (s) => `${s.pairs} 个乘积一个还没加：和从 0 开始。`,
    shape: (s) => `x 的一行与 y 的一列同长，都是 ${s.pairs}，所以形状 ${s.left} @ ${s.right} 得到 ${s.result}。`,
    misfit: ({ across, down, error }) =>
      `x @ y 出错：x 的一行有 ${across} 个数，y 的一列有 ${down} 个数，剩下 ${Math.abs(across - down)} 个配不成对。` +
      `y 的行数要等于 x 的列数。NumPy 的原话是“${error}”。`,
  },
};
