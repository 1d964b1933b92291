"""An edition is a hashed copy that nothing overwrites."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from analysis.errors import ParameterError
from analysis.pipeline.verbs.edition import checked_edition, lay_edition


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for name in (
        "lampung/lampung-2023-laporan.html",
        "editions/lama/lampung/lampung-2023-laporan.html",
        ".dampak/run.lock",
    ):
        path = tmp_path / "reports" / name
        path.parent.mkdir(parents=True)
        path.write_text(name)
    return tmp_path / "reports"


def test_edition_holds_the_reports_and_their_hashes(reports: Path) -> None:
    folder = lay_edition(reports, checked_edition("2023-final", reports))

    assert folder == reports / "editions" / "2023-final"
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert files == ["SHA256SUMS", "lampung/lampung-2023-laporan.html"]
    digest = hashlib.sha256(b"lampung/lampung-2023-laporan.html").hexdigest()
    assert (folder / "SHA256SUMS").read_text() == f"{digest}  lampung/lampung-2023-laporan.html\n"
    assert (folder / "lampung" / "lampung-2023-laporan.html").stat().st_mode & 0o222 == 0


def test_edition_is_never_overwritten(reports: Path) -> None:
    with pytest.raises(ParameterError, match="never overwritten"):
        checked_edition("lama", reports)


@pytest.mark.parametrize("name", ["", "../keluar", ".diam", "a/b", "x" * 61])
def test_names_that_are_no_folder_are_refused(reports: Path, name: str) -> None:
    with pytest.raises(ParameterError, match="--edition"):
        checked_edition(name, reports)
