"""What every figure is besides its content: pixels, what drew it, and what it says without data."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from analysis.figures.page import PAGE_WIDTH, SMALL_SIZE, Drawing, Sheet, figure_of, new_axes, wrap
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


def shared(draw: Callable[P, R]) -> Callable[P, R]:
    """Mark a drawing function whose figures the report shows too; what it draws on a caller's figure is not shared."""

    @functools.wraps(draw)
    def _drawn(*args: P.args, **given: P.kwargs) -> R:
        made = draw(*args, **given)
        figure = figure_of(first_axes(made))
        if isinstance(figure, Sheet) and not any(isinstance(each, Axes) for each in (*args, *given.values())):
            figure.drawing = functools.partial(draw, *args, **given)
        return made

    return _drawn


def drawing_of(figure: Figure) -> Drawing | None:
    """Return what drew a shared figure, None for any other."""
    return figure.drawing if isinstance(figure, Sheet) else None


def first_axes(made: Axes | list[Axes]) -> Axes:
    """Return the first of the Axes that a drawing function returned."""
    return made[0] if isinstance(made, list) else made


def nothing(results: pd.DataFrame, words: Words, ax: Axes | None = None) -> Axes:
    """Return Axes that say why there is nothing to draw: the reasons of the results that are not estimable.

    :func:`nothing_drawn` recognises the sheet; a caller's own figure may show more beside them.
    """
    ax = new_axes(ax, 0.8)
    ax.set_axis_off()
    reasons = dict.fromkeys(results["reason"].dropna().astype(str))
    analyses = dict.fromkeys(results["analysis"].astype(str)) if "analysis" in results else {}
    figure = figure_of(ax)
    if isinstance(figure, Sheet):
        figure.unanswered = (next(iter(analyses), ""), tuple(reasons))
    said = wrap("; ".join(words.reason(code) for code in reasons), 0.75 * PAGE_WIDTH, SMALL_SIZE)
    ax.text(0.0, 0.5, said, fontsize=SMALL_SIZE, color=MUTED, va="center")
    return ax


def nothing_drawn(ax: Axes) -> tuple[str, str] | None:
    """Return the analysis of a sheet that :func:`nothing` made and its reason, None where something is drawn.

    Several reasons are told together, separated by semicolons: none of them alone explains the sheet.
    """
    figure = figure_of(ax)
    if not isinstance(figure, Sheet) or figure.unanswered is None:
        return None
    analysis, reasons = figure.unanswered
    return analysis, "; ".join(reasons)
