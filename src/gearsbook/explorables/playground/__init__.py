"""A small network that learns to tell points of the plane apart, step by step."""

from typing import cast

from gearsbook.explorables.figure import Figure, State, StateError


class Points(State):
    """Places in the plane, each with its class, [x, y, 0 or 1]; places have two decimals."""

    def validate(self, obj: Figure, value: object) -> list[list[float]]:
        """The points as lists; traitlets calls this on every assignment.

        Raises:
            StateError: they are none; the message names the first that is not.
        """
        points = cast(list[list[float]], super().validate(obj, value))
        if wrong := obj.call("problemOfPoints", points):
            raise StateError(wrong)
        return [[round(float(x), 2), round(float(y), 2), int(label)] for x, y, label in points]


class Playground(Figure):
    """A network with one hidden layer that is trained on points of the plane, from a seed.

    It is trained by `parts/training.js`. What it shows follows from its state alone: the same
    settings, seed and number of steps give the same network. (Larger steps than these may become
    chaotic, and two browsers, whose exponentials differ in the last bit, would part.)

    Args:
        samples: "xor", "moons", "ring", "spirals", or "own".
        points: one's own points, [x, y, class], at most 200.
        units: hidden units, 1 to 8.
        activation: "relu", "tanh" or "none".
        learning_rate: 0.01, 0.03, 0.1, 0.3, 1 or 3; at most 0.3 with a momentum of 0.5, and 0.1
            with one of 0.9.
        momentum: 0, 0.5 or 0.9.
        batch_size: 10, 25 or "all".
        seed: 0 to 9999; settles the first weights and the order of the points.
        steps: 0 to 1000.
        axes: the two units whose values are drawn, or none: the two that matter most.
    """

    samples = State("xor")
    points = Points([])
    units = State(2)
    activation = State("relu")
    learning_rate = State(0.1, has_points=False)
    momentum = State(0.9, has_points=False)
    batch_size = State(10)
    seed = State(7)
    steps = State(300)
    axes = State([])
