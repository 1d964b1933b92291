"""Figures in a notebook: shown once, as small pictures, so that a stored notebook stays below 400 kB."""

from __future__ import annotations

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes

from analysis.figures.raster import png_bytes, raster
from analysis.report.album import is_awaited, printed

# A browser shows a figure in its true size at this resolution. A stored notebook has to be small.
_DPI, _COMPRESSION = 96, 9


def show_figure(ax: Axes) -> None:
    """Show the figure that Axes belong to, and close it, so that the kernel does not show it again."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        size = {}
        if is_awaited(figure):
            # Drawn for print it has more pixels than the screen shows.
            size = {"image/png": {"width": round(figure.get_figwidth() * _DPI)}}
            drawn = printed(ax)
        else:
            drawn = png_bytes(raster(figure, _DPI), dpi=_DPI, compression=_COMPRESSION)
        display({"image/png": drawn, "text/plain": "figure"}, metadata=size, raw=True)  # type: ignore[no-untyped-call]
    close_figure(ax)


def close_figure(ax: Axes) -> None:
    """Close the figure that Axes belong to without showing it: the kernel shows what is left open."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        plt.close(figure)
