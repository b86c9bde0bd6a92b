"""Samples cut into batches of any size: walk from batch to batch and read its slice."""

from typing import Any

from gears.explorables.base import Explorable, Whole
import traitlets

MOST_SAMPLES = 1_000_000

SENTENCE: dict[str, dict[str, Any]] = {
    "en": {
        "cut": "{samples} samples in batches of {size}: {count}, {kinds}. ",
        "count": ("1 batch", "{} batches"),
        "full": ("a full one", "all of them full"),
        "short": "{full} full and a last one of {rest}",
        "batch": "n = {n}: {array}[{start}:{asked}], {which}, shape ({length}, 28, 28).",
        "which": ("sample {first}", "samples {first} to {last}"),
        "over": " The slice goes up to {asked}; NumPy stops at the end, without an error.",
        "next": " n = {next} would be empty: shape (0, 28, 28).",
    },
    "zh": {
        "cut": "{samples} 个样本，每批 {size} 个，共 {count}：{kinds}。",
        "count": ("1 批", "{} 批"),
        "full": ("正好一个整批", "全是整批"),
        "short": "{full} 个整批，最后一批 {rest} 个",
        "batch": "n = {n}：{array}[{start}:{asked}]，{which}，形状 ({length}, 28, 28)。",
        "which": ("样本 {first}", "样本 {first} 到 {last}"),
        "over": "切片写到 {asked}，NumPy 取到末尾为止，不报错。",
        "next": "n = {next} 就是空的了：形状 (0, 28, 28)。",
    },
}


class BatchWalker(Explorable):
    """All samples in a row, cut into batches, one of them chosen.

    Args:
        samples: how many there are, 1 to 1,000,000.
        batch_size: samples in a full batch, 1 to `samples`.
        batch: which batch is chosen, counted from 0; stays in range when `batch_size` changes.
        array: the name that the samples have in the code shown.
    """

    samples = Whole(60_000, MOST_SAMPLES, low=1).tag(sync=True)
    batch_size = Whole(128, lambda figure: figure.samples, low=1).tag(sync=True)
    batch = Whole(0, lambda figure: figure._count() - 1).tag(sync=True)
    array = traitlets.Unicode("train_images").tag(sync=True)

    def __init__(
        self, samples: int = 60_000, batch_size: int = 128, batch: int = 0, **options: object
    ) -> None:
        """Take the numbers over in this order: each sets the range of the next.

        Raises:
            ValueError: a number is out of its range, or `array` is not a name.
        """
        super().__init__(samples=samples, batch_size=batch_size, batch=batch, **options)

    @traitlets.validate("array")
    def _is_a_name(self, proposal: dict) -> str:
        if not proposal["value"].isidentifier():
            raise ValueError(f"array is {proposal['value']!r}: it must be a name, like 'x_train'")
        return proposal["value"]

    @traitlets.observe("samples", "batch_size")
    def _stay_in_range(self, change: object) -> None:
        self.batch_size = min(self.batch_size, self.samples)
        self.batch = min(self.batch, self._count() - 1)

    def _count(self) -> int:
        """How many batches there are, the short one included."""
        return -(-self.samples // self.batch_size)

    def describe(self) -> str:
        """How the samples are cut; the chosen batch's slice, samples and shape; the end."""
        words = SENTENCE[self.language]
        full, rest = divmod(self.samples, self.batch_size)
        count, n = self._count(), self.batch
        start, asked = self.batch_size * n, self.batch_size * (n + 1)
        stop = min(asked, self.samples)
        kinds = words["short"] if rest else words["full"][count > 1]
        sentence = words["cut"].format(
            samples=f"{self.samples:,}",
            size=f"{self.batch_size:,}",
            count=words["count"][count > 1].format(f"{count:,}"),
            kinds=kinds.format(full=f"{full:,}", rest=f"{rest:,}"),
        )
        sentence += words["batch"].format(
            n=n,
            array=self.array,
            start=start,
            asked=asked,
            which=words["which"][stop - start > 1].format(first=f"{start:,}", last=f"{stop - 1:,}"),
            length=stop - start,
        )
        if asked > self.samples:
            sentence += words["over"].format(asked=f"{asked:,}")
        if n == count - 1:
            sentence += words["next"].format(next=count)
        return sentence
