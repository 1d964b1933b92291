"""``dampak export``: tables that may be shared, by regency, with small groups suppressed and a codebook beside.

No row is about a person. Groups below ``minimum_cell`` people, and those from which they could be worked out,
lose every number (:mod:`analysis.report.disclosure`); their row stays and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import ParameterError
from analysis.evaluation.data import StudyData
from analysis.report.disclosure import Group, count_groups, suppressed_groups
from analysis.report.export_files import write_export
from analysis.report.suppression import COMPLEMENTARY, SMALL_CELL

SHOWN = "shown"
_PEOPLE = ("role", "sex", "batch", "tests", "course")
_PLANS = ("plan_kind", "status")
_PUBLISHED = ("invited", "published_means", "published_scores", "published_attendance", "published_followup")


def export_tables(study: StudyData, folder: Path) -> tuple[Path, ...]:
    """Write the shareable tables of a study into ``folder`` and return their paths.

    CSV for programs, ``export.xlsx`` with the same tables for people, ``codebook.csv`` for both. Raises
    ParameterError where the study has no table to share, OutputError where a file is open elsewhere.
    """
    tables = shareable_tables(study)
    if not tables:
        raise ParameterError(f"{study.province.study}: there is no table to export; put its files into data/raw.")
    return write_export(tables, study, folder)


def shareable_tables(study: StudyData) -> dict[str, pd.DataFrame]:
    """Return the tables by name: what is published anyway, and what is counted from people, suppressed."""
    minimum = study.settings.minimum_cell
    made = {name: study.tables[name].copy() for name in _PUBLISHED if name in study.tables}
    people = _people(study)
    if people is not None:
        made["people_by_regency"] = _counts(people, _PEOPLE, minimum)
        if "tests" in people:
            made["scores_by_regency"] = _scores(people, minimum)
    if "responses" in study.tables:
        made["responses_by_regency"] = _responses(study.tables["responses"], study.instrument.item_ids, minimum)
    if "followup" in study.tables:
        made["followup_by_regency"] = _counts(study.tables["followup"], _PLANS, minimum)
    return made


def _people(study: StudyData) -> pd.DataFrame | None:
    """Return one row a person with regency, role, sex, batch, which tests and whether the course was finished."""
    if "participants" not in study.tables:
        return None
    people = study.tables["participants"][["participant_id", "regency", "role", "sex", "batch"]]
    if "scores" in study.tables:
        people = people.merge(study.tables["scores"], how="left", on="participant_id", validate="one_to_one")
        both = people["pre_points"].notna() & people["post_points"].notna()
        some = people["pre_points"].notna() | people["post_points"].notna()
        people["tests"] = both.map({True: "both", False: "none"}).mask(some & ~both, "one")
    if "lms" in study.tables:
        lms = study.tables["lms"]
        finished = (lms["modules_done"] >= lms["modules"]).groupby(lms["participant_id"]).max()
        course = people["participant_id"].map(finished).astype("boolean")
        people = people.assign(course=course.map({True: "finished", False: "not_finished"}))
    return people


def _counts(rows: pd.DataFrame, dimensions: Sequence[str], minimum: int) -> pd.DataFrame:
    """Return counts by regency and one further column at a time, all protected together."""
    used = [name for name in dimensions if name in rows and rows[name].notna().any()]
    counts = count_groups(rows, [["regency", name] for name in used] or [["regency"]])
    hidden = suppressed_groups(counts, minimum)
    lines = []
    for group, count in counts.items():
        parts = dict(group)
        regency = parts.pop("regency", "all")
        dimension, level = next(iter(parts.items()), ("all", "all"))
        status = _status(group, count, hidden, minimum)
        lines.append((regency, dimension, level, count if status == SHOWN else None, status))
    frame = pd.DataFrame(lines, columns=["regency", "dimension", "level", "count", "status"])
    order = ["all", *used]
    frame["place"] = frame["dimension"].map(order.index)
    frame["is_part"] = frame["regency"] != "all"
    frame = frame.sort_values(["is_part", "regency", "place", "level"], kind="stable", ignore_index=True)
    return frame.drop(columns=["place", "is_part"]).astype({"count": "Int64"})


def _status(group: Group, count: int, hidden: frozenset[Group], minimum: int) -> str:
    if group not in hidden:
        return SHOWN
    return SMALL_CELL if 0 < count < minimum else COMPLEMENTARY


def _scores(people: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return mean points before and after of people with both tests, where their number is shown."""
    tested = people[people["tests"] == "both"]
    counts = count_groups(people, [["regency", "tests"]])
    hidden = suppressed_groups(counts, minimum)
    lines = []
    for regency in _regencies(tested):
        group = frozenset({("tests", "both")} | ({("regency", regency)} if regency != "all" else set()))
        rows = tested if regency == "all" else tested[tested["regency"] == regency]
        status = _status(group, len(rows), hidden, minimum)
        change = rows["post_points"] - rows["pre_points"]
        values = (len(rows), rows["pre_points"].mean(), rows["post_points"].mean(), change.mean(), change.std(ddof=1))
        lines.append((regency, *(values if status == SHOWN else [None] * len(values)), status))
    columns = ["regency", "pairs", "pre_points_mean", "post_points_mean", "change_points_mean", "change_points_sd"]
    frame = pd.DataFrame(lines, columns=[*columns, "status"])
    return frame.astype({"pairs": "Int64", **dict.fromkeys(columns[2:], "float64")})


def _responses(responses: pd.DataFrame, items: Sequence[str], minimum: int) -> pd.DataFrame:
    """Return answers and mean of each item by regency; the regency's forms and each item's answers are protected."""
    lines = []
    for item in items:
        given = responses[[item, "regency"]].assign(
            answered=responses[item].notna().map({True: "answered", False: "blank"})
        )
        counts = count_groups(given, [["regency", "answered"]])
        hidden = suppressed_groups(counts, minimum)
        answered = given[given["answered"] == "answered"]
        for regency in _regencies(responses):
            group = frozenset({("answered", "answered")} | ({("regency", regency)} if regency != "all" else set()))
            values = answered.loc[(answered["regency"] == regency) | (regency == "all"), item]
            status = _status(group, len(values), hidden, minimum)
            numbers = (len(values), values.astype("float64").mean()) if status == SHOWN else (None, None)
            lines.append((regency, item, *numbers, status))
    frame = pd.DataFrame(lines, columns=["regency", "item", "answers", "mean", "status"])
    return frame.astype({"answers": "Int64", "mean": "float64"})


def _regencies(rows: pd.DataFrame) -> list[str]:
    return ["all", *sorted(rows["regency"].dropna().unique())]
