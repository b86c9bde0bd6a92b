"""A small computation graph: values on the way forward, gradients on the way back."""

from gearsbook.explorables.figure import Figure, State


class ComputationGraph(Figure):
    """A graph of four operations, walked forward for values and backward for gradients.

    Args:
        graph: "distance" is |y − (w·x + b)|; "twice" is |y − (w·x + w)|, where w is used twice;
            "neuron" is (y − relu(w·x + b))².
        x, w, b, y: the inputs, numbers from -10 to 10. "twice" has no b.
        step: 0 knows the inputs; 1 to 4 compute a node each; 5 gives the loss its gradient 1;
            6 to 9 each hand a node's gradient on to its parents.
    """

    graph = State("distance")
    x = State(2)
    w = State(3)
    b = State(1)
    y = State(4)
    step = State(9)
