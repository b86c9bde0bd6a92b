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


def _let_disclosures_name_themselves(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """myst-nb hides "Show a solution" from screen readers behind an English label of its own."""
    if body := context.get("body"):
        context["body"] = body.replace(' aria-label="Toggle hidden content"', "")


def _keep_translators_from_code(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Sphinx marks code by a class that only some of them know, and figures' code not at all."""
    if body := context.get("body"):
        body = body.replace(' notranslate"', ' notranslate" translate="no"')
        context["body"] = body.replace("<code>", '<code translate="no">')


def setup(app: Sphinx) -> None:
    app.add_config_value("both_editions", False, "html", [bool])
    app.add_config_value("site_url", "", "html", [str])
    app.add_config_value("repository", {}, "html", [dict])
    app.add_config_value("interface_words", {}, "html", [dict])
    app.connect("builder-inited", _add_interface_words)
    app.connect("html-page-context", _link_the_other_edition)
    app.connect("html-page-context", _let_disclosures_name_themselves)
    app.connect("html-page-context", _keep_translators_from_code)
