"""Pre and post scores of the same people: matched by id first, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import PairingError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PairedScores:
    """The two scores of every person who has both.

    ``pre`` and ``post`` have one value per person, in points of the same scale. ``classes`` and ``villages``
    number each person's class and village from 0, or are None where that was not recorded. ``n_missing``
    counts the people who were left out because a test (or the recorded cluster) is missing.
    """

    pre: Floats
    post: Floats
    classes: Codes | None = None
    villages: Codes | None = None
    n_missing: int = 0

    @property
    def n(self) -> int:
        """Return the number of pairs."""
        return int(self.pre.size)

    @property
    def change(self) -> Floats:
        """Return post - pre of each person, in points."""
        difference: Floats = self.post - self.pre
        return difference

    def only(self, chosen: NDArray[np.bool_]) -> PairedScores:
        """Return the pairs where ``chosen`` is true, clusters numbered anew; nobody counts as missing."""
        return PairedScores(
            self.pre[chosen],
            self.post[chosen],
            None if self.classes is None else renumbered(self.classes[chosen]),
            None if self.villages is None else renumbered(self.villages[chosen]),
        )


@dataclass(frozen=True, slots=True, eq=False)
class MatchedIds:
    """Who took which test: ids with both, with the pretest only, with the posttest only (each sorted)."""

    both: tuple[Hashable, ...]
    pre_only: tuple[Hashable, ...]
    post_only: tuple[Hashable, ...]


def renumbered(labels: ArrayLike | pd.Series) -> Codes:
    """Return labels as numbers 0, 1, ... in the order in which they first appear.

    Not sorted: labels may be keyed codes, and results must not depend on the key, not even in rounding.
    """
    codes, _ = pd.factorize(np.asarray(labels))
    return np.asarray(codes, dtype=np.int64)


def pair_scores(
    pre: ArrayLike, post: ArrayLike, *, classes: ArrayLike | None = None, villages: ArrayLike | None = None
) -> PairedScores:
    """Return the complete pairs of two columns of one table; NaN marks a test that was not taken.

    Parameters
    ----------
    pre, post
        Points, one per person, in the same order: row i of both is one person.
    classes, villages
        Labels of the same length, or None where not recorded.

    Raises
    ------
    PairingError
        The columns differ in length, so rows cannot be the same people, or a label of a complete pair is missing.
    """
    before, after = np.asarray(pre, dtype=np.float64), np.asarray(post, dtype=np.float64)
    if before.shape != after.shape or before.ndim != 1:
        raise PairingError(
            f"{before.size} pretest and {after.size} posttest scores: a paired analysis needs both scores of the "
            "same people in the same order. Match them by participant id first (match_ids)."
        )
    complete = ~(np.isnan(before) | np.isnan(after))
    taken_any = ~(np.isnan(before) & np.isnan(after))
    return PairedScores(
        before[complete],
        after[complete],
        _cluster_codes(classes, complete, "class"),
        _cluster_codes(villages, complete, "village"),
        n_missing=int((taken_any & ~complete).sum()),
    )


def _cluster_codes(labels: ArrayLike | None, complete: NDArray[np.bool_], what: str) -> Codes | None:
    if labels is None:
        return None
    values = np.asarray(labels, dtype=object)
    if values.shape != complete.shape:
        raise PairingError(f"{values.size} {what} labels for {complete.size} people: give one label per person.")
    if pd.isna(values[complete]).any():
        raise PairingError(
            f"{int(pd.isna(values[complete]).sum())} complete pairs have no {what}: leave these people out in a step "
            f"that counts them, or analyse without the {what}."
        )
    return renumbered(values[complete].astype(str))


def match_ids(pre_ids: Sequence[Hashable], post_ids: Sequence[Hashable]) -> MatchedIds:
    """Return who took both tests, from the ids of each test's forms.

    Raises PairingError where an id is missing or stands twice in a test (the attempt that counts has to be
    chosen before), or where no id stands in both tests: such forms cannot be linked, and the message says what remains
    possible.
    """
    before, after = _checked_ids(pre_ids, "pretest"), _checked_ids(post_ids, "posttest")
    both = before & after
    if not both:
        raise PairingError(
            f"none of the {len(before)} pretest ids stands among the {len(after)} posttest ids, so no form can be "
            "linked to a person's other form. A paired test is refused; compare the two groups unpaired "
            "(unlinked_change) or give ids that the two tests share."
        )
    return MatchedIds(_sorted(both), _sorted(before - after), _sorted(after - before))


def _sorted(ids: set[Hashable]) -> tuple[Hashable, ...]:
    return tuple(sorted(ids, key=str))


def _checked_ids(ids: Sequence[Hashable], test: str) -> set[Hashable]:
    missing = int(pd.isna(np.asarray(ids, dtype=object)).sum())
    if missing:
        raise PairingError(
            f"{missing} of {len(ids)} {test} forms have no participant id: they cannot be paired. Leave them out in a "
            "step that counts them, or analyse unpaired (unlinked_change)."
        )
    unique = set(ids)
    if len(unique) < len(ids):
        raise PairingError(
            f"{len(ids) - len(unique)} repeated participant ids in the {test}: choose one attempt per person first "
            "(the first for the pretest, the last for the posttest)."
        )
    return unique
