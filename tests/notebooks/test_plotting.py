"""gearsbook.plotting: small pictures, and clear words for wrong input."""

import io

from gearsbook import plotting
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image
import pytest


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
