"""A drawn figure as pixels."""

from __future__ import annotations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image


def raster(figure: Figure, dpi: int) -> Image.Image:
    """Return a figure as an RGB picture of its size in inches times ``dpi`` pixels.

    The same pixels as ``savefig``, which draws every figure twice to measure it first; the layout engine of the
    house style needs no second time.
    """
    figure.set_dpi(dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return Image.fromarray(pixels).convert("RGB")
