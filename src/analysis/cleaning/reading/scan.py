"""The scan of a workbook before it is read: how large it says it is, what it hides.

A cell in the last corner of an otherwise empty sheet makes a reader allocate the whole rectangle, and a
small archive may unpack to gigabytes: both are refused here by the sizes that the file itself declares.
Files whose declarations lie meet the memory limit of the reader process.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.cleaning.reading.arrivals import DAMAGE, is_compound
from analysis.cleaning.reading.findings import Finding, Refused, Scan
from analysis.cleaning.reading.ods import scan_opendocument
from analysis.cleaning.reading.xls import has_whole_chains, scan_binary
from analysis.cleaning.reading.xlsx import scan_openxml

LARGEST_UNPACKED_BYTES = 1_000_000_000  # a sheet of 134,000 participants unpacks to about 0.15e9
LARGEST_RATIO = 250  # XML of typed cells packs 5 to 20 times, empty formatted rows up to 150 times
RATIO_MATTERS_FROM_BYTES = 50_000_000

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds an .xlsx with a password


def scan(path: Path) -> Scan:
    """Return what is to be told about a workbook before it is read.

    Raises Refused where the file is protected by a password, damaged or too large.
    """
    if is_compound(path):
        data = path.read_bytes()
        if _ENCRYPTED in data:
            raise Refused(Finding("file_has_password"))
        if not has_whole_chains(data):
            raise Refused(Finding("file_damaged"))
        return Scan(scan_binary(data), set(), {})
    with opened(path) as archive:
        return _scan_archive(archive)


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; raises Refused where it is damaged or protected by a password, also while it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except DAMAGE as error:
        raise Refused(Finding("file_damaged")) from error
    except RuntimeError as error:  # zipfile: "password required for extraction"
        raise Refused(Finding("file_has_password")) from error


def refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raise Refused where an archive says that it unpacks to more than anybody sends."""
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise Refused(Finding("file_too_large", value=f"{unpacked / 1e6:.0f} MB"))
    if unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > LARGEST_RATIO:
        raise Refused(Finding("zip_bomb", value=f"{packed / 1e6:.1f} MB -> {unpacked / 1e6:.0f} MB"))


def _scan_archive(archive: zipfile.ZipFile) -> Scan:
    refuse_bombs(archive)
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names:
        return scan_opendocument(archive)
    scanned = scan_openxml(archive)
    if any(name.endswith("vbaProject.bin") for name in names):
        scanned.findings.append(Finding("macros_left_out"))
    return scanned
