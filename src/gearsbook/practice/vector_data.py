"""The exercises of section 2.2.9."""

from functools import partial

from gearsbook.practice.exercise import Exercise, Mistake
import numpy as np


def standardised(train, test):
    constant = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(constant, 1, train.std(axis=0))


def _people_cases(rng):
    train = np.array([[1.0, 10.0, 2.0], [3.0, 30.0, 2.0]])
    test = np.array([[2.0, 40.0, 2.0], [5.0, 20.0, 3.0], [1.0, 10.0, 2.0]])
    tenths = np.array([[0.1, 0.1], [0.1, 0.2], [0.1, 0.3]])  # the first column's std is not 0
    cases = [(train, test), (tenths, 2 * tenths[:2])]
    for n, m, features in ((5, 3, 4), (40, 7, 2), (6, 1, 3)):
        scale, centre = rng.uniform(1, 1000, (2, features))
        cases.append((rng.normal(centre, scale, (n, features)).round(1),
                      rng.normal(centre, scale, (m, features)).round(1)))  # fmt: skip
    return cases


def _unguarded(train, test):
    with np.errstate(all="ignore"):
        return (test - train.mean(axis=0)) / train.std(axis=0)


def _unless_std_is_zero(train, test):
    std = train.std(axis=0)
    return (test - train.mean(axis=0)) / np.where(std > 0, std, 1)


def _by_everyone(train, test):
    return standardised(np.concatenate([train, test]), test)


def _by_one_number(train, test):
    return (test - train.mean()) / train.std()


def _across_the_features(train, test):
    with np.errstate(all="ignore"):
        return (test - train.mean(axis=1)) / train.std(axis=1)


def _by_the_variance(train, test):
    constant = (train == train[0]).all(axis=0)
    return (test - train.mean(axis=0)) / np.where(constant, 1, train.var(axis=0))


def _by_a_little_more(little, train, test):
    return (test - train.mean(axis=0)) / (train.std(axis=0) + little)


def one_hot_rows(codes, classes):
    return (codes[:, None] == np.arange(classes)).astype("float32")


def _code_cases(rng):
    cases = [(np.array([0, 2, -1, 1]), 4)]
    cases += [(rng.integers(-1, classes, n), classes) for n, classes in ((6, 2), (9, 5), (30, 12))]
    return [*cases, (np.array([1, 1, 0]), 2)]


def token_counts(tokens, size):
    return np.bincount(tokens, minlength=size)


def _token_cases(rng):
    cases = [(np.array([3, 1, 3, 0]), 6)]
    cases += [(rng.integers(0, size, n), size) for n, size in ((10, 4), (25, 40), (300, 50))]
    return [*cases, (np.array([2, 2, 2]), 3)]


def _presence(tokens, size):
    row = np.zeros(size, dtype="int64")
    row[tokens] += 1  # an index that occurs twice is added to once
    return row


EXERCISES = (
    Exercise(
        solution=standardised,
        cases=_people_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda train, test: standardised(test, test),
                en="This measures the test data by itself. The same person would get "
                "other numbers in other company.",
                zh="这是拿测试数据量它自己。同一个人，换一批同伴，数就变了。",
            ),
            Mistake(
                _by_everyone,
                en="Training and test data have been thrown together first. What is "
                "taken from the test data is a leak.",
                zh="先把训练数据和测试数据合在了一起。从测试数据里取来的，就是泄漏。",
            ),
            Mistake(
                _unguarded,
                en="Right, but for a feature that never changes in the training data: "
                "there the division is by 0.",
                zh="别的都对；只有训练数据里从不变化的那个特征，除以了 0。",
            ),
            Mistake(
                _unless_std_is_zero,
                en="Right, but for a feature that is always 0.1: its mean is rounded, so "
                "its standard deviation is tiny and not 0. Ask the values.",
                zh="别的都对；可总是 0.1 的那个特征，均值经过舍入，标准差极小，却不是 0。"
                "要看值，不要看标准差。",
            ),
            Mistake(
                lambda train, test: (test - train.mean(axis=0)) / np.maximum(train.std(axis=0), 1),
                en="A standard deviation below 1 is one to divide by, too.",
                zh="标准差小于 1，也照样要除以它。",
            ),
            Mistake(
                _by_one_number,
                en="One mean for the whole table mixes years with dollars. Each feature "
                "has its own.",
                zh="整张表只算一个均值，岁就和元混在了一起。每个特征各有各的均值。",
            ),
            Mistake(
                _across_the_features,
                en="The mean ran along the features of one sample. It should run over the samples.",
                zh="均值沿着一个样本的各个特征走了，应该沿着样本走。",
            ),
            Mistake(
                lambda train, test: test - train.mean(axis=0),
                en="The means are gone, the units are not: what do you divide by?",
                zh="均值减掉了，单位还在：该除以什么？",
            ),
            Mistake(
                _by_the_variance,
                en="The variance is in years squared. Divide by its root.",
                zh="方差的单位是单位的平方，比如岁的平方。该除的是它的平方根。",
            ),
            Mistake(
                lambda train, test: standardised(train, train),
                en="These are the rows of the training data. Wanted are those of the test.",
                zh="这是训练数据的各行，要的是测试数据的。",
            ),
            *(
                Mistake(
                    partial(_by_a_little_more, little),
                    en="The small number only keeps from dividing by zero: a feature that never "
                    "changes is then divided by it, and 1 above the mean becomes millions. Such "
                    "a feature is not to be divided at all.",
                    zh="加上的小数只是免得除以零：从不变化的特征，除的就是它，比均值大 1 会变成"
                    "上千万。这样的特征根本不该除。",
                )
                for little in (1e-8, 1e-7)
            ),
            Mistake(
                lambda train, test: (
                    (test - train.mean(axis=0))
                    / np.where((train == train[0]).all(axis=0), 1, train.std(axis=0, ddof=1))
                ),
                en="The deviation is divided by n − 1 here. Wanted is NumPy's own choice, "
                "division by n.",
                zh="这里的标准差除的是 n − 1。要的是 NumPy 自己的算法，除以 n。",
            ),
            Mistake(
                lambda train, test: np.nan_to_num(_unguarded(train, test)),
                en="`nan_to_num` hides what the division by 0 has made of a feature that never "
                "changes. Do not divide it: only its mean is subtracted.",
                zh="从不变化的特征除以 0 之后出了什么，`nan_to_num` 只是把它盖住了。不要除：只减去"
                "均值。",
            ),
        ),
        hint={
            "en": "Mean and standard deviation of the training data, one of each for every "
            "feature; then subtract and divide. Look at the feature that never changes.",
            "zh": "训练数据的均值和标准差，每个特征各一个；再减、再除。留意从不变化的那个特征。",
        },
    ),
    Exercise(
        solution=one_hot_rows,
        cases=_code_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda codes, classes: np.eye(classes, dtype="float32")[codes],
                en="Right for what is known. As an index, −1 is the last row: the "
                "unknown has been filed under the last category.",
                zh="已知的都对。可是 −1 用作索引就是最后一行：未知的被归到了最后一类。",
            ),
            Mistake(
                lambda codes, classes: np.eye(codes.max() + 1, dtype="float32")[codes],
                en="The number of columns is guessed from the codes that happen to be "
                "here. It is given.",
                zh="列数是照着碰巧出现的编号猜的。题目已经给了列数。",
            ),
            Mistake(
                lambda codes, classes: codes[:, None] == np.arange(classes),
                en="The right places, but as True and False. Wanted are float32 numbers.",
                zh="位置对了，但还是 True 和 False。要的是 float32 的数。",
            ),
            Mistake(
                lambda codes, classes: (np.arange(classes)[:, None] == codes).astype("float32"),
                en="Rows and columns have changed places: each code should have a row.",
                zh="行和列颠倒了：每个编号应该占一行。",
            ),
            Mistake(
                lambda codes, classes: (codes[:, None] == np.arange(1, classes + 1)).astype(
                    "float32"
                ),
                en="The codes start from 0, not from 1.",
                zh="编号从 0 开始，不是从 1 开始。",
            ),
            Mistake(
                lambda codes, classes: np.eye(classes, dtype="float32")[codes[codes >= 0]],
                en="The unknown ones have been left out. Each code should have a row, "
                "or rows and labels no longer match.",
                zh="未知的被丢掉了。每个编号都要有一行，否则各行与标签就对不上了。",
            ),
        ),
        hint={
            "en": "Compare every code with every category: a column of codes with a row of "
            "categories. What does −1 equal?",
            "zh": "拿每个编号和每个类别相比：编号竖着排，类别横着排。−1 会和谁相等？",
        },
    ),
    Exercise(
        solution=token_counts,
        cases=_token_cases,
        dtype="exact",
        mistakes=(
            Mistake(
                lambda tokens, size: np.bincount(tokens),
                en="The row ends at the largest number that occurs. All documents need "
                "rows of the same length.",
                zh="这一行到出现过的最大编号就停了。所有文档的行要一样长。",
            ),
            Mistake(
                _presence,
                en="This says whether a word occurs, not how often. (`row[tokens] += 1` "
                "adds to each place once.)",
                zh="这只说明某个词出现过没有，没说几次。（`row[tokens] += 1` "
                "在每个位置上只加一次。）",
            ),
            Mistake(
                lambda tokens, size: np.bincount(tokens, minlength=size) / len(tokens),
                en="These are shares of the document. Wanted are whole numbers.",
                zh="这是占整篇的比例，要的是整数。",
            ),
            Mistake(
                lambda tokens, size: np.unique(tokens, return_counts=True)[1],
                en="Only the words that occur have been counted. The others have columns too.",
                zh="只数了出现过的词。没出现的词也占一列。",
            ),
            Mistake(
                lambda tokens, size: (tokens[:, None] == np.arange(size)).astype("int64"),
                en="This is a one-hot row for each word, in order. Sum over the words of "
                "the document.",
                zh="这是按顺序给每个词一行独热编码。还要沿着文档里的词求和。",
            ),
        ),
        hint={
            "en": "Begin with as many zeros as there are words in the vocabulary; then every "
            "token adds one in its place. NumPy has a function that does both.",
            "zh": "词表里有多少个词，就从多少个零开始，每来一个词元，就在它的位置上加一。"
            "NumPy 有一个函数，两步一起做。",
        },
    ),
)
