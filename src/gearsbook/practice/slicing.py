"""The exercises of section 2.2.6."""

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def last_column_kept(table):
    return table[:, -1:]


def _table_cases(rng):
    chosen = np.array([[1, 2, 3], [4, 5, 6]])
    random = [(rng.integers(0, 100, shape),) for shape in ((5, 2), (3, 3), (1, 4))]
    return [(chosen,), *random]


def centre_crop(images, size):
    _, height, width = images.shape
    top, left = (height - size) // 2, (width - size) // 2
    return images[:, top : top + size, left : left + size]


def _crop_cases(rng):
    numbered = np.arange(24, dtype="uint8").reshape(1, 4, 6)
    sizes = ((3, 6, 6, 2), (2, 5, 5, 5), (2, 8, 5, 3), (4, 7, 7, 4), (1, 9, 6, 4))
    return [
        (numbered, 2),
        *((rng.integers(1, 256, shape, "uint8"), size) for *shape, size in sizes),
    ]


def _crop_by_both_ends(images, size):
    _, height, width = images.shape
    top, left = (height - size) // 2, (width - size) // 2
    return images[:, top:-top, left:-left]


def _crop_by_height_alone(images, size):
    top = (images.shape[1] - size) // 2
    return images[:, top : top + size, top : top + size]


def _crop_with_size_as_stop(images, size):
    _, height, width = images.shape
    return images[:, (height - size) // 2 : size, (width - size) // 2 : size]


def _crop_of_the_rows(images, size):
    top = (images.shape[1] - size) // 2
    return images[:, top : top + size]


def _crop_without_samples(images, size):
    _, height, width = images.shape
    top, left = (height - size) // 2, (width - size) // 2
    return images[top : top + size, left : left + size]


def border_zeroed(images, width):
    _, rows, columns = images.shape
    blank = np.zeros_like(images)
    inside = (slice(None), slice(width, rows - width), slice(width, columns - width))
    blank[inside] = images[inside]
    return blank


def _border_cases(rng):
    sizes = ((1, 4, 5, 1), (2, 5, 4, 0), (3, 7, 6, 2), (6, 6, 8, 3), (4, 5, 5, 1))
    return [(rng.integers(1, 256, shape, "uint8"), width) for *shape, width in sizes]


def _border_by_minus_width(images, width):
    result = images.copy()
    result[:, :width] = result[:, -width:] = 0
    result[:, :, :width] = result[:, :, -width:] = 0
    return result


def _border_at_the_start_alone(images, width):
    result = images.copy()
    result[:, :width] = 0
    result[:, :, :width] = 0
    return result


def _border_of_the_rows(images, width):
    result = images.copy()
    result[:, :width] = 0
    result[:, images.shape[1] - width :] = 0
    return result


def _border_of_the_samples(images, width):
    result = images.copy()
    for part in (slice(None, width), slice(len(images) - width, None)):
        result[part] = 0
    result[:, :width] = 0
    result[:, images.shape[1] - width :] = 0
    return result


def _inside_zeroed(images, width):
    _, rows, columns = images.shape
    result = images.copy()
    result[:, width : rows - width, width : columns - width] = 0
    return result


def _border_cut_off(images, width):
    _, rows, columns = images.shape
    return images[:, width : rows - width, width : columns - width]


EXERCISES = (
    Exercise(
        solution=last_column_kept,
        cases=_table_cases,
        mistakes=(
            Mistake(
                lambda table: table[:, -1],
                en="These are the right numbers, but an integer removes its axis. What "
                "keeps an axis, with length one?",
                zh="数是对的，可整数下标会去掉它所在的轴。怎样写才能留下这个轴，长度为 1？",
            ),
            Mistake(
                lambda table: table[-1:],
                en="That is the last row: the first place between the brackets belongs "
                "to the rows.",
                zh="这是最后一行：方括号里的第一个位置管的是行。",
            ),
            Mistake(
                lambda table: table[:, :-1],
                en="This stops before the last column and keeps all the others. Where "
                "should the slice start?",
                zh="这样写到最后一列之前就停了，留下的恰是其余各列。切片该从哪里开始？",
            ),
            Mistake(
                lambda table: table[:, :1],
                en="That is the first column. Negative indices count from the end.",
                zh="这是第一列。要从末尾数起，用负的下标。",
            ),
            Mistake(
                lambda table: table[:, -1][np.newaxis],
                en="The column has been laid down as a row: the new axis came in front, "
                "where the samples belong.",
                zh="这一列被放倒成了一行：新轴加在了前面，而前面该是样本的轴。",
            ),
        ),
        hint={
            "en": "Two places between the brackets: all rows, and of the columns only the "
            "last, as a slice.",
            "zh": "方括号里有两个位置：行全要；列只要最后一个，并且写成切片。",
        },
    ),
    Exercise(
        solution=centre_crop,
        cases=_crop_cases,
        mistakes=(
            Mistake(
                lambda images, size: images[:, :size, :size],
                en="That is the corner at the top left. How many rows have to be left out above?",
                zh="这是左上角。上面该去掉多少行？",
            ),
            Mistake(
                _crop_by_both_ends,
                en="Two cases break this. Where nothing is to be cut off, the stop is "
                "-0, which is 0; and where an odd number of rows is to go, the two ends "
                "are not equal. Get the stop from the start.",
                zh="有两种情形会出错：什么都不用去掉时，终点成了 -0，也就是 0；"
                "要去掉奇数行时，两头去掉的并不相等。请由起点推出终点。",
            ),
            Mistake(
                _crop_by_height_alone,
                en="Right for square images. Where height and width differ, the columns "
                "need a start of their own.",
                zh="方形图像没问题。高和宽不相等时，列要有自己的起点。",
            ),
            Mistake(
                _crop_with_size_as_stop,
                en="After the colon stands where the slice stops, not how long it is.",
                zh="冒号后面写的是切片停在哪里，不是它有多长。",
            ),
            Mistake(
                _crop_of_the_rows,
                en="The rows are right. The columns are still all there.",
                zh="行对了，列还是全部。",
            ),
            Mistake(
                _crop_without_samples,
                en="The first place belongs to the samples, and all of these are wanted.",
                zh="第一个位置是样本的，而样本全都要。",
            ),
        ),
        hint={
            "en": "Of the rows that are left out, half lie above. So you know where the crop "
            "starts, and from its length where it stops; then the same for the columns.",
            "zh": "去掉的行里有一半在上面，由此知道从哪里开始，再由长度知道停在哪里；列也一样。",
        },
    ),
    Exercise(
        solution=border_zeroed,
        cases=_border_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                _border_by_minus_width,
                en="Right, unless the width is 0: then the start of the last slice is "
                "-0, the very beginning, and everything is erased.",
                zh="边宽不为 0 时都对。边宽为 0 时，后一个切片的起点 -0 就是开头，整张图都擦掉了。",
            ),
            Mistake(
                _border_at_the_start_alone,
                en="Only the top and the left edge. The border runs along four sides.",
                zh="只有上边和左边。边框有四条边。",
            ),
            Mistake(
                _border_of_the_rows,
                en="Above and below it is right. The columns on both sides are missing.",
                zh="上下对了，左右两边的列还没有处理。",
            ),
            Mistake(
                _border_of_the_samples,
                en="Whole images have been erased: the first axis counts the samples, "
                "and none of them is a border.",
                zh="有的图整张被擦掉了：第一个轴数的是样本，样本不是边框。",
            ),
            Mistake(
                _inside_zeroed,
                en="The other way round: now the border is left, and the picture is gone.",
                zh="反了：留下的是边框，图没了。",
            ),
            Mistake(
                _border_cut_off,
                en="This cuts the border off. It should stay, with zeros in it.",
                zh="这是把边框裁掉了。边框应该还在，只是里面全是零。",
            ),
        ),
        hint={
            "en": "Work on a copy and write zeros into four of its slices, or begin with "
            "zeros and write the inside into them. A width of 0 must change nothing.",
            "zh": "可以复制一份，往四个切片里写零；也可以从全零开始，把里面的部分写进去。"
            "边宽为 0 时，什么都不该变。",
        },
    ),
)
