"""How a test waits: for what should happen, and never for a time."""

from collections.abc import Callable
import time
from typing import TypeVar

import pytest

SECONDS_BETWEEN_LOOKS = 0.05
Found = TypeVar("Found")


def until(condition: Callable[[], Found], what: str, seconds: float = 180) -> Found:
    """What `condition` returns, once that is something; `what` names it if it never is.

    A condition that can no longer come true, as the program died, may raise: that ends the wait.
    """
    deadline = time.monotonic() + seconds
    while True:
        is_last = time.monotonic() >= deadline  # so a look that was slow is not the last one
        if found := condition():
            return found
        if is_last:
            pytest.fail(f"waited {seconds:g} s in vain: {what}")
        time.sleep(SECONDS_BETWEEN_LOOKS)
