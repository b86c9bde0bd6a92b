"""A figure whose module computes, checks and says; Python holds its state.

The module runs in the reader's browser, and here, in QuickJS, when a cell shows the figure or sets
a value. So both say the same, and nothing is written twice.
"""

from collections.abc import Callable
from functools import cache
from html import escape
import inspect
import json
from pathlib import Path
from typing import Any

import anywidget
from gearsbook import language
from gearsbook.datasets import DataFileError
from gearsbook.explorables import datafiles, reload
from gearsbook.explorables.engine import Module
from gearsbook.modules import PARTS, single_file
import numpy as np
import traitlets

COMMON_STYLE = Path(__file__).with_name("style.css")


class StateError(traitlets.TraitError, ValueError):
    """A value that a figure cannot have; the message names it and the rule."""


class State(traitlets.TraitType):
    """A value that Python and the page share; the module says what it may be.

    Args:
        default: its value if none is given: numbers, texts, True, False, and lists of them. Where
            it has a number with a point, whole numbers get one, too; where it is a number without
            one, 4.0 is 4.
        has_points: whether whole numbers get a point, if it is not as the default has it.
    """

    def __init__(self, default: object, has_points: bool | None = None) -> None:
        self._has_points = _has_points(default) if has_points is None else has_points
        super().__init__(_plain(default, self._has_points))
        self.tag(sync=True)

    def validate(self, obj: "Figure", value: object) -> object:
        """The value as JSON has it, lists copied; traitlets asks for it, of the default too.

        Raises:
            StateError: it is made of something else.
        """
        value = _plain(value, self._has_points)
        if isinstance(value, float) and value.is_integer() and not self._has_points:
            value = int(value)
        try:
            json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as error:
            raise StateError(
                f"{self.name} is {value!r}: it must be made of finite numbers and texts"
            ) from error
        return value


class Given(traitlets.List):
    """A list that the page gets beside the state: no option of the figure, and nobody sets it.

    Args:
        make: makes it, once for all figures of a kind.
    """

    def __init__(self, make: Callable[[], list]) -> None:
        super().__init__(read_only=True)
        self._make = cache(make)
        self.tag(sync=True)

    def default(self, obj: Any = None) -> list:
        """The list; traitlets asks for it when it is first needed."""
        return self._make()


def _has_points(value: object) -> bool:
    return isinstance(value, float) or (
        isinstance(value, list) and any(_has_points(one) for one in value)
    )


def _plain(value: object, has_points: bool) -> object:
    """A value with lists for tuples and NumPy's arrays, and Python's numbers for NumPy's."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [_plain(one, has_points) for one in value]
    if has_points and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


class Figure(anywidget.AnyWidget):
    """A figure that a reader can change, alive in JupyterLab and on the book's pages.

    A subclass in `some_figure/__init__.py` names its state. Beside it stand `compute.js`, which
    exports `problem(state)` and `sentence(words, state)`, `words.js`, which exports `WORDS` by
    language, `view.js`, which draws, and `style.css`. What is read where no script runs is the
    sentence, or the HTML of `stored(words, state)` if `compute.js` exports it.
    """

    language = traitlets.Enum(language.LANGUAGES).tag(sync=True)
    _folder: Path
    _esm: object = ""  # each subclass has its own
    _fitting: dict[str, Any] | None = None  # the last state that the module found no fault with

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if "_esm" not in cls.__dict__:  # anywidget derives a class for every single figure
            cls._folder = Path(inspect.getfile(cls)).parent
            cls._name = cls._folder.name
            cls._esm, cls._css = reload.followed(cls._texts, cls._sources)
            names = [name for name, value in vars(cls).items() if isinstance(value, State)]
            cls._fits = traitlets.validate(*names)(_checked)
            cls._settles = traitlets.observe(*names)(_settle)
            cls._fits.class_init(cls, "_fits")  # what a class body has done for it
            cls._settles.class_init(cls, "_settles")
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
    def _texts(cls) -> tuple[str, str]:
        """The module and the looks, as JupyterLab gets them."""
        _module.cache_clear()
        return single_file(cls._folder / "view.js"), style(cls._folder / "style.css")

    @classmethod
    def _sources(cls) -> list[Path]:
        return [*PARTS.glob("*.js"), COMMON_STYLE, *cls._folder.glob("*.*")]

    @classmethod
    def _state_names(cls) -> list[str]:
        """The traits that a figure adds to those of every widget."""
        return [
            name
            for name in cls.class_traits(sync=True)
            if not name.startswith("_") and name not in anywidget.AnyWidget.class_traits()
        ]

    @classmethod
    def module(cls) -> Module:
        """The figure's module without its view, loaded once for all figures of a kind."""
        return _module(cls._folder)

    def call(self, function: str, *arguments: object) -> Any:
        """What a function that the module exports returns: the code that a browser runs."""
        return self.module().call(function, *arguments)

    def state(self) -> dict[str, Any]:
        """What the figure shows now."""
        return {name: getattr(self, name) for name in self._state_names() if name != "language"}

    def describe(self) -> str:
        """What the figure says now, in its language."""
        return self._say("sentence")

    def _stored_html(self) -> str:
        """What is read where no script runs: on GitHub, on paper, in an untrusted notebook."""
        has_own = "stored" in self.module().exports
        return self._say("stored") if has_own else f"<p>{escape(self.describe())}</p>"

    def _say(self, function: str) -> str:
        said = f"m.{function}(m.WORDS[xs[0]], xs[1])"
        return str(self.module().evaluate(said, [self.language, self.state()]))

    def __repr__(self) -> str:
        short = int | float | str
        shown = [f"{name}={x!r}" for name, x in self.state().items() if isinstance(x, short)]
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


def style(own: Path) -> str:
    """The looks that all figures share, and those of one if it has any."""
    sheets = [COMMON_STYLE, own] if own.exists() else [COMMON_STYLE]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _send_file(figure: Figure, content: object, _: object) -> None:
    """Answer a front end that asks for a file, as the mount script does on the book's pages."""
    name = content.get("file") if isinstance(content, dict) else None
    if not isinstance(name, str) or name not in datafiles.SHA256:
        figure.send({"file": name, "error": f"there is no file {name}.bin"})
        return
    try:
        figure.send({"file": name}, [datafiles.file(name)])
    except DataFileError as error:
        figure.send({"file": name, "error": str(error)})


@cache
def _module(folder: Path) -> Module:
    return Module(single_file(folder / "compute.js", folder / "words.js"))


def _settled(figure: Figure, state: dict[str, Any]) -> dict[str, Any]:
    """The values that follow a state: a cursor stays inside when what it is in gets smaller."""
    return figure.call("settled", state) if "settled" in figure.module().exports else {}


def _checked(figure: Figure, proposal: Any) -> object:
    """A value that the figure may have; the others follow, if the module says how."""
    name, value = proposal["trait"].name, proposal["value"]
    state = figure.state() | {name: value}
    if state != figure._fitting:  # a new figure's values come one by one, when all of them are set
        fitting = state | _settled(figure, state) | {name: value}
        if wrong := figure.call("problem", fitting):
            raise StateError(wrong)
        figure._fitting = fitting
    return value


def _settle(figure: Figure, _: object) -> None:
    before = figure.state()
    for name, value in _settled(figure, before).items():
        if value != before[name]:  # to set one asks the module once more
            setattr(figure, name, value)
