"""The scan of a workbook before it is read: what kind it is, how large it says it is, what it hides.

A cell in the last corner of an otherwise empty sheet makes a reader allocate the whole rectangle, and a
small archive may unpack to gigabytes: both are refused here by the sizes that the file itself declares.
Files whose declarations lie meet the memory limit of the reader process.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from analysis.cleaning.reading.findings import Finding, Refused, Scan
from analysis.cleaning.reading.ods import scan_opendocument
from analysis.cleaning.reading.xls import scan_binary
from analysis.cleaning.reading.xlsx import scan_openxml

LARGEST_UNPACKED_BYTES = 1_000_000_000  # a sheet of 134,000 participants unpacks to about 0.15e9
LARGEST_RATIO = 250  # XML of typed cells packs 5 to 20 times, empty formatted rows up to 150 times
RATIO_MATTERS_FROM_BYTES = 50_000_000

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds an .xlsx with a password


def scan(path: Path) -> Scan:
    """Return what is to be told about a workbook before it is read.

    Raises Refused where the file is empty, no workbook, protected by a password, damaged or too large.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise Refused(Finding("workbook_empty"))
    if start == _COMPOUND:
        data = path.read_bytes()
        if _ENCRYPTED in data:
            raise Refused(Finding("file_has_password"))
        return Scan(scan_binary(data), set(), {})
    if start[:2] != b"PK":
        raise Refused(Finding("not_a_workbook"))
    try:
        with zipfile.ZipFile(path) as archive:
            return _scan_archive(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error) as error:
        raise Refused(Finding("file_damaged")) from error
    except RuntimeError as error:  # zipfile: "password required for extraction"
        raise Refused(Finding("file_has_password")) from error


def _scan_archive(archive: zipfile.ZipFile) -> Scan:
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if unpacked > LARGEST_UNPACKED_BYTES:
        raise Refused(Finding("file_too_large", value=f"{unpacked / 1e6:.0f} MB"))
    if unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > LARGEST_RATIO:
        raise Refused(Finding("zip_bomb", value=f"{packed / 1e6:.1f} MB -> {unpacked / 1e6:.0f} MB"))
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        return scan_openxml(archive)
    if "content.xml" in names:
        return scan_opendocument(archive)
    if any(name.endswith("workbook.bin") for name in names):
        raise Refused(Finding("binary_workbook"))
    raise Refused(Finding("not_a_workbook"))
