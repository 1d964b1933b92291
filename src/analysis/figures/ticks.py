"""The numbers along an axis."""

from __future__ import annotations

from collections.abc import Iterable

from matplotlib.ticker import Formatter

from analysis.figures.style import Words

_MOST_DECIMALS, _TINY = 4, 1e-9


class TickNumbers(Formatter):
    """Labels of an axis in the reader's language, with as many decimals as its ticks need and at least ``decimals``.

    ``factor`` and ``unit`` make percent of shares. A fixed number of decimals would print 2.5 % as 3 %.
    """

    def __init__(self, words: Words, decimals: int, *, factor: float = 1.0, unit: str = "") -> None:
        self._words, self._least, self._factor, self._unit = words, decimals, factor, unit
        self._ticks: list[float] = []

    def set_locs(self, locs: Iterable[float]) -> None:
        """Note where all ticks of the axis stand; matplotlib calls it before it asks for labels."""
        self._ticks = [float(tick) for tick in locs]

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the label of one tick, as precise as its neighbours."""
        shown = [self._factor * float(tick) for tick in (*self._ticks, value)]
        enough = (n for n in range(self._least, _MOST_DECIMALS) if all(abs(round(v, n) - v) < _TINY for v in shown))
        return self._words.number(self._factor * value, next(enough, _MOST_DECIMALS)) + self._unit
