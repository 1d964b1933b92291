"""Figures that a run needs twice, in a notebook and in the report, are drawn once.

A run names a folder to the processes that it starts. A notebook leaves each shared figure there, as it is printed,
under a key of the drawing function and of all that it was given; the report takes it from there. Without a folder,
or where the figure is not in it, the figure is drawn.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.drawing import Drawing, drawing_of, first_axes, png_bytes, raster
from analysis.figures.page import figure_of
from analysis.study.settings import PICTURES_VARIABLE

# Figures are as wide as the page's text, so these are dots per inch of paper.
_DPI, _COMPRESSION = 220, 3


def is_awaited(figure: Figure) -> bool:
    """Return whether the report of this run will look for the figure."""
    return _folder() is not None and drawing_of(figure) is not None


def printed(ax: Axes) -> bytes:
    """Return the figure of these Axes as PNG for print and close it; an awaited one is left for the report."""
    figure = figure_of(ax)
    content = png_bytes(raster(figure, _DPI), dpi=_DPI, compression=_COMPRESSION)
    drawing = drawing_of(figure)
    plt.close(figure)
    place = None if drawing is None else _place(drawing)
    if place is not None:
        unfinished = place.with_suffix(f".{os.getpid()}.part")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(place)
        except OSError:  # no room for it: the report draws the figure itself
            unfinished.unlink(missing_ok=True)
    return content


def printed_once(drawing: Drawing) -> bytes:
    """Return what a drawing function draws as PNG for print: from the folder of the run, else drawn now."""
    place = _place(drawing)
    if place is not None and place.is_file():
        return place.read_bytes()
    return printed(first_axes(drawing()))


def _folder() -> Path | None:
    named = os.environ.get(PICTURES_VARIABLE)
    return Path(named) if named else None


def _place(drawing: Drawing) -> Path | None:
    folder = _folder()
    return None if folder is None else folder / f"{_key(drawing)}.png"


def _key(drawing: Drawing) -> str:
    """Return the SHA-256 of a drawing function's name and of everything that it is given."""
    bound = inspect.signature(drawing.func).bind(*drawing.args, **drawing.keywords)
    bound.apply_defaults()
    given = {name: _canonical(value) for name, value in bound.arguments.items()}
    what = [drawing.func.__module__, drawing.func.__qualname__, given]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, pd.DataFrame):
        return hashlib.sha256(value.to_csv(index=False).encode()).hexdigest()
    if isinstance(value, Mapping):
        return [[_canonical(key), _canonical(each)] for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [_canonical(each) for each in value]
    for plain in (bool, int, float, str):
        if isinstance(value, plain):
            return repr(plain(value))
    if value is None or is_dataclass(value):
        return repr(value)
    return f"object {id(value)}"  # Axes of the caller's, for example: nobody else draws on them
