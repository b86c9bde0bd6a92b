"""A small network that learns to read digits in the browser, beside its run in NumPy."""

from gears.explorables import base
from gears.explorables.training import Training, forward
import numpy as np
import numpy.typing as npt
import traitlets

IMAGES, TESTS, PIXELS = 2000, 1000, 784  # in files/digits.bin
UNITS, CLASSES, BATCH, SEED = 32, 10, 50, 1
EPOCH = IMAGES // BATCH  # steps
MOST = 12 * EPOCH
RATES, MOMENTA = (0.005, 0.02, 0.05, 0.2, 0.5), (0, 0.5, 0.9)
NUMPY = (0.05, 0.9)  # learning rate and momentum of the run to compare with

WORDS = {
    "en": {
        "none": "No step taken yet, with learning rate {rate:g} and momentum {momentum:g}.",
        "numpy": (
            " In NumPy, {steps} steps with learning rate {rate:g} and momentum {momentum:g} took"
            " the loss from {first:.3f} to {last:.3f}; then {right:.1f}% of the 1,000 test images"
            " are read right."
        ),
        "steps": (
            "{steps} of {most} steps with learning rate {rate:g} and momentum {momentum:g}: the"
            " loss is {first:.3f} on the first batch, {last:.3f} on the latest."
        ),
        "right": " After epoch {epoch}, {right:.1f}% of the 1,000 test images are read right.",
        "same": " Largest difference from NumPy's losses so far: {difference}.",
        "other": " The run in NumPy had other settings, so the curves part.",
        "tiny": "less than 0.000001",
    },
    "zh": {
        "none": "还没有开始训练，学习率 {rate:g}，动量 {momentum:g}。",
        "numpy": (
            "NumPy 用学习率 {rate:g}、动量 {momentum:g} 训练了 {steps} 步，损失从 {first:.3f} 降到"
            " {last:.3f}，1,000 张测试图像读对了 {right:.1f}%。"
        ),
        "steps": (
            "学习率 {rate:g}，动量 {momentum:g}，全程 {most} 步，走完了 {steps} 步。第一批的损失是"
            " {first:.3f}，最近一批是 {last:.3f}。"
        ),
        "right": "第 {epoch} 轮结束时，1,000 张测试图像读对了 {right:.1f}%。",
        "same": "到现在为止，与 NumPy 损失的最大差值：{difference}。",
        "other": "NumPy 那次用的是另一组设置，所以两条曲线会分开。",
        "tiny": "不到 0.000001",
    },
}


class DigitTraining(base.Explorable):
    """A network 784-32-10 trained on 2,000 digits, tested on 1,000 after each epoch.

    It is trained by `gears.explorables.training` with batches of 50 and seed 1, for 12 epochs of
    40 steps at most.

    Args:
        losses: the loss of each step's batch of the same run in NumPy, with learning rate 0.05
            and momentum 0.9, to draw beside the browser's; rounded to seven decimals.
        accuracies: of that run after each epoch, 0 to 1.
        learning_rate: 0.005, 0.02, 0.05, 0.2 or 0.5.
        momentum: 0, 0.5 or 0.9.
        steps: 0 to 480; the page trains until it has taken so many.
    """

    losses = traitlets.List().tag(sync=True)
    accuracies = traitlets.List().tag(sync=True)
    learning_rate = traitlets.Enum(RATES, NUMPY[0]).tag(sync=True)
    momentum = traitlets.Enum(MOMENTA, NUMPY[1]).tag(sync=True)
    steps = base.Whole(0, MOST).tag(sync=True)

    def __init__(
        self, losses: npt.ArrayLike = (), accuracies: npt.ArrayLike = (), **options: object
    ) -> None:
        """Take the run in NumPy over.

        Raises:
            ValueError: the losses and accuracies are not those of one run, or an option is out
                of its range.
        """
        losses, accuracies = np.asarray(losses, float), np.asarray(accuracies, float)
        if losses.ndim != 1 or len(losses) > MOST or not np.isfinite(losses).all():
            raise ValueError(f"losses must be at most {MOST} numbers, one for each step")
        if accuracies.shape != (len(losses) // EPOCH,):
            raise ValueError(
                f"accuracies has the shape {accuracies.shape}: it must be one number for each of"
                f" the {len(losses) // EPOCH} epochs of {EPOCH} losses"
            )
        super().__init__(
            losses=losses.round(7).tolist(), accuracies=accuracies.round(4).tolist(), **options
        )

    def run(self) -> tuple[list[float], list[float]]:
        """The losses of this figure's own steps, and the accuracies after its epochs."""
        x, labels, x_test, answers = digits()
        training = Training(
            x, labels, classes=CLASSES, units=UNITS, batch_size=BATCH, seed=SEED,
            learning_rate=self.learning_rate, momentum=self.momentum,
        )  # fmt: skip
        accuracies = []
        for step in range(self.steps):
            training.step()
            if (step + 1) % EPOCH == 0:
                _, logarithms = forward(x_test, training.weights)
                accuracies.append(float((logarithms.argmax(axis=1) == answers).mean()))
        return training.losses, accuracies

    def describe(self) -> str:
        """How far the training is, what it reached, and how far it is from NumPy's."""
        words = WORDS[self.language]
        settings = {"rate": self.learning_rate, "momentum": self.momentum}
        if not self.steps:
            sentence = words["none"].format(**settings)
            if self.accuracies:
                sentence += words["numpy"].format(
                    steps=len(self.losses), rate=NUMPY[0], momentum=NUMPY[1],
                    first=self.losses[0], last=self.losses[-1], right=100 * self.accuracies[-1],
                )  # fmt: skip
            return sentence
        losses, accuracies = self.run()
        sentence = words["steps"].format(
            steps=self.steps, most=MOST, first=losses[0], last=losses[-1], **settings
        )
        if accuracies:
            sentence += words["right"].format(epoch=len(accuracies), right=100 * accuracies[-1])
        if not self.losses:
            return sentence
        if (self.learning_rate, self.momentum) != NUMPY:
            return sentence + words["other"]
        pairs = zip(losses, self.losses, strict=False)  # as far as both go
        largest = max(abs(ours - theirs) for ours, theirs in pairs)
        shown = words["tiny"] if largest < 1e-6 else f"{largest:.6f}"
        return sentence + words["same"].format(difference=shown)


def digits() -> tuple[npt.NDArray, npt.NDArray, npt.NDArray, npt.NDArray]:
    """Training images and labels, then test images and answers, of files/digits.bin.

    Images are float64 in 0..1, shape (n, 784); labels uint8, shape (n,).
    """
    content = np.frombuffer(base.file("digits"), np.uint8)
    sizes = (IMAGES * PIXELS, IMAGES, TESTS * PIXELS, TESTS)
    x, labels, x_test, answers = np.split(content, np.cumsum(sizes)[:-1])
    return x.reshape(-1, PIXELS) / 255, labels, x_test.reshape(-1, PIXELS) / 255, answers
