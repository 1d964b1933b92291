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
        self._decimals = decimals

    def set_locs(self, locs: Iterable[float]) -> None:
        """Choose the decimals for the ticks of an axis; matplotlib calls it before it asks for labels."""
        shown = [self._factor * float(tick) for tick in locs]
        enough = (n for n in range(self._least, _MOST_DECIMALS) if all(abs(round(v, n) - v) < _TINY for v in shown))
        self._decimals = next(enough, _MOST_DECIMALS)

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the label of one tick, as precise as its neighbours."""
        return self._words.number(self._factor * value, self._decimals) + self._unit
