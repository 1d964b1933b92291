"""Writing a file so that it is whole or not there: to a temporary name in the same folder, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from analysis.errors import OutputError


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary file beside ``path``, then rename it to ``path``.

    Raises OutputError where ``path`` cannot be written, as when another program holds it open.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        temporary.chmod(0o666 & ~_umask())
        os.replace(temporary, path)
    except PermissionError:
        raise OutputError(
            f"{path}: cannot be written, another program holds it open or it is protected; close it and repeat."
        ) from None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); mend this and repeat.") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def remove(path: Path) -> None:
    """Delete a file that is no longer made; OutputError where another program holds it open."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        raise OutputError(f"{path}: cannot be deleted, another program holds it open; close it and repeat.") from None


def _umask() -> int:
    """Return the process's mask for new files: temporary files are made private, results are ordinary files."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
