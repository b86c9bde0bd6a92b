"""A batch split over workers: times and speed-ups are NumPy's, and bars as long as those."""

from collections.abc import Callable, Iterator
import functools

from gearsbook import explorables, language
import numpy as np
from playwright.sync_api import Locator, Page, expect
import pytest

from figures import FIGURES, KEYS, barriers, sentence

MOST = 8
WORKERS = np.arange(1, MOST + 1)
BITS_A_SECOND = {"machine": 40e9, "fast": 10e9, "office": 1e9, "wifi": 100e6}
DELAYS = {"machine": 20e-6, "fast": 50e-6, "office": 100e-6, "wifi": 3e-3}
SHOWN = {
    "as it begins": {},
    "alone": {"workers": 1},
    "that does not divide": {"workers": 7, "batch": 100},
    "fewer samples than workers": {"workers": 6, "batch": 4, "link": "office"},
    "one sample": {"workers": 8, "batch": 1, "link": "wifi"},
    "one sample, alone": {"workers": 1, "batch": 1},
    "no fixed cost": {"workers": 5, "fixed": 0},
    "no stop": {"workers": 8, "batch": 8192},
    "a large network": {
        "workers": 3, "batch": 64, "parameters": 10**9, "per_sample": 0.05, "link": "machine",
    },
    "most of all": {
        "workers": 8, "batch": 65_536, "parameters": 10**10, "per_sample": 1, "fixed": 10,
        "link": "wifi",
    },
    "least of all": {"workers": 8, "batch": 1, "parameters": 1, "per_sample": 1e-7, "fixed": 0},
}  # fmt: skip


@functools.cache
def figures(count: int = 1200) -> list[explorables.SplitBatch]:
    """So many figures with random settings, over the whole range of each."""
    rng, links = np.random.default_rng(9), list(BITS_A_SECOND)
    return [
        explorables.SplitBatch(
            workers=int(rng.integers(1, MOST + 1)),
            batch=int(rng.integers(1, 20)) if at % 4 == 0 else int(2 ** rng.uniform(0, 16)),
            parameters=int(10 ** rng.uniform(0, 10)),
            per_sample=float(10 ** rng.uniform(-7, 0)),
            fixed=0.0 if at % 7 == 0 else float(10 ** rng.uniform(-6, 1)),
            link=links[at % 4],
        )
        for at in range(count)
    ]


def by_numpy(figure: explorables.SplitBatch) -> tuple[np.ndarray, np.ndarray]:
    """Computing and adding up for 1 to 8 workers, from the definition of each."""
    slowest = [max(map(len, np.array_split(np.arange(figure.batch), n))) for n in WORKERS]
    computing = figure.fixed + np.array(slowest) * figure.per_sample
    rounds = 2 * (WORKERS - 1)  # of the ring; each sends an n-th of the gradients
    bits = 32 * figure.parameters / WORKERS
    return computing, rounds * (bits / BITS_A_SECOND[figure.link] + DELAYS[figure.link])


def test_the_times_of_1200_random_settings_are_numpys(module):
    states = [figure.state() for figure in figures()]
    came = module("xs.map((s) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => m.stepTime(s, n)))", states)
    for figure, times in zip(figures(), came, strict=True):
        np.testing.assert_allclose(np.transpose(times), by_numpy(figure), rtol=1e-12)


def test_the_speed_ups_of_1200_random_settings_are_numpys_and_never_beat_the_ideal(module):
    came = module("xs.map(m.speedUps)", [figure.state() for figure in figures()])
    best = module("xs.map(m.fastest)", came)
    for figure, speed, fastest in zip(figures(), came, best, strict=True):
        total = sum(by_numpy(figure))
        np.testing.assert_allclose(speed, total[0] / total, rtol=1e-12)
        assert speed[0] == 1
        assert (speed <= WORKERS * (1 + 1e-12)).all()
        assert fastest == np.argmax(speed) + 1


def test_a_batch_is_shared_as_evenly_as_numpy_splits_an_array(module):
    cuts = [(figure.batch, figure.workers) for figure in figures()]
    for (batch, n), shares in zip(cuts, module("xs.map((x) => m.shares(...x))", cuts), strict=True):
        assert shares == [len(part) for part in np.array_split(np.arange(batch), n)]


@pytest.mark.parametrize("seconds", [0, 1e-7, 9.949e-6, 9.95e-6, 9.994e-4, 9.995e-4, 0.9995, 1e6])
def test_a_time_has_two_digits_and_a_unit_that_suits(seconds, compute):
    said = compute("split_batch", "duration", seconds)
    number, unit = said.replace(",", "").split()
    value = float(number) * {"µs": 1e-6, "ms": 1e-3, "s": 1}[unit]
    assert value == pytest.approx(seconds, rel=0.05, abs=1e-7)
    assert float(number) < 1000 or unit == "s"


def test_ticks_are_a_handful_of_round_numbers_up_to_the_end(module):
    ends = [*(10 ** np.random.default_rng(4).uniform(-3, 6, 1000)).tolist(), 1, 4, 20, 200, 1000]
    for end, marks in zip(ends, module("xs.map(m.ticks)", ends), strict=True):
        step = marks[1]
        assert 5 <= len(marks) <= 11
        assert marks[0] == 0
        assert marks[-1] <= end < marks[-1] + step * (1 + 1e-9)
        assert f"{step:e}"[0] in "125"
        np.testing.assert_allclose(np.diff(marks), step, rtol=1e-4)


def test_a_key_leads_to_a_number_of_workers_that_there_is(module):
    by = {"ArrowLeft": -1, "ArrowDown": -1, "ArrowRight": 1, "ArrowUp": 1, "Home": -9, "End": 9}
    presses = [(int(n), key) for n in WORKERS for key in KEYS]
    for (n, key), came in zip(presses, module("xs.map((x) => m.step(...x))", presses), strict=True):
        assert came == ({"workers": np.clip(n + by[key], 1, MOST)} if key in by else None)


# ---- What it says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "4 workers: 64 samples each, 2.3 ms computing + 2.3 ms adding up gradients of"),
        ({}, "407,050 numbers over 10 Gbit/s: 1.35 times as fast as one, efficiency 34 %."),
        ({}, "Fastest with 5: 1.35 times; more make it slower."),
        ({"workers": 5}, "efficiency 27 %. More make it slower."),
        ({"workers": 3}, "3 workers: up to 86 samples each"),
        ({"workers": 1}, "1 worker: 256 samples, 6.1 ms computing, no gradients to add up. Fast"),
        ({"workers": 1, "batch": 1}, "1 worker: 1 sample, 1.0 ms computing"),
        ({"workers": 6, "batch": 4}, "6 workers: 1 sample for 4 of them, none for the others"),
        ({"workers": 4, "batch": 4}, "4 workers: 1 sample each"),
        ({"link": "office"}, "over 1 Gbit/s: 3.66 times as long as one, efficiency 7 %. One alone"),
        ({"link": "wifi", "workers": 8}, "efficiency <1 %. One alone is fastest."),
        ({"batch": 8192}, "Fastest with all 8: 6.74 times."),
        ({"batch": 8192, "workers": 8}, "efficiency 84 %. No stop up to 8."),
    ],
)
def test_the_sentence_says_who_does_what_and_where_it_stops(options, words):
    assert words in explorables.SplitBatch(**options).describe().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"workers": 0}, "workers is 0: it must be a whole number from 1 to 8"),
        ({"workers": 9}, "workers is 9: it must be a whole number from 1 to 8"),
        ({"batch": 0}, "batch is 0: it must be a whole number from 1 to 65536"),
        ({"parameters": 1e11}, "parameters is 100000000000: it must be a whole number from 1"),
        ({"parameters": 1.5}, "parameters is 1.5: it must be a whole number from 1 to 100000"),
        ({"per_sample": 0}, "per_sample is 0: it must be a number from 1e-7 to 1"),
        ({"fixed": -1}, "fixed is -1: it must be a number from 0 to 10"),
    ],
)
def test_a_setting_out_of_range_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        explorables.SplitBatch(**options)


def test_a_link_that_there_is_not_is_refused():
    words = 'link is "pigeon": it must be "machine", "fast", "office" or "wifi"'
    with pytest.raises(ValueError, match=words):
        explorables.SplitBatch(link="pigeon")


@pytest.mark.parametrize(
    "broken",
    [{"workers": 0}, {"workers": 1.5}, {"batch": 0}, {"parameters": 1e11}, {"per_sample": 0},
     {"fixed": None}, {"link": "toString"}],
)  # fmt: skip
def test_the_module_says_what_is_wrong_with_a_state(broken, compute):
    good = explorables.SplitBatch().state()
    assert compute("split_batch", "problem", good) is None
    (name,) = broken
    assert compute("split_batch", "problem", good | broken).startswith(f"{name} is ")


# ---- What is drawn --------------------------------------------------------------------------


def boxes(figure: Locator, kind: str) -> np.ndarray:
    """x and width of every rectangle of a kind in the picture of the step, shape (n, 2)."""
    numbers = "all => all.map((box) => ['x', 'width'].map((name) => +box.getAttribute(name)))"
    return np.array(figure.locator(f".step > svg rect.{kind}").evaluate_all(numbers)).reshape(-1, 2)


def labels(figure: Locator, selector: str) -> tuple[np.ndarray, np.ndarray]:
    """Where the numbers along an axis stand, and what they say."""
    found = figure.locator(selector)
    places = found.evaluate_all(
        "all => all.map((one) => [one.x.baseVal[0].value, one.y.baseVal[0].value])"
    )
    values = [float(text.replace(",", "")) for text in found.all_text_contents()]
    return np.array(places), np.array(values)


def every_state(
    show: Callable[..., Page],
) -> Iterator[tuple[explorables.SplitBatch, Locator]]:
    """The figures of SHOWN, each as Python has it and as it is drawn on a page of them all."""
    figures = {name: explorables.SplitBatch(**options) for name, options in SHOWN.items()}
    page = show(*figures.values())
    for (name, figure), box in zip(
        figures.items(), page.locator(".gears-figure").all(), strict=True
    ):
        print(name)
        yield figure, box


def test_the_bars_last_as_long_as_what_they_stand_for(show):
    for figure, box in every_state(show):
        (places, values), n = labels(box, ".step .tick"), figure.workers
        unit = {"µs": 1e-6, "ms": 1e-3, "s": 1}[box.locator(".step p .unit").text_content()]
        left = places[0, 0]
        per_second = (places[-1, 0] - left) / (values[-1] * unit)  # as the axis has it
        # places have two decimals, and so has the axis that the scale is taken from
        near = functools.partial(np.testing.assert_allclose, rtol=2e-3, atol=0.011)
        near(places[:, 0], left + values * unit * per_second)

        computing, adding = by_numpy(figure)
        shares = np.array([len(part) for part in np.array_split(np.arange(figure.batch), n)])
        fixed, samples, sums = (boxes(box, kind) for kind in ("fixed", "computing", "adding"))
        near(fixed, [(left, figure.fixed * per_second)] * n)
        near(samples[:, 0], left + figure.fixed * per_second)
        near(samples[:, 1], shares * figure.per_sample * per_second)
        assert len(sums) == (n if n > 1 else 0)
        if n > 1:  # they begin together, when the last one has computed
            near(sums, [(left + computing[n - 1] * per_second, adding[n - 1] * per_second)] * n)
        alone = box.locator(".lone").evaluate("line => line.getBBox().x")
        near(alone, left + computing[0] * per_second)

        parts = boxes(box, "part")
        near(parts[:, 1] / parts[:, 1].sum(), (shares / figure.batch)[shares > 0])
        near(parts[1:, 0], parts[:-1].sum(axis=1))
        counts = box.locator(".count").all_text_contents()
        assert counts == [f"{share:,}" for share in shares if share]


def test_the_picture_itself_says_what_is_shared_and_what_it_gains(show):
    page = show(explorables.SplitBatch())
    rows, shares = page.locator(".step .who"), page.locator(".step .share")
    topics = page.locator(".topic")
    expect(topics).to_have_text(
        ["4 workers: 1.35 times as fast as one", "speed-up by number of workers"]
    )
    expect(page.locator(".step > svg")).to_contain_text("one batch, shared out: 256 samples")
    assert rows.all_text_contents() == [f"worker {n}" for n in range(1, 5)]
    assert shares.all_text_contents() == page.locator(".step .count").all_text_contents()
    page.locator(".gain svg").press("End")
    expect(topics.first).to_have_text("8 workers: 1.32 times as fast as one")
    assert rows.count() == shares.count() == 8


def test_another_worker_is_asked_in_beside_the_axis_where_no_bar_can_be(show):
    page = show(explorables.SplitBatch())
    left = page.locator(".step rect.fixed").first.bounding_box()["x"]
    more = page.locator(".step .more").bounding_box()
    assert more["x"] + more["width"] < left
    page.get_by_text("+ worker 5").click()
    expect(page.locator(".topic").first).to_contain_text("5 workers")


def test_the_legend_and_the_sentence_call_the_same_time_computing(show):
    """2.3 ms with the fixed cost, which the dark bar alone is not."""
    page = show(explorables.SplitBatch())
    legend = page.locator(".step p").last
    expect(legend).to_contain_text("computing ( fixed cost +  samples),")
    fixed, samples = (boxes(page, kind)[0, 1] for kind in ("fixed", "computing"))
    assert samples / fixed == pytest.approx(1.28, abs=0.01)  # 1.0 and 1.3 ms
    expect(sentence(page)).to_contain_text("2.3 ms computing", use_inner_text=True)


def test_a_share_that_has_no_room_in_its_bar_is_not_written(show):
    for _, box in every_state(show):
        width = "texts => texts.map((text) => text.getBBox().width)"
        written = box.locator(".step .share").evaluate_all(width)
        bars = boxes(box, "computing")[:, 1].max()
        assert all(needed < bars for needed in written)


def test_the_points_stand_at_the_speed_ups(show):
    for figure, box in every_state(show):
        across, numbers = labels(box, ".gain .worker")
        up, values = labels(box, ".gain .level")
        assert list(numbers) == list(WORKERS)
        centres = "all => all.map((dot) => ['cx', 'cy'].map((name) => +dot.getAttribute(name)))"
        dots = np.array(box.locator(".gain > svg .speed-dot").evaluate_all(centres))
        near = functools.partial(np.testing.assert_allclose, rtol=0, atol=0.02)
        bottom, scale = up[0, 1], (up[0, 1] - up[-1, 1]) / values[-1]
        assert values[0] == 0
        speed = figure.call("speedUps", figure.state())
        near(dots, np.transpose([across[:, 0], bottom - np.array(speed) * scale]))
        assert speed[np.argmax(speed)] <= values[-1]

        line = box.locator(".gain > svg .ideal").get_attribute("d")[1:].replace("L", ",").split(",")
        x1, y1, x2, y2 = map(float, line)
        end = int(values[-1])
        near([x1, y1, x2, y2], [*(across[0, 0], bottom - scale), across[end - 1, 0], up[-1, 1]])

        corners = box.locator(".gain .gap").get_attribute("points").split()
        gap = [tuple(map(float, corner.split(","))) for corner in corners]
        near(gap[-MOST:], dots[::-1])
        assert gap[0] == pytest.approx((x1, y1))
        assert gap[end - 1] == pytest.approx((x2, y2))

        best = int(np.argmax(speed))
        x, y, width, height = box.locator(".gain > svg .best").evaluate(
            "(mark) => ['x', 'y', 'width', 'height'].map((name) => mark.getBBox()[name])"
        )
        diamond = [x + width / 2, y + height / 2]
        near(diamond, dots[best])
        words = box.locator(".words").text_content()
        assert words == ("still rising" if best == MOST - 1 else f"fastest with {best + 1}")
        here = box.locator(".gain .here").evaluate(
            "dot => [+dot.getAttribute('cx'), +dot.getAttribute('cy')]"
        )
        near(here, dots[figure.workers - 1])


@pytest.mark.parametrize("spoken", language.LANGUAGES)
def test_sentences_are_pythons_and_no_word_lies_outside_the_figure(spoken, show):
    language.use(spoken)
    shown = [explorables.SplitBatch(**options) for options in SHOWN.values()]
    page = show(*shown, lang=spoken, viewport={"width": 320, "height": 900})
    assert page.locator("output").all_inner_texts() == [figure.describe() for figure in shown]
    assert page.watch.problems == []
    outside = page.locator(".gears-figure").evaluate_all(
        """(figures) => figures.flatMap((figure) => {
          const edge = figure.getBoundingClientRect();
          return [...figure.querySelectorAll("text, span, select, input, p:not(:empty)")]
            .map((one) => [one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.left < edge.left - 1 || box.right > edge.right + 1)
            .map(([text]) => text);
        })"""
    )
    assert outside == []


# ---- How it is used -------------------------------------------------------------------------


def chosen(page: Page) -> int:
    return int(page.get_by_role("slider").first.get_attribute("aria-valuenow"))


def test_it_is_used_by_keyboard_alone(show):
    page = show(FIGURES["split_batch"].make())
    page.keyboard.press("Tab")
    plot = page.locator(".gain svg").first
    expect(plot).to_be_focused()
    for key, n in (("ArrowRight", 4), ("ArrowUp", 5), ("ArrowLeft", 4), ("End", 8), ("Home", 1)):
        page.keyboard.press(key)
        expect(sentence(page)).to_contain_text(f"{n} worker")
        expect(plot).to_have_attribute("aria-valuenow", str(n))
    expect(plot).to_have_attribute("aria-valuetext", "1 worker alone")
    page.keyboard.press("Tab")
    expect(page.locator("[name=play]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("2 workers: 128 samples each")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("over 1 Gbit/s")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    expect(sentence(page)).to_contain_text("4,096 samples each")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("gradients of 1,000,000 numbers")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    expect(sentence(page)).to_contain_text("5.1 ms computing")  # 1 ms and 4,096 of 1 µs
    assert page.watch.problems == []


def test_keys_and_buttons_that_are_the_browsers_stay_so(show):
    page = show(explorables.SplitBatch())
    before, plot = sentence(page).inner_text(), page.locator(".gain svg").first
    for key in ("Control+ArrowLeft", "Alt+ArrowUp", "Meta+ArrowRight", "PageUp", "x"):
        plot.press(key)
    plot.click(button="right", position={"x": 20, "y": 20})
    assert sentence(page).inner_text() == before


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_the_workers_where_they_are(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.SplitBatch(), viewport={"width": 400, "height": 900}, **options)
    for n in (1, 3, 8, 2):
        box = page.locator(".gain .worker").nth(n - 1).bounding_box()
        place = box["x"] + box["width"] / 2, box["y"] - 40
        (page.touchscreen.tap if touch else page.mouse.click)(*place)
        expect(sentence(page)).to_contain_text(f"{n} worker")


def test_the_workers_are_dragged_and_stay_from_1_to_8(show):
    page = show(explorables.SplitBatch())
    box = page.locator(".gain > svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    assert chosen(page) == 4  # nothing is pressed yet
    page.mouse.down()
    page.mouse.move(box["x"] + 3 * box["width"], box["y"] + 50)
    assert chosen(page) == 8
    page.mouse.move(box["x"] - 300, box["y"] - 50)
    assert chosen(page) == 1
    page.mouse.up()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 50)
    assert chosen(page) == 1


@pytest.mark.parametrize("touch", [False, True])
def test_pointer_and_finger_choose_the_workers_in_their_rows(touch, show):
    options = {"has_touch": True, "is_mobile": True} if touch else {}
    page = show(explorables.SplitBatch(), viewport={"width": 400, "height": 900}, **options)
    act = page.touchscreen.tap if touch else page.mouse.click
    box = page.locator(".step > svg").bounding_box()
    unit = box["width"] / 320
    for n in (5, 8, 2):
        act(box["x"] + 60 * unit, box["y"] + (60 + 19 * n - 12) * unit)
        expect(sentence(page)).to_contain_text(f"{n} workers")
    act(box["x"] + 60 * unit, box["y"] + 27 * unit)  # the batch is no worker
    assert chosen(page) == 2
    expect(page.locator(".step .more")).to_be_visible()


def test_the_rows_are_dragged_down_and_up(show):
    page = show(explorables.SplitBatch())
    row = page.locator(".step rect.fixed").nth(3).bounding_box()
    page.mouse.move(row["x"] + 5, row["y"] + 5)
    page.mouse.down()
    page.mouse.move(row["x"] + 5, row["y"] + 400)
    assert chosen(page) == 8
    page.mouse.move(row["x"] + 5, row["y"] - 400)
    assert chosen(page) == 1
    page.mouse.up()


def test_in_a_ring_every_message_passes_each_round(module):
    for n in range(2, MOST + 1):
        rounds = 2 * (n - 1)
        shares = ((np.arange(rounds)[:, None] + [0.25, 0.75]) / rounds).ravel().tolist()
        came = module(f"xs.map((share) => m.ring({n}, share))", shares)
        assert [one["done"] for one in came] == np.repeat(np.arange(rounds), 2).tolist()
        np.testing.assert_allclose([one["way"] for one in came], [0.25, 0.75] * rounds, atol=1e-9)
        assert {one["rounds"] for one in came} == {rounds}
        (last,) = module(f"xs.map((share) => m.ring({n}, share))", [1])
        assert last["done"] == rounds - 1


def test_a_step_is_played_in_its_own_time_and_ends_as_it_was(show):
    """All of the axis, which one worker alone takes, in four seconds; four take three quarters."""
    page = show(explorables.SplitBatch(), clock=True)
    figure, play = page.locator(".step > svg"), page.locator("[name=play]")
    end, said = figure.inner_html(), sentence(page).inner_text()
    play.click()
    expect(play).to_have_text("Stop")
    page.clock.run_for(1000)
    assert page.locator(".time").count() == 1
    assert page.locator(".message").count() == 0  # they compute for 1.5 seconds
    page.clock.run_for(700)
    assert page.locator(".message").count() == 4
    expect(figure).to_contain_text("all-reduce, round 1 of 6")
    page.clock.run_for(1000)
    expect(figure).to_contain_text("all-reduce, round 5 of 6")
    page.clock.run_for(500)
    expect(play).to_have_text("Play one step")
    assert figure.inner_html() == end
    assert sentence(page).inner_text() == said


def test_who_wants_no_motion_sees_the_rounds_one_by_one(show):
    page = show(explorables.SplitBatch(workers=2), clock=True, reduced_motion="reduce")
    page.locator("[name=play]").click()
    for n in (1, 2):
        page.clock.run_for(700)
        expect(page.locator(".step > svg")).to_contain_text(f"all-reduce, round {n} of 2")
    page.clock.run_for(700)
    expect(page.locator("[name=play]")).to_have_text("Play one step")


def test_a_change_ends_what_is_played(show):
    page = show(explorables.SplitBatch(), clock=True)
    page.locator("[name=play]").click()
    page.clock.run_for(500)
    page.locator("[name=link]").select_option("wifi")
    expect(page.locator("[name=play]")).to_have_text("Play one step")
    assert page.locator(".time").count() == 0


def test_a_setting_between_two_places_of_a_slider_is_kept_and_shown(show):
    page = show(explorables.SplitBatch(batch=100, parameters=123_456, per_sample=3e-5))
    texts = page.locator(".number").all_text_contents()
    assert texts == ["4", "100", "123,456", "30\xa0µs"]
    assert "25 samples each" in sentence(page).inner_text()


def test_every_link_can_be_chosen_and_shows_the_time_it_takes(show):
    page = show(explorables.SplitBatch(workers=2))
    for link in BITS_A_SECOND:
        page.locator("[name=link]").select_option(link)
        figure = explorables.SplitBatch(workers=2, link=link)
        expect(sentence(page)).to_have_text(figure.describe())


def test_colour_is_not_the_only_carrier(show):
    page = show(explorables.SplitBatch())
    dashes = page.locator(".step > svg .stripes").first
    assert dashes.evaluate("line => getComputedStyle(line).strokeDasharray") != "none"
    assert page.locator(".step > svg .stripes").count() == 4
    page.emulate_media(forced_colors="active")
    assert page.locator(".step > svg .adding").first.is_visible()


def test_it_is_accessible_where_it_says_something_else(show):
    states = ("alone", "fewer samples than workers", "no stop", "a large network")
    shown = [explorables.SplitBatch(**SHOWN[name]) for name in states]
    page = show(*shown, viewport={"width": 320, "height": 900})
    assert barriers(page) == []
