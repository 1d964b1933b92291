"""The reader process: takes requests on its input, answers with sheets, findings or a refusal; see ``process``.

Run as ``python -m analysis.cleaning.reading.worker BYTES``, where BYTES limits its address space.
"""

from __future__ import annotations

import gc
import io
import os
import pickle
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from analysis.cleaning.reading.arrivals import FileKind, ending_finding, kind_of
from analysis.cleaning.reading.findings import Finding, Range, RawSheet, Refused, Request, refuse_sizes
from analysis.cleaning.reading.formats import column_codes
from analysis.cleaning.reading.html import read_web_page
from analysis.cleaning.reading.scan import scan
from analysis.cleaning.reading.sheet import place_of
from analysis.cleaning.reading.text import read_text_table
from analysis.cleaning.reading.word import read_document


def limit_memory(limit_bytes: int) -> None:
    """Limit this process's address space where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit_bytes, limit_bytes))


def read_file(path: Path) -> tuple[list[RawSheet], list[Finding]]:
    """Return the sheets of a file, whatever its name says it is, and what was found; raises Refused where it has none.

    Each file is read as what its content is; a name that says otherwise is told.
    """
    kind = kind_of(path)
    told = ending_finding(path, kind)
    reader = _READERS.get(kind)
    sheets, findings = reader(path) if reader else read_workbook(path, by_content=told is not None)
    for sheet in sheets:
        refuse_sizes(len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0, sheet.name)
    return sheets, [told, *findings] if told else findings


def read_workbook(path: Path, *, by_content: bool) -> tuple[list[RawSheet], list[Finding]]:
    """Return the visible sheets of a workbook and what the scan found; raises Refused where it cannot be read.

    ``by_content`` where the ending is another kind's: calamine goes by the ending of a path, and with vaguer errors by
    content.
    """
    findings, hidden, merged = scan(path)
    try:
        with _opened(path, by_content) as workbook:
            sheets = []
            for metadata in workbook.sheets_metadata:
                if metadata.typ != SheetTypeEnum.WorkSheet:
                    findings.append(Finding("chart_sheet", metadata.name))
                elif metadata.visible != SheetVisibleEnum.Visible or metadata.name in hidden:
                    if metadata.name not in hidden:
                        findings.append(Finding("hidden_sheet", metadata.name))
                else:
                    sheets.append(_raw(workbook.get_sheet_by_name(metadata.name), merged.get(metadata.name, ())))
    except PasswordError as error:
        raise Refused(Finding("file_has_password")) from error
    except CalamineError as error:
        text = str(error).lower()
        raise Refused(Finding("file_has_password" if "password" in text else "file_damaged")) from error
    _blank_errors(sheets, findings)
    return sheets, findings


def _opened(path: Path, by_content: bool) -> CalamineWorkbook:
    if by_content:
        return CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return CalamineWorkbook.from_path(path)


_READERS = {FileKind.TEXT: read_text_table, FileKind.HTML: read_web_page, FileKind.WORD: read_document}


def _blank_errors(sheets: Sequence[RawSheet], findings: Sequence[Finding]) -> None:
    """Blank the cells that hold an error of a formula: .ods keeps a zero in them."""
    by_name = {sheet.name: sheet for sheet in sheets}
    for finding in findings:
        sheet = by_name.get(finding.sheet or "")
        if finding.rule != "error_cell" or sheet is None or finding.cell is None:
            continue
        row, column = place_of(finding.cell)
        row, column = row - sheet.first_row, column - sheet.first_column
        if 0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row]):
            sheet.rows[row][column] = ""


def _raw(sheet: CalamineSheet, merged: tuple[Range, ...]) -> RawSheet:
    start = sheet.start or (0, 0)
    given = tuple((first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or [])
    rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=True)]
    return RawSheet(sheet.name, rows, start[0], start[1], given or merged)


def answer(request: Request) -> tuple[str, object]:
    """Return ("read", (sheets, findings)), ("formats", codes by row) or ("refused", finding) for one request."""
    path = Path(request.path)
    try:
        if request.sheet is not None:
            return "formats", column_codes(path, request.sheet, request.column, request.holding)
        return "read", read_file(path)
    except Refused as refusal:
        return "refused", refusal.finding
    except (MemoryError, OverflowError):
        return "refused", Finding("reader_out_of_memory")
    except OSError as error:
        return "refused", Finding("workbook_unreadable", value=error.strerror)
    except RecursionError:
        return "refused", Finding("file_damaged")
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic of the Rust reader, which is no Exception
            raise
        return "refused", Finding("file_damaged")


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until their stream ends."""
    while True:
        try:
            request = Request(*pickle.load(requests))
        except EOFError:
            return
        try:
            reply = pickle.dumps(answer(request), protocol=5)
        except MemoryError:
            reply = pickle.dumps(("refused", Finding("reader_out_of_memory")), protocol=5)
        replies.write(len(reply).to_bytes(8, "little"))
        replies.write(reply)
        replies.flush()


def main() -> None:
    """Serve on the standard streams; whatever else is printed goes to the error stream."""
    gc.disable()  # rows are trees without cycles: collecting them costs a third of the reading time
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit_memory(int(sys.argv[1]))
    serve(sys.stdin.buffer, replies)


if __name__ == "__main__":
    main()
