"""Figures in a notebook: shown once, as small pictures, so that a stored notebook stays below 400 kB."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from analysis.figures.raster import raster

# Readable on a screen. Figures have few colours: a palette of this size keeps them, in a third of the bytes.
_DPI, _COLOURS = 120, 32


def show_figure(ax: Axes) -> None:
    """Show the figure that Axes belong to, and close it, so that the kernel does not show it again."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        display({"image/png": small_png(figure), "text/plain": "figure"}, raw=True)  # type: ignore[no-untyped-call]
    close_figure(ax)


def close_figure(ax: Axes) -> None:
    """Close the figure that Axes belong to without showing it: the kernel shows what is left open."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        plt.close(figure)


def small_png(figure: Figure) -> bytes:
    """Return a figure as a PNG with a palette."""
    small = io.BytesIO()
    # By coverage, not by frequency: else the colour of a few marks is mixed with that of the large areas.
    picture = raster(figure, _DPI).quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    picture.save(small, format="PNG")
    return small.getvalue()
