"""A crumpled sheet on its way through a small network: the representation after each layer."""

from collections.abc import Callable
import math

from gears.explorables.base import Explorable, Whole
import numpy as np
import numpy.typing as npt
import traitlets

SUBSTEPS = 16  # places of the slider from one layer to the next
ACTIVATIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
    "linear": lambda z: z,
}

WORDS = {
    "en": {
        "start": "The sheet as it lies in space, before the first of {layers} layers. ",
        "after": "The sheet after layer {layer} of {layers}. ",
        "affine": "Inside layer {layer} of {layers}: {percent} % of its affine map done. ",
        "activation": "Inside layer {layer} of {layers}: {percent} % of its {name} done. ",
        "cut": ("The flat cut of least squares has {right} of {points} points right, {rate} %."),
        "own": " The network's own cut has {right} right.",
    },
    "zh": {
        "start": "纸在空间里原来的样子，还没有经过 {layers} 层中的任何一层。",
        "after": "经过 {layers} 层中的第 {layer} 层之后的纸。",
        "affine": "正在 {layers} 层中的第 {layer} 层里：仿射映射做了 {percent}%。",
        "activation": "正在 {layers} 层中的第 {layer} 层里：{name} 做了 {percent}%。",
        "cut": "最小二乘的一刀平切，{points} 个点中分对 {right} 个，占 {rate}%。",
        "own": "网络自己的那一刀分对 {right} 个。",
    },
}


class UnfoldingSheet(Explorable):
    """A sheet of points in space, and what each layer of a network makes of it.

    Args:
        points: shape (n, 3), the sheet's points, row by row.
        labels: 0 or 1 for each point, shape (n,).
        layers: weights and bias of each layer, `points @ W + b`; the hidden ones take 3 numbers
            and give 3, the last one gives 1 and is not followed by the activation.
        columns: how many points make a row of the sheet.
        activation: "tanh", "relu" or "linear", after every hidden layer.
        stage: how many sixteenths of a layer the sheet has passed; 16 is after the first layer.
        azimuth: from which side it is seen, 0 to 359 degrees.
        elevation: from how far above it is seen, 0 to 90 degrees.
    """

    points = traitlets.List().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    layers = traitlets.List().tag(sync=True)
    columns = traitlets.Int().tag(sync=True)
    activation = traitlets.Enum(tuple(ACTIVATIONS), "tanh").tag(sync=True)
    stage = Whole(0, lambda figure: SUBSTEPS * (len(figure.layers) - 1)).tag(sync=True)
    azimuth = Whole(20, 359).tag(sync=True)
    elevation = Whole(30, 90).tag(sync=True)

    def __init__(
        self,
        points: npt.ArrayLike,
        labels: npt.ArrayLike,
        layers: list[tuple[npt.ArrayLike, npt.ArrayLike]],
        columns: int,
        **options: object,
    ) -> None:
        """Take the arrays over, points rounded to three decimals and weights to four.

        Raises:
            ValueError: the arrays do not fit together, or an option is out of its range.
        """
        points, labels = np.asarray(points, float), np.asarray(labels).ravel()
        if points.ndim != 2 or points.shape[1] != 3:
            raise ValueError(f"points has the shape {points.shape}: it must be (n, 3)")
        if labels.shape != (len(points),) or not np.isin(labels, (0, 1)).all():
            raise ValueError(f"labels must be 0 or 1 for each of the {len(points)} points")
        if columns < 2 or len(points) % columns or len(points) == columns:
            raise ValueError(
                f"columns is {columns}: the {len(points)} points must make rows of so many"
            )
        super().__init__(
            points=points.round(3).tolist(),
            labels=[int(label) for label in labels],
            layers=[_layer(at, layers) for at in range(len(layers))],
            columns=columns,
            **options,
        )

    def representation(self, stage: int) -> np.ndarray:
        """Where the points are after so many sixteenths of layers, shape (n, 3)."""
        x = np.array(self.points)
        hidden, activate = self.layers[:-1], ACTIVATIONS[self.activation]
        for at, (weights, bias) in enumerate(hidden):
            part = min(max(stage / SUBSTEPS - at, 0), 1)
            z = x @ np.array(weights) + np.array(bias)
            grown = min(2 * part, 1)
            x = (1 - grown) * x + grown * z
            bent = max(2 * part - 1, 0)
            x = (1 - bent) * x + bent * activate(x)
        return x

    def describe(self) -> str:
        """How far the sheet has come, and how well a flat cut separates its two halves."""
        words, count, layers = WORDS[self.language], len(self.labels), len(self.layers) - 1
        passed, part = divmod(self.stage, SUBSTEPS)
        kind = "start" if not self.stage else "after"
        percent = 0
        if part:
            kind = "affine" if 2 * part <= SUBSTEPS else "activation"
            percent = math.floor(200 * part / SUBSTEPS + 0.5) - (kind == "activation") * 100
        said = words[kind].format(
            layer=passed + bool(part), layers=layers, percent=percent, name=self.activation
        )
        x, labels = self.representation(self.stage), np.array(self.labels)
        right = int(np.sum((x @ (cut := best_cut(x, labels))[:3] + cut[3] > 0) == labels))
        said += words["cut"].format(
            right=right, points=count, rate=math.floor(100 * right / count + 0.5)
        )
        if self.stage == SUBSTEPS * layers:
            weights, bias = (np.array(part) for part in self.layers[-1])
            own = int(np.sum((x @ weights[:, 0] + bias[0] > 0) == labels))
            said += words["own"].format(right=own)
        return said


def best_cut(points: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The plane `points @ cut[:3] + cut[3] = 0` that least squares finds for targets -1 and 1.

    A trace of ridge (1e-9) keeps it defined where the points lie in a plane themselves.
    """
    rows = np.hstack([points, np.ones((len(points), 1))])
    return np.linalg.solve(rows.T @ rows + 1e-9 * np.eye(4), rows.T @ (2 * labels - 1))


def _layer(at: int, layers: list) -> list:
    """Weights and bias as lists of numbers of four decimals."""
    weights, bias = (np.asarray(part, float) for part in layers[at])
    wanted = (3, 1 if at == len(layers) - 1 else 3)
    if weights.shape != wanted or bias.shape != wanted[1:]:
        raise ValueError(
            f"layer {at} has weights of shape {weights.shape} and a bias of shape {bias.shape}: "
            f"they must be {wanted} and {wanted[1:]}"
        )
    return [weights.round(4).tolist(), bias.round(4).tolist()]
