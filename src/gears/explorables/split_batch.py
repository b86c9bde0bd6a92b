"""A batch split over workers: time to compute, time to add up the gradients, speed-up."""

import math

from gears.explorables.base import Explorable, Number, Whole
import traitlets

MOST = 8  # workers
# the link between two workers: bytes a second, and seconds until the first of them arrives
LINKS = {
    "machine": (5e9, 2e-5),
    "fast": (1.25e9, 5e-5),
    "office": (1.25e8, 1e-4),
    "wifi": (1.25e7, 3e-3),
}

WORDS = {
    "en": {
        "alone": "1 worker: {samples}, {computing} computing, no gradients to add up. ",
        "even": "{workers} workers: {samples} each",
        "uneven": "{workers} workers: up to {samples} each",
        "idle": "{workers} workers: 1 sample for {busy} of them, none for the others",
        "sample": "1 sample",
        "samples": "{} samples",
        "times": (
            ", {computing} computing + {adding} adding up gradients of {parameters} numbers"
            " {link}: "
        ),
        "faster": "{times} times as fast as one, efficiency {percent} %. ",
        "slower": "{times} times as long as one, efficiency {percent} %. ",
        "machine": "within one machine",
        "fast": "over 10 Gbit/s",
        "office": "over 1 Gbit/s",
        "wifi": "over Wi-Fi",
        "single": "One alone is fastest.",
        "best": "More make it slower.",
        "inside": "Fastest with {best}: {times} times; more make it slower.",
        "all": "No stop up to 8.",
        "end": "Fastest with all {best}: {times} times.",
    },
    "zh": {
        "alone": "1 个工作进程：{samples}，计算用 {computing}，没有梯度要相加。",
        "even": "{workers} 个工作进程：每个 {samples}",
        "uneven": "{workers} 个工作进程：每个最多 {samples}",
        "idle": "{workers} 个工作进程：其中 {busy} 个各有 1 个样本，其余空闲",
        "sample": "1 个样本",
        "samples": "{} 个样本",
        "times": "，计算用 {computing}，相加梯度（{parameters} 个数，{link}）用 {adding}。",
        "faster": "加速比 {times}，效率 {percent}%。",
        "slower": "比单独一个还慢，耗时是它的 {times} 倍，效率 {percent}%。",
        "machine": "在本机内",
        "fast": "经 10 Gbit/s 网络",
        "office": "经 1 Gbit/s 网络",
        "wifi": "经 Wi-Fi",
        "single": "只用一个最快。",
        "best": "再多反而更慢。",
        "inside": "{best} 个最快，加速比 {times}，再多反而更慢。",
        "all": "到 8 个还没有到头。",
        "end": "{best} 个全用上最快，加速比 {times}。",
    },
}


class SplitBatch(Explorable):
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
            "wifi" (100 Mbit/s); the table `LINKS` also has how long each takes to begin.
    """

    workers = Whole(4, MOST, low=1).tag(sync=True)
    batch = Whole(256, 65_536, low=1).tag(sync=True)
    parameters = Whole(407_050, 10**10, low=1).tag(sync=True)
    per_sample = Number(2e-5, 1e-7, 1).tag(sync=True)
    fixed = Number(1e-3, 0, 10).tag(sync=True)
    link = traitlets.Enum(tuple(LINKS), "fast").tag(sync=True)

    def step_time(self, workers: int) -> tuple[float, float]:
        """Seconds of a step with so many workers: computing, and adding up the gradients."""
        bandwidth, latency = LINKS[self.link]
        most = -(-self.batch // workers)
        sent = 2 * (workers - 1) / workers * 4 * self.parameters
        return self.fixed + most * self.per_sample, sent / bandwidth + 2 * (workers - 1) * latency

    def speed_ups(self) -> list[float]:
        """How many times as fast as one worker 1 to 8 of them are."""
        times = [sum(self.step_time(n)) for n in range(1, MOST + 1)]
        return [times[0] / time for time in times]

    def describe(self) -> str:
        """What each worker does, how long it takes, how much it gains, and where it stops."""
        words, n, speed_ups = WORDS[self.language], self.workers, self.speed_ups()
        most = -(-self.batch // n)
        if n == 1:
            share = "alone"
        elif self.batch < n:
            share = "idle"
        else:
            share = "uneven" if self.batch % n else "even"
        computing, adding = map(_duration, self.step_time(n))
        sentence = words[share].format(
            workers=n,
            busy=self.batch,
            samples=words["sample" if most == 1 else "samples"].format(f"{most:,}"),
            computing=computing,
        )
        if n > 1:
            gain = speed_ups[n - 1]
            sentence += words["times"].format(
                computing=computing,
                adding=adding,
                parameters=f"{self.parameters:,}",
                link=words[self.link],
            )
            sentence += words["faster" if gain >= 1 else "slower"].format(
                times=_ratio(max(gain, 1 / gain)),
                percent="<1" if gain / n < 0.005 else f"{math.floor(100 * gain / n + 0.5)}",
            )
        best = speed_ups.index(max(speed_ups)) + 1
        if best == 1:
            return sentence + words["single"]
        stop = ("best" if n == best else "inside") if best < MOST else "all" if n == best else "end"
        return sentence + words[stop].format(best=best, times=_ratio(speed_ups[best - 1]))


def _duration(seconds: float) -> str:
    """Two digits at least, in a unit that suits, rounded as the page does it."""
    units = (("µs", 1e6), ("ms", 1e3), ("s", 1))
    unit, value = next(
        (unit, seconds * scale) for unit, scale in units if seconds * scale < 999.5 or unit == "s"
    )
    if value < 9.95:
        return f"{math.floor(value * 10 + 0.5) / 10:.1f} {unit}"
    return f"{math.floor(value + 0.5):,} {unit}"


def _ratio(value: float) -> str:
    if value < 99.995:
        return f"{math.floor(value * 100 + 0.5) / 100:.2f}"
    return f"{math.floor(value + 0.5):,}"
