"""Which shipped notebook needs which kind of data, and which other notebook asks the same of another kind.

A run reads this before anything else and must not wait for pandas.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class DataKind(StrEnum):
    """What a province may have for a question: what was printed, or what single people gave."""

    PRINTED_MEANS = "printed_means"
    RESPONSES = "responses"
    SCORES = "scores"
    PRINTED_SCORES = "printed_scores"


# The notebooks that not every province can fill. The order is that of their rows in the results.
NEEDS: Mapping[str, DataKind] = {
    "02_batches_averages": DataKind.PRINTED_MEANS,
    "02_batches_answers": DataKind.RESPONSES,
    "03_prepost_scores": DataKind.SCORES,
    "03_prepost_averages": DataKind.PRINTED_SCORES,
}

# All that a researcher may open for a province, in the order in which they are read.
FOR_A_PROVINCE = ("00_start", "01_clean", *NEEDS, "04_impact")


def is_for(title: str, kinds: Collection[DataKind]) -> bool:
    """Return whether a notebook can be filled by a province with these kinds of data."""
    return title not in NEEDS or NEEDS[title] in kinds


def counterpart(title: str, kinds: Collection[DataKind]) -> str | None:
    """Return the notebook that asks the same question of data that are there; None where there are none."""
    same_question = (other for other in NEEDS if other != title and _number(other) == _number(title))
    return next((other for other in same_question if is_for(other, kinds)), None)


def place_in_results(title: str) -> tuple[str, int, str]:
    """Return what notebooks are sorted by: their number, then the order of :data:`NEEDS`, then the name."""
    order = list(NEEDS)
    return _number(title), order.index(title) if title in order else len(order), title


def _number(title: str) -> str:
    return title.partition("_")[0]
