"""What slow steps of the build keep: the same result, made once, whole or not at all."""

import pytest

from gearsbook_site.cached import cached


def test_a_result_is_made_once_for_the_same_bytes(tmp_path):
    calls = []

    def joined(one: bytes, other: bytes) -> bytes:
        calls.append((one, other))
        return one + other

    assert cached(tmp_path / "cache", joined, b"a", b"bc") == b"abc"
    assert cached(tmp_path / "cache", joined, b"a", b"bc") == b"abc"
    assert (
        cached(tmp_path / "cache", joined, b"ab", b"c") == b"abc"
    )  # other inputs, though they join to the same
    assert calls == [(b"a", b"bc"), (b"ab", b"c")]


def test_a_result_is_made_again_when_what_makes_it_has_changed(tmp_path):
    """Its helpers, too: a stylesheet without its icons was kept after they had been mended."""
    module = tmp_path / "maker.py"

    def result(ending: str) -> bytes:
        module.write_text(f"def ended(text): return text + help()\ndef help(): return b'{ending}'")
        names = {}
        exec(compile(module.read_text(), module, "exec"), names)
        return cached(tmp_path / "cache", names["ended"], b"a")

    assert result("!") == b"a!"
    assert result("?") == b"a?"


def test_nothing_is_kept_of_what_failed(tmp_path):

    def broken(_: bytes) -> bytes:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        cached(tmp_path / "cache", broken, b"a")
    assert not (tmp_path / "cache").exists()
