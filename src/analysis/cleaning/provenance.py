"""What processed tables were made from: hashes of the raw files, the code and the libraries' versions."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.cleaning.people.key import fingerprint, load_key
from analysis.cleaning.problems.decisions import decisions_digest
from analysis.cleaning.reading.files import DECISIONS_FILE, raw_hashes
from analysis.errors import SourceError

_LIBRARIES = ("pandas", "pyarrow", "pydantic", "python-calamine")
_ROOMS = ("cleaning", "study")  # the code and data on which processed tables depend
KEY = "key"  # in the settings
_SUFFIXES = frozenset({".py", ".toml", ".csv"})


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where processed tables come from.

    ``files`` maps each raw file to its SHA-256 (``keputusan.xlsx`` to that of its decisions), ``versions``
    names Python and the libraries, ``code`` is the SHA-256 over the sources of the package's cleaning and
    study, ``settings`` what else cleaning depended on: ``key`` is the fingerprint of the key that made the
    codes of people, where there are people.
    """

    files: Mapping[str, str]
    versions: Mapping[str, str]
    code: str
    settings: Mapping[str, str]


def provenance_of(folder: Path, *, has_people: bool, simulated: bool) -> Provenance:
    """Return the provenance that tables cleaned now from ``folder`` have.

    ``has_people`` says that codes of people are in the tables; ``simulated`` that the folder may publish its
    key. Raises SourceError where the key cannot be read.
    """
    settings = {KEY: fingerprint(load_key(folder, simulated=simulated))} if has_people else {}
    files = raw_hashes(folder)
    decided = decisions_digest(folder)
    if decided is not None:
        files[DECISIONS_FILE] = decided
    versions = {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}
    return Provenance(files, versions, code_fingerprint(), settings)


def require_one_key(provenances: Mapping[str, Provenance]) -> None:
    """Raise SourceError where the people of several studies were coded with different keys.

    Codes of two keys never meet, so that one person would count as two.
    """
    keys = {study: one.settings[KEY] for study, one in provenances.items() if KEY in one.settings}
    if len(set(keys.values())) > 1:
        named = ", ".join(f"{study}: {key}" for study, key in sorted(keys.items()))
        raise SourceError(
            f"the codes of people were made with different keys ({named}) and cannot be joined. Clean these studies "
            "again on one machine, or with the same key file (DAMPAK_KEY_FILE)."
        )


@cache
def code_fingerprint() -> str:
    """Return the SHA-256 over the package's own sources on which processed tables depend."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    paths = [path for room in _ROOMS for path in (package / room).rglob("*") if path.suffix in _SUFFIXES]
    for path in sorted([package / "errors.py", *paths]):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
