"""Gradient descent over two weights: the path on a loss surface, and the loss along it."""

from gearsbook.explorables.figure import Figure, State
import numpy as np
import numpy.typing as npt


class Descent(Figure):
    """The path of gradient descent with momentum, and the loss along it.

    With momentum each step is `velocity = momentum * velocity - learning_rate * gradient;
    w = w + velocity`. Adam is Keras's, with its means' usual 0.9 and 0.999.

    Args:
        features: shape (n, 2): samples for the surface "digits", the loss of a logistic
            regression with two weights.
        labels: 0 or 1 for each sample, shape (n,).
        surface: "bowl", "valley", "saddle", "wells", or "digits" if there are samples.
        start: the two weights at the beginning, -4 to 4; each surface has its own.
        optimizer: "momentum" or "adam".
        learning_rate: 0.001 to 4. (Far above that, the path on "digits" may become chaotic, and
            two engines, whose exponentials differ in the last bit, would part.)
        momentum: 0 to 0.99; Adam does not use it.
        batch_size: 1, 8, 32 or "all", for "digits".
        seed: 0 to 9999; settles the order of the samples in each epoch.
        steps: 0 to 200.
    """

    surface = State("valley")
    start = State([-2.6, 1.2])
    optimizer = State("momentum")
    learning_rate = State(0.09)
    momentum = State(0.0)
    batch_size = State("all")
    seed = State(0)
    steps = State(30)
    features = State([])
    labels = State([])

    def __init__(
        self, features: npt.ArrayLike = (), labels: npt.ArrayLike = (), **options: object
    ) -> None:
        """Take the samples over, features rounded to two decimals.

        Raises:
            ValueError: the samples do not fit together, or an option is out of its range.
        """
        features, labels = np.asarray(features, float), np.asarray(labels)
        if features.size and features.shape[1:] != (2,):
            raise ValueError(f"features has the shape {features.shape}: it must be (n, 2)")
        if labels.shape != (len(features),) or not np.isin(labels, (0, 1)).all():
            raise ValueError(f"labels must be 0 or 1 for each of the {len(features)} samples")
        surface = options.get("surface", "valley")
        if start := self.module().evaluate("m.SURFACES[xs]?.start", surface):
            options = {"start": start} | options
        super().__init__(features=features.round(2), labels=labels.astype(int), **options)

    def path(self) -> npt.NDArray[np.float64]:
        """The places from the start on, shape (steps + 1, 2), fewer if it ran far away."""
        return np.array(self.call("descend", self.state()))
