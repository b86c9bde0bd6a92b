// What the figure says.

export const WORDS = {
  en: {
    start: "Train",
    pause: "Pause",
    step: "One step",
    epoch: "One epoch",
    reset: "Back to the start",
    learning_rate: "learning rate",
    momentum: "momentum",
    loss: "loss on each batch of digits",
    accuracy: "test digits read right",
    inSteps: "steps",
    inEpochs: "epochs",
    theirs: "NumPy’s run, done above",
    yours: "your run",
    press: ": press Train",
    loading: "The digits are on their way: 0.5 MB, only this once.",
    failed: (why) =>
      `The digits could not be loaded (${why}). Press a button to try again; in a notebook, run the cell again.`,
    none: (rate, momentum) => `No step taken yet, with learning rate ${rate} and momentum ${momentum}.`,
    numpy: (steps, rate, momentum, first, last, right) =>
      ` In NumPy, ${steps} steps with learning rate ${rate} and momentum ${momentum} took the loss from ${first} to ` +
      `${last}; then ${right}\u00a0% of the 1,000 test images are read right.`,
    steps: (steps, most, rate, momentum, first, last) =>
      `${steps} of ${most} steps with learning rate ${rate} and momentum ${momentum}: ` +
      `the loss is ${first} on the first batch, ${last} on the latest.`,
    right: (epoch, right) => ` After epoch ${epoch}, ${right}\u00a0% of the 1,000 test images are read right.`,
    same: (difference) => ` Largest difference from NumPy's losses so far: ${difference}.`,
    other: " The run in NumPy had other settings, so the curves part.",
    tiny: "less than 0.000001",
    weights: "32 hidden units: a weight for each of 28 × 28 pixels",
    colours: "Red: above zero; blue: below. Point at one to see it large.",
    units: "Hidden units; arrow keys choose the one that is large",
    unit: (unit, largest) => `unit ${unit}, weights up to ${largest}`,
    random: (largest) => `32 pictures of 28 by 28 weights: random, none larger than ${largest}`,
    shaped: (largest, before, same) =>
      `32 pictures of 28 by 28 weights: the largest has the size ${largest}, at the start ${before}. ` +
      `At ${same} of the 784 pixels, where no digit had ink, all weights are as they began; ` +
      "the others have moved and form strokes and blots",
  },
  zh: {
    start: "训练",
    pause: "暂停",
    step: "走一步",
    epoch: "走一轮",
    reset: "回到起点",
    learning_rate: "学习率",
    momentum: "动量",
    loss: "每一批手写数字的损失",
    accuracy: "测试数字认对的比例",
    inSteps: "步",
    inEpochs: "轮",
    theirs: "上面 NumPy 的那次",
    yours: "你的这次",
    press: "：按“训练”",
    loading: "正在取手写数字的图，0.5 MB，只取这一次。",
    failed: (why) => `手写数字的图没能取到（${why}）。按任意一个按钮再试一次；在笔记本里，就重新运行这个单元格。`,
    none: (rate, momentum) => `还没有开始训练，学习率 ${rate}，动量 ${momentum}。`,
    numpy: (steps, rate, momentum, first, last, right) =>
      `NumPy 用学习率 ${rate}、动量 ${momentum} 训练了 ${steps} 步，损失从 ${first} 降到 ${last}，` +
      `1,000 张测试图像认对了 ${right}%。`,
    steps: (steps, most, rate, momentum, first, last) =>
      `学习率 ${rate}，动量 ${momentum}，全程 ${most} 步，走完了 ${steps} 步。` +
      `第一批的损失是 ${first}，最近一批是 ${last}。`,
    right: (epoch, right) => `第 ${epoch} 轮结束时，1,000 张测试图像认对了 ${right}%。`,
    same: (difference) => `到现在为止，与 NumPy 的损失最多相差：${difference}。`,
    other: "NumPy 那次用的是另一组设置，所以两条曲线会分开。",
    tiny: "不到 0.000001",
    weights: "32 个隐藏单元：28×28 个像素，各有一个权重",
    colours: "红色大于零，蓝色小于零。指着哪张，哪张就放大。",
    units: "隐藏单元，用方向键选一个放大",
    unit: (unit, largest) => `单元 ${unit}，权重大小不超过 ${largest}`,
    random: (largest) => `32 张 28×28 的权重图：随机抽取，大小不超过 ${largest}`,
    shaped: (largest, before, same) =>
      `32 张 28×28 的权重图：最大的权重大小为 ${largest}，开始时是 ${before}。` +
      `784 个像素里有 ${same} 个从来没有墨，那里的权重一点没变；其余的都动了，连成笔画和斑块`,
  },
};
