"""The quiz: text, answers and feedback, with and without JavaScript."""

from html import escape
import json
import re

from gearsbook import explorables
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, QUIZ, barriers, sentence, stored, write_page
from randomness import a_thousand_cases, integers


@a_thousand_cases
def test_quiz_text_is_escaped_and_what_stands_in_backquotes_is_code(each, rng):
    """Every other character is one that has a meaning."""
    texts = []
    for length in integers(rng, 0, 30):
        characters = [
            rng.choice(list("<>&\"'`😀"), length),
            [*map(chr, rng.integers(0xD800, size=length))],
        ]
        texts.append("".join(np.where(rng.random(length) < 0.5, *characters)))
    for text, came in zip(texts, each("code", texts), strict=True):
        assert came == re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def test_without_javascript_a_quiz_opens_the_feedback_of_each_option(workshop, chromium):
    folder, address = workshop
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/{write_page(folder, stored(explorables.Quiz(QUIZ)))}")
    assert page.locator("details[open]").count() == 0
    page.get_by_text("no", exact=True).press("Enter")
    assert page.locator("details[open]").all_inner_texts() == [
        "no\n✗ Not quite. Count 2 + 2 again."
    ]
    context.close()


def test_tags_are_text_and_code_is_code_on_the_page_too(show):
    page = show(explorables.Quiz("? Is `a<b` <b>?\n+ `1` | <i>\n- 2 | `&lt;`\n", chosen=[1]))
    legend = page.locator("legend").inner_html().split("</b> ", 1)[1]
    assert legend == "Is <code>a&lt;b</code> &lt;b&gt;?"
    assert page.locator("button code").inner_text() == "1"
    assert sentence(page).inner_text() == "✗ Not quite. &lt;"


def test_a_choice_by_key_is_answered_at_once_and_alone_counted_and_praised(show):
    page = show(FIGURES["quiz"].make())
    first, second, counted = page.locator("output").all()
    expect(counted).to_be_empty()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(first).to_have_text("✗ Not quite. Count 2 + 2 again.")
    expect(counted).to_have_text("0 of 2 right")
    said = first.locator("b").element_handle()
    page.get_by_role("button", name="six").press("Space")
    expect(second).to_have_text("✓ Right. Indeed.")
    expect(counted).to_have_text("1 of 2 right")
    assert said.evaluate("(words) => words.isConnected")  # or the first would be read again
    page.get_by_role("button", name="yes").press("Space")
    expect(first).to_have_text("✓ Right. Indeed.")
    expect(counted).to_have_text("2 of 2 right. Well done.")
    pressed = page.locator("[aria-pressed=true]")
    assert pressed.all_inner_texts() == ["yes", "six"]
    assert barriers(page) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", "the quiz is empty"),
        ("? a\n+ b | c", "'a': it has 1 options"),
        ("? a\n+ b | c\n+ d | e", "2 of them right"),
        ("? a\n+ b\n- c | d", "'\\+ b': the option needs feedback"),
        ("+ b | c", "no question stands before"),
        ("what?", "'what\\?': it must start with"),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused_by_name(text, words):
    with pytest.raises(ValueError, match=words):
        explorables.Quiz(text)


@pytest.mark.parametrize("chosen", [[0], [0, 5]])
def test_a_choice_that_no_question_offers_is_refused(chosen):
    said = re.escape(json.dumps(chosen, separators=(",", ":")))
    with pytest.raises(ValueError, match=rf"chosen is {said}: .* each of the 2"):
        explorables.Quiz(QUIZ, chosen=chosen)
