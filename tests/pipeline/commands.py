"""The command line, as a person calls it."""

from __future__ import annotations

from typer.testing import CliRunner

from analysis.cli import app


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output
