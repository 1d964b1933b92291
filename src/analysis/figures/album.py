"""Figures that a run needs twice, in a notebook and in the report, are drawn once.

A run names a folder to the processes that it starts. A notebook leaves each shared figure there, as it is printed,
under a key of the drawing function and of all that it was given; the report takes it from there. Without a folder,
or where the figure is not in it, the figure is drawn.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.page import figure_of
from analysis.figures.raster import png_bytes, raster
from analysis.study.settings import PICTURES_VARIABLE

# Figures are as wide as the page's text, so these are dots per inch of paper.
_DPI, _COMPRESSION = 220, 3
_KEY = "album:"

P = ParamSpec("P")
R = TypeVar("R", Axes, list[Axes])


def shared(draw: Callable[P, R]) -> Callable[P, R]:
    """Mark a drawing function whose figures stand in notebooks and in the report: its figures carry their key."""

    @functools.wraps(draw)
    def drawn(*args: P.args, **given: P.kwargs) -> R:
        made = draw(*args, **given)
        if _folder() is not None:
            figure_of(_first(made)).set_label(_KEY + _key(draw, args, given))
        return made

    return drawn


def printed(ax: Axes) -> bytes:
    """Return the figure of these Axes as PNG for print and close it; a shared one is left for the report."""
    figure = figure_of(ax)
    content = png_bytes(raster(figure, _DPI), dpi=_DPI, compression=_COMPRESSION)
    plt.close(figure)
    place = _place(str(figure.get_label()).removeprefix(_KEY)) if is_shared(figure) else None
    if place is not None:
        unfinished = place.with_suffix(f".{os.getpid()}.part")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(place)
        except OSError:  # no room for it: the report draws the figure itself
            unfinished.unlink(missing_ok=True)
    return content


def is_shared(figure: Figure) -> bool:
    """Return whether the report will look for this figure."""
    return str(figure.get_label()).startswith(_KEY)


def printed_once(draw: functools.partial[Axes] | functools.partial[list[Axes]]) -> bytes:
    """Return what a drawing function draws as PNG for print: from the folder of the run, else drawn now."""
    place = _place(_key(draw.func, draw.args, draw.keywords))
    if place is not None and place.is_file():
        return place.read_bytes()
    return printed(_first(draw()))


def _first(made: Axes | list[Axes]) -> Axes:
    return made[0] if isinstance(made, list) else made


def _folder() -> Path | None:
    named = os.environ.get(PICTURES_VARIABLE)
    return Path(named) if named else None


def _place(key: str) -> Path | None:
    folder = _folder()
    return None if folder is None else folder / f"{key}.png"


def _key(draw: Callable[..., object], args: tuple[Any, ...], given: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a drawing function's name and of everything that it is given."""
    bound = inspect.signature(draw).bind(*args, **given)
    bound.apply_defaults()
    what = [draw.__module__, draw.__qualname__, {name: _canonical(value) for name, value in bound.arguments.items()}]
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
