"""What decides whether something runs again: the content of its inputs, as SHA-256 values.

Times of files are never looked at: a change that keeps the time is a change.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path

from analysis.cleaning.reading.files import DECISIONS_FILE

PACKAGE_FOLDER = Path(__file__).resolve().parents[2]

# Lock files of office programs, and hidden files.
_IGNORED_RAW_PREFIXES = ("~$", ".")

_DISTRIBUTION = re.compile(r"(?P<name>.+)-(?P<version>[^-]+)\.dist-info")


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def mapping_digest(values: Mapping[str, object]) -> str:
    """Return the SHA-256 of a mapping's JSON with sorted keys."""
    return text_digest(json.dumps(values, sort_keys=True, default=str, ensure_ascii=False))


def raw_digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each raw file of a province, by path inside the folder ("/" on every system).

    Of ``keputusan.xlsx`` only what it decides counts: code appends open cases to it while it reads.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_ignored(path, folder))
    digests = {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}
    if digests.pop(DECISIONS_FILE, None) is not None:
        from analysis.cleaning.problems.decisions import decisions_digest

        decided = decisions_digest(folder)
        if decided is not None:
            digests[DECISIONS_FILE] = decided
    return digests


def _is_ignored(path: Path, folder: Path) -> bool:
    return any(part.startswith(_IGNORED_RAW_PREFIXES) for part in path.relative_to(folder).parts)


@cache
def code_digest() -> str:
    """Return the SHA-256 of this package: its code and its data files."""
    total = hashlib.sha256()
    for directory, subdirectories, names in os.walk(PACKAGE_FOLDER):
        subdirectories[:] = sorted(name for name in subdirectories if name != "__pycache__")
        for name in sorted(names):
            path = Path(directory) / name
            total.update(path.relative_to(PACKAGE_FOLDER).as_posix().encode() + b"\0")
            total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that this project depends on.

    For a package that runs without being installed, every installed library counts.
    """
    installed = _installed_versions()
    try:
        requirements = metadata.requires("dampak") or []
    except metadata.PackageNotFoundError:
        requirements = []
    names = {
        _normal(re.split(r"[^A-Za-z0-9._-]", text, maxsplit=1)[0]) for text in requirements if "extra ==" not in text
    }
    chosen = {name: installed[name] for name in sorted(names or installed) if name in installed}
    return {"python": platform.python_version(), **chosen}


def _installed_versions() -> dict[str, str]:
    """Return all installed versions from folder names; reading each one's metadata would take a second."""
    versions: dict[str, str] = {}
    for directory in sys.path:
        if not directory or not os.path.isdir(directory):
            continue
        for name in os.listdir(directory):
            match = _DISTRIBUTION.fullmatch(name)
            if match:
                versions.setdefault(_normal(match["name"]), match["version"])
    return versions


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The digests that decide whether the jobs of a province, or of the nation, run again.

    ``raw`` is by file. Only the nation has ``provinces`` (the raw files of each) and ``expected`` (of ``sasaran.csv``).
    """

    raw: Mapping[str, str]
    code: str
    versions: Mapping[str, str]
    provinces: Mapping[str, str] = field(default_factory=dict)
    expected: str = ""

    def deciding(self) -> dict[str, str]:
        """Return one digest per kind of input."""
        return {
            "raw": mapping_digest(dict(self.raw)),
            "code": self.code,
            "versions": mapping_digest(dict(self.versions)),
            "provinces": mapping_digest(dict(self.provinces)),
            "expected": self.expected,
        }

    def as_record(self, notebooks: Mapping[str, str]) -> dict[str, object]:
        """Return all digests as plain data, with those of the notebooks by title."""
        return {
            "raw": dict(self.raw),
            "code": self.code,
            "versions": dict(self.versions),
            "provinces": dict(self.provinces),
            "expected": self.expected,
            "notebooks": dict(notebooks),
        }


def province_inputs(raw_folder: Path) -> Inputs:
    """Return the digests of a province's inputs as they are now."""
    return Inputs(raw=raw_digests(raw_folder), code=code_digest(), versions=library_versions())


def national_inputs(provinces: Mapping[str, Path], expected: Path) -> Inputs:
    """Return the digests of the nation's inputs: the raw folders of all provinces, and who is expected."""
    return Inputs(
        raw={},
        code=code_digest(),
        versions=library_versions(),
        provinces={province: mapping_digest(dict(raw_digests(folder))) for province, folder in provinces.items()},
        expected=file_digest(expected) if expected.is_file() else "",
    )
