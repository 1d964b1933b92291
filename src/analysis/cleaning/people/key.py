"""The key of this machine: participant and village codes are keyed, because a plain hash of a NIK can be undone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_config_path

from analysis.errors import SourceError

KEY_VARIABLE = "DAMPAK_KEY_FILE"
PUBLISHED_KEY_FILE = "kunci.txt"  # in the folder of a simulated province, whose people do not exist
_KEY_BYTES = 32
_CODE_LETTERS = 16


def key_path() -> Path:
    """Return where the key lies: ``DAMPAK_KEY_FILE``, else ``key`` in the user's configuration folder."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named) if named else user_config_path("dampak") / "key"


def load_key(folder: Path | None = None, *, simulated: bool = False) -> bytes:
    """Return the key, made at first use and readable by its owner only.

    A simulated province may publish its own key in its folder. Raises SourceError where the key file cannot
    be read or made, or is too short to be one.
    """
    published = folder / PUBLISHED_KEY_FILE if folder is not None and simulated else None
    path = published if published is not None and published.is_file() else key_path()
    try:
        if not path.exists():
            _make_key(path)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as error:
        raise SourceError(
            f"key file {path.name!r}: cannot be read or made ({type(error).__name__}); set {KEY_VARIABLE} to a file "
            "that you may write, or restore the key from your backup."
        ) from error
    if len(key) < _KEY_BYTES:
        raise SourceError(
            f"key file {path.name!r}: shorter than {_KEY_BYTES} bytes; restore the key or delete the file."
        )
    return key


def _make_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process made it a moment ago
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_KEY_BYTES))


def fingerprint(key: bytes) -> str:
    """Return eight letters that tell two keys apart and nothing about either."""
    return hmac.new(key, b"fingerprint", hashlib.sha256).hexdigest()[:8]


def coder(key: bytes, purpose: str) -> Callable[[str], str]:
    """Return a function that turns a text into a keyed code; codes of two purposes cannot be joined."""
    base = hmac.new(key, purpose.encode(), hashlib.sha256)

    def code(text: str) -> str:
        keyed = base.copy()
        keyed.update(b"\0" + text.encode())
        return keyed.hexdigest()[:_CODE_LETTERS]

    return code
