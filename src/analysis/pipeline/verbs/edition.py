"""``--edition NAME``: a copy of all reports that nothing overwrites, with the SHA-256 of each file."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from analysis.errors import OutputError, ParameterError
from analysis.pipeline.deciding.inputs import file_digest
from analysis.pipeline.records import write_text

EDITIONS = "editions"

# ``sha256sum --check SHA256SUMS`` reads this list.
HASHES = "SHA256SUMS"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_READ_ONLY_FILE = 0o444
_READ_ONLY_FOLDER = 0o555


def checked_edition(name: str, reports: Path) -> Path:
    """Return the folder of a new edition; raises ``ParameterError`` for a name that is not allowed or taken."""
    if not _NAME.fullmatch(name):
        raise ParameterError(
            f"--edition: found {name!r}; allowed: up to 60 letters, digits, dots and hyphens, such as 2023-final."
        )
    folder = reports / EDITIONS / name
    if folder.exists():
        raise ParameterError(f"--edition: {folder} exists, and an edition is never overwritten. Choose another name.")
    return folder


def lay_edition(reports: Path, folder: Path) -> Path:
    """Copy the reports to an edition's folder, list their hashes and take away the right to write.

    The folder appears when it is complete. Raises ``OutputError`` if it cannot be written.
    """
    temporary = folder.with_name(f".{folder.name}.part")
    try:
        if temporary.exists():
            shutil.rmtree(temporary)
        shutil.copytree(reports, temporary, ignore=_left_out(reports))
        files = sorted(path for path in temporary.rglob("*") if path.is_file())
        lines = [f"{file_digest(path)}  {path.relative_to(temporary).as_posix()}\n" for path in files]
        write_text(temporary / HASHES, "".join(lines))
        for path in [*files, temporary / HASHES]:
            path.chmod(_READ_ONLY_FILE)
        os.replace(temporary, folder)
        for path in sorted([folder, *(each for each in folder.rglob("*") if each.is_dir())], reverse=True):
            path.chmod(_READ_ONLY_FOLDER)
    except OSError as error:
        raise OutputError(f"the edition {folder} cannot be written ({error.strerror or error})") from error
    return folder


def _left_out(reports: Path) -> Callable[[str, list[str]], list[str]]:
    def left_out(directory: str, names: list[str]) -> list[str]:
        is_top = Path(directory) == reports
        return [name for name in names if name.startswith(".") or (is_top and name == EDITIONS)]

    return left_out
