"""A batch split over workers: time to compute, time to add up the gradients, speed-up."""

from gearsbook.explorables.figure import Figure, State


class SplitBatch(Figure):
    """One training step shared by 1 to 8 workers, and how much faster it is than with one.

    A worker takes `fixed` seconds a step and `per_sample` seconds for each of its samples; the one
    with the most sets the pace. Then the gradients of all are added up by a ring all-reduce, in
    2 (n - 1) rounds, each of which sends a n-th of them, 4 bytes a parameter (Patarasuk and Yuan,
    2009, doi:10.1016/j.jpdc.2008.09.002).

    Args:
        workers: how many share the batch, 1 to 8.
        batch: samples in the whole batch, 1 to 65,536.
        parameters: of the network, 1 to 10,000,000,000; as it is, those of this book's.
        per_sample: seconds that a sample takes, 0.0000001 to 1.
        fixed: seconds that a step takes however few its samples, 0 to 10.
        link: between workers: "machine" (5 GB/s), "fast" (10 Gbit/s), "office" (1 Gbit/s) or
            "wifi" (100 Mbit/s); `LINKS` in `compute.js` also has how long each takes to begin.
    """

    workers = State(4)
    batch = State(256)
    parameters = State(407_050)
    per_sample = State(2e-5)
    fixed = State(1e-3)
    link = State("fast")

    def step_time(self, workers: int) -> tuple[float, float]:
        """Seconds of a step with so many workers: computing, and adding up the gradients."""
        computing, adding = self.call("stepTime", self.state(), workers)
        return computing, adding
