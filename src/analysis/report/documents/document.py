"""From templates and results to the documents of one study in one language, and the record of their claims."""

from __future__ import annotations

import datetime
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import ParameterError
from analysis.report.claims.guard import Guard, Part, PartFailure
from analysis.report.claims.record import CLAIMS_FILE, FigureRecord, Record, read_records, records_as_bytes
from analysis.report.claims.rendering import TEMPLATES, Rendered, render
from analysis.report.claims.writer import Material
from analysis.report.documents.letterhead import fit_letterhead
from analysis.report.documents.names import DOCUMENTS, REPORT, Subject, documents_in
from analysis.report.documents.workbook import Recalculation, Workbook, workbook
from analysis.report.documents.writing import remove, set_aside, sha256, write_whole
from analysis.words.catalogue import catalogue

FORMATS = DOCUMENTS[REPORT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: paths by format, documents that were moved aside, messages to show, seconds by format.

    ``failures`` are the parts that could not be made; their places in the documents say so.
    """

    paths: Mapping[str, Path]
    moved_aside: tuple[Path, ...]
    messages: tuple[str, ...]
    seconds: Mapping[str, float]
    failures: tuple[PartFailure, ...] = ()


def write_report(
    material: Material,
    language: str,
    folder: Path,
    *,
    subject: Subject,
    template: str = "report.md.j2",
    templates: Path = TEMPLATES,
    formats: Sequence[str] = FORMATS,
    recalculations: Sequence[Recalculation] = (),
    letterhead: Path | None = None,
    now: datetime.datetime | None = None,
    guard: Guard | None = None,
) -> Written:
    """Write the documents of one study in one language into ``folder``, and their claims into ``claims.json``.

    ``subject`` gives them their names. A document that was edited by hand since it was written is moved aside first
    and named in ``messages``; documents of earlier runs under names that the study has no more go. ``guard`` leaves
    out parts that fail, and notes them; without one the first error is raised. A letterhead that is not fit is not
    used, and ``messages`` say why.
    Raises :class:`ParameterError` for an unknown format, :class:`OutputError` for a file that is open elsewhere.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ParameterError(f"Unknown report format {', '.join(unknown)}; choose from {', '.join(FORMATS)}.")
    moment = now or datetime.datetime.now()
    guard = guard or Guard(language, is_strict=True)
    rendered = render(template, material, language, templates, guard)
    fit = None if letterhead is None else fit_letterhead(letterhead, language)
    contents, book, seconds = _contents(
        rendered, material, formats, recalculations, None if fit is None else fit.content, moment, guard
    )
    recorded = read_records(folder)
    records = _named(recorded, subject)
    former = records[language].documents if language in records else {}
    paths = {name: folder / subject.file_name(language, name) for name in formats}
    aside = [
        (path, moved) for path in paths.values() if (moved := set_aside(path, former.get(path.name), language, moment))
    ]
    for name, path in paths.items():
        if name in contents:
            write_whole(path, contents[name], language)
        elif path.exists():
            remove(path, language)  # one of an earlier run would pass for this one
    aside += _retire(folder, recorded, subject, language, moment)
    kept = {name: digest for name, digest in former.items() if name not in {path.name for path in paths.values()}}
    hashes = {**kept, **{paths[name].name: sha256(content) for name, content in contents.items()}}
    record = _record(rendered, material, book, records.get(language), hashes)
    write_whole(folder / CLAIMS_FILE, records_as_bytes({**records, language: record}), language)
    words = catalogue(language)
    messages = [words.filled("edited by hand", {"file": path.name, "moved": moved.name}) for path, moved in aside]
    if fit is not None and fit.note:
        messages.append(fit.note)
    return Written(
        paths={name: path for name, path in paths.items() if name in contents},
        moved_aside=tuple(moved for _, moved in aside),
        messages=tuple(messages),
        seconds=seconds,
        failures=tuple(guard.failures),
    )


def _named(records: Mapping[str, Record], subject: Subject) -> dict[str, Record]:
    """Return the records of the documents whose names the study still has."""
    current = subject.file_names()
    kept = {
        language: replace(record, documents={name: each for name, each in record.documents.items() if name in current})
        for language, record in records.items()
    }
    return {language: record for language, record in kept.items() if record.documents}


def _retire(
    folder: Path, records: Mapping[str, Record], subject: Subject, language: str, moment: datetime.datetime
) -> list[tuple[Path, Path]]:
    """Remove documents under names that the study has no more: beside the new ones they would pass for a second report.

    Those that are not as the code wrote them are moved aside: return their old and new paths.
    """
    written = {name: digest for record in records.values() for name, digest in record.documents.items()}
    found = {*documents_in(folder, subject.folder), *(folder / name for name in written)}
    aside = []
    for path in sorted(path for path in found if path.name not in subject.file_names() and path.exists()):
        moved = set_aside(path, written.get(path.name), language, moment)
        if moved is None:
            remove(path, language)
        else:
            aside.append((path, moved))
    return aside


def _contents(
    rendered: Rendered,
    material: Material,
    formats: Sequence[str],
    recalculations: Sequence[Recalculation],
    letterhead: bytes | None,
    moment: datetime.datetime,
    guard: Guard,
) -> tuple[dict[str, bytes], Workbook | None, dict[str, float]]:
    """Make the formats side by side: pandoc and typst run outside Python, so threads are enough."""
    from analysis.report.documents.pandoc import pdf_document, webpage
    from analysis.report.documents.word import word_document

    epoch = int(moment.timestamp())
    made: list[Workbook] = []

    def excel() -> bytes:
        """Return the workbook's bytes, and keep the workbook for its claims."""
        book = workbook(
            list(material.tables.values()),
            rendered.language,
            title=rendered.title,
            recalculations=recalculations,
            simulated=material.simulated,
            guard=guard,
        )
        made.append(book)
        return book.content

    with TemporaryDirectory() as scratch:
        pictures = Path(scratch)
        for figure in material.figures.values():
            shutil.copyfile(figure.path, pictures / figure.path.name)
        simulated = material.simulated
        makers: dict[str, Callable[[], bytes]] = {
            "html": lambda: webpage(rendered, pictures, simulated=simulated, epoch=epoch).encode(),
            "docx": lambda: word_document(rendered, pictures, simulated=simulated, letterhead=letterhead, epoch=epoch),
            "pdf": lambda: pdf_document(rendered, sorted(pictures.iterdir()), simulated=simulated, epoch=epoch),
            "xlsx": excel,
        }
        with ThreadPoolExecutor(max_workers=len(formats) or 1) as pool:
            running = {name: pool.submit(_timed, makers[name]) for name in formats}
            done = {name: guard.attempt(Part.DOCUMENT, name, future.result, None) for name, future in running.items()}
    written = {name: each for name, each in done.items() if each is not None}
    contents = {name: content for name, (content, _) in written.items()}
    return contents, made[0] if made else None, {name: seconds for name, (_, seconds) in written.items()}


def _timed(maker: Callable[[], bytes]) -> tuple[bytes, float]:
    started = time.perf_counter()
    content = maker()
    return content, time.perf_counter() - started


def _record(
    rendered: Rendered, material: Material, book: Workbook | None, former: Record | None, hashes: Mapping[str, str]
) -> Record:
    figures = tuple(
        FigureRecord(
            name=name,
            file_hash=sha256(material.figures[name].path.read_bytes()),
            pixel_hash=material.figures[name].pixel_hash,
            data_hash=material.figures[name].data_hash,
            alt=alt,
        )
        for name, alt in rendered.alt_texts.items()
    )
    record = Record(
        language=rendered.language,
        title=rendered.title,
        simulated=material.simulated,
        claims=rendered.claims,
        claims_before_contents=rendered.claims_before_contents,
        figures=figures,
        documents=hashes,
    )
    if book is not None:
        return replace(record, workbook_claims=book.claims, cells=book.cells)
    if former is None or not any(name.endswith(".xlsx") for name in hashes):
        return record
    # The workbook of an earlier run still lies there and stays checkable.
    return replace(record, workbook_claims=former.workbook_claims, cells=former.cells)
