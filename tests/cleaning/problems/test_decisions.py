"""Doubts go to keputusan.xlsx, what persons decide there is applied on every run, and what they wrote stays."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from analysis.cleaning.clean import Cleaned, clean_province
from analysis.cleaning.problems.decisions import (
    DOUBTS_IN_WORDS,
    HEADERS,
    LABELS,
    SHEET,
    Choice,
    decisions_digest,
    extend_decisions,
)
from analysis.cleaning.problems.rules import RULES
from analysis.cleaning.processed import bring_up_to_date
from analysis.errors import OutputError
from tests.cleaning.conftest import PROVINCE
from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import write_xlsx

RAW = Path(__file__).parents[3] / "data" / "raw"


@dataclass(frozen=True, slots=True)
class Study:
    """A folder with an attendance list, and verbs to clean it and to decide."""

    folder: Path

    def write(self, file: str, rows: by_code.Rows) -> Study:
        write_xlsx(self.folder / file, {"A": rows})
        return self

    def clean(self) -> Cleaned:
        return clean_province(self.folder)

    def ask(self) -> int:
        return extend_decisions(self.clean(), self.folder)

    @property
    def decisions(self) -> Path:
        return self.folder / "keputusan.xlsx"

    def rows(self) -> list[dict[str, object]]:
        names = {header: name for name, header in HEADERS.items()}
        header, *rows = openpyxl.load_workbook(self.decisions)[SHEET].values
        return [{names[str(head)]: value for head, value in zip(header, row, strict=True)} for row in rows]

    def decide(self, choice: str, row: int = 2, note: str | None = None) -> Study:
        book = openpyxl.load_workbook(self.decisions)
        page = book[SHEET]
        page.cell(row, 1 + list(HEADERS).index("choice")).value = choice
        page.cell(row, 1 + list(HEADERS).index("note")).value = note
        book.save(self.decisions)
        return self

    def told(self) -> list[tuple[str, str, str]]:
        problems = self.clean().problems
        return [(one.rule, one.file, one.cell) for one in problems.itertuples() if one.severity != "note"]

    def people(self) -> int:
        return len(self.clean().tables["participants"])


@pytest.fixture
def study(tmp_path: Path) -> Study:
    folder = tmp_path / "lampung"
    folder.mkdir()
    (folder / "province.toml").write_text(PROVINCE, encoding="utf-8")
    return Study(folder).write("peserta.xlsx", by_code.attendance())


@pytest.fixture
def twice(study: Study) -> Study:
    """The second person stands again at the foot of the list, absent on the first day."""
    rows = by_code.attendance()
    return study.write("peserta.xlsx", [*rows, [7, *rows[2][1:9], "A", *rows[2][10:]]])


@pytest.fixture
def other_number(study: Study) -> Study:
    """The second person's number in the pretest is another one."""
    return study.write("pretes.xlsx", by_code.spoiled(by_code.quiz_form(), 3, by_code.nik(77)))


@pytest.fixture
def other_name(study: Study) -> Study:
    """The second person's number stands in the pretest with a name that is nobody's."""
    return study.write("pretes.xlsx", by_code.spoiled(by_code.quiz_form(), 2, "Zainal Arifin"))


@pytest.fixture
def similar(study: Study) -> Study:
    """The second person's pretest lacks the number, and two letters of the name are wrong."""
    form = by_code.spoiled(by_code.spoiled(by_code.quiz_form(), 3, ""), 2, "Budy Hartomo")
    return study.write("pretes.xlsx", form)


def test_nothing_in_doubt_makes_no_file(study: Study) -> None:
    assert study.ask() == 0
    assert not study.decisions.exists()


def test_a_case_names_both_rows_by_file_and_cell_and_the_kind_of_difference(similar: Study) -> None:
    assert similar.ask() == 1
    case = similar.rows()[0]
    assert (case["file"], case["sheet"], case["cell"]) == ("pretes.xlsx", "A", "C3")
    assert (case["other_file"], case["other_sheet"], case["other_cell"]) == ("peserta.xlsx", "A", "B3")
    assert "Budy Hartomo" in str(case["text"])
    assert "Budi Hartono" in str(case["other_text"])
    problem = similar.clean().problems.query("rule == 'similar_name'").iloc[0]
    assert problem["value"] == "2 words, 11 letters; 2 letters differ; compare with peserta.xlsx, A, B3"


def test_the_same_case_is_listed_once(similar: Study) -> None:
    assert [similar.ask(), similar.ask()] == [1, 0]


def test_same_person_joins_rows_with_similar_names(similar: Study) -> None:
    similar.ask()
    scores = similar.clean().tables["scores"]
    participants = similar.clean().tables["participants"]
    assert len(set(scores["participant_id"]) - set(participants["participant_id"])) == 1
    similar.decide(LABELS[Choice.SAME_PERSON])
    scores = similar.clean().tables["scores"]
    assert set(scores["participant_id"]) == set(participants["participant_id"])
    assert similar.told() == []


@pytest.mark.parametrize("choice", ["orang berbeda", "different person", "orang berbeda / different person", "benar"])
def test_a_doubt_is_closed_in_either_language(similar: Study, choice: str) -> None:
    similar.ask()
    similar.decide(choice)
    assert similar.told() == []
    assert similar.ask() == 0
    applied = similar.clean().problems.query("rule == 'decision_applied'")
    assert applied[["file", "cell"]].values.tolist() == [["pretes.xlsx", "C3"]]


def test_same_person_joins_two_numbers(other_number: Study) -> None:
    assert other_number.told() == [("same_name_other_number", "pretes.xlsx", "D3")]
    other_number.ask()
    other_number.decide("orang yang sama")
    cleaned = other_number.clean()
    assert set(cleaned.tables["scores"]["participant_id"]) == set(cleaned.tables["participants"]["participant_id"])
    assert other_number.told() == []


def test_different_person_parts_two_names_under_one_number(other_name: Study) -> None:
    assert other_name.told() == [("same_number_other_name", "pretes.xlsx", "C3")]
    other_name.ask()
    cleaned = other_name.clean()
    assert set(cleaned.tables["scores"]["participant_id"]) == set(cleaned.tables["participants"]["participant_id"])
    other_name.decide("orang berbeda")
    cleaned = other_name.clean()
    assert cleaned.tables["scores"]["participant_id"].is_unique
    assert (
        len(set(cleaned.tables["scores"]["participant_id"]) - set(cleaned.tables["participants"]["participant_id"]))
        == 1
    )
    assert other_name.told() == []


@pytest.mark.parametrize(
    ("choice", "people", "days"), [("benar", 6, 1), ("hapus", 6, 2), ("orang yang sama", 6, 2), ("orang berbeda", 7, 2)]
)
def test_a_person_twice_is_decided_by_each_choice(twice: Study, choice: str, people: int, days: int) -> None:
    assert twice.told() == [("person_twice_differs", "peserta.xlsx", "A8")]
    before = twice.clean().tables["participants"].set_index("participant_id")
    twice.ask()
    twice.decide(choice)
    after = twice.clean().tables["participants"].set_index("participant_id")
    assert len(after) == people
    assert after["days_attended"].loc[before.index].sum() == 5 * 2 + days
    assert twice.told() == []


def test_a_row_dropped_by_decision_stands_in_the_account(twice: Study) -> None:
    twice.ask()
    twice.decide("hapus")
    account = next(one for one in twice.clean().account if one.file == "peserta.xlsx")
    assert account.dropped["decision_drop"] == 1


def test_a_decision_that_no_longer_fits_is_a_problem_and_the_case_is_asked_anew(similar: Study) -> None:
    similar.ask()
    similar.decide("orang yang sama")
    form = by_code.spoiled(by_code.spoiled(by_code.quiz_form(), 3, ""), 2, "Budi Hartano")
    similar.write("pretes.xlsx", form)
    stale = similar.clean().problems.query("rule == 'decision_stale'").iloc[0]
    assert (stale["file"], stale["cell"], stale["severity"]) == ("keputusan.xlsx", "J2", "error")
    assert stale["value"] == "pretes.xlsx, A, C3"
    assert similar.ask() == 1
    assert [row["choice"] for row in similar.rows()] == ["orang yang sama", None]


def test_a_choice_that_is_none_is_a_problem_that_does_not_repeat_what_was_typed(similar: Study) -> None:
    similar.ask()
    similar.decide("Budi Hartono")
    problem = similar.clean().problems.query("rule == 'decision_unknown'").iloc[0]
    assert (problem["cell"], problem["value"]) == ("J2", "2 words, 11 letters")


def test_decisions_that_contradict_each_other_are_a_problem_and_not_applied(similar: Study) -> None:
    similar.ask()
    book = openpyxl.load_workbook(similar.decisions)
    page = book[SHEET]
    page.append([cell.value for cell in page[2]])
    book.save(similar.decisions)
    similar.decide("orang yang sama", row=2).decide("orang berbeda", row=3)
    assert sorted(rule for rule, *_ in similar.told()) == [
        "decision_contradicts",
        "decision_contradicts",
        "similar_name",
    ]


def test_what_a_person_wrote_stays_and_new_cases_come_below(similar: Study) -> None:
    similar.ask()
    similar.decide("orang berbeda", note="tanya Bu Camat")
    book = openpyxl.load_workbook(similar.decisions)
    book[SHEET]["K2"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    book.save(similar.decisions)
    before = similar.rows()[0]
    rows = by_code.attendance()
    similar.write("peserta.xlsx", [*rows, [7, *rows[4][1:9], "A", *rows[4][10:]]])
    assert similar.ask() == 1
    first, second = similar.rows()
    assert first == before
    assert (second["rule"], second["choice"]) == ("person_twice_differs", None)
    page = openpyxl.load_workbook(similar.decisions)[SHEET]
    assert page["K2"].fill.fgColor.rgb == "00FFFF00"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["J2:J20000"]


@pytest.mark.parametrize("lock", ["~$keputusan.xlsx", ".~lock.keputusan.xlsx#"])
def test_a_file_that_is_open_elsewhere_is_named_with_the_remedy(similar: Study, lock: str) -> None:
    (similar.folder / lock).write_bytes(b"x")
    with pytest.raises(OutputError, match=r"keputusan\.xlsx: open in another program .*close it and repeat"):
        similar.ask()
    assert not similar.decisions.exists()


def test_a_file_without_its_header_is_told_and_left_alone(similar: Study) -> None:
    similar.ask()
    book = openpyxl.load_workbook(similar.decisions)
    book[SHEET]["J1"].value = "Apa"
    book.save(similar.decisions)
    content = similar.decisions.read_bytes()
    assert "decisions_unreadable" in [rule for rule, *_ in similar.told()]
    with pytest.raises(OutputError, match="header"):
        similar.ask()
    assert similar.decisions.read_bytes() == content


def test_a_row_that_begins_with_an_equals_sign_is_no_formula(similar: Study) -> None:
    form = by_code.spoiled(by_code.spoiled(by_code.quiz_form(), 3, ""), 2, "Budy Hartomo")
    form = by_code.spoiled(form, 0, '=HYPERLINK("x")')
    similar.write("pretes.xlsx", form)
    similar.ask()
    texts = [cell for cell in openpyxl.load_workbook(similar.decisions)[SHEET][2] if cell.value]
    assert {cell.data_type for cell in texts} == {"s"}
    similar.decide("orang yang sama")
    assert "decision_stale" not in [rule for rule, *_ in similar.told()]


def test_open_cases_change_no_result_and_decisions_do(similar: Study, tmp_path: Path) -> None:
    first = bring_up_to_date(similar.folder, tmp_path / "processed")
    assert len(similar.rows()) == 1
    assert decisions_digest(similar.folder) is None
    again = bring_up_to_date(similar.folder, tmp_path / "processed")
    assert again.provenance == first.provenance
    similar.decide("orang yang sama")
    decided = bring_up_to_date(similar.folder, tmp_path / "processed")
    assert decided.provenance.files["keputusan.xlsx"] == decisions_digest(similar.folder)
    assert len(decided.tables["scores"]) == 6


def test_every_doubt_about_people_has_its_words() -> None:
    asked = {rule for rule, text in RULES.items() if "keputusan.xlsx" in text.remedy and text.severity == "doubt"}
    assert asked <= set(DOUBTS_IN_WORDS) <= set(RULES)


def test_the_cases_of_the_imaginary_province_are_its_planted_doubts(tmp_path: Path) -> None:
    shutil.copytree(RAW / "contoh", tmp_path / "contoh", ignore=shutil.ignore_patterns("keputusan.xlsx"))
    study = Study(tmp_path / "contoh")
    assert study.ask() > 0
    doubts = study.clean().problems.query("rule in @DOUBTS_IN_WORDS")
    assert sorted(zip(doubts["file"], doubts["cell"], strict=True)) == sorted(
        (str(row["file"]), str(row["cell"])) for row in study.rows()
    )
