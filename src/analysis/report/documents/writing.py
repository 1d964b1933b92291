"""Writing documents: whole or not at all, and never over a document that a person has edited."""

from __future__ import annotations

import datetime
import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from analysis.errors import OutputError
from analysis.words.catalogue import catalogue


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes, language: str) -> None:
    """Write a file under a temporary name in its folder, then rename it.

    Raises :class:`OutputError` ("tutup masalah.xlsx lalu ulangi") when another program holds the file open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch: Path | None = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.stem}-", suffix=path.suffix, delete=False) as stream:
            scratch = Path(stream.name)
            stream.write(content)
        scratch.chmod(0o644)
        os.replace(scratch, path)
    except PermissionError as error:
        raise OutputError(catalogue(language).filled("close the file", {"file": path.name})) from error
    finally:
        if scratch is not None:
            scratch.unlink(missing_ok=True)


def remove(path: Path, language: str) -> None:
    """Remove a file. Raises :class:`OutputError` when another program holds it open."""
    try:
        path.unlink()
    except PermissionError as error:
        raise OutputError(catalogue(language).filled("close the file", {"file": path.name})) from error


def set_aside(path: Path, written_hash: str | None, language: str, now: datetime.datetime) -> Path | None:
    """Move a document aside if it is not as the code wrote it, and return its new path, else None.

    ``written_hash`` is the SHA-256 recorded when it was written; None (no record) counts as edited, because
    nothing shows that the code wrote it.
    """
    if not path.exists() or sha256(path.read_bytes()) == written_hash:
        return None
    words = catalogue(language).text("edited copy")
    stem = f"{path.stem} ({words} {now:%Y-%m-%d %H.%M}"
    moved = path.with_name(f"{stem}){path.suffix}")
    number = 2
    while moved.exists():
        moved = path.with_name(f"{stem}, {number}){path.suffix}")
        number += 1
    try:
        path.rename(moved)
    except PermissionError as error:
        raise OutputError(catalogue(language).filled("close the file", {"file": path.name})) from error
    return moved
