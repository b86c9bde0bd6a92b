"""The exercises of section 2.2.3."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def row_of_largest(x):
    return x.sum(axis=1).argmax()


def _row_cases(rng):
    chosen = np.array([[9, 0, 0, 0], [3, 4, 0, 5], [2, 6, 1, 1]])
    shapes = ((5, 2), (2, 7), (6, 6), (20, 30))
    random = [(rng.integers(-50, 50, shape),) for shape in shapes]
    return [(chosen,), *random, (np.array([[-5, -1], [-1, -2]]),)]


def place_by_columns(row, column, shape):
    return column * shape[0] + row


def _place_cases(rng):
    cases = [(1, 2, (3, 4)), (2, 0, (3, 4)), (0, 3, (3, 4)), (14, 16, (28, 28)), (0, 0, (5, 2))]
    for _ in range(10):
        rows, columns = (int(length) for length in rng.integers(2, 40, 2))
        place = (int(rng.integers(rows)), int(rng.integers(columns)))
        cases.append((*place, (rows, columns)))
    return cases


def spare_columns(x):
    return x.shape[1] - np.linalg.matrix_rank(x)


def _spare_cases(rng):
    cases = [(np.array([[1, 2, 3], [1, 2, 4], [1, 2, 5], [1, 2, 6]]),)]
    for rows, columns, rank in ((6, 4, 2), (3, 5, 3), (5, 5, 5), (4, 9, 1), (8, 6, 5)):
        cases.append((rng.normal(size=(rows, rank)) @ rng.normal(size=(rank, columns)),))
    return cases


EXERCISES = (
    Exercise(
        solution=row_of_largest,
        cases=_row_cases,
        mistakes=(
            Mistake(
                lambda x: x.sum(axis=0).argmax(),
                en="These are the sums of the columns: `axis=0` is the axis that "
                "disappears, and wanted is a sum for every row.",
                zh="这样得到的是各列之和：`axis=0` 是要消去的轴，而这里每一行都要有一个和。",
            ),
            Mistake(
                lambda x: x.sum(axis=1).max(),
                en="That is the largest sum. Wanted is the index of its row.",
                zh="这是最大的和本身，要的是它在第几行。",
            ),
            Mistake(
                lambda x: x.max(axis=1).argmax(),
                en="That is the row with the largest single entry. Its other entries count too.",
                zh="这是最大的那个元素所在的行。同一行里别的元素也要算进去。",
            ),
            Mistake(
                lambda x: x.argmax(),
                en="Without an axis, `argmax` looks at single entries and counts them "
                "through all the rows. Sum each row first.",
                zh="不指定轴，`argmax` 比的是单个元素，位置也是连着各行数下来的。先求每一行的和。",
            ),
            Mistake(
                lambda x: x.sum(axis=1),
                en="These are the sums of the rows. Which of them is the largest, and "
                "at which place does it stand?",
                zh="这是各行的和。其中哪个最大，排在第几？",
            ),
            Mistake(
                lambda x: x.sum().argmax(),
                en="`sum` without an axis adds up the whole matrix: a single number is "
                "left, and its place is always 0.",
                zh="`sum` 不指定轴，会把整个矩阵加成一个数，它的位置当然总是 0。",
            ),
            Mistake(
                lambda x: np.maximum(x.sum(axis=1), 0).argmax(),
                en="Right while some sum is positive. Where all are negative, none beats a search "
                "that starts from 0: start from the first row's sum.",
                zh="只要有一行的和是正的就对。各行的和全是负数时，从 0 找起，谁也超不过它：从第一"
                "行的和找起。",
            ),
            Mistake(
                lambda x: x.sum(axis=1).argmax() + 1,
                en="Rows are counted from zero.",
                zh="行从零数起。",
            ),
            Mistake(
                lambda x: np.abs(x).sum(axis=1).argmax(),
                en="The signs have been dropped: a negative entry makes the sum smaller.",
                zh="符号丢掉了：负数会让和变小。",
            ),
        ),
        hint={
            "en": "Two steps: one sum for each row, then the place of the largest sum. Which "
            "axis has to disappear?",
            "zh": "分两步：先给每一行求和，再找最大的和排在第几。该消去的是哪个轴？",
        },
    ),
    Exercise(
        solution=place_by_columns,
        cases=_place_cases,
        mistakes=(
            Mistake(
                lambda row, column, shape: row * shape[1] + column,
                en="That is the place when the rows follow one another. Here the columns do.",
                zh="这是按行存放时的位置。现在首尾相接的是列。",
            ),
            Mistake(
                lambda row, column, shape: column * shape[1] + row,
                en="Before this column come other whole columns. How many entries has "
                "one column: as many as there are columns, or as there are rows?",
                zh="前面是若干完整的列。一列有几个元素：和列数一样多，还是和行数一样多？",
            ),
            Mistake(
                lambda row, column, shape: row * shape[0] + column,
                en="Row and column are exchanged: what is multiplied is the number of "
                "whole columns that come before.",
                zh="行和列弄反了：要乘的是前面有几个完整的列。",
            ),
            Mistake(
                lambda row, column, shape: column * shape[0] + row + 1,
                en="One too many: places are counted from zero.",
                zh="多了一：位置从零数起。",
            ),
            Mistake(
                lambda row, column, shape: (column - 1) * shape[0] + row,
                en="Columns are counted from zero, so before column 2 there are two "
                "whole columns, 0 and 1.",
                zh="列从零数起，第 2 列前面完整的列有两个：第 0 列和第 1 列。",
            ),
        ),
        hint={
            "en": "How many whole columns come before this one, and how many entries has each "
            "of them? Then how many steps down within the column?",
            "zh": "前面有几个完整的列，每列几个元素？到了这一列，再往下走几步？",
        },
    ),
    Exercise(
        solution=spare_columns,
        cases=_spare_cases,
        mistakes=(
            Mistake(
                lambda x: np.linalg.matrix_rank(x),
                en="That many columns must stay, so that the others can be built from "
                "them. How many are the others?",
                zh="这是必须留下的列数，有了这些才拼得出其余的列。那其余的有几列？",
            ),
            Mistake(
                lambda x: x.shape[0] - np.linalg.matrix_rank(x),
                en="So many rows can be spared. The length of which axis counts the columns?",
                zh="这是可以省掉的行数。列数是哪个轴的长度？",
            ),
            Mistake(
                lambda x: x.shape[1] - x.ndim,
                en="`ndim` is the number of axes, 2 for every matrix, whatever stands "
                "in it. Wanted is the linear rank.",
                zh="`ndim` 是轴的个数，里面不管是什么数，矩阵都是 2。这里用得上的是矩阵的秩。",
            ),
            Mistake(
                lambda x: min(x.shape) - np.linalg.matrix_rank(x),
                en="Right as long as there are at least as many rows as columns. What "
                "if there are more columns than the linear rank can ever be?",
                zh="行数不少于列数时是对的。可要是列太多，多到秩怎么也赶不上呢？",
            ),
        ),
        hint={
            "en": "The linear rank says how many columns are enough to build all of them.",
            "zh": "矩阵的秩就是：有几列就够拼出所有的列。",
        },
    ),
)
