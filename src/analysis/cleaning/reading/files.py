"""Which files of a province folder are raw tables, and their hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from analysis.study.instrument import INSTRUMENT_FILE
from analysis.study.narrative import NARRATIVE_FILE
from analysis.study.province import PROVINCE_FILE

DECISIONS_FILE = "keputusan.xlsx"
PUBLISHED_KEY_FILE = "kunci.txt"  # only in the shipped imaginary province
TRUTH_FILE = "truth.json"  # what was planted in an imaginary province
LETTERHEAD_FILE = "kop.docx"
INSTRUCTIONS_FILE = "PETUNJUK.md"  # of the templates
# Files of a province folder that are no table: definitions, words, letterhead, decisions, published key.
OTHER_FILES = frozenset(
    {PROVINCE_FILE, INSTRUMENT_FILE, NARRATIVE_FILE, "kop.docx", DECISIONS_FILE, PUBLISHED_KEY_FILE}
)
_FOR_READERS = frozenset({TRUTH_FILE, INSTRUCTIONS_FILE})  # nothing that cleaning depends on
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini"})
_LOCK_PREFIXES = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class RawFiles:
    """The files of a province folder by their use, as sorted paths inside it with forward slashes."""

    tables: tuple[str, ...]
    locks: tuple[str, ...]


def raw_files(folder: Path) -> RawFiles:
    """Return the raw tables of a folder and its subfolders, and the lock files of office programs.

    Hidden files, files of the operating system and the folder's definitions are neither.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    locks = tuple(name for name in names if Path(name).name.startswith(_LOCK_PREFIXES))
    tables = tuple(name for name in names if name not in locks and _may_be_table(name))
    return RawFiles(tables, locks)


def _may_be_table(name: str) -> bool:
    parts = name.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return not hidden and name not in OTHER_FILES | _FOR_READERS and parts[-1].casefold() not in _SYSTEM_FILES


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's content in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def raw_hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that cleaning depends on: raw tables and definitions.

    ``keputusan.xlsx`` is not among them: of it only what it decides counts
    (:func:`analysis.cleaning.problems.decisions.decisions_digest`), since code adds open cases to it.
    """
    others = sorted(OTHER_FILES - {DECISIONS_FILE})
    names = [*raw_files(folder).tables, *(name for name in others if (folder / name).is_file())]
    return {name: sha256(folder / name) for name in sorted(names)}
