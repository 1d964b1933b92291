"""Which files of a province folder are tables: all but definitions, hidden files and locks."""

from __future__ import annotations

import os
import sys

import pytest

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


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need a POSIX system")


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "lampung"
    made.mkdir()
    (made / "kuota.csv").write_text("a;b\n")
    return made


def test_files_of_subfolders_are_found_with_forward_slashes(folder):
    (folder / "tes" / "awal").mkdir(parents=True)
    (folder / "tes" / "awal" / "nilai.csv").write_text("a;b\n")
    assert raw_files(folder).tables == ("kuota.csv", "tes/awal/nilai.csv")
    assert raw_files(folder).told == ()


def test_hidden_and_system_files_are_none(folder):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "nilai.csv").write_text("x")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (folder / name).write_text("x")
    assert raw_files(folder).tables == ("kuota.csv",)
    assert raw_files(folder).told == ()


def test_a_link_to_a_file_is_that_file_and_told(folder, tmp_path):
    (tmp_path / "elsewhere.csv").write_text("c;d\n")
    (folder / "nilai.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert raw_files(folder).tables == ("kuota.csv", "nilai.csv")
    assert raw_files(folder).told == (("nilai.csv", "link_followed"),)


def test_links_to_folders_and_to_nothing_are_told_and_not_followed(folder, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "nilai.csv").write_text("c;d\n")
    (folder / "tes").symlink_to(tmp_path / "other")
    (folder / "lama.csv").symlink_to(tmp_path / "gone.csv")
    (folder / "circle").symlink_to(folder)
    assert raw_files(folder).tables == ("kuota.csv",)
    assert raw_files(folder).told == (
        ("circle", "link_not_followed"),
        ("lama.csv", "link_not_followed"),
        ("tes", "link_not_followed"),
    )


def test_pipes_and_empty_and_closed_folders_are_told(folder):
    os.mkfifo(folder / "nilai.csv")
    (folder / "kosong").mkdir()
    told = [("kosong", "folder_empty"), ("nilai.csv", "no_plain_file")]
    if os.geteuid():
        (folder / "tertutup").mkdir(mode=0)
        told.append(("tertutup", "folder_unreadable"))
    assert raw_files(folder).tables == ("kuota.csv",)
    assert raw_files(folder).told == tuple(told)


def test_a_folder_that_cannot_be_listed_is_told(folder, monkeypatch):
    (folder / "tertutup").mkdir()
    listed = os.scandir

    def closed(path):
        if str(path).endswith("tertutup"):
            raise PermissionError
        return listed(path)

    monkeypatch.setattr(os, "scandir", closed)
    assert raw_files(folder).told == (("tertutup", "folder_unreadable"),)


def test_a_package_of_numbers_is_one_thing(folder):
    (folder / "nilai.numbers").mkdir()
    (folder / "nilai.numbers" / "preview.jpg").write_bytes(b"\xff\xd8\xff")
    assert raw_files(folder).tables == ("kuota.csv",)
    assert raw_files(folder).told == (("nilai.numbers", "apple_numbers"),)


def test_what_is_told_reaches_the_problem_list(lampung):
    (lampung.folder / "kosong").mkdir()
    (lampung.folder / "lama.csv").symlink_to(lampung.folder / "gone.csv")
    problems = lampung.clean().problems
    told = problems[problems["rule"].isin(["folder_empty", "link_not_followed"])]
    assert told[["file", "rule", "severity"]].to_numpy().tolist() == [
        ["kosong", "folder_empty", "note"],
        ["lama.csv", "link_not_followed", "error"],
    ]
