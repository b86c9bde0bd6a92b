"""Results that are slow to make and depend on bytes alone, kept between builds."""

from collections.abc import Callable
import hashlib
import inspect
from pathlib import Path

from sphinx.application import Sphinx


def cached(folder: Path, make: Callable[..., bytes], *inputs: bytes) -> bytes:
    """What `make(*inputs)` returns, made once.

    Args:
        folder: where results are kept.
        make: a function of bytes whose result depends on nothing else but its own module.
        inputs: its arguments.
    """
    key = hashlib.sha256(make.__name__.encode())
    for part in (Path(inspect.getfile(make)).read_bytes(), *inputs):
        key.update(hashlib.sha256(part).digest())
    kept = folder / key.hexdigest()
    try:
        return kept.read_bytes()
    except FileNotFoundError:
        result = make(*inputs)
    folder.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(".partial")  # whole or not at all, also when the build is killed
    partial.write_bytes(result)
    partial.replace(kept)
    return result


def kept(app: Sphinx) -> Path:
    """Where an edition's slow results are kept; a build that starts over keeps them, too."""
    return Path(app.doctreedir).with_name("cache")
