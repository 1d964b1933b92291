"""Documents are written whole or not at all, and never over what a person edited."""

import os
from pathlib import Path

import pytest

from analysis.errors import OutputError


def test_a_document_edited_by_hand_is_moved_aside_and_named(write):
    path = write().paths["html"]
    path.write_text(path.read_text(encoding="utf-8").replace("peserta", "orang"), encoding="utf-8")
    written = write()
    (aside,) = written.moved_aside
    assert aside.name == "lampung-2023-laporan (suntingan 2026-01-02 08.00).html"
    assert "orang" in aside.read_text(encoding="utf-8")
    assert written.messages == (
        "lampung-2023-laporan.html disunting sejak ditulis; suntingan itu disimpan sebagai "
        "lampung-2023-laporan (suntingan 2026-01-02 08.00).html.",
    )
    path.write_text("lain", encoding="utf-8")
    assert write().moved_aside[0].name == "lampung-2023-laporan (suntingan 2026-01-02 08.00, 2).html"


def test_a_document_of_unknown_origin_is_never_overwritten(write, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "lampung-2023-laporan.html").write_text("tulisan dinas", encoding="utf-8")
    assert [path.read_text(encoding="utf-8") for path in write().moved_aside] == ["tulisan dinas"]


def test_a_file_that_is_open_elsewhere_says_what_to_do(write, monkeypatch):
    real = os.replace

    def locked(source, target):
        if Path(target).name == "lampung-2023-laporan.xlsx":
            raise PermissionError(13, "The process cannot access the file")
        return real(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(OutputError, match=r"tutup lampung-2023-laporan\.xlsx lalu ulangi"):
        write()


def test_a_failed_write_keeps_the_former_document_whole(write, monkeypatch):
    path = write().paths["html"]
    before = path.read_bytes()
    monkeypatch.setattr(os, "replace", lambda source, target: (_ for _ in ()).throw(PermissionError(13, "held")))
    with pytest.raises(OutputError):
        write()
    assert path.read_bytes() == before
    assert not [left for left in path.parent.iterdir() if left.name.startswith(".")]
