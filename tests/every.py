"""One check made into a test of everything that it holds for."""

from collections.abc import Callable, Mapping
import functools
from typing import TypeVar

Thing = TypeVar("Thing")
Check = Callable[[Thing], None]


def of_every(things: Callable[[], Mapping[str, Thing]]) -> Callable[[Check], Check]:
    """A decorator: the test makes the check of all things, and names each that fails.

    Given one thing, as by the deliberate defects, it checks that one.
    """

    def decorate(check: Check) -> Check:
        @functools.wraps(check)
        def test(*given: Thing) -> None:
            if given:
                return check(*given)
            failed = []
            for name, thing in things().items():
                try:
                    check(thing)
                except Exception as error:
                    failed.append(f"{name}: {type(error).__name__}: {error}")
            assert not failed, "\n\n".join(failed)

        del test.__wrapped__  # or pytest would look for a fixture with the name of its parameter
        return test

    return decorate
