"""``reports/index.html``: one page that links all reports, and says which provinces failed, are late or missing."""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.notebook.folders import NATIONAL, Folders, province_folders
from analysis.pipeline.deciding.inputs import code_digest, mapping_digest
from analysis.pipeline.records import (
    CHANGES,
    FAILED_FOLDER,
    FINDINGS,
    FORMER_FOLDER,
    RUN_RECORD,
    listed_documents,
    read_json,
    write_text,
)
from analysis.pipeline.verbs.expected import Absent, is_simulated

if TYPE_CHECKING:
    from analysis.words.catalogue import Catalogue

INDEX = "index.html"

_TABLES = ("masalah.xlsx", "results.csv", FINDINGS, CHANGES)
# What the page tells of a province's findings.
_MAIN = ("learning_change", "reaction_total", "learning_comparison", "nation")
_STAMP = re.compile(r"<!-- ([0-9a-f]{64}) -->")

_STYLE = (
    "body{font-family:sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4em .8em;border-bottom:1px solid #ccc;"
    "vertical-align:top}.failed{background:#fbe9e7}.mark{font-weight:bold;color:#8a1c00}"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One province on the page: its state in the last run, and the paths that it links, from the reports folder.

    ``told`` is what its findings say of the main questions (topic and verdict); ``left_out`` pairs each notebook
    that did not run with the kind of data that it needs; ``lost_parts`` name what of its reports failed, and
    ``is_salvaged`` tells that the whole province failed and these reports hold what did not.
    """

    province: str
    state: str
    simulated: bool
    documents: tuple[str, ...]
    notebooks: tuple[str, ...]
    tables: tuple[str, ...]
    former: tuple[str, ...]
    told: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    lost_parts: tuple[str, ...] = ()
    is_salvaged: bool = False


def write_index(folders: Folders, absent: Absent, language: str) -> Path:
    """Write the page and return it; it is not touched where nothing on it would change."""
    path = folders.reports / INDEX
    entries = [_entry(folders, name) for name in [*province_folders(folders), NATIONAL] if _has_record(folders, name)]
    content = {"entries": [asdict(entry) for entry in entries], "absent": asdict(absent), "language": language}
    stamp = mapping_digest({**content, "code": code_digest()})
    if path.is_file():
        found = _STAMP.search(path.read_text(encoding="utf-8"))
        if found is not None and found[1] == stamp:
            return path
    from analysis.words.catalogue import catalogue  # an unchanged run does without its 0.2 s

    write_text(path, _page(entries, absent, catalogue(language), stamp))
    return path


def _has_record(folders: Folders, province: str) -> bool:
    return (folders.reports_of(province) / RUN_RECORD).is_file()


def _entry(folders: Folders, province: str) -> Entry:
    reports = folders.reports_of(province)

    def linked(paths: Sequence[Path]) -> tuple[str, ...]:
        return tuple(path.relative_to(folders.reports).as_posix() for path in paths)

    def found(*patterns: str) -> tuple[str, ...]:
        return linked([path for pattern in patterns for path in sorted(reports.glob(pattern))])

    record = read_json(reports / RUN_RECORD)
    return Entry(
        province=province,
        state=str(record.get("state", "stopped")),
        simulated=is_simulated(folders.raw_of(province)),
        documents=linked(listed_documents(reports)),
        notebooks=found("notebooks/*/*.ipynb", f"{FAILED_FOLDER}/*/*.ipynb"),
        tables=found(*_TABLES),
        former=linked(listed_documents(reports / FORMER_FOLDER)),
        told=_told(reports / FINDINGS),
        left_out=tuple((title, each["needs"]) for title, each in record.get("left_out", {}).items()),
        lost_parts=tuple(dict.fromkeys(f"{each['part']} {each['name']}" for each in record.get("parts", []))),
        is_salvaged=bool(record.get("salvaged")),
    )


def _told(path: Path) -> tuple[str, ...]:
    """Return the verdicts of the main questions, each once, from the findings of a province."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [(row["finding"].partition("/")[0], row["verdict"]) for row in csv.DictReader(stream)]
    return tuple(dict.fromkeys(f"{topic} {verdict}" for topic, verdict in rows if topic in _MAIN))


def _page(entries: Sequence[Entry], absent: Absent, words: Catalogue, stamp: str) -> str:
    def word(key: str) -> str:
        return html.escape(words.text(key, "index"))

    columns = ("province", "state", "findings", "documents", "tables", "notebooks")
    headings = "".join(f"<th>{word(key)}</th>" for key in columns)
    rows = "\n".join(_row(entry, words) for entry in entries)
    lists = "".join(
        f"<h2>{word(key)}</h2>\n<ul>{''.join(f'<li>{html.escape(name)}</li>' for name in names)}</ul>\n"
        for key, names in (("late", absent.late), ("missing", absent.missing))
        if names
    )
    return (
        f'<!doctype html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{word("title")}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{word('title')}</h1>\n<!-- {stamp} -->\n"
        f"<table>\n<thead><tr>{headings}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n{lists}</body>\n</html>\n"
    )


def _row(entry: Entry, words: Catalogue) -> str:
    name = words.text("nation", "index") if entry.province == NATIONAL else entry.province
    mark = f'<br><span class="mark">{html.escape(words.text("simulated", "index"))}</span>' if entry.simulated else ""
    state = html.escape(words.text("done" if entry.state == "unchanged" else entry.state, "index"))
    former = f"<br>{html.escape(words.text('former report', 'index'))}: {_links(entry.former)}" if entry.former else ""
    lost = f"<br>{html.escape(words.text('lost parts', 'index'))}: {html.escape(', '.join(entry.lost_parts))}"
    state += f"<br>{html.escape(words.text('salvaged', 'index'))}" if entry.is_salvaged else ""
    state += lost if entry.lost_parts else ""
    told = "<br>".join(html.escape(words.text(code, "index")) for code in entry.told)
    cells = (f"{html.escape(name)}{mark}", f"{state}{former}", told, *map(_links, (entry.documents, entry.tables)))
    notebooks = f"{_links(entry.notebooks)}{_left_out(entry, words)}"
    body = "".join(f"<td>{cell}</td>" for cell in (*cells, notebooks))
    return f'<tr class="{html.escape(entry.state)}">{body}</tr>'


def _left_out(entry: Entry, words: Catalogue) -> str:
    if not entry.left_out:
        return ""
    each = (f"{title} ({words.text(needs, 'notebook needs')})" for title, needs in entry.left_out)
    return f"<br>{html.escape(words.text('left out', 'index'))}: {html.escape(', '.join(each))}"


def _links(paths: Sequence[str]) -> str:
    made = (f'<a href="{html.escape(path)}">{html.escape(_label(path))}</a>' for path in paths)
    return ", ".join(made)


def _label(path: str) -> str:
    parts = Path(path).parts
    return "/".join(parts[-2:]) if parts[-1].endswith(".ipynb") else parts[-1]
