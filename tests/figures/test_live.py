"""What a screen reader is told: what has changed, at most once a second, and at last the last."""

from itertools import pairwise
import re

from playwright.sync_api import Page, expect
import pytest

from figures import FIGURES, sentence
from waiting import until

MOVES = {
    "descent": "run",
    "digit_training": "start",
    "playground": "start",
    "unfolding_sheet": "play",
}
# Each text that comes into what is read aloud, with the time of it
LISTEN = """() => {
    window.heard = [];
    const aloud = "output, [role=status], [role=alert]";
    new MutationObserver((records) => {
        const places = records.map(({ target }) => (target.parentElement ?? target).closest(aloud)
            ?? target.closest?.(aloud));
        for (const place of new Set(places))
            if (place?.textContent && place.ariaLive !== "off")
                heard.push([Date.now(), place.textContent]);
    }).observe(document, { characterData: true, childList: true, subtree: true });
}"""


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("One. Two is 0.5. Three.", "One. Two is 1.5. Three.", "Two is 1.5."),
        ("One. Two!", "Three. Two! Four.", "Three. Four."),
        ("一。二是 0.5。三。", "一。二是 1.5。三。", "二是 1.5。"),
        ("One. Two.", "Two.", "Two."),
        ("nothing", "x.reshape(2, 3) fails", "x.reshape(2, 3) fails"),
    ],
)
def test_what_has_changed_is_told_and_nothing_else(before, after, news, compute):
    assert compute("parts/live", "changed", before, after) == news


def check_what_was_heard(page: Page, before: str) -> None:
    """Not more than one text a second, and each new sentence of the last state."""
    heard = page.evaluate("heard")
    times = [time for time, _ in heard]
    assert min(late - soon for soon, late in pairwise(times)) >= 1000
    spoken = " ".join(text for _, text in heard)
    parts = re.split(r"(?<=\.) ", sentence(page).inner_text())
    assert all(part in before or part in spoken for part in parts)
    assert any(part not in before for part in parts)


@pytest.mark.parametrize("name", MOVES)
def test_a_figure_that_moves_is_told_once_a_second_and_at_its_end(name, show):
    page = show(FIGURES[name].make(), clock=True)
    before = sentence(page).inner_text()
    page.evaluate(LISTEN)
    starts = page.locator(f"[name={MOVES[name]}]")
    starts.click()
    # digits come first, for which no clock of the page stands
    until(lambda: page.clock.run_for(100) or sentence(page).inner_text() != before, "a first step")
    for _ in range(5):
        page.clock.run_for(1000)
    if starts.inner_text() == "Pause":
        starts.click()
    page.clock.run_for(2000)
    check_what_was_heard(page, before)
    assert page.watch.problems == []


def test_a_drag_is_told_once_a_second_and_at_its_end(show):
    page = show(FIGURES["descent"].make(), clock=True)
    before = sentence(page).inner_text()
    page.evaluate(LISTEN)
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    for across in range(40, 240, 5):
        page.mouse.move(box["x"] + across, box["y"] + 40)
        page.clock.run_for(50)
    page.mouse.up()
    page.clock.run_for(2000)
    check_what_was_heard(page, before)


def test_what_has_changed_is_told_where_nothing_was_said_at_first_and_a_cursor_is(show):
    quiz, playground = FIGURES["quiz"].make(), FIGURES["playground"].make()
    page = show(quiz, playground, clock=True)
    told = page.locator(".told")
    page.get_by_role("button", name="yes").press("Enter")
    expect(told.first).to_have_text("1 of 2 right")
    page.get_by_role("application").press("ArrowDown")
    expect(told.last).to_have_text("Cursor at (0, −0.1).")
    page.clock.run_for(1000)
    assert told.all_inner_texts() == ["", ""]
