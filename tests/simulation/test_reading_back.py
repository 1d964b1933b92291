"""What was planted is what cleaning finds, cell by cell, and nothing else; templates read back without a problem."""

import json
from pathlib import Path

import pytest

from analysis.cleaning.clean import EXPLANATION, UNFILLED, Cleaned, clean_province
from analysis.cleaning.forms.templates import write_new_province
from analysis.cleaning.problems.rules import RULES
from analysis.simulation.mess_kinds import SEVERITIES
from analysis.simulation.simulate import simulate, write_shipped_province

Place = tuple[str, str, str | None, str | None]


def found_places(cleaned: Cleaned) -> list[Place]:
    columns = cleaned.problems[["rule", "file", "sheet", "cell"]].astype(object)
    return list(columns.where(columns.notna(), None).itertuples(index=False, name=None))


def planted_places(folder: Path) -> list[Place]:
    content = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return [(one["rule"], one["file"], one["sheet"], one["cell"]) for one in content["problems"]]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shipped_province(tmp_path_factory.mktemp("raw"))


def test_every_planted_problem_of_the_shipped_province_is_found_and_nothing_else(shipped: Path) -> None:
    assert sorted(found_places(clean_province(shipped)), key=str) == sorted(planted_places(shipped), key=str)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_planted_problem_of_other_provinces_is_found_and_nothing_else(tmp_path: Path, seed: int) -> None:
    folder = simulate(1, 72, seed, tmp_path)[0]
    assert sorted(found_places(clean_province(folder)), key=str) == sorted(planted_places(folder), key=str)


def test_the_shipped_folder_is_what_the_program_writes(shipped: Path) -> None:
    tracked = Path(__file__).parents[2] / "data" / "raw" / "contoh"
    names = {path.relative_to(shipped).as_posix() for path in shipped.rglob("*") if path.is_file()}
    assert {name: (tracked / name).read_bytes() == (shipped / name).read_bytes() for name in names} == dict.fromkeys(
        names, True
    )


def test_severities_are_those_of_the_cleaners() -> None:
    cleaners = {rule: RULES[rule].severity for rule in SEVERITIES}
    assert cleaners == SEVERITIES


def test_templates_read_back_without_a_problem(tmp_path: Path) -> None:
    cleaned = clean_province(write_new_province(tmp_path, "lampung", year=2025))
    assert found_places(cleaned) == []
    assert cleaned.tables == {}
    assert {account.read_as for account in cleaned.account} == {EXPLANATION, UNFILLED}


def test_invitations_join_the_participants_by_regency(shipped: Path) -> None:
    cleaned = clean_province(shipped)
    invited, people = cleaned.tables["invited"], cleaned.tables["participants"]
    assert (int(invited["villages"].sum()), int(invited["people"].sum())) == (72, 288)
    known = people.dropna(subset=["regency"]).groupby("regency").size()
    assert set(known.index) == set(invited["regency"])
    assert (known <= invited.set_index("regency")["people"].reindex(known.index)).all()
    assert not set(cleaned.problems["file"]) & {"kuota.csv", "kunci.txt", "truth.json", "province.toml"}
