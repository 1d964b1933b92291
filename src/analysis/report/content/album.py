"""Figures that a run needs twice, in a notebook and in the report, are drawn once.

A run names a folder to the processes that it starts. A notebook leaves each shared figure there, as it is printed,
under a key of the drawing function and of the content of all that it was given; the report takes it from there.
Without a folder, or where the figure is not in it, the figure is drawn.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TypeAlias

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.errors import ParameterError
from analysis.figures.drawing import drawing_of, first_axes, png_bytes, raster
from analysis.figures.page import Drawing, figure_of
from analysis.study.settings import PICTURES_VARIABLE

# Figures are as wide as the page's text, so these are dots per inch of paper.
_DPI, _COMPRESSION = 220, 3

# Plain content in lists: what JSON writes without a choice of its own.
Canonical: TypeAlias = "bool | str | list[Canonical] | None"


def is_awaited(figure: Figure) -> bool:
    """Return whether the report of this run will look for the figure."""
    drawing = drawing_of(figure)
    return drawing is not None and _place(drawing) is not None


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
    folder, key = _folder(), drawing_key(drawing)
    return None if folder is None or key is None else folder / f"{key}.png"


def drawing_key(drawing: Drawing) -> str | None:
    """Return the SHA-256 of a drawing function's name and of the content of all that it is given.

    None where something is given whose content cannot be told: such a figure is drawn wherever it is needed.
    """
    bound = inspect.signature(drawing.func).bind(*drawing.args, **drawing.keywords)
    bound.apply_defaults()
    try:
        given = {name: canonical(value) for name, value in bound.arguments.items()}
    except ParameterError:
        return None
    what = [drawing.func.__module__, drawing.func.__qualname__, given]
    return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()


def canonical(value: object) -> Canonical:
    """Return the content of an argument as JSON can write it, the same in every process.

    Tables count by their cells, dataclasses by their fields, numbers by their type and all their digits. Raises
    ParameterError for anything else: what it shows cannot be told from its value.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return ["int", str(int(value))]
    if isinstance(value, float):
        return ["float", float(value).hex()]
    if isinstance(value, pd.DataFrame):
        return ["table", hashlib.sha256(value.to_csv(index=False).encode()).hexdigest()]
    if isinstance(value, Mapping):
        return ["mapping", [[canonical(key), canonical(each)] for key, each in value.items()]]
    if isinstance(value, list | tuple):
        return ["sequence", [canonical(each) for each in value]]
    if is_dataclass(value) and not isinstance(value, type):
        kind = f"{type(value).__module__}.{type(value).__qualname__}"
        return ["object", kind, [[field.name, canonical(getattr(value, field.name))] for field in fields(value)]]
    raise ParameterError(f"a figure cannot be shared by a value of type {type(value).__name__}: give plain values")
