"""The language that figures and feedback speak: that of the notebook, which says so once."""

LANGUAGES = ("en", "zh")
_current = LANGUAGES[0]


def use(language: str) -> None:
    """Choose the language of everything that is made from here on.

    Args:
        language: "en" or "zh".

    Raises:
        ValueError: any other value.
    """
    global _current
    if language not in LANGUAGES:
        choices = " or ".join(map(repr, LANGUAGES))
        raise ValueError(f"language is {language!r}: it must be {choices}")
    _current = language


def current() -> str:
    """The language chosen last; English if none was."""
    return _current
