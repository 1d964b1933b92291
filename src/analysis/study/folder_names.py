"""Rules for the name of a study's folder: it becomes part of paths on every system and of every result row."""

from __future__ import annotations

import re

from analysis.errors import StudyError

RESERVED = frozenset({"national", "index", "editions"})  # folders of reports/ that are no study
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {f"{name}{i}" for name in ("com", "lpt") for i in range(10)}
_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60  # leaves room for the file names below it within the 260 characters of older Windows


def check_folder_name(name: str) -> str:
    """Return ``name`` unchanged where it may name a study, else raise StudyError with a name that may."""
    if name in RESERVED:
        raise StudyError(f"folder {name!r}: this name is reserved for the reports; choose another, such as 'lampung'.")
    if name in _DEVICES:
        raise StudyError(f"folder {name!r}: Windows keeps this name for a device; choose another, such as 'lampung'.")
    if len(name) > _LONGEST:
        raise StudyError(f"folder {name!r}: longer than {_LONGEST} characters; choose a shorter name.")
    if not _PATTERN.fullmatch(name):
        proposal = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f"; rename it, for example to {proposal!r}" if proposal else "; rename it"
        raise StudyError(f"folder {name!r}: only lower-case letters, digits and single hyphens are allowed{hint}.")
    return name
