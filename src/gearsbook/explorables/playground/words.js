// What the figure says.

export const WORDS = {
  en: {
    samples: "points",
    units: "hidden units",
    activation: "activation",
    rate: "learning rate",
    momentum: "momentum",
    batch: "batch size",
    seed: "seed",
    all: "all",
    start: "Start",
    pause: "Pause",
    step: "One step",
    reset: "Reset",
    undo: "Undo",
    clear: "Clear",
    put: "A click puts",
    circle: "a circle",
    triangle: "a triangle",
    plane: "The plane; arrow keys move the cursor, Enter puts a point there, Delete removes the nearest",
    border: "the plane, and the border the network draws",
    space: "the hidden layer, axes",
    axis: ["horizontal axis of the hidden layer", "vertical axis of the hidden layer"],
    at: (place) => `Cursor at ${place}.`,
    curve: "loss over all points",
    note:
      "Filled: the network is right; hollow: it is wrong. Tinted: where it says triangle. With two hidden units " +
      "the border is a straight line in their space; with more, the cut lies across more axes than can be drawn.",
    live: (steps, loss, right, count) => `step ${steps} · loss ${loss} · right ${right}/${count}`,
    xor: "XOR",
    moons: "Two moons",
    ring: "A circle in a ring",
    spirals: "Two spirals",
    own: "Your own points",
    empty: "There are no points yet: choose a mark and put some on the plane.",
    head: (s) =>
      `${s.name}, ${s.count === 1 ? "1 point" : `${s.count} points`}; ` +
      `${s.units === 1 ? "1 hidden unit" : `${s.units} hidden units`}, ${s.activate}, learning rate ` +
      `${s.learning_rate}, momentum ${s.momentum}, ` +
      `${s.batch_size === "all" ? "all points in every step" : `batches of ${s.batch_size}`}, seed ${s.seed}.`,
    relu: "relu",
    tanh: "tanh",
    none: "no activation",
    small: "less than 0.001",
    before: ({ loss, right, count }) =>
      ` Before the first step the loss is ${loss}, and ${right} of ${count} are right.`,
    after: ({ steps, first, loss, right, count }) =>
      ` After ${steps === 1 ? "1 step" : `${steps} steps`} the loss is ${loss}, from ${first} at the start, and ` +
      `${right} of ${count} are right.`,
    diverged: ({ steps, first, right, count }) =>
      ` It diverged: at step ${steps} the loss is above 3, from ${first} at the start, and ${right} of ${count} ` +
      "are right.",
    straight: " With no activation the border is a straight line.",
  },
  zh: {
    samples: "点",
    units: "隐藏单元",
    activation: "激活函数",
    rate: "学习率",
    momentum: "动量",
    batch: "批量大小",
    seed: "种子",
    all: "全部",
    start: "开始",
    pause: "暂停",
    step: "走一步",
    reset: "从头来",
    undo: "撤销",
    clear: "清空",
    put: "点一下，放",
    circle: "一个圆点",
    triangle: "一个三角",
    plane: "平面：方向键移动光标，回车在那里放一个点，Delete 删去最近的点",
    border: "平面，和网络画出的分界线",
    space: "隐藏层的空间，轴",
    axis: ["隐藏层图的横轴", "隐藏层图的纵轴"],
    at: (place) => `光标在 ${place}。`,
    curve: "全部点上的损失",
    note: "实心：网络判对了；空心：判错了。着色的一侧，网络判为三角。两个隐藏单元时，分界线在它们的空间里是一条直线；单元更多，那一刀就切在更多的轴上，纸上画不出来。",
    live: (steps, loss, right, count) => `${steps} 步 · 损失 ${loss} · 对 ${right}/${count}`,
    xor: "异或",
    moons: "双月",
    ring: "环中圆",
    spirals: "双螺线",
    own: "自己画的点",
    empty: "还没有点：先选一种记号，再往平面上放几个点。",
    head: (s) =>
      `${s.name}，${s.count} 个点；${s.units} 个隐藏单元，${s.activate}，学习率 ${s.learning_rate}，动量 ${s.momentum}，` +
      `${s.batch_size === "all" ? "每步用全部的点" : `每批 ${s.batch_size} 个`}，种子 ${s.seed}。`,
    relu: "relu",
    tanh: "tanh",
    none: "不用激活函数",
    small: "不到 0.001",
    before: ({ loss, right, count }) => `一步未走，损失是 ${loss}，${count} 个点对了 ${right} 个。`,
    after: ({ steps, first, loss, right, count }) =>
      `走了 ${steps} 步，损失从 ${first} 变成 ${loss}，${count} 个点对了 ${right} 个。`,
    diverged: ({ steps, first, right, count }) =>
      `它发散了：第 ${steps} 步，损失从 ${first} 涨到 3 以上，${count} 个点对了 ${right} 个。`,
    straight: "没有激活函数，分界线就是一条直线。",
  },
};
