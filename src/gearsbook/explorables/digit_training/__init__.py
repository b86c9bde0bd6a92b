"""A small network that learns to read digits in the browser, beside its run in NumPy."""

from gearsbook.explorables import datafiles
from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt


class DigitTraining(Figure):
    """A network 784-32-10 trained on 2,000 digits, tested on 1,000 after each epoch.

    It is trained by `parts/training.js` with batches of 50 and seed 1, for 12 epochs of 40 steps at
    most.

    Args:
        losses: the loss of each step's batch of the same run in NumPy, with learning rate 0.05
            and momentum 0.9, to draw beside the browser's; rounded to seven decimals.
        accuracies: of that run after each epoch, 0 to 1.
        learning_rate: 0.005, 0.02, 0.05, 0.2 or 0.5.
        momentum: 0, 0.5 or 0.9.
        steps: 0 to 480; the page trains until it has taken so many.
    """

    losses = State([])
    accuracies = State([])
    learning_rate = State(0.05)
    momentum = State(0.9)
    steps = State(0)

    def __init__(
        self, losses: npt.ArrayLike = (), accuracies: npt.ArrayLike = (), **options: object
    ) -> None:
        """Take the run in NumPy over."""
        losses, accuracies = np.asarray(losses, float), np.asarray(accuracies, float)
        super().__init__(losses=losses.round(7), accuracies=accuracies.round(4), **options)

    def describe(self) -> str:
        """How far the training is, what it reached, and how far it is from NumPy's."""
        if not self.steps:
            return super().describe()
        said = "m.sentence(m.WORDS[xs[0]], xs[1], m.taken(digits, xs[1]))"  # 60 ms a step
        module = datafiles.given("digits", self.module())
        return str(module.evaluate(said, [self.language, self.state()]))
