"""The rank ladder: its counts are NumPy's, its drawing holds what it says, keys climb it."""

from itertools import combinations, product

from gearsbook import explorables
from gearsbook.datasets import mnist
import numpy as np
from playwright.sync_api import expect
import pytest

from figures import FIGURES, sentence


def test_values_and_shape_are_numpys(each, evaluate):
    shapes = [shape for rank in range(6) for shape in product(range(1, 7), repeat=rank)]
    written = evaluate("parts/numbers", "xs.map((x) => m.asTuple(x))", shapes)
    for shape, *came in zip(shapes, each("valuesIn", shapes), written, strict=True):
        array = np.empty(shape)
        assert came == [array.size, str(array.shape)]


def lies_in(box: dict, outer: dict) -> bool:
    return all(
        outer.get(start, 0) <= box[start]
        and box[start] + box[size] <= outer.get(start, 0) + outer[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("rank", range(6))
def test_pictures_lie_side_by_side_in_the_drawing_with_a_line_for_each_axis(rank, module):
    room, scene = module("m.BOX"), module(f"m.scene({rank})")
    tiles, lines = scene["tiles"], scene["lines"]
    assert len(lines) == rank
    assert all(lies_in(tile, room) for tile in tiles)
    for line in [*lines, *scene.get("fan", ())]:
        assert min(line) >= 0
        assert max(line[::2]) <= room["width"]
        assert max(line[1::2]) <= room["height"]
    for one, other in combinations(tiles, 2):
        (left, right), (above, below) = (
            sorted((one, other), key=lambda tile: tile[start]) for start in ("x", "y")
        )
        assert left["x"] + left["width"] < right["x"] or above["y"] + above["height"] < below["y"]


@pytest.mark.parametrize(
    ("rank", "counts"),
    [(0, []), (1, [1]), (2, [1, 1]), (3, [6, 1, 1]), (4, [6, 1, 1, 3]), (5, [4, 10, 1, 1, 3])],
)
def test_an_axis_points_out_what_it_counts(rank, counts, module):
    room, tiles = module("m.BOX"), module(f"m.scene({rank}).tiles")
    for axis, count in enumerate(counts):
        boxes = module(f"m.counted({rank}, {axis})")
        assert len(boxes) == count
        assert all(lies_in(box, room) for box in boxes)
        if count == 1:  # a row or a column of the first picture
            assert lies_in(boxes[0], tiles[0])
    assert module(f"m.counted({rank}, 0).length") == (counts[0] if counts else 0)


@pytest.mark.parametrize("rank", [1, 2, 3])
def test_an_array_is_seen_again_in_the_next_one_where_the_zoom_begins(rank, module):
    part, whole = module(f"[m.scene({rank}).inner, m.scene({rank - 1}).tiles[0]]")
    zoom = module("m.zoom(...xs)", [part, whole])
    for start, size in (("x", "width"), ("y", "height")):
        assert zoom["scale"] * part[start] + zoom[start] == pytest.approx(whole[start])
        assert zoom["scale"] * part[size] == pytest.approx(whole[size])


def test_the_first_film_is_that_of_section_2_2_12(module):
    row, column = np.mgrid[:36, :64]
    scene = np.empty((36, 64, 3), "uint8")
    scene[:] = [110, 180, 220]
    scene[(row - 9) ** 2 + (column - 14) ** 2 < 40] = [240, 215, 36]
    scene[row > 8 + abs(column - 42)] = [90, 70, 110]
    scene[row > 26] = [60, 120, 50]
    for frame in (0, 7, 12, 13, 23):
        film = scene.copy()
        film[(row - 25) ** 2 + (column - (57 - abs(51 - 4 * frame))) ** 2 < 28] = [200, 40, 30]
        places = np.stack([column, row], -1).reshape(-1, 2)
        drawn = module(f"xs.map(([x, y]) => m.colour(0, {frame}, x, y, 64))", places)
        assert np.array_equal(np.reshape(drawn, film.shape), film)


def test_the_digits_are_mnists_first_ones():
    (images, _), _ = mnist.load_data()
    assert explorables.RankLadder().images == images[:6].reshape(6, 784).tolist()


def test_a_key_leads_to_a_rank_and_an_axis_that_exist(each):
    moves = {"ArrowUp": (1, 0), "ArrowDown": (-1, 0), "ArrowRight": (0, 1), "ArrowLeft": (0, -1)}
    places = [(rank, axis) for rank in range(6) for axis in range(max(1, rank))]
    presses = [(*place, key) for place in places for key in (*moves, "x")]
    for (rank, axis, key), came in zip(
        presses, each("step", *zip(*presses, strict=True)), strict=True
    ):
        expected = None
        if key in moves:
            up, along = moves[key]
            reached = np.clip(rank + up, 0, 5)
            expected = {"rank": reached, "axis": np.clip(axis + along, 0, max(0, reached - 1))}
        assert came == expected, (rank, axis, key)


@pytest.mark.parametrize("rank", range(6))
def test_values_bytes_and_brackets_said_are_those_of_such_an_array(module, rank):
    rung = module(f"m.RUNGS[{rank}]")
    array = np.broadcast_to(np.zeros((), rung["dtype"]), rung["shape"])
    tiny = np.zeros([1] * rank)
    brackets = len(str(tiny)) - len(str(tiny).lstrip("["))
    said = explorables.RankLadder(rank=rank).describe()
    assert len(rung["axes"]) == array.ndim == rank == brackets
    assert f"shape {array.shape}" in said
    assert f"{array.size:,} value" in said
    assert f"{array.nbytes:,} byte" in said
    assert (f"{brackets} bracket" if rank else "no bracket") in said


def test_the_ladder_is_climbed_by_keyboard_alone(show):
    page = show(FIGURES["rank_ladder"].make())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sentence(page)).to_contain_text("5D: a batch of films")
    page.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    expect(sentence(page)).to_contain_text("Axis 1 counts frames: 240")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    expect(sentence(page)).to_contain_text("2D: a picture, shape (28, 28). Axis 1 counts columns")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(sentence(page)).to_contain_text("Axis 0 counts rows")
    assert page.get_by_role("button", name="axis").count() == 2


def test_a_line_in_the_picture_chooses_its_axis(show):
    page = show(explorables.RankLadder(rank=4))
    for axis, counted in ((3, "channels"), (1, "rows"), (0, "samples")):
        page.locator(f"[data-axis='{axis}'] text").click()
        expect(sentence(page)).to_contain_text(f"Axis {axis} counts {counted}")
        expect(page.locator("[name=axis][aria-pressed=true]")).to_contain_text(f"axis {axis}")
    page.locator(".drawing").click(position={"x": 200, "y": 170})  # a picture is no axis
    expect(sentence(page)).to_contain_text("Axis 0 counts samples")


def test_what_is_drawn_are_the_pixels_of_the_first_picture(show):
    figure = explorables.RankLadder(rank=2)
    page = show(figure)
    drawn = page.locator(".stage canvas").evaluate("""(canvas) => {
        const { data } = canvas.getContext("2d").getImageData(228, 80, 504, 504);
        return [...data].filter((_, at) => at % 4 === 0);
    }""")
    pixels = np.reshape(drawn, (504, 504))[9::18, 9::18]
    assert np.array_equal(255 - pixels.ravel(), figure.images[0])


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_drawing_zooms_to_a_rung_that_holds_it_and_only_if_motion_is_wanted(motion, show):
    page = show(explorables.RankLadder(rank=3), reduced_motion=motion)
    stage = page.locator(".stage")
    moves = "stage => stage.getAnimations().length"
    assert stage.evaluate(moves) == 0  # nothing moves by itself
    for name, moved in (("2D", 1), ("1D", 1), ("2D", 1), ("0D", 0), ("5D", 0), ("4D", 0)):
        page.get_by_role("button", name=name).press("Enter")
        expect(sentence(page)).to_contain_text(f"{name}: ")
        assert stage.evaluate(moves) == (moved if motion != "reduce" else 0)
        stage.evaluate("stage => stage.getAnimations().forEach((move) => move.finish())")


def test_the_axis_stays_in_range_when_the_rank_falls():
    figure = explorables.RankLadder(rank=5, axis=4)
    figure.rank = 2
    assert figure.axis == 1
    figure.rank = 0
    assert figure.axis == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rank": 6}, "rank is 6: .* 0 to 5"),
        ({"rank": 2, "axis": 2}, "axis is 2: .* 0 to 1"),
        ({"rank": "3"}, 'rank is "3": .* 0 to 5'),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(options, words):
    with pytest.raises(ValueError, match=words):
        explorables.RankLadder(**options)
