"""gearsbook.plotting: small pictures, words in both languages, clear words for wrong input."""

import ast
import io

from fontTools.ttLib import TTCollection, TTFont
from gearsbook import plotting
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
import pytest

from tools.notebooks import font


@pytest.fixture(autouse=True)
def style():
    with plt.rc_context():
        plotting.use_style()
        yield
    plt.close("all")


def test_a_stored_picture_has_few_colours_and_is_much_smaller():
    figure, axes = plt.subplots()
    axes.plot(np.arange(10) ** 2)
    usual = io.BytesIO()
    figure.savefig(usual, format="png", bbox_inches="tight")
    small = plotting.small_png(figure)
    assert len(Image.open(io.BytesIO(small)).getcolors()) <= 24
    assert len(small) < len(usual.getvalue()) / 2


def test_a_page_about_colours_stores_them_as_they_are():
    picture = np.random.default_rng(1).integers(0, 256, (9, 9, 3), "uint8")
    figure, axes = plt.subplots()
    axes.imshow(picture, interpolation="nearest")
    axes.axis("off")
    stored = Image.open(io.BytesIO(plotting.small_png(figure, 256))).convert("RGB")
    assert {tuple(pixel) for row in picture for pixel in row} <= {c for _, c in stored.getcolors()}


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_images_are_drawn_in_a_grid_with_their_titles(dtype):
    plotting.show_images(np.zeros((10, 28, 28), dtype), list(range(10)), columns=4)
    axes = plt.gcf().axes
    assert len(axes) == 12
    assert [axis.get_title() for axis in axes[:10]] == [str(i) for i in range(10)]
    assert axes[0].images[0].get_clim() == ((0, 255) if dtype == np.uint8 else (0, 1))


def test_a_single_image_is_refused_with_the_way_out():
    with pytest.raises(ValueError, match=r"\(28, 28\).*\(count, height, width\).*image\[None\]"):
        plotting.show_images(np.zeros((28, 28)))


def test_titles_must_be_as_many_as_images():
    with pytest.raises(ValueError, match="1 titles for 2 images"):
        plotting.show_images(np.zeros((2, 28, 28)), ["one"])


def pixels(title: str, weight: str) -> bytes:
    figure = plt.figure(figsize=(2, 0.5))
    figure.text(0, 0.2, title, weight=weight)
    figure.canvas.draw()
    return bytes(figure.canvas.buffer_rgba())


@pytest.mark.filterwarnings("error")  # of matplotlib: a glyph is missing
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_chinese_is_drawn_and_english_looks_as_without_it(weight, caplog):
    assert pixels("轴 0", weight) != pixels("样 0", weight)
    english = pixels("axis 0, x² → −1", weight)
    with plt.rc_context({"font.family": ["DejaVu Sans"]}):
        assert pixels("axis 0, x² → −1", weight) == english
    assert caplog.text == ""


def test_the_font_has_every_character_of_the_chinese_pictures_and_is_small():
    missing = font.needed() - font.of_font(plotting.FONT)
    assert not missing, f"{''.join(sorted(missing))}: run `python -m tools.notebooks.font`"
    assert plotting.FONT.stat().st_size < 100_000


def test_what_is_only_printed_or_raised_needs_no_font():
    code = """
def name(x):
    '''Docstring'''
    assert x, f"asserted {x}"
    print(f"printed: {x}")
    ax.set(title=f"title {x}", xlabel="label")
    raise ValueError("raised")
explorables.Quiz("? quiz")
"""
    assert list(font.drawn(ast.parse(code))) == ["title ", "label"]


def test_the_same_characters_give_the_same_font(tmp_path):
    whole = tmp_path / "whole.ttc"
    collection = TTCollection()
    for name in ("Other", font.SIMPLIFIED):
        collection.fonts.append(TTFont(plotting.FONT))
        collection.fonts[-1]["name"].setName(name, 1, 3, 1, 0x409)
    collection.save(whole)
    made = font.cut(whole, set("轴层"))
    assert made == font.cut(whole, set("层轴"))
    (tmp_path / "made.otf").write_bytes(made)
    assert font.of_font(tmp_path / "made.otf") == set("轴层")
    with pytest.raises(ValueError, match="has no ☃"):
        font.cut(whole, {"☃"})
    collection.fonts.pop()
    collection.save(whole)
    with pytest.raises(ValueError, match=f"has Other, not {font.SIMPLIFIED}"):
        font.cut(whole, set("轴层"))
