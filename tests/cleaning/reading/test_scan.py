"""The scan before reading: what is no workbook, too large, or packed to burst is refused unread."""

from __future__ import annotations

import zipfile

import pytest

from analysis.cleaning.reading import scan as module
from analysis.cleaning.reading.findings import Refused
from analysis.cleaning.reading.scan import scan
from tests.cleaning.reading.workbook_bytes import good, ods, ods_rows


@pytest.mark.parametrize("make", [good, lambda path: ods(path, ods_rows())], ids=["xlsx", "ods"])
def test_a_good_workbook_has_nothing_to_be_told(tmp_path, make):
    assert list(scan(make(tmp_path / "a")).findings) == []


@pytest.mark.parametrize("content", [b"", b"Nama;NIK", b"PK\x03\x04half", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1half"])
def test_what_cannot_be_opened_as_a_workbook_is_damaged(tmp_path, content):
    """What a file is was decided before; here it says that it is a workbook."""
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(Refused, match="file_damaged"):
        scan(tmp_path / "a")


def test_sizes_are_judged_by_what_the_archive_declares(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "a", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 1_000_000)
    monkeypatch.setattr(module, "RATIO_MATTERS_FROM_BYTES", 100_000)
    with pytest.raises(Refused) as refused:
        scan(tmp_path / "a")
    assert refused.value.finding.rule == "zip_bomb"
    monkeypatch.setattr(module, "LARGEST_UNPACKED_BYTES", 999_999)
    with pytest.raises(Refused) as refused:
        scan(tmp_path / "a")
    assert refused.value.finding.rule == "file_too_large"
