"""Figures that stand in notebooks and in the report know what drew them, so that a run need not draw them twice."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.page import figure_of

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
