"""Results that are slow to make and depend on bytes alone, kept below _build between builds."""

from collections.abc import Callable
import hashlib
from pathlib import Path

import workplace

FOLDER = Path(__file__).resolve().parent.parent / "_build" / "cache"


def cached(make: Callable[..., bytes], *inputs: bytes) -> bytes:
    """What `make(*inputs)` returns, made once.

    Args:
        make: a function of bytes whose result depends on nothing else; a changed function needs
            another name, or `make clean`.
        inputs: its arguments.
    """
    key = hashlib.sha256(make.__name__.encode())
    for part in inputs:
        key.update(hashlib.sha256(part).digest())
    kept = FOLDER / key.hexdigest()
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        result = make(*inputs)
    FOLDER.mkdir(parents=True, exist_ok=True)
    # whole or not at all, also when the build is killed or another one writes the same
    with workplace.in_one_step(kept) as partial:
        partial.write_bytes(result)
    return result
