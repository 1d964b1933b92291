"""A file is whole or not there."""

from __future__ import annotations

import pytest

from analysis.cleaning.write import remove, write_atomically
from analysis.errors import OutputError


def test_a_write_that_fails_leaves_the_former_file_and_nothing_else(tmp_path):
    path = tmp_path / "tabel.csv"
    write_atomically(path, lambda place: place.write_text("lama"))

    def half(place):
        place.write_text("sepa")
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"tabel\.csv: cannot be written \(No space left on device\)"):
        write_atomically(path, half)
    assert path.read_text() == "lama"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_held_open_says_what_to_do(tmp_path):
    def held(place):
        raise PermissionError(13, "Permission denied")

    with pytest.raises(OutputError, match="another program holds it open"):
        write_atomically(tmp_path / "a" / "b.csv", held)
    assert list((tmp_path / "a").iterdir()) == []


def test_a_file_that_is_gone_need_not_be_removed(tmp_path):
    (tmp_path / "a").touch()
    for _ in range(2):
        remove(tmp_path / "a")
    assert not (tmp_path / "a").exists()
