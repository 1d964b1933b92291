"""Which files of a province folder are raw tables, what else lies there, and their hashes."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from analysis.cleaning.problems.problem import Problem
from analysis.cleaning.problems.rules import problem
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
_SYSTEM_FOLDERS = frozenset({"__MACOSX"})  # what macOS packs beside the files of a .zip
_LOCK_PREFIXES = ("~$", ".~lock.")
_PACKAGES = {".numbers": "apple_numbers", ".pages": "apple_pages"}  # folders that macOS shows as one file


@dataclass(frozen=True, slots=True)
class RawFiles:
    """The files of a province folder by their use, as sorted paths inside it with forward slashes.

    ``told`` is what else is to be told, with the code of its rule: links, folders that are empty or closed, devices.
    """

    tables: tuple[str, ...]
    locks: tuple[str, ...]
    told: tuple[tuple[str, str], ...] = ()

    def problems(self) -> list[Problem]:
        """Return one problem for everything that is told."""
        return [problem(rule, name) for name, rule in self.told]


def raw_files(folder: Path) -> RawFiles:
    """Return the raw tables of a folder and its subfolders, the lock files of office programs, and what is no file.

    Hidden files, files of the operating system and the folder's definitions are neither. A link to a file is that
    file; links to folders are not followed.
    """
    search = _Search(folder)
    search.look_through(folder)
    names = sorted(search.names)
    locks = tuple(name for name in names if Path(name).name.startswith(_LOCK_PREFIXES))
    tables = tuple(name for name in names if name not in locks and _may_be_table(name))
    return RawFiles(tables, locks, tuple(sorted(search.told)))


@dataclass(slots=True)
class _Search:
    """Collects the files below a folder and, with its rule, whatever else is met on the way."""

    top: Path
    names: list[str] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def look_through(self, folder: Path) -> None:
        """Enter everything in a folder that is not hidden."""
        try:
            entries = list(os.scandir(folder))
        except OSError:
            self._tell(folder, "folder_unreadable")
            return
        if not entries and folder != self.top:
            self._tell(folder, "folder_empty")
        for entry in entries:
            if not entry.name.startswith(".") or entry.name.startswith(_LOCK_PREFIXES):
                self._enter(entry)

    def _enter(self, entry: os.DirEntry[str]) -> None:
        path = Path(entry.path)
        if entry.is_symlink() and not entry.is_file():
            self._tell(path, "link_not_followed")
        elif entry.is_file():
            self.names.append(self._name(path))
            if entry.is_symlink():
                self._tell(path, "link_followed")
        elif not entry.is_dir():
            self._tell(path, "no_plain_file")
        elif path.suffix.casefold() in _PACKAGES:
            self._tell(path, _PACKAGES[path.suffix.casefold()])
        elif entry.name not in _SYSTEM_FOLDERS:
            self.look_through(path)

    def _tell(self, path: Path, rule: str) -> None:
        self.told.append((self._name(path), rule))

    def _name(self, path: Path) -> str:
        return path.relative_to(self.top).as_posix()


def _may_be_table(name: str) -> bool:
    return name not in OTHER_FILES | _FOR_READERS and name.split("/")[-1].casefold() not in _SYSTEM_FILES


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
