"""Workbooks written byte by byte, to be spoiled."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.cleaning.participants import tables_by_code as by_code
from tests.cleaning.participants.workbooks_by_code import write_xlsx


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> Path:
    """Replace bytes inside one member of an archive."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if old not in parts[member]:
        raise ValueError(f"{old!r} does not stand in {member}")
    parts[member] = parts[member].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def good(path: Path) -> Path:
    return write_xlsx(path, {"Peserta": by_code.attendance()})


def ods(path, rows, ending=""):
    """Write a small .ods by hand: ``rows`` are XML rows of one table."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    hidden = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:automatic-styles>{hidden}</office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table>{ending}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(cells, attributes=""):
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return f"<table:table-row {attributes}>{texts}</table:table-row>"


def ods_rows():
    return "".join(map(ods_row, by_code.attendance()))
