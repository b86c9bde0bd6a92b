"""Inside a trained network: what enters, what the hidden units make of it, what comes out."""

from gears.explorables.base import Explorable, Whole
import numpy as np
import numpy.typing as npt
import traitlets

SENTENCE = {
    "en": {
        True: "A {label}, read as a {answer}: right. ",
        False: "A {label}, read as a {answer}: wrong. ",
        "rest": (
            "{active} of {units} hidden units are above zero. Class {answer} gets the "
            "probability {winner}, the label's class {own}. Unit {unit} has the value {value}."
        ),
    },
    "zh": {
        True: "写的是 {label}，网络读成 {answer}：对。",
        False: "写的是 {label}，网络读成 {answer}：错。",
        "rest": (
            "{units} 个隐藏单元里有 {active} 个大于零。类别 {answer} 的概率是 {winner}，"
            "标签那一类的概率是 {own}。第 {unit} 个单元的值是 {value}。"
        ),
    },
}


class InsideNetwork(Explorable):
    """Some samples on their way through two layers, one of them shown.

    Args:
        images: uint8, shape (n, 28, 28).
        hidden: what the first layer gives out, no negative values, shape (n, units).
        probabilities: what the last layer gives out, shape (n, 10).
        labels: whole numbers from 0 to 9, shape (n,).
        sample: which of the n is shown.
        unit: which hidden unit is named.
    """

    images = traitlets.List().tag(sync=True)
    hidden = traitlets.List().tag(sync=True)
    probabilities = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    sample = Whole(0, lambda figure: len(figure.labels) - 1).tag(sync=True)
    unit = Whole(0, lambda figure: len(figure.hidden[0]) - 1).tag(sync=True)

    def __init__(
        self,
        images: npt.ArrayLike,
        hidden: npt.ArrayLike,
        probabilities: npt.ArrayLike,
        labels: npt.ArrayLike,
        **options: object,
    ) -> None:
        """Take the arrays over.

        Raises:
            ValueError: the arrays do not fit together, or `sample` or `unit` is not among them.
        """
        images, labels = np.asarray(images), np.asarray(labels)
        hidden, probabilities = np.asarray(hidden), np.asarray(probabilities)
        n = len(images)
        _expect("images", images.shape, (n, 28, 28))
        _expect("hidden", hidden.shape, (n, hidden.shape[-1]))
        _expect("probabilities", probabilities.shape, (n, 10))
        _expect("labels", labels.shape, (n,))
        if not np.allclose(probabilities.sum(axis=1), 1, atol=1e-3):
            raise ValueError("probabilities do not add up to 1 in every row: softmax is missing")
        super().__init__(
            images=images.reshape(n, 784).tolist(),
            hidden=_rounded(hidden),
            probabilities=_rounded(probabilities),
            labels=labels.tolist(),
            **options,
        )

    def describe(self) -> str:
        """Label, answer and its probability; how many hidden units are above zero."""
        hidden, probabilities = self.hidden[self.sample], self.probabilities[self.sample]
        label, answer = self.labels[self.sample], int(np.argmax(probabilities))
        sentence = SENTENCE[self.language]
        return (sentence[label == answer] + sentence["rest"]).format(
            label=label,
            answer=answer,
            active=int(np.count_nonzero(hidden)),
            units=len(hidden),
            winner=f"{probabilities[answer]:.2f}",
            own=f"{probabilities[label]:.2f}",
            unit=self.unit,
            value=f"{hidden[self.unit]:.2f}",
        )


def _expect(name: str, shape: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if shape != wanted:
        raise ValueError(f"{name} has the shape {shape}: it must be {wanted}")


def _rounded(values: np.ndarray) -> list[list[float]]:
    """Two decimals, as many as the figure shows; what is above zero stays above it."""
    values = values.astype(float)
    rounded = values.round(2)
    tiny = (rounded == 0) & (values > 0)
    rounded[tiny] = [float(f"{value:.1g}") for value in values[tiny]]
    return [[int(x) if x == int(x) else x for x in row] for row in rounded.tolist()]
