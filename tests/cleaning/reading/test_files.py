"""Which files of a province folder are tables: all but definitions, hidden files and locks."""

from __future__ import annotations

from analysis.cleaning.reading.files import DECISIONS_FILE, OTHER_FILES, raw_files, raw_hashes, sha256

TABLES = ("peserta.xlsx", "tes/kelas a.csv")
LOCKS = ("tes/.~lock.kelas a.csv#", "~$peserta.xlsx")
NEITHER = (*OTHER_FILES, ".DS_Store", "Thumbs.db", ".git/config", "truth.json", "PETUNJUK.md")


def fill(folder):
    for name in (*TABLES, *LOCKS, *NEITHER):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def test_tables_and_locks_are_told_from_all_else(tmp_path):
    fill(tmp_path)
    found = raw_files(tmp_path)
    assert found.tables == TABLES
    assert sorted(found.locks) == sorted(LOCKS)


def test_hashes_are_of_all_that_cleaning_depends_on_but_decisions(tmp_path):
    fill(tmp_path)
    hashes = raw_hashes(tmp_path)
    assert set(hashes) == {*TABLES, *OTHER_FILES} - {DECISIONS_FILE}
    (tmp_path / "peserta.xlsx").write_text("lain")
    assert {name for name, one in raw_hashes(tmp_path).items() if one != hashes[name]} == {"peserta.xlsx"}
    assert len(sha256(tmp_path / "peserta.xlsx")) == 64
