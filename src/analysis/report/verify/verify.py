"""Comparing written documents with their claims, and claims with a fresh computation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import DesignError, SourceError
from analysis.evaluation.findings import Finding
from analysis.report.claims.claim import Claim, Kind, machine_value, row_key
from analysis.report.claims.record import CLAIMS_FILE, Record, read_records
from analysis.report.claims.selection import ResultRows, selected_findings
from analysis.report.documents.writing import sha256
from analysis.report.verify.mismatch import Fault, Mismatch
from analysis.report.verify.pdf_order import compare_pdf
from analysis.report.verify.read_back import Reading
from analysis.words.catalogue import catalogue
from analysis.words.formats import FORMATS, Shape, print_value

# Results that agree to this are the same; the last digits may differ between machines.
_RELATIVE, _ABSOLUTE = 1e-9, 1e-12


def verify_folder(folder: Path) -> list[Mismatch]:
    """Compare every document of a report folder with ``claims.json``; an empty list means that all agree.

    Raises :class:`SourceError` where no report was written.
    """
    records = read_records(folder)
    if not records:
        raise SourceError(f"{folder.name} holds no {CLAIMS_FILE}: write the report first.")
    found: list[Mismatch] = []
    for record in records.values():
        for name in record.documents:
            path = folder / name
            if path.exists():
                found += verify_document(path, record)
            else:
                found.append(Mismatch(name, Fault.DOCUMENT_MISSING, name, name, None))
    return found


def verify_file(path: Path, report_folders: Sequence[Path] = ()) -> list[Mismatch]:
    """Compare one document, also one edited by hand, with the claims recorded in its folder.

    A document that was moved or sent elsewhere is recognised by its name among the reports in ``report_folders``.
    """
    return verify_document(path, record_of(path, report_folders))


def record_of(path: Path, report_folders: Sequence[Path] = ()) -> Record:
    """Return the record that a document belongs to: by its name, or the name it had before it was moved aside.

    Raises :class:`SourceError` where no report has a document of this name, or several have and none wrote this one.
    """
    beside = read_records(path.parent)
    found = _knowing(path, {path.parent: beside})
    if not found:
        elsewhere = {folder: read_records(folder) for folder in report_folders}
        found = _knowing(path, elsewhere)
    if len(found) > 1:
        digest = sha256(path.read_bytes())
        wrote = {folder: record for folder, record in found.items() if digest in record.documents.values()}
        found = wrote if len(wrote) == 1 else found
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise SourceError(
            f"{path.name} may belong to {', '.join(sorted(folder.name for folder in found))}: "
            f"put it beside the {CLAIMS_FILE} of its report."
        )
    known_names = sorted(name for record in beside.values() for name in record.documents) or ["-"]
    raise SourceError(
        f"{path.name} belongs to no report of its folder ({CLAIMS_FILE} knows: {', '.join(known_names)}) and has the "
        f"name of none elsewhere: put it beside {CLAIMS_FILE} and keep the beginning of its name."
    )


def _knowing(path: Path, records: Mapping[Path, Mapping[str, Record]]) -> dict[Path, Record]:
    """Return, by report folder, the record that has a document of this name, also with words in brackets after it."""
    return {
        folder: record
        for folder, languages in records.items()
        for record in languages.values()
        for known in map(Path, record.documents)
        if path.suffix == known.suffix and (path.name == known.name or path.stem.startswith(f"{known.stem} ("))
    }


def verify_document(path: Path, record: Record) -> list[Mismatch]:
    """Compare one document with its record. Raises :class:`SourceError` for a format that is no report's."""
    content = path.read_bytes()
    readers = {".html": _verify_web, ".docx": _verify_word, ".pdf": _verify_pdf, ".xlsx": _verify_workbook}
    if path.suffix not in readers:
        raise SourceError(f"{path.name}: reports are {', '.join(readers)}.")
    try:
        return list(readers[path.suffix](path.name, content, record))
    except (KeyError, ValueError, OSError) as error:
        raise SourceError(f"{path.name} cannot be read as {path.suffix} ({type(error).__name__}): {error}") from error


def _verify_web(name: str, content: bytes, record: Record) -> Iterator[Mismatch]:
    from analysis.report.verify.read_back import read_web

    reading = read_web(content)
    yield from _compare_statements(name, reading, record)
    for statement in reading.statements + reading.repeated:
        claim = next((claim for claim in record.claims if claim.id == statement.claim), None)
        if claim and statement.value != expected_machine_value(claim):
            yield Mismatch(name, Fault.VALUE_ALTERED, claim.id, expected_machine_value(claim), statement.value)
    yield from _compare_pictures(name, reading, record)
    if (reading.title or "").strip() != record.title:
        yield Mismatch(name, Fault.TITLE_ALTERED, "title", record.title, reading.title)
    yield from _compare_mark(name, reading.furniture, record)


def expected_machine_value(claim: Claim) -> str:
    """Return the ``value`` that HTML carries beside a claim."""
    return claim.printed if isinstance(claim.value, str) and claim.format == "text" else machine_value(claim)


def _verify_word(name: str, content: bytes, record: Record) -> Iterator[Mismatch]:
    from analysis.report.verify.read_back import read_word

    reading = read_word(content)
    yield from _compare_statements(name, reading, record)
    yield from _compare_pictures(name, reading, record)
    if reading.contents and reading.contents != reading.headings:
        listed, there = " | ".join(reading.contents), " | ".join(reading.headings)
        yield Mismatch(name, Fault.CONTENTS_ALTERED, "contents", there, listed)
    yield from _compare_mark(name, reading.furniture, record)


def _verify_pdf(name: str, content: bytes, record: Record) -> Iterator[Mismatch]:
    from analysis.report.verify.read_back import read_pdf

    words = catalogue(record.language)
    reading = read_pdf(content, words.text("page", "footer"), words.text("of", "footer"))
    yield from compare_pdf(name, reading, record)
    for text in reading.texts:
        yield from _compare_mark(name, text, record)


def _verify_workbook(name: str, content: bytes, record: Record) -> Iterator[Mismatch]:
    from analysis.report.verify.read_back import read_workbook

    found = read_workbook(content)
    for sheet in sorted({*found, *record.cells}):
        there, wanted = found.get(sheet, {}), record.cells.get(sheet, {})
        for address in sorted({*there, *wanted}):
            if not _same(there.get(address), wanted.get(address)):
                place = f"{sheet}!{address}"
                yield Mismatch(name, Fault.CELL_ALTERED, place, wanted.get(address), there.get(address))


def _same(found: Any, wanted: Any) -> bool:
    numbers = (int, float)
    if isinstance(found, numbers) and isinstance(wanted, numbers):
        return math.isclose(found, wanted, rel_tol=_ABSOLUTE, abs_tol=_ABSOLUTE)
    return bool(found == wanted)


def _compare_statements(name: str, reading: Reading, record: Record) -> Iterator[Mismatch]:
    known = {claim.id: claim for claim in record.claims}
    for statement in reading.statements + reading.repeated:
        claim = known.get(statement.claim)
        if claim is None:
            yield Mismatch(name, Fault.UNKNOWN_CLAIM, statement.context or statement.claim, None, statement.text)
        elif " ".join(statement.text.split()) != " ".join(claim.printed.split()):
            place = _place(claim, statement.context, record.language)
            yield Mismatch(name, Fault.NUMBER_ALTERED, place, claim.printed, statement.text)
    stated = {statement.claim for statement in reading.statements}
    for claim in record.claims:
        if claim.id not in stated:
            yield Mismatch(name, Fault.CLAIM_MISSING, _place(claim, "", record.language), claim.printed, None)
    for loose in reading.loose:
        yield Mismatch(name, Fault.NUMBER_WITHOUT_CLAIM, loose.context, None, loose.digits)


def _place(claim: Claim, context: str, language: str) -> str:
    """Return where a claim stands as a person finds it: its table, the words around it, its number."""
    words = catalogue(language)
    table = claim.place.partition(":")[2]
    key = next((key for key in (table, table.partition("-")[0]) if words.has(key, "table")), None)
    title = words.text(key, "table") if key else table
    around = f'"{context}"' if context != claim.printed and any(letter.isalpha() for letter in context) else ""
    return ", ".join(part for part in (title, around, claim.id) if part)


def _compare_pictures(name: str, reading: Reading, record: Record) -> Iterator[Mismatch]:
    for place, figure in enumerate(record.figures):
        found = reading.pictures[place] if place < len(reading.pictures) else (None, None)
        if found[0] != figure.file_hash:
            yield Mismatch(name, Fault.PICTURE_ALTERED, figure.name, figure.file_hash, found[0])
        if found[1] != figure.alt:
            yield Mismatch(name, Fault.DESCRIPTION_ALTERED, figure.name, figure.alt, found[1])
    for _ in reading.pictures[len(record.figures) :]:
        yield Mismatch(name, Fault.PICTURE_ALTERED, "-", None, "+")


def _compare_mark(name: str, text: str, record: Record) -> Iterator[Mismatch]:
    mark = catalogue(record.language).text("simulated mark")
    if record.simulated and mark not in " ".join(text.split()):
        yield Mismatch(name, Fault.MARK_MISSING, mark, mark, None)


def verify_claims(record: Record, results: pd.DataFrame, findings: Sequence[Finding] = ()) -> list[Mismatch]:
    """Compare each claim of a record with freshly computed results (a results table) and findings."""
    fresh = _Fresh(ResultRows(results), _rows_by_key(results), findings)
    return list(_verify_claims((*record.claims, *record.workbook_claims), record.language, fresh))


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What was computed again: result rows, the same by their key, and findings."""

    rows: ResultRows
    by_key: Mapping[tuple[str | None, ...], Sequence[Mapping[str, Any]]]
    findings: Sequence[Finding]


def _verify_claims(claims: Iterable[Claim], language: str, computed: _Fresh) -> Iterator[Mismatch]:
    for claim in claims:
        value = tuple(claim.value) if isinstance(claim.value, list) else claim.value
        if FORMATS[claim.format].shape is not Shape.TEXT:
            text = print_value(value, claim.format, language)
            if text != claim.printed:
                yield Mismatch(CLAIMS_FILE, Fault.PRINTED_OTHERWISE, claim.id, text, claim.printed)
        if claim.kind is not Kind.RESULT:
            continue
        try:
            fresh = _fresh_value(claim, computed)
        except DesignError as error:
            yield Mismatch(CLAIMS_FILE, Fault.RESULT_GONE, claim.id, claim.printed, str(error))
            continue
        if not _close(fresh, claim.value):
            yield Mismatch(CLAIMS_FILE, Fault.RESULT_CHANGED, claim.id, claim.printed, str(fresh))


def _rows_by_key(results: pd.DataFrame) -> dict[tuple[str | None, ...], list[dict[str, Any]]]:
    rows: dict[tuple[str | None, ...], list[dict[str, Any]]] = {}
    for record in results.to_dict("records"):
        row = {str(name): value for name, value in record.items()}
        rows.setdefault(tuple(row_key(row).values()), []).append(row)
    return rows


def _fresh_value(claim: Claim, computed: _Fresh) -> Any:
    if "tally" in claim.source:
        return len(computed.rows.selected(claim.source["tally"]))
    if "findings" in claim.source:
        return len(selected_findings(computed.findings, claim.source["findings"]))
    if "columns" not in claim.source:
        raise DesignError(f"{claim.printed} is a result without a source")
    columns = claim.source["columns"]
    if "finding" in claim.source:
        told = [one for one in computed.findings if one.id == claim.source["finding"]]
        if len(told) != 1:
            raise DesignError(f"{claim.source['finding']}: {len(told)} findings")
        return getattr(told[0], columns[0])
    key = tuple(value for name, value in claim.source.items() if name != "columns")
    found = computed.by_key.get(key, ())
    if len(found) != 1:
        raise DesignError(f"{' / '.join(str(part) for part in key)}: {len(found)} results")
    values = [found[0][name] for name in columns]
    return values[0] if len(values) == 1 else values


def _close(fresh: Any, claimed: Any) -> bool:
    if isinstance(claimed, list):
        return isinstance(fresh, list) and all(_close(*pair) for pair in zip(fresh, claimed, strict=True))
    if pd.isna(fresh) or isinstance(claimed, str):
        return bool(not pd.isna(fresh) and str(fresh) == claimed)
    return math.isclose(float(fresh), float(claimed), rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)


def verify_figures(record: Record, data_hashes: Mapping[str, str]) -> list[Mismatch]:
    """Compare the data that each printed figure shows with the hashes of freshly prepared data, by figure name."""
    return [
        Mismatch(CLAIMS_FILE, Fault.FIGURE_DATA_CHANGED, figure.name, figure.data_hash, data_hashes.get(figure.name))
        for figure in record.figures
        if data_hashes.get(figure.name) != figure.data_hash
    ]
