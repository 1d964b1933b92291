"""Running pandoc: from the report's Markdown to the body or file of one format."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from analysis.errors import OutputError

ASSETS = Path(__file__).with_name("assets")
# "smart" would change quotes and dashes, so that the printed text differs from the claim; a table whose
# source lines exceed the columns takes its column widths from the dashes of its second line.
_READER = "markdown-smart-tex_math_dollars-raw_tex-citations"
_COMMON = ("--columns=40", "--wrap=preserve")


@lru_cache
def pandoc_program() -> str:
    """Return the path of the pandoc that came with ``pypandoc_binary``.

    pypandoc's own search may prefer a pandoc of the system, which may be too old to know typst. Raises
    :class:`OutputError` if the package is there without its program.
    """
    import pypandoc

    folder = Path(pypandoc.__file__).with_name("files")
    found = [path for name in ("pandoc", "pandoc.exe") if (path := folder / name).is_file()]
    if not found:
        raise OutputError("pandoc is missing: install the package pypandoc_binary (not pypandoc alone).")
    return str(found[0])


def run_pandoc(markdown: str, target: str, folder: Path, arguments: Sequence[str] = (), epoch: int = 0) -> str:
    """Return what pandoc writes to its standard output; pictures are found in ``folder``.

    ``epoch`` (seconds) dates the file instead of the clock, so that equal content gives equal bytes.
    Raises :class:`OutputError` with pandoc's own message when it fails.
    """
    command = [
        pandoc_program(),
        f"--from={_READER}",
        f"--to={target}",
        f"--lua-filter={ASSETS / 'filter.lua'}",
        f"--resource-path={folder}",
        *_COMMON,
        *arguments,
    ]
    done = subprocess.run(
        command,
        input=markdown.encode(),
        capture_output=True,
        cwd=folder,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
    )
    if done.returncode != 0:
        raise OutputError(f"pandoc could not write {target}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()
