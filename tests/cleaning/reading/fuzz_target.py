"""One reader under atheris: ``python fuzz_target.py READER CORPUS [libFuzzer options]``.

Whatever the bytes are, a reader returns sheets or refuses them with a rule that has words; anything else it raises is a
finding, which atheris prints with the input that causes it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ENDINGS = {
    "text": ".csv",
    "html": ".html",
    "word": ".docx",
    "xlsx": ".xlsx",
    "ods": ".ods",
    "xls": ".xls",
    "formats": ".xlsx",
    "toml": ".toml",
    "narrative": ".md",
}


def targets() -> dict[str, Callable[[Path], object]]:
    """Return the readers by name; each takes the path of a file."""
    from analysis.cleaning.problems.rules import RULES
    from analysis.cleaning.reading.findings import Refused
    from analysis.cleaning.reading.formats import column_codes
    from analysis.cleaning.reading.worker import read_file
    from analysis.errors import StudyError
    from analysis.study.loading import read_toml
    from analysis.study.narrative import load_narrative

    def read(path: Path) -> None:
        try:
            sheets, findings = read_file(path)
        except Refused as refusal:
            findings, sheets = [refusal.finding], []
        if not {finding.rule for finding in findings} <= set(RULES):
            raise ValueError(f"a rule without words: {findings}")
        if not sheets and not findings:
            raise ValueError("neither read nor refused")

    def define(path: Path) -> None:
        try:
            read_toml(path, path.name)
        except StudyError as error:
            if not str(error).startswith(path.name):
                raise ValueError(f"a message without its file: {error}") from error

    of_files = dict.fromkeys(("text", "html", "word", "xlsx", "ods", "xls"), read)
    return {
        **of_files,
        "formats": lambda path: column_codes(path, "Data", 2, ""),
        "toml": define,
        "narrative": lambda path: load_narrative(path.parent),
    }


def main() -> None:
    """Search with random input until the budget of the options is spent."""
    import atheris

    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=["analysis.cleaning.reading", "analysis.study", "tomllib", "html"]):
        target = targets()[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("narasi.md" if name == "narrative" else f"a{ENDINGS[name]}")

        def one(data: bytes) -> None:
            path.write_bytes(data)
            try:
                target(path)
            except BaseException as error:
                if type(error).__name__ != "PanicException":  # of the Rust reader: the worker takes it for damage
                    raise

        atheris.Setup(sys.argv, one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
