"""What is left out of a stylesheet, and what is not."""

import pytest

from gearsbook_site import stylesheet

PAGE = """<html data-theme="auto"><head><script src="x.js"></script></head>
<body><nav class="bd-links nav"><ul><li>x</li></ul></nav>
<p id="top" class='lead -Color-C31' title="a > b">x</p></body></html>"""
SCRIPT = 'e.classList.add("shown");n.innerHTML=\'<button class="btn close">\';e.dataset.bsTheme=1;'
FIGURE = 'html`<select class="pick">`; const style = ".pick { color: var(--ink); }";'


def lean(css: str) -> str:
    used = stylesheet.used(css, [PAGE], [SCRIPT], [FIGURE], {"one.woff2"})
    return stylesheet.lean(css.encode(), used.dumped()).decode()


@pytest.mark.parametrize(
    "selector",
    [
        "p", "ul>li", "nav.bd-links li:hover", "#top.lead", "p:not(.gone)", "*", ":root",
        "html[data-theme=dark] p", "[title]", ".-Color-C31", "p[class*=-C31]",
        ".nav.shown", "button.btn.close:focus", "[data-bs-theme=dark] p", "select",
        ".gears-gone", "a,p",
    ],
)  # fmt: skip
def test_a_rule_stays_that_a_page_or_a_script_can_need(selector):
    assert "{left:0}" in lean(f"{selector}{{left:0}}")


def test_a_declaration_goes_that_only_browsers_of_another_decade_read():
    kept = "-webkit-hyphens:none;-moz-osx-font-smoothing:auto;hyphens:none"
    assert lean(f"p{{-ms-hyphens:none;-moz-hyphens:none;{kept}}}") == f"p{{{kept}}}"


@pytest.mark.parametrize(
    "selector",
    [
        "table", "p.nav", "nav.lead", "#bottom", ".gone p", "p .gone:hover", "a.shown", ".pick",
        "[data-bs-toggle]", "p[class*=-C99]", "ul>dl",
    ],
)  # fmt: skip
def test_a_rule_goes_that_nothing_can_need(selector):
    assert lean(f"{selector}{{left:0}}") == ""


def test_of_a_list_of_selectors_those_stay_that_can_be_needed_and_no_white_space():
    assert lean("/* why */ .gone > p ,\n nav  ul\n{ left : 0 ; margin: 0  auto }") == (
        "nav ul{left:0;margin:0 auto}"
    )


def test_inside_of_conditions_it_is_the_same_and_empty_ones_go():
    assert lean("@media print{.gone{top:0}p{top:0!important}}@media screen{.gone{top:0}}") == (
        "@media print{p{top:0!important}}"
    )


def test_variables_stay_that_a_rule_a_figure_or_another_one_uses_and_animations_too():
    css = """:root{--ink:red;--a:1px;--b:var(--a);--c:2px;--d:var(--c)}
    p{top:var(--b);animation:turn 1s}
    @keyframes turn{to{top:0}}@keyframes gone{to{top:var(--gone-far,0)}}"""
    assert lean(css) == (
        ":root{--ink:red;--a:1px;--b:var(--a)}p{top:var(--b);animation:turn 1s}"
        "@keyframes turn{to{top:0}}"
    )


def test_a_font_that_is_used_keeps_the_files_that_are_served():
    one = '@font-face{font-family:"A B";src:url(f/one.woff2) format("woff2"),url(f/one.woff)}'
    other = "@font-face{font-family:A;src:url(f/other.woff2)}"
    assert lean(one + other) == ""
    used = r"p{font-family:A\ B}"
    for written in (one, one.replace('"A B"', r"A\ B")):
        assert lean(written + other + used) == written.replace(",url(f/one.woff)", "") + used


def test_a_font_of_the_readers_own_stays_if_it_is_used():
    own = '@font-face{font-family:"A B";src:local("C"),local("D E");unicode-range:U+2014}'
    assert lean(own) == ""
    assert lean(own + "p{font-family:A B}") == own + "p{font-family:A B}"


def test_what_is_no_css_is_named():
    with pytest.raises(ValueError, match="line 2 of the stylesheet"):
        lean("p{top:0}\np{top}")
