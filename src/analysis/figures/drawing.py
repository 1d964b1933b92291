"""What every figure is besides its content: pixels, what drew it, and what it says without data."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from analysis.figures.page import PAGE_WIDTH, SMALL_SIZE, figure_of, new_axes, wrap
from analysis.figures.style import MUTED, Words

# Figures have few colours; 64 keep them to the last step that an eye sees.
_COLOURS = 64
# A mean of nearly white pixels is white, so that paper stays without a tint.
_NEARLY_WHITE = 248


def raster(figure: Figure, dpi: int) -> Image.Image:
    """Return a figure as a picture with a palette, of its size in inches times ``dpi`` pixels.

    ``savefig`` would draw every figure twice to measure it first; figures are laid out without that.
    """
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    # Letters fitted to whole pixels would no longer have the widths that the figure was laid out with.
    with mpl.rc_context({"text.hinting": "none"}):
        canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    drawn = Image.fromarray(pixels).convert("RGB")
    picture = drawn.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.reshape(picture.getpalette() or [], (-1, 3))
    palette[(palette >= _NEARLY_WHITE).all(axis=1)] = 255
    picture.putpalette(palette.ravel().tolist())
    return picture


def png_bytes(picture: Image.Image, *, dpi: int, compression: int) -> bytes:
    """Return a picture with a palette as PNG: a third of the bytes and half the time of one in full colours.

    ``compression`` from 0 to 9: 3 takes half the time of the usual 6 for a file that is a fifth larger.
    """
    written = io.BytesIO()
    picture.save(written, format="PNG", dpi=(dpi, dpi), compress_level=compression)
    return written.getvalue()


P = ParamSpec("P")
R = TypeVar("R", Axes, list[Axes])
# A drawing function with everything that it is given.
Drawing = functools.partial[Axes] | functools.partial[list[Axes]]

_DRAWINGS: WeakKeyDictionary[Figure, Drawing] = WeakKeyDictionary()


def shared(draw: Callable[P, R]) -> Callable[P, R]:
    """Mark a drawing function whose figures the report shows too."""

    @functools.wraps(draw)
    def _drawn(*args: P.args, **given: P.kwargs) -> R:
        made = draw(*args, **given)
        _DRAWINGS[figure_of(first_axes(made))] = functools.partial(draw, *args, **given)
        return made

    return _drawn


def drawing_of(figure: Figure) -> Drawing | None:
    """Return what drew a shared figure, None for any other."""
    return _DRAWINGS.get(figure)


def first_axes(made: Axes | list[Axes]) -> Axes:
    """Return the first of the Axes that a drawing function returned."""
    return made[0] if isinstance(made, list) else made


# How Axes that hold nothing but a reason are marked.
_NOTHING = "nothing:"


def nothing(results: pd.DataFrame, words: Words, ax: Axes | None = None) -> Axes:
    """Return Axes that say why there is nothing to draw: the reasons of the results that are not estimable.

    :func:`nothing_drawn` recognises them.
    """
    ax = new_axes(ax, 0.8)
    ax.set_axis_off()
    reasons = dict.fromkeys(results["reason"].dropna().astype(str))
    analyses = dict.fromkeys(results["analysis"].astype(str)) if "analysis" in results else {}
    ax.set_gid(_NOTHING + "|".join((next(iter(analyses), ""), *reasons)))
    said = wrap("; ".join(words.reason(code) for code in reasons), 0.75 * PAGE_WIDTH, SMALL_SIZE)
    ax.text(0.0, 0.5, said, fontsize=SMALL_SIZE, color=MUTED, va="center")
    return ax


def nothing_drawn(ax: Axes) -> tuple[str, str] | None:
    """Return the analysis and the reason of Axes that :func:`nothing` made, None where something is drawn."""
    gid = ax.get_gid() or ""
    if not gid.startswith(_NOTHING):
        return None
    analysis, _, reason = gid.removeprefix(_NOTHING).partition("|")
    return analysis, reason
