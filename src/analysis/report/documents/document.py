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
from analysis.report.claims.record import CLAIMS_FILE, FigureRecord, Record, read_records, records_as_bytes
from analysis.report.claims.rendering import TEMPLATES, Rendered, render
from analysis.report.claims.writer import Material
from analysis.report.documents.workbook import Recalculation, Workbook, workbook
from analysis.report.documents.writing import set_aside, sha256, write_whole
from analysis.words.catalogue import catalogue

FORMATS = ("html", "docx", "pdf", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: paths by format, documents that were moved aside, messages to show, seconds by format."""

    paths: Mapping[str, Path]
    moved_aside: tuple[Path, ...]
    messages: tuple[str, ...]
    seconds: Mapping[str, float]


def document_name(language: str, suffix: str) -> str:
    """Return the file name of a document: ``laporan.html``, ``report.docx``."""
    return f"{catalogue(language).text('report', 'file')}.{suffix}"


def write_report(
    material: Material,
    language: str,
    folder: Path,
    *,
    template: str = "report.md.j2",
    templates: Path = TEMPLATES,
    formats: Sequence[str] = FORMATS,
    recalculations: Sequence[Recalculation] = (),
    letterhead: Path | None = None,
    now: datetime.datetime | None = None,
) -> Written:
    """Write the documents of one study in one language into ``folder``, and their claims into ``claims.json``.

    A document that was edited by hand since it was written is moved aside first and named in ``messages``.
    Raises :class:`ParameterError` for an unknown format, :class:`OutputError` for a file that is open elsewhere.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise ParameterError(f"Unknown report format {', '.join(unknown)}; choose from {', '.join(FORMATS)}.")
    moment = now or datetime.datetime.now()
    rendered = render(template, material, language, templates)
    contents, book, seconds = _contents(rendered, material, formats, recalculations, letterhead, moment)
    records = read_records(folder)
    former = records[language].documents if language in records else {}
    paths = {name: folder / document_name(language, name) for name in formats}
    aside = [
        (path, moved) for path in paths.values() if (moved := set_aside(path, former.get(path.name), language, moment))
    ]
    for name, path in paths.items():
        write_whole(path, contents[name], language)
    hashes = {**former, **{path.name: sha256(contents[name]) for name, path in paths.items()}}
    record = _record(rendered, material, book, records.get(language), hashes)
    write_whole(folder / CLAIMS_FILE, records_as_bytes({**records, language: record}), language)
    words = catalogue(language)
    messages = [words.filled("edited by hand", {"file": path.name, "moved": moved.name}) for path, moved in aside]
    return Written(
        paths=paths, moved_aside=tuple(moved for _, moved in aside), messages=tuple(messages), seconds=seconds
    )


def _contents(
    rendered: Rendered,
    material: Material,
    formats: Sequence[str],
    recalculations: Sequence[Recalculation],
    letterhead: Path | None,
    moment: datetime.datetime,
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
            done = {name: future.result() for name, future in running.items()}
    contents = {name: content for name, (content, _) in done.items()}
    return contents, made[0] if made else None, {name: seconds for name, (_, seconds) in done.items()}


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
    # The workbook of an earlier run still lies there and stays checkable.
    return record if former is None else replace(record, workbook_claims=former.workbook_claims, cells=former.cells)
