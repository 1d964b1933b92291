"""Who took which test: both, one, or none, in all and by batch and role."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.figures.nothing import nothing
from analysis.figures.page import NARROW_LABELS, finish, label_rows, lay_rows, new_axes
from analysis.figures.shared import shared
from analysis.figures.style import MUTED, POST_COLOUR, PRE_COLOUR, Words, group_label
from analysis.figures.ticks import TickNumbers
from analysis.stats.codes import EstimateName

# Colour and hatch of each part; those of one group of people add up to the bar.
PARTS = {
    "both": (POST_COLOUR, ""),
    "pre_only": (PRE_COLOUR, "//"),
    "post_only": ("#56B4E9", ".."),
    "no_test": (MUTED, "xx"),
}
_DIMENSIONS = ("batch", "role")
_ROW_INCHES, _BAR_INCHES = 0.25, 0.17


@shared
def attrition(results: pd.DataFrame, *, words: Words, ax: Axes | None = None) -> Axes:
    """Draw the shares of people with both tests, one of them, or none; suppressed groups are named, not drawn.

    ``results`` are rows of ``learning.matching``. Registered people without any test appear in the first bar only,
    which counts everybody.
    """
    counts = results[(results["estimate_name"] == EstimateName.COUNT)].set_index("subject")["estimate"]
    if not counts.notna().any():
        return nothing(results, words, ax)
    groups = ["", *_groups(counts)]
    people_of = {group: {part: _people(counts, group, part) for part in PARTS} for group in groups}
    totals = {group: sum(filter(None, people.values())) for group, people in people_of.items()}
    labels = [group_label(words.subject(group or "all"), total or None, words) for group, total in totals.items()]
    rows = lay_rows(labels, room=NARROW_LABELS, least=_ROW_INCHES)
    ax = new_axes(ax, rows.inches)
    for y, (group, people) in zip(rows.places, people_of.items(), strict=True):
        total, left = totals[group], 0.0
        for part, (colour, hatch) in PARTS.items():
            if total and people[part]:
                width = 100 * float(people[part] or 0) / total
                ax.barh(y, width, left=left, height=_BAR_INCHES, color=colour, hatch=hatch, edgecolor="white")
                left += width
    keys = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words.subject(part))
        for part, (colour, hatch) in PARTS.items()
    ]
    label_rows(ax, rows)
    ax.set_xlim(0, 100)
    ax.xaxis.set_major_formatter(TickNumbers(words, 0, unit="%"))
    finish([ax], title=words.text("attrition: title"), note=words.text("attrition: note"), handles=keys)
    return ax


def _groups(counts: pd.Series) -> list[str]:
    """Return batches and roles as the subjects name them ("batch=5")."""
    named = counts.index[counts.index.str.endswith("|both")].str.removesuffix("|both")
    return [str(group) for dimension in _DIMENSIONS for group in named if str(group).startswith(f"{dimension}=")]


def _people(counts: pd.Series, group: str, part: str) -> float | None:
    subject = f"{group}|{part}" if group else part
    found = counts.get(subject)
    return None if found is None or pd.isna(found) else float(found)
