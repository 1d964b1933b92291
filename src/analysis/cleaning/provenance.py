"""What processed tables were made from: hashes of the raw files, the code and the libraries' versions."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.cleaning.files import raw_hashes

_LIBRARIES = ("pandas", "pyarrow", "pydantic", "python-calamine")
_ROOMS = ("cleaning", "study")  # the code and data on which processed tables depend
_SUFFIXES = frozenset({".py", ".toml", ".csv"})


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where processed tables come from.

    ``files`` maps each raw file to its SHA-256, ``versions`` names Python and the libraries, ``code`` is the
    SHA-256 over the sources of the package's cleaning and study, ``settings`` what else cleaning depended on.
    """

    files: Mapping[str, str]
    versions: Mapping[str, str]
    code: str
    settings: Mapping[str, str]


def provenance_of(folder: Path, settings: Mapping[str, str] | None = None) -> Provenance:
    """Return the provenance that tables cleaned now from ``folder`` have."""
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    return Provenance(raw_hashes(folder), versions, code_fingerprint(), dict(settings or {}))


@cache
def code_fingerprint() -> str:
    """Return the SHA-256 over the package's own sources on which processed tables depend."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    paths = [path for room in _ROOMS for path in (package / room).rglob("*") if path.suffix in _SUFFIXES]
    for path in sorted([package / "errors.py", *paths]):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
