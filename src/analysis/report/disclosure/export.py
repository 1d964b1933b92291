"""``dampak export``: tables that may be shared, by regency, with small groups suppressed and a codebook beside.

No row is about a person. Groups below ``minimum_cell`` people, and those from which they could be worked out,
lose every number (:mod:`analysis.report.disclosure.suppression`); their row stays and says why.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import xlsxwriter

from analysis.errors import ParameterError
from analysis.evaluation.data import StudyData
from analysis.report.disclosure.protection import COMPLEMENTARY, SMALL_CELL
from analysis.report.disclosure.suppression import Group, count_groups, suppressed_groups
from analysis.report.documents.writing import write_whole
from analysis.words.catalogue import catalogue

SHOWN = "shown"
_PEOPLE = ("role", "sex", "batch", "tests", "course")
_SCORES = ("participant_id", "pre_points", "post_points")
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
        scores = study.tables["scores"][[*_SCORES]].dropna(subset=["participant_id"])
        people = people.merge(scores, how="left", on="participant_id", validate="one_to_one")
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


WORKBOOK = "export.xlsx"
CODEBOOK = "codebook.csv"
_WIDTH = 22
# What each column means, in the words of both languages: an export travels alone.
MEANINGS = {
    "study": ("nama studi (folder data/raw)", "name of the study (folder of data/raw)"),
    "simulated": ("data simulasi, bukan orang nyata", "simulated data, not real people"),
    "regency": ("kabupaten/kota; all = seluruh studi", "regency or city; all = the whole study"),
    "dimension": ("pembagian: jabatan, jenis kelamin, angkatan, tes, kursus, jenis rencana, status",
                  "breakdown: role, sex, batch, tests, course, plan_kind, status"),
    "level": ("kelompok dalam pembagian itu", "group of the breakdown"),
    "count": ("banyaknya orang (tindak lanjut: rencana)", "number of people (of follow-up: plans)"),
    "pairs": ("orang dengan pretes dan postes", "people with pretest and posttest"),
    "pre_points_mean": ("rata-rata pretes (poin)", "mean of the pretest (points)"),
    "post_points_mean": ("rata-rata postes (poin)", "mean of the posttest (points)"),
    "change_points_mean": ("rata-rata perubahan (poin)", "mean change (points)"),
    "change_points_sd": ("simpangan baku perubahan (poin)", "standard deviation of the change (points)"),
    "item": ("butir kuesioner", "item of the questionnaire"),
    "answers": ("banyaknya jawaban", "number of answers"),
    "mean": ("rata-rata jawaban", "mean of the answers"),
    "status": ("shown; small_cell: kelompok terlalu kecil; complementary_suppression: melindungi kelompok kecil",
               "shown; small_cell: group too small; complementary_suppression: protects a small group"),
    "villages": ("desa diundang", "villages invited"),
    "people": ("orang diundang", "people invited"),
    "batch": ("angkatan; total = semua", "batch; total = all"),
    "mean_printed": ("rata-rata sebagaimana tercetak", "mean as printed"),
    "decimals": ("banyaknya desimal tercetak", "decimals as printed"),
    "test": ("pre atau post", "pre or post"),
    "group": ("kelompok sebagaimana tercetak", "group as printed"),
    "maximum": ("nilai maksimum tes", "maximum of the test"),
    "n": ("banyaknya orang sebagaimana diterbitkan", "number of people as published"),
    "n_is": ("arti n: pairs, attended, unknown", "what n is: pairs, attended, unknown"),
    "unit": ("satuan sebagaimana tercetak", "unit as printed"),
    "unit_kind": ("jenis satuan", "kind of unit"),
    "invited": ("diundang", "invited"),
    "attended": ("hadir", "attended"),
    "percent_printed": ("persen sebagaimana tercetak", "percent as printed"),
    "attended_share": ("bagian yang hadir, dihitung ulang", "share that attended, computed again"),
    "plan_kind": ("jenis rencana", "kind of plan"),
    "villages_total": ("banyaknya desa", "number of villages"),
    "villages_visited": ("desa dikunjungi", "villages visited"),
    "plans": ("rencana", "plans"),
    "plans_done": ("rencana terlaksana", "plans carried out"),
}  # fmt: skip


def write_export(tables: Mapping[str, pd.DataFrame], study: StudyData, folder: Path) -> tuple[Path, ...]:
    """Write all tables, the workbook and the codebook into ``folder``; return their paths.

    Raises OutputError where a file is open in another program.
    """
    marked = {name: _marked(table, study) for name, table in tables.items()}
    book = codebook(marked)
    contents = {f"{name}.csv": _csv(table) for name, table in marked.items()}
    contents |= {CODEBOOK: _csv(book), WORKBOOK: _workbook({**marked, "codebook": book}, study.province.simulated)}
    for name, content in contents.items():
        write_whole(folder / name, content, study.settings.language)
    return tuple(folder / name for name in contents)


def codebook(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return table, column and meaning in both languages of every column of the tables."""
    lines = [(name, column, *MEANINGS[column]) for name, table in tables.items() for column in table.columns]
    return pd.DataFrame(lines, columns=["table", "column", "arti", "meaning"])


def _marked(table: pd.DataFrame, study: StudyData) -> pd.DataFrame:
    marked = table.copy()
    marked.insert(0, "study", study.province.study)
    marked.insert(1, "simulated", study.province.simulated)
    return marked


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _workbook(tables: Mapping[str, pd.DataFrame], simulated: bool) -> bytes:
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})
        head = book.add_format({"bold": True, "bg_color": "#E7EEF5", "border": 1})
        for name, table in tables.items():
            page = book.add_worksheet(name)
            top = 0
            if simulated:
                mark = catalogue("id").text("simulated mark")
                page.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#7A1F00"}))
                top = 1
            page.write_row(top, 0, list(table.columns), head)
            page.set_column(0, len(table.columns) - 1, _WIDTH)
            page.freeze_panes(top + 1, 0)
            for number, row in enumerate(table.itertuples(index=False), start=top + 1):
                page.write_row(number, 0, ["" if pd.isna(value) else value for value in row])
    return stream.getvalue()
