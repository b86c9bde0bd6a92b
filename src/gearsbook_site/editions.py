"""Two editions, one site: the switch between them, and the theme's words in Chinese."""

from gettext import NullTranslations
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from .addresses import SOURCE_FOLDER, short

LANGUAGE_TAG = {"en": "en", "zh": "zh-CN"}
OTHER = {
    "en": {"edition": "zh", "name": "中文", "title": "阅读本页的中文版"},
    "zh": {"edition": "en", "name": "English", "title": "Read this page in English"},
}


class InterfaceWords(NullTranslations):
    """Words of the theme that its own catalogue leaves in English."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self.words = words

    def gettext(self, message: str) -> str:
        return self.words.get(message, message)


def _add_interface_words(app: Sphinx) -> None:
    app.translator.add_fallback(InterfaceWords(app.config.interface_words))


def _link_the_other_edition(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Every page of one edition is there in the other, so the link is a change of folder."""
    other = OTHER[app.config.language[:2]]
    address = short(pagename) + ".html"
    to_site_root = "../" * (address.count("/") + 1)
    context["other_edition"] = {
        "href": f"{to_site_root}{other['edition']}/{address}",
        "tag": LANGUAGE_TAG[other["edition"]],
        "name": other["name"],
        "title": other["title"],
    }
    is_in_both = app.config.both_editions and SOURCE_FOLDER.match(pagename)
    base = app.config.site_url or to_site_root
    context["alternates"] = [
        (tag, f"{base}{edition}/{address}") for edition, tag in LANGUAGE_TAG.items() if is_in_both
    ]
    context["both_editions"] = app.config.both_editions
    context["repository"] = app.config.repository


# What Sphinx and myst-nb have written, and what has to stand there.
MENDED = {
    # an English label of its own hides "Show a solution" from screen readers
    ' aria-label="Toggle hidden content"': "",
    # of the class that marks code only some translators know, and figures' code has none
    ' notranslate"': ' notranslate" translate="no"',
    "<code>": '<code translate="no">',
}


def _mend_for_readers_and_translators(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    if body := context.get("body"):
        for old, new in MENDED.items():
            body = body.replace(old, new)
        context["body"] = body


def setup(app: Sphinx) -> None:
    app.add_config_value("both_editions", False, "html", [bool])
    app.add_config_value("site_url", "", "html", [str])
    app.add_config_value("repository", {}, "html", [dict])
    app.add_config_value("interface_words", {}, "html", [dict])
    app.connect("builder-inited", _add_interface_words)
    app.connect("html-page-context", _link_the_other_edition)
    app.connect("html-page-context", _mend_for_readers_and_translators)
