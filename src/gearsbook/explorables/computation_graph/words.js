// What the figure says.

export const WORDS = {
  en: {
    graph: "Graph",
    step: "Step",
    of: (step, last) => `${step} of ${last}`,
    grad: "grad",
    back: "Step back",
    on: "Step on",
    reset: "Reset",
    kinds: { x: "input", w: "weight", b: "bias", y: "target" },
    picture: (nodes) => `The graph from the inputs to the loss: ${nodes}`,
    list: "; ",
    note:
      "Drag x, w, b or y sideways. Values go down, gradients up, on each line times its local derivative. " +
      "Click a node to go to its step.",
    start: (known) => `Only the inputs are known: ${known}. `,
    forward: (at, all, name, formula, numbers, value) =>
      `Forward, ${at} of ${all}: ${name} = ${formula} = ${numbers} = ${value}. `,
    done: "That is the loss. ",
    turn: "Backward starts at the loss: it changes exactly as fast as itself, so its gradient is 1. ",
    backward: (at, all, name, formula, gradient) =>
      `Backward, ${at} of ${all}: ${name} = ${formula} has the gradient ${gradient}. `,
    kink: (name) => `At ${name} = 0 it has a kink; 0 is taken as its derivative. `,
    share: (s) => `${s.parent} gets ${s.gradient} × ${s.slope} = ${s.share}`,
    added: (s) => `${s.parent} gets ${s.gradient} × ${s.slope} = ${s.share} more, ${s.total} in all`,
    and: ", ",
    stop: ". ",
    all: (known) => `The loss and its gradients: ${known}.`,
    is: (name, value) => `${name} ${value}`,
  },
  zh: {
    graph: "计算图",
    step: "步",
    of: (step, last) => `${step} / ${last}`,
    grad: "梯度",
    back: "退一步",
    on: "进一步",
    reset: "重来",
    kinds: { x: "输入", w: "权重", b: "偏置", y: "目标值" },
    picture: (nodes) => `计算图，从输入到损失：${nodes}`,
    list: "；",
    note: "左右拖动 x、w、b、y。数值往下走，梯度往上走，每过一条线都乘上那里的局部导数。点一个节点，就跳到它的那一步。",
    start: (known) => `目前只知道输入：${known}。`,
    forward: (at, all, name, formula, numbers, value) =>
      `前向，第 ${at} 步，共 ${all} 步：${name} = ${formula} = ${numbers} = ${value}。`,
    done: "这就是损失。",
    turn: "反向从损失开始：它变多少就是多少，所以自己的梯度是 1。",
    backward: (at, all, name, formula, gradient) =>
      `反向，第 ${at} 步，共 ${all} 步：${name} = ${formula} 的梯度是 ${gradient}。`,
    kink: (name) => `${name} = 0 处有个折点，导数取 0。`,
    share: (s) => `${s.parent} 得到 ${s.gradient} × ${s.slope} = ${s.share}`,
    added: (s) => `${s.parent} 再得到 ${s.gradient} × ${s.slope} = ${s.share}，合计 ${s.total}`,
    and: "，",
    stop: "。",
    all: (known) => `损失与各个梯度：${known}。`,
    is: (name, value) => `${name} 为 ${value}`,
  },
};
