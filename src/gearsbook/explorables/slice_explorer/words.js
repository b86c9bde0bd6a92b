// What the figure says.

export const WORDS = {
  en: {
    array: "Array",
    vector: "vector",
    matrix: "matrix",
    tensor: "tensor",
    digit: "digit",
    brackets: "What stands between the brackets",
    examples: "Try",
    picture: "The values of x",
    hint:
      "Drag across the values, or click one corner and then the opposite one. Or focus them and use the arrow keys: " +
      "they move what is taken, with Shift they resize it.",
    page: " Page Up and Page Down change axis 0.",
    axis: "axis",
    by: "taken by",
    integer: "integer",
    slice: "slice",
    parts: { start: "start", stop: "stop", step: "step" },
    row: (s) => `Axis ${s.axis}: ${s.part}`,
    places: {
      gone: "{places} → axis gone",
      kept: "{places} → length {length}",
      none: "nothing → length 0",
      fails: "fails",
    },
    taken: "x[{text}] takes {count} of the {size} values of x.",
    gone: " Axis {axis}: {places} alone, so the axis is gone.",
    kept: " Axis {axis}: {places}, so length {length}.",
    none: " Axis {axis}: nothing, so length 0.",
    new: " New axes of length 1: {new}.",
    shape: " The result has the shape {shape}.",
    single: " The result is a single number, {value}, of shape ().",
    dots: " The three dots keep an array: the result is a 0D array of shape (), and holds {value} alone.",
    comma: ", ",
    fails: "x[{text}] fails. ",
    still: " The picture still shows x[{text}].",
    blank: "Nothing stands between the brackets, which Python does not allow. A colon, x[:], takes everything.",
    gap: "Place {place} between the brackets is empty. A colon there takes the whole axis.",
    colons: "“{piece}” has too many colons: a slice is start:stop:step, two at most.",
    float: "“{piece}” is not an integer, and indices are integers: 0, 1, 2 and so on.",
    strange:
      "“{piece}” contains a character that Python does not read here. Type the digits, commas, colons and dots " +
      "of an English keyboard.",
    list:
      "“{piece}” is part of a list. NumPy takes the listed indices one by one; here only integers and slices " +
      "are shown.",
    mask:
      "“{piece}” is a mask for NumPy, which takes all of x or nothing, on a new axis; here only integers and slices " +
      "are shown.",
    token:
      "“{piece}” in place {place} is not understood. An integer, a slice such as 1:3 or ::2, three dots or None " +
      "can stand there.",
    many:
      "Too many indices: there are {given}, and x has room for {rank}, one for each axis. Take some away; only " +
      "None adds an axis.",
    bounds:
      "There is no index {index} on axis {axis}: its length is {length}, so the indices run from 0 to {last}, " +
      "or from -1 back to -{length}. A slice may reach past the end, an integer may not.",
    ellipsis:
      "Three dots stand for all axes that are not named, so they can stand only once. Write a colon instead of " +
      "the others.",
    step: "A step of 0 would never get on. Write 1 or more to go forwards, -1 or less to go backwards.",
    huge: "An integer here has more than 64 bits. No axis is that long: write a smaller one.",
  },
  zh: {
    array: "数组",
    vector: "向量",
    matrix: "矩阵",
    tensor: "张量",
    digit: "手写数字的图",
    brackets: "方括号里的内容",
    examples: "试试",
    picture: "x 的各个值",
    hint:
      "可以在数值上拖动，也可以先点一个角，再点对面的角。还可以先选中这片数值，再用方向键移动取出的部分，" +
      "按住 Shift 则改变大小。",
    page: "Page Up 和 Page Down 沿轴 0 移动。",
    axis: "轴",
    by: "取法",
    integer: "整数",
    slice: "切片",
    parts: { start: "起点", stop: "终点", step: "步长" },
    row: (s) => `轴 ${s.axis}：${s.part}`,
    places: { gone: "{places} → 轴消失", kept: "{places} → 长度 {length}", none: "没取到 → 长度 0", fails: "出错" },
    taken: "x[{text}] 从 x 的 {size} 个数里取出 {count} 个。",
    gone: "轴 {axis} 只取下标 {places}，这个轴随之消失。",
    kept: "轴 {axis} 取下标 {places}，长度为 {length}。",
    none: "轴 {axis} 什么也没取到，长度为 0。",
    new: "另外添了 {new} 个长度为 1 的轴。",
    shape: "结果的形状是 {shape}。",
    single: "结果是单独一个数 {value}，形状是 ()。",
    dots: "有三个点，结果就还是数组：一个 0D 数组，形状是 ()，里面只有 {value}。",
    comma: "、",
    fails: "x[{text}] 出错。",
    still: "图里仍是 x[{text}]。",
    blank: "方括号里什么也没写，Python 不允许。写一个冒号，x[:]，就是全都要。",
    gap: "方括号里第 {place} 个位置是空的。在那里写一个冒号，就是取整个轴。",
    colons: "“{piece}”里冒号太多：切片的写法是“起点:终点:步长”，至多两个冒号。",
    float: "“{piece}”不是整数，而下标必须是整数：0、1、2，依此类推。",
    strange: "“{piece}”里有 Python 在这里不认的字符。数字、逗号、冒号和点都要用半角。",
    list: "“{piece}”是列表的一部分。NumPy 会按列表逐个去取；这里只演示整数和切片。",
    mask: "“{piece}”在 NumPy 里是掩码：整个 x 全取或全不取，再添一个轴；这里只演示整数和切片。",
    token: "第 {place} 个位置上的“{piece}”看不懂。那里可以写整数、切片（如 1:3 或 ::2）、三个点或 None。",
    many: "下标太多：写了 {given} 个，而 x 只容得下 {rank} 个，每个轴一个。请去掉多余的；能添轴的只有 None。",
    bounds:
      "轴 {axis} 上没有下标 {index}：它的长度是 {length}，下标从 0 到 {last}，倒着数则从 -1 到 -{length}。切片可以越过末尾，整数不行。",
    ellipsis: "三个点代表所有没写出来的轴，所以只能出现一次。其余的请改成冒号。",
    step: "步长为 0 就永远停在原地。往前走写 1 或更大，往回走写 -1 或更小。",
    huge: "这里有个整数超过了 64 位。没有哪个轴有这么长：请写小一点的数。",
  },
};
