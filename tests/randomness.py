"""How many random inputs a test tries, and whether they are the same every time.

`make test` tries the same ones in every run, so a red run means a change. The search for new ones
is `make test-release`, ten times as long; what it finds becomes an `@example`.
"""

from hypothesis import HealthCheck, settings

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
