"""What lies in a province folder: files are found wherever they lie, and what is no file is never passed over."""

from __future__ import annotations

import os
import sys

import pytest

from analysis.cleaning.reading.files import raw_files

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
