"""``claims.json``: per language the claims, figures, workbook cells and hashes of the documents as written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.errors import SourceError
from analysis.report.claims.claim import Claim, as_records, from_records

CLAIMS_FILE = "claims.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord:
    """A figure as printed: hashes of its picture file, of its pixels and of the data it shows; its description."""

    name: str
    file_hash: str
    pixel_hash: str
    data_hash: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What verification needs to know about the documents of one language.

    ``title`` heads the documents, ``claims_before_contents`` counts the claims above the table of contents.
    ``cells`` is the workbook by sheet and address; ``documents`` the SHA-256 by file name.
    """

    language: str
    title: str
    simulated: bool
    claims: tuple[Claim, ...]
    claims_before_contents: int | None = None
    figures: tuple[FigureRecord, ...] = ()
    workbook_claims: tuple[Claim, ...] = ()
    cells: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


def record_as_json(record: Record) -> dict[str, Any]:
    """Return a record as JSON writes it."""
    return {
        "title": record.title,
        "simulated": record.simulated,
        "claims_before_contents": record.claims_before_contents,
        "documents": dict(record.documents),
        "figures": [{name: getattr(figure, name) for name in FigureRecord.__slots__} for figure in record.figures],
        "claims": as_records(record.claims),
        "workbook_claims": as_records(record.workbook_claims),
        "cells": {sheet: dict(cells) for sheet, cells in record.cells.items()},
    }


def read_records(folder: Path) -> dict[str, Record]:
    """Return the records of a report folder by language; empty where no report was written.

    Raises :class:`SourceError` if the file cannot be read.
    """
    path = folder / CLAIMS_FILE
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {language: _record(language, part) for language, part in stored.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path.name} is damaged ({error}): delete it and write the report again.") from error


def _record(language: str, part: Mapping[str, Any]) -> Record:
    return Record(
        language=language,
        title=part["title"],
        simulated=part["simulated"],
        claims_before_contents=part["claims_before_contents"],
        claims=from_records(part["claims"]),
        figures=tuple(FigureRecord(**figure) for figure in part["figures"]),
        workbook_claims=from_records(part["workbook_claims"]),
        cells=part["cells"],
        documents=part["documents"],
    )


def records_as_bytes(records: Mapping[str, Record]) -> bytes:
    """Return records as the content of ``claims.json``."""
    stored = {language: record_as_json(record) for language, record in sorted(records.items())}
    return (json.dumps(stored, ensure_ascii=False) + "\n").encode()  # indented it takes ten times as long
