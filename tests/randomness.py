"""How many random inputs a test tries, and whether they are the same every time.

`make test` tries the same ones in every run, so a red run means a change. The search for new ones
is `make test-release`, ten times as long; what it finds becomes an `@example`.

Of numbers, hypothesis draws only the seed, and NumPy a thousand cases from it at once, which one
call computes: drawn one by one, they would take a hundred times as long.
"""

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
import numpy as np

CASES = 1000  # that a seed gives
_SEARCH = "search"

settings.register_profile(
    "gate",
    derandomize=True,
    database=None,
    deadline=None,  # a busy machine is no defect
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
_gate = settings.get_profile("gate")
settings.register_profile(
    _SEARCH, _gate, derandomize=False, max_examples=10 * _gate.max_examples, print_blob=True
)
settings.load_profile("gate")  # `pytest --hypothesis-profile=search` loads the other one later


def examples(count: int) -> settings:
    """Settings for a test of random inputs: how many of them the gate tries."""
    return settings(
        max_examples=count * (10 if settings.get_current_profile_name() == _SEARCH else 1)
    )


def a_thousand_cases(test: Callable) -> Callable:
    """A test of CASES cases drawn from its `rng`: of one seed in the gate, of ten in the search."""
    generators = st.builds(np.random.default_rng, st.integers(0, 2**32 - 1))
    no_seed_is_simpler = settings(examples(1), phases=(Phase.explicit, Phase.generate))
    return no_seed_is_simpler(given(rng=generators)(test))


def integers(rng: np.random.Generator, low, high, *shape: int) -> np.ndarray:
    """For each case whole numbers from low to high, either of which may be each case's own."""
    numbers = rng.integers(low, high, (CASES, *shape), endpoint=True)
    small = low + ((high - low + 1.0) ** rng.random(numbers.shape)).astype(int) - 1
    near_an_end = [np.minimum(low + 1, high), np.maximum(low, high - 1)]
    return _among(rng, numbers, [low, high, *near_an_end, small])


def floats(rng: np.random.Generator, low: float, high: float, *shape: int) -> np.ndarray:
    """For each case numbers from low to high."""
    special = (0.0, -0.0, 1, -1, 0.5, 1e-5, 5e-324, -2.2e-308, np.nextafter(high, low))
    edges = [low, high, *(one for one in special if low <= one <= high)]
    return _among(rng, rng.uniform(low, high, (CASES, *shape)), edges)


def _among(rng: np.random.Generator, numbers: np.ndarray, edges: list) -> np.ndarray:
    """Some cases get no edges, some a few, and some nothing else, often the same one twice."""
    share = rng.choice([0, 0.3, 1], (CASES, *(1 for _ in numbers.shape[1:])))
    edge = np.choose(rng.integers(0, len(edges), numbers.shape), edges)
    return np.where(rng.random(numbers.shape) < share, edge, numbers)
