"""One style for all matplotlib figures of the book.

Text inside a figure is in the page's language. The Chinese characters are those of a font that
ships with the package, so that no machine needs another; it has those that the book's pictures
use, and `python -m tools.notebooks.font` makes it. Figures keep a white ground of their own: they
read the same on a light page, on a dark page and on paper.
"""

from collections.abc import Sequence
import dataclasses
import io
from pathlib import Path

from matplotlib import font_manager
from matplotlib.figure import Figure
import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from PIL import Image

# Colours that mean something mean it on every page. Hues from Okabe and Ito (2008), which
# stay apart for colour-blind readers; the css of the book uses the same values.
INPUT = "#0072b2"
WEIGHT = "#b35900"
GRADIENT = "#8f3f97"
RIGHT = "#00785a"
WRONG = "#c0392b"
MUTED = "#6b7280"

FONT = Path(__file__).with_name("font") / "gears-han.otf"
CHINESE = "Gears Han"  # its name

_PIXELS_PER_INCH = 120
_COLOURS_PER_PICTURE = 24


def use_style(colours: int = _COLOURS_PER_PICTURE) -> None:
    """Set the book's style, and in a notebook store small pictures; no matplotlibrc has a say.

    Args:
        colours: how many a stored picture has at most, up to 256. The fewest that do are a third
            of the size; a page that is about colours takes all.
    """
    plt.rcdefaults()
    _bring_chinese()
    plt.rcParams.update(
        {
            "font.family": ["DejaVu Sans", CHINESE],  # what the first has not, the second may
            "figure.figsize": (6.4, 3.2),
            "figure.dpi": _PIXELS_PER_INCH,
            "figure.constrained_layout.use": True,
            "axes.prop_cycle": plt.cycler(  # type: ignore[attr-defined]  # meant to be taken from here
                color=[INPUT, WEIGHT, GRADIENT, RIGHT, WRONG, MUTED]
            ),
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 10,
            "axes.labelsize": 10,
            "xtick.labelsize": 9,
            "ytick.labelsize": 9,
            "legend.fontsize": 9,
            "legend.frameon": False,
            "lines.linewidth": 1.8,
            "image.cmap": "gray_r",  # ink is dark, paper is light
        }
    )
    try:
        shell = get_ipython()  # type: ignore[name-defined]
    except NameError:  # plain Python: nothing is stored
        return
    shell.run_line_magic("matplotlib", "inline")
    shell.display_formatter.formatters["image/png"].for_type(
        Figure, lambda figure: small_png(figure, colours)
    )


def _bring_chinese() -> None:
    """Let matplotlib know our font; it has one weight, and serves as bold, too."""
    manager = font_manager.fontManager
    if CHINESE not in manager.get_font_names():
        manager.addfont(FONT)
        manager.ttflist.append(dataclasses.replace(manager.ttflist[-1], weight=700))


def small_png(figure: Figure, colours: int = _COLOURS_PER_PICTURE) -> bytes:
    """A figure as a PNG of few colours: a third of the size, and hardly an eye sees it."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", bbox_inches="tight")
    # on the pictures of 2.2.11 median cut errs by up to 113 levels, the other by up to 22
    kind = Image.Quantize.MAXCOVERAGE if colours == 256 else Image.Quantize.MEDIANCUT
    picture = Image.open(buffer).convert("RGB").quantize(colours, kind)
    small = io.BytesIO()
    picture.save(small, format="png", optimize=True, dpi=(_PIXELS_PER_INCH, _PIXELS_PER_INCH))
    return small.getvalue()


def show_images(
    images: npt.NDArray[np.generic], titles: Sequence[object] = (), columns: int = 8
) -> None:
    """Draw small grey images side by side, without axes.

    Args:
        images: shape (count, height, width); uint8 in 0..255 or floats in 0..1.
        titles: one for each image, or none at all.
        columns: images in a row.

    Raises:
        ValueError: the images have no count axis, or the titles are not one for each image.
    """
    if images.ndim != 3:
        raise ValueError(
            f"show_images got images of shape {images.shape}; it takes (count, height, width): "
            "for a single image write image[None]"
        )
    if len(titles) not in (0, len(images)):
        raise ValueError(
            f"show_images got {len(titles)} titles for {len(images)} images: "
            "give one for each, or none"
        )
    rows = -(-len(images) // columns)
    _, axes = plt.subplots(
        rows, columns, figsize=(0.85 * columns, (1.1 if titles else 0.9) * rows), squeeze=False
    )
    full_ink = 255 if images.dtype == np.uint8 else 1.0
    for axis in axes.flat:
        axis.axis("off")
    for axis, image in zip(axes.flat, images, strict=False):
        axis.imshow(image, vmin=0, vmax=full_ink)
    for axis, title in zip(axes.flat, titles, strict=False):
        axis.set_title(title, fontsize=9)
    plt.show()
