"""Colours, marks and words shared by all figures; the same level has the same look everywhere.

Colours are from the palette of Okabe & Ito (safe for colour-blind readers) or one blue scale whose steps
differ in lightness, so that figures stay readable in grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import colormaps
from matplotlib.colors import to_hex

from analysis.stats.codes import Verdict

INK, MUTED, GRID = "#222222", "#666666", "#d9d9d9"
PRE_COLOUR, POST_COLOUR = "#E69F00", "#0072B2"
ACCENT = "#D55E00"

# A verdict has a colour of its own lightness and a hatch: "undetermined" is a finding, not a pale "no".
VERDICT_COLOURS: Mapping[Verdict, str] = {
    Verdict.ALWAYS: "#0072B2",
    Verdict.UNDETERMINED: "#F0E442",
    Verdict.NEVER: "#999999",
}
VERDICT_HATCHES: Mapping[Verdict, str] = {
    Verdict.ALWAYS: "",
    Verdict.UNDETERMINED: "////",
    Verdict.NEVER: "..",
}

_BATCH_SCALE = ("#8fbfe0", "#3d86bd", "#0b3c6f")
_MARKERS = ("o", "s", "D", "^", "v", "P", "X", "<", ">")

# Low to high, bad to good: from red over white to blue, everywhere where a colour says so.
DIVERGING = "RdBu"
_MIDDLE_COLOUR = "#dedede"  # the palette's own middle is white and would vanish
# How far from the middle of that palette the outermost and the innermost levels lie.
_LEVEL_SHADES = (0.84, 0.48)


class Words(Protocol):
    """The language of a figure: messages by key, numbers and p-values as text."""

    def text(self, key: str, parts: Mapping[str, str] | None = None, /) -> str:
        """Return a message of the figures' catalogue with its ``{parts}`` filled in."""
        ...

    def subject(self, subject: str, /) -> str:
        """Return an item, aspect or other subject of a result row in words."""
        ...

    def reason(self, code: str, /) -> str:
        """Return the reason code of a result that is not estimable in words."""
        ...

    def number(self, value: float, decimals: int, /) -> str:
        """Return a number with this many decimals."""
        ...

    def p_value(self, value: float, /) -> str:
        """Return a p-value such as "p = 0.020" or "p < 0.001"."""
        ...


def batch_colours(batches: list[str]) -> dict[str, str]:
    """Return a colour per batch, from light to dark in the order given."""
    if len(batches) <= len(_BATCH_SCALE):
        chosen = _BATCH_SCALE[-len(batches) :] if len(batches) < len(_BATCH_SCALE) else _BATCH_SCALE
        return dict(zip(batches, chosen, strict=True))
    palette = sns.color_palette("blend:" + ",".join(_BATCH_SCALE), len(batches)).as_hex()
    return dict(zip(batches, palette, strict=True))


def batch_markers(batches: list[str]) -> dict[str, str]:
    """Return a marker per batch, so that colour is never the only difference."""
    return {batch: _MARKERS[position % len(_MARKERS)] for position, batch in enumerate(batches)}


def contrast_colours(contrasts: Sequence[str]) -> dict[str, str]:
    """Return a colour per pair of batches, dark for the pair named first, the widest apart."""
    return batch_colours(list(contrasts)[::-1])


def level_colours(levels: Sequence[int]) -> dict[int, str]:
    """Return a colour per level of the scale, lowest first: red below its middle, blue above, lightest in the middle.

    Neighbours differ in lightness, so that a grey print shows where one ends.
    """
    half = len(levels) // 2
    shades = np.linspace(*_LEVEL_SHADES, half)
    middle = [_MIDDLE_COLOUR] if len(levels) % 2 else []
    palette = [*map(diverging_colour, -shades), *middle, *map(diverging_colour, shades[::-1])]
    return dict(zip(levels, palette, strict=True))


def diverging_colour(shade: float) -> str:
    """Return the colour of a value between -1 (the worst) and 1 (the best); values beyond have that of their end."""
    return str(to_hex(colormaps[DIVERGING](min(max((shade + 1) / 2, 0.0), 1.0))))


def subjects_in_order(results: pd.DataFrame, shown: pd.DataFrame) -> list[str]:
    """Return the subjects of the rows that are ``shown`` in the order of all results, which is that of the form."""
    drawn = set(shown["subject"].astype(str))
    return [subject for subject in dict.fromkeys(results["subject"].astype(str)) if subject in drawn]


def group_label(name: str, n: float | None, words: Words) -> str:
    """Return a group with its number of people, or, without one, that it is suppressed."""
    if n is None:
        return f"{name}: {words.text('suppressed')}"
    return f"{name} (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{words.number(n, 0)})"


def sample_sentence(rows: pd.DataFrame, words: Words) -> str:
    """Return the n and the clusters of the result rows that a figure draws, as a range where they differ."""
    n = _range(rows["n"], words)
    if rows["clusters"].notna().any():
        return words.text("sample: {n} {clusters}", {"n": n, "clusters": _range(rows["clusters"], words)})
    return words.text("sample: {n}", {"n": n})


def _range(values: pd.Series, words: Words) -> str:
    low, high = float(values.min()), float(values.max())
    shown = words.number(low, 0)
    return shown if low == high else f"{shown}\N{EN DASH}{words.number(high, 0)}"
