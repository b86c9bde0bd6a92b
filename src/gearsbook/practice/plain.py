"""Answers as plain data, so that one process gives them and another, which trusts it not, judges.

JSON; an array as its dtype, shape and bytes in base64. What else an answer may be is handed over as
the name of its type: no exercise asks for it. Nothing that is read here is ever run.
"""

import base64
from collections.abc import Sequence
import json
import re

from gearsbook.practice.exercise import Answer
import numpy as np

DTYPE = re.compile(r"[<>|][biufcSU]\d{1,4}")  # no objects, and nothing with parts


def write(answers: Sequence[Answer]) -> str:
    """The answers as text; nothing that a reader's class does when it is read raises an error."""
    return json.dumps([[_plain(a.came), a.error, a.changed] for a in answers])


def read(text: str | bytes) -> list[Answer]:
    """The answers that a text holds.

    Raises:
        ValueError, TypeError, KeyError, RecursionError: it holds something else.
    """
    answers = []
    for came, error, changed in json.loads(text):
        if not isinstance(error, str) or not all(type(place) is int for place in changed):
            raise TypeError(f"not an answer: error {error!r}, changed arguments {changed!r}")
        answers.append(Answer(_value(came), error, tuple(changed)))
    return answers


def _plain(value: object) -> object:
    try:
        if isinstance(value, np.ndarray | np.generic):
            array = np.asarray(value)
            if DTYPE.fullmatch(array.dtype.str):
                data = base64.b64encode(array.tobytes()).decode()
                kind = "array" if isinstance(value, np.ndarray) else "scalar"
                return {kind: [array.dtype.str, array.shape, data]}
        elif isinstance(value, list | tuple):
            kind = "list" if isinstance(value, list) else "tuple"
            return {kind: [_plain(entry) for entry in value]}
        elif value is None or isinstance(value, bool | int | float | str):
            return json.loads(json.dumps(value))  # as it arrives; a number may be too long for it
    except Exception:  # the reader's own class may fail at anything
        pass
    return {"other": type(value).__name__}


def _value(plain: object) -> object:
    if not isinstance(plain, dict):
        if isinstance(plain, list):
            raise TypeError("a list without its kind")
        return plain
    ((kind, content),) = plain.items()
    if kind in ("array", "scalar"):
        dtype, shape, data = content
        if not DTYPE.fullmatch(dtype) or min(shape, default=0) < 0:
            raise ValueError(f"no array of an answer: {dtype!r}, {shape!r}")
        array = np.ndarray(shape, dtype, base64.b64decode(data, validate=True)).copy()
        return array if kind == "array" else array[()]
    if kind in ("list", "tuple"):
        return {"list": list, "tuple": tuple}[kind](map(_value, content))
    if kind == "other" and isinstance(content, str) and content.isidentifier():
        return type(content[:40], (), {})()
    raise ValueError(f"no kind of answer: {kind!r}")
