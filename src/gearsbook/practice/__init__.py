"""Checks the reader's answers to the exercises: `practice.check(my_function)`."""

import importlib
import inspect
import pkgutil

from gearsbook.practice.exercise import Exercise, Feedback, unknown

# every module here but the one that judges and the one that hands over has a page's exercises
_PAGES = [
    importlib.import_module(f"{__name__}.{module.name}")
    for module in pkgutil.iter_modules(__path__)
    if module.name not in ("exercise", "plain")
]
EXERCISES: dict[str, Exercise] = {
    exercise.name: exercise for page in _PAGES for exercise in page.EXERCISES
}


def check(function: object) -> Feedback:
    """Try a function on cases chosen and random, and say what came of it.

    Args:
        function: the reader's answer; its name, or the caller's for it, says which exercise.

    Returns:
        Whether it passed and, if not, the case, what was expected, what came and a hint, in
        the notebook's language. Nothing that the function does raises an error here.
    """
    name = getattr(function, "__name__", None)
    if callable(function) and name not in EXERCISES:  # a lambda, or np.vectorize's
        caller = inspect.currentframe().f_back  # type: ignore[union-attr]  # CPython has one
        names = caller.f_globals.items()  # type: ignore[union-attr]  # and was called
        name = next((n for n, value in names if value is function and n in EXERCISES), None)
    if not callable(function) or name not in EXERCISES:
        return unknown(function, list(EXERCISES))
    return EXERCISES[name].check(function)


__all__ = ["EXERCISES", "check"]
