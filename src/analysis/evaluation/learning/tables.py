"""The scores of a study joined to its participants: who took which test, on one scale, in which class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import PairingError
from analysis.evaluation.data import StudyData, hidden_groups, suppressed, without_hidden
from analysis.evaluation.outcome import Outcome, Row, outcome
from analysis.stats import assumptions
from analysis.stats.codes import EstimateName, Method, Reason, Unit
from analysis.stats.matching import PairedScores, pair_scores
from analysis.stats.result import Estimate, not_estimable
from analysis.stats.shares import count, share_of_count

CONTRAST = "post-pre"
PERSON_COLUMNS = ("role", "sex", "village", "regency", "batch", "class_id", "group")
# Whether a person was trained, or tested only: column ``group`` of a table with a comparison group.
TRAINED, COMPARED = "training", "comparison"
# Where fewer of the pairs than this have a recorded class, classes count as not recorded; where at least so many have
# one, the few without leave in a step that is counted.
CLASS_RECORDED_SHARE = 0.9


@dataclass(frozen=True, slots=True, eq=False)
class LearningTable:
    """Scores by person.

    ``people`` has one row per form or person with at least one test: participant_id (missing where a form cannot be
    linked), pre, post (points of one scale, NaN where not taken), and the columns of ``PERSON_COLUMNS`` (missing
    where not recorded). ``maximum`` is the highest possible score, None where unknown. ``condition`` says in words
    what was done to bring both tests to one scale. ``without_any_test`` counts registered people without a score.
    """

    people: pd.DataFrame
    maximum: float | None
    condition: str
    without_any_test: int

    @property
    def is_complete(self) -> NDArray[np.bool_]:
        """Return who has an id and both tests."""
        frame = self.people
        linked = frame["participant_id"].notna() & frame["pre"].notna() & frame["post"].notna()
        return linked.to_numpy(dtype=bool)

    @property
    def has_classes(self) -> bool:
        """Tell whether the class was recorded for enough of the complete pairs."""
        classes = self.people.loc[self.is_complete, "class_id"]
        return bool(len(classes) and classes.notna().mean() >= CLASS_RECORDED_SHARE)

    @property
    def is_analysed(self) -> NDArray[np.bool_]:
        """Return the complete pairs of the analysis: those with a class, where classes were recorded."""
        if not self.has_classes:
            return self.is_complete
        return self.is_complete & self.people["class_id"].notna().to_numpy(dtype=bool)

    @property
    def why_no_pairs(self) -> Reason | None:
        """Return why there is no pair at all, or None."""
        if self.is_complete.any():
            return None
        if not self.people["pre"].notna().any() or not self.people["post"].notna().any():
            return Reason.TEST_NOT_GIVEN
        return Reason.UNLINKABLE_FORMS

    def pairs(self, chosen: NDArray[np.bool_] | None = None) -> PairedScores:
        """Return the analysed pairs (of the chosen rows); people with one test, or left out, count as missing.

        Raises PairingError where forms exist of both tests but none can be linked.
        """
        if self.why_no_pairs is Reason.UNLINKABLE_FORMS:
            raise PairingError(
                f"scores: {int(self.people['pre'].notna().sum())} pretest and {int(self.people['post'].notna().sum())} "
                "posttest forms share no participant_id, so no person's two scores can be compared. Give ids that both "
                "tests share, or read the unpaired analysis and its bounds."
            )
        rows = np.ones(len(self.people), dtype=bool) if chosen is None else chosen
        kept = self.people[rows & self.is_analysed]
        villages = kept["village"] if len(kept) and kept["village"].notna().all() else None
        pairs = pair_scores(
            kept["pre"], kept["post"], classes=kept["class_id"] if self.has_classes else None, villages=villages
        )
        return replace(pairs, n_missing=int((rows & ~self.is_analysed).sum()))

    def labels(self, column: str) -> pd.Series:
        """Return a person column of the analysed pairs."""
        return self.people.loc[self.is_analysed, column]


def learning_table(data: StudyData) -> LearningTable | None:
    """Return the scores joined to the participants, or None where the study has no scores.

    Raises PairingError where a participant id stands twice in a table.
    """
    scores = data.tables.get("scores")
    if scores is None or scores.empty:
        return None
    return _table(data, scores, data.tables.get("participants"))


def table_with_comparison(data: StudyData) -> LearningTable | None:
    """Return the table of the trained and the comparison group together, column ``group`` telling them apart.

    None where there is no comparison group. Raises PairingError as :func:`learning_table`.
    """
    sides = ((TRAINED, data.tables), (COMPARED, data.comparison))
    if any(name not in tables for _, tables in sides for name in ("participants", "scores")):
        return None
    scores = pd.concat([tables["scores"] for _, tables in sides], ignore_index=True)
    participants = pd.concat([tables["participants"].assign(group=group) for group, tables in sides], ignore_index=True)
    return _table(data, scores, participants)


def _table(data: StudyData, scores: pd.DataFrame, participants: pd.DataFrame | None) -> LearningTable:
    frame = _joined(scores, participants)
    if data.settings.batches:
        is_chosen = frame["batch"].isin(data.settings.batches_of(data.province)) | (frame["group"] == COMPARED)
        frame = frame[is_chosen.fillna(value=False).astype(bool)]
    pre_maximum, post_maximum = _maxima(scores, data.province.test_maximum)
    frame["pre"], frame["post"] = frame["pre_points"].astype(float), frame["post_points"].astype(float)
    condition = ""
    if pre_maximum is not None and post_maximum is not None and pre_maximum != post_maximum:
        frame["pre"] *= post_maximum / pre_maximum
        condition = assumptions.rescaled(pre_maximum, post_maximum)
    has_test = frame["pre"].notna() | frame["post"].notna()
    tested = set(frame.loc[has_test, "participant_id"].dropna())
    registered = _registered(data, participants)
    return LearningTable(frame[has_test].reset_index(drop=True), post_maximum, condition, len(registered - tested))


def _registered(data: StudyData, participants: pd.DataFrame | None) -> set[object]:
    if participants is None:
        return set()
    if data.settings.batches:
        participants = participants[participants["batch"].isin(data.settings.batches)]
    return set(participants["participant_id"].dropna())


def _joined(scores: pd.DataFrame, participants: pd.DataFrame | None) -> pd.DataFrame:
    for name, table in (("scores", scores), ("participants", participants)):
        if table is not None and (repeats := int(table["participant_id"].dropna().duplicated().sum())):
            raise PairingError(
                f"{name}: {repeats} rows repeat a participant_id. Choose one row per person first (the first attempt "
                "of the pretest, the last of the posttest)."
            )
    frame = scores.copy()
    if participants is not None:
        known = [column for column in PERSON_COLUMNS if column in participants]
        own = [column for column in known if column in frame]
        attributes = participants[["participant_id", *known]].dropna(subset=["participant_id"])
        frame = frame.merge(attributes, on="participant_id", how="left", suffixes=("_form", ""))
        for column in own:
            frame[column] = frame[column].astype(object).combine_first(frame[f"{column}_form"].astype(object))
    for column in PERSON_COLUMNS:
        frame[column] = frame[column].astype("string") if column in frame else pd.array([pd.NA] * len(frame), "string")
    return frame


def _maxima(scores: pd.DataFrame, declared: float | None) -> tuple[float | None, float | None]:
    """Return the maxima of the two tests: columns ``pre_maximum``/``post_maximum`` where given, else the study's."""
    found = []
    for column in ("pre_maximum", "post_maximum"):
        values = scores[column].dropna().unique() if column in scores else np.array([])
        if len(values) > 1:
            raise PairingError(
                f"scores, column {column}: {len(values)} different maxima in one test; give each test one maximum."
            )
        found.append(float(values[0]) if len(values) else declared)
    return found[0], found[1]


def with_condition(estimate: Estimate, condition: str) -> Estimate:
    """Return the row with one more condition in ``assumes``."""
    if not condition:
        return estimate
    return replace(estimate, assumes=assumptions.join(estimate.assumes or "", condition))


def rows(
    analysis: str, subject: str, contrast: str | None, estimates: Iterable[Estimate], condition: str = ""
) -> list[Row]:
    """Return estimates as rows about one subject."""
    return [Row(analysis, subject, contrast, with_condition(estimate, condition)) for estimate in estimates]


def nothing(data: StudyData, analysis: str, reason: Reason = Reason.NO_SUCH_DATA) -> Outcome:
    """Return the one row of an analysis that this study's data do not allow."""
    return outcome(data.identity, [Row(analysis, "all", CONTRAST, no_change(reason))])


def no_change(reason: Reason) -> Estimate:
    """Return a mean change that cannot be estimated."""
    return not_estimable(EstimateName.MEAN_CHANGE, Unit.TEST_POINTS, Method.CLASS_JACKKNIFE_T, reason)


def analysable(data: StudyData) -> LearningTable | Reason:
    """Return the table where there is at least one pair, else the reason why there is none."""
    table = learning_table(data)
    if table is None:
        return Reason.NO_SUCH_DATA
    return table.why_no_pairs or table


ANALYSIS = "learning.matching"
DIMENSIONS = ("batch", "role", "regency")
KINDS = ("both", "pre_only", "post_only")


def matching(data: StudyData) -> Outcome:
    """Count who has both tests, one, none; and by batch, role and regency.

    Subjects: ``both``, ``pre_only``, ``post_only``, ``no_test``, ``not_linkable`` (forms without id), ``no_class``
    (pairs left out because their class is unknown), and ``role=bpd|both`` and the like; where nobody has both,
    ``unlinked|pre`` and ``unlinked|post`` count the forms of each test. Details: ``matching``, one
    row per dimension and group with the counts.
    """
    table = learning_table(data)
    if table is None:
        return nothing(data, ANALYSIS)
    kind = matching_kind(table)
    numbers = {name: int((kind == name).sum()) for name in (*KINDS, "not_linkable")}
    numbers["no_test"] = table.without_any_test
    numbers["no_class"] = int(table.is_complete.sum() - table.is_analysed.sum())
    result = [Row(ANALYSIS, name, None, count(number, Unit.PEOPLE)) for name, number in numbers.items()]
    if not numbers["both"]:
        forms = {test: int(table.people[test].notna().sum()) for test in ("pre", "post")}
        result += [Row(ANALYSIS, f"unlinked|{test}", None, count(number, Unit.FORMS)) for test, number in forms.items()]
    people = len(table.people) + table.without_any_test
    result += rows(ANALYSIS, "both", None, [share_of_count(numbers["both"], people)])
    details = []
    for dimension in DIMENSIONS:
        by_group, frame = _by_group(table, kind, dimension, data.settings.minimum_cell)
        result += by_group
        details.append(frame)
    return outcome(data.identity, result, {"matching": pd.concat(details, ignore_index=True)})


def matching_kind(table: LearningTable) -> pd.Series:
    """Return for each row of the table: both, pre_only, post_only or not_linkable."""
    frame = table.people
    kind = pd.Series("both", index=frame.index)
    kind[frame["post"].isna()] = "pre_only"
    kind[frame["pre"].isna()] = "post_only"
    kind[frame["participant_id"].isna()] = "not_linkable"
    return kind


def _by_group(
    table: LearningTable, kind: pd.Series, dimension: str, minimum_cell: int
) -> tuple[list[Row], pd.DataFrame]:
    groups = table.people[dimension]
    counts = pd.crosstab(groups, kind).reindex(columns=list(KINDS), fill_value=0)
    sizes = {str(group): int(size) for group, size in groups.value_counts().items()}
    hidden = hidden_groups(sizes, minimum_cell)
    result = []
    for group, numbers in counts.iterrows():
        for name in KINDS:
            estimate = count(int(numbers[name]), Unit.PEOPLE, n=sizes[str(group)])
            reason = hidden.get(str(group))
            shown = suppressed(estimate, reason) if isinstance(reason, Reason) else estimate
            result.append(Row(ANALYSIS, f"{dimension}={group}|{name}", None, shown))
    frame = counts.reset_index(names="group")
    frame.insert(0, "dimension", dimension)
    return result, without_hidden(frame, list(KINDS), frame["group"].isin(list(hidden)))
