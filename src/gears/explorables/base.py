"""What all explorables share: their stored form, their options, their errors."""

from collections.abc import Callable
from html import escape
import inspect
import json
from numbers import Real
from pathlib import Path
from typing import Any

import anywidget
from gears import language
from gears.datasets import DataFileError, checked
from gears.modules import single_file
import traitlets

COMMON_STYLE = Path(__file__).with_name("style.css")
FILES = Path(__file__).with_name("files")
SHA256 = {  # whoever has tools/make_digits.py or train_recap.py write one anew, changes its sum
    "digits": "fe9768733578cda85f11be6ddcca31d724920f52079ea782966637af1ce4c7e9",
    "recap": "6cc1579b4ecf0b14aa5825d799d39f179ad864f5b7fd49e5eaea93f93e6f01a1",
}


class Whole(traitlets.Int):
    """A whole number from `low` to `high`, both included.

    Args:
        default: the value if none is given.
        high: the largest value, or a function that finds it for a figure.
        low: the smallest value.

    Raises:
        ValueError: another value was given; the message names it and the range.
    """

    def __init__(
        self, default: int, high: int | Callable[["Explorable"], int], low: int = 0
    ) -> None:
        super().__init__(default)
        self.low, self.high = low, high

    def validate(self, obj: "Explorable", value: Any) -> int:
        """The value as an int; traitlets calls this on every assignment."""
        high = self.high(obj) if callable(self.high) else self.high
        is_number = hasattr(value, "__index__") and not isinstance(value, bool)
        if not is_number or not self.low <= value.__index__() <= high:
            raise ValueError(
                f"{self.name} is {value!r}: it must be a whole number from {self.low} to {high}"
            )
        return value.__index__()


class Number(traitlets.Float):
    """A number from `low` to `high`, both included.

    Args:
        default: the value if none is given.
        low: the smallest value.
        high: the largest value.

    Raises:
        ValueError: another value was given; the message names it and the range.
    """

    def __init__(self, default: float, low: float, high: float) -> None:
        super().__init__(default)
        self.low, self.high = low, high

    def validate(self, obj: "Explorable", value: Any) -> float:
        """The value as a float; traitlets calls this on every assignment."""
        if not is_number(value, self.low, self.high):
            raise ValueError(
                f"{self.name} is {value!r}: it must be a number from {self.low:g} to {self.high:g}"
            )
        return float(value)


def is_number(value: Any, low: float, high: float) -> bool:
    """Whether a value is a real number from `low` to `high`; True, False and nan are none."""
    is_real = isinstance(value, Real) and not isinstance(value, bool)
    return is_real and low <= value <= high


class Explorable(anywidget.AnyWidget):
    """A figure that a reader can change.

    A subclass in `some_figure.py` has its front end in `some_figure.js` beside it, its looks in
    `some_figure.css`, its state in traits tagged `sync=True`, and says in `describe` what it
    shows. In JupyterLab the traits are two-way; what a notebook stores is plain HTML: the state
    as JSON, and the description.
    """

    language = traitlets.Enum(language.LANGUAGES).tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "_esm" not in cls.__dict__:  # anywidget derives a class for every single figure
            source = Path(inspect.getfile(cls))
            cls._name = source.stem
            cls._esm = single_file(source.with_suffix(".js"))
            cls._css = style(source.with_suffix(".css"))
        super().__init_subclass__(**kwargs)

    def __init__(self, **options: object) -> None:
        """Make the figure.

        Args:
            options: values for the figure's traits.

        Raises:
            TypeError: an option that the figure does not have.
            ValueError: a value outside the range of its option.
        """
        names = self._state_names()
        if unknown := sorted(set(options) - set(names)):
            raise TypeError(
                f"{type(self).__name__} has no option {unknown[0]!r}: it has {', '.join(names)}"
            )
        super().__init__(**{"language": language.current(), **options})
        self.on_msg(_send_file)

    @classmethod
    def _state_names(cls) -> list[str]:
        """The traits that a figure adds to those of every widget."""
        return [
            name
            for name in cls.class_traits(sync=True)
            if not name.startswith("_") and name not in anywidget.AnyWidget.class_traits()
        ]

    def describe(self) -> str:
        """One or two sentences, in the figure's language, that say what it shows now."""
        raise NotImplementedError

    def _stored_html(self) -> str:
        """What is read where no script runs: on GitHub, on paper, in an untrusted notebook."""
        return f"<p>{escape(self.describe())}</p>"

    def __repr__(self) -> str:
        values = {name: getattr(self, name) for name in self._state_names() if name != "language"}
        shown = [f"{name}={value!r}" for name, value in values.items() if _is_short(value)]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        state = {name: getattr(self, name) for name in self._state_names()}
        as_json = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
        attribute = escape(as_json, quote=False).replace("'", "&#39;")
        stored = (
            f'<div class="gears-explorable" data-figure="{self._name}" '
            f"data-state='{attribute}'>{self._stored_html()}</div>"
        )
        return data | {"text/plain": repr(self), "text/html": stored}, metadata


def _send_file(figure: Explorable, content: object, _: object) -> None:
    """Answer a front end that asks for a file, as the mount script does on the book's pages."""
    name = content.get("file") if isinstance(content, dict) else None
    if not isinstance(name, str) or name not in SHA256:
        figure.send({"file": name, "error": f"there is no file {name}.bin"})
        return
    try:
        figure.send({"file": name}, [file(name)])
    except DataFileError as error:
        figure.send({"file": name, "error": str(error)})


def file(name: str) -> bytes:
    """A file that figures here and in the browser compute with.

    Raises:
        DataFileError: it is missing or not the one that was shipped.
    """
    return checked(FILES / f"{name}.bin", SHA256[name])


def style(own: Path) -> str:
    """The looks that all figures share, and those of one if it has any."""
    sheets = [COMMON_STYLE, own] if own.exists() else [COMMON_STYLE]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _is_short(value: object) -> bool:
    return isinstance(value, bool | int | float | str)
