"""The command ``dampak``: parse, call, exit code. What it does lies in the rooms below, imported when needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from analysis.errors import DampakError, ParameterError, StudyError

if TYPE_CHECKING:
    from analysis.notebook.folders import Folders

app = typer.Typer(
    name="dampak",
    help="From the raw files of provinces to reports on what their training achieved.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

FAILED = 1
WRONG_USAGE = 2


class Language(StrEnum):
    """Languages of notebooks and documents."""

    ID = "id"
    EN = "en"
    BOTH = "both"


class Kernels(StrEnum):
    """How notebooks are given a kernel."""

    WARM = "warm"
    ORDINARY = "ordinary"


Provinces = Annotated[
    list[str] | None, typer.Argument(metavar="[PROVINCE ...]", help="Folders under data/raw; none means all of them.")
]
Data = Annotated[str, typer.Option("--data", metavar="DIR", help="The folder that holds raw/ and processed/.")]
Reports = Annotated[str, typer.Option("--reports", metavar="DIR", help="The folder that reports are written into.")]


@contextmanager
def _errors_in_words() -> Iterator[None]:
    """Turn an error that a user can mend into its message and an exit code."""
    try:
        yield
    except (ParameterError, StudyError) as error:
        _end(str(error), WRONG_USAGE)
    except DampakError as error:
        _end(str(error), FAILED)


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)


def _folders(data: str, reports: str) -> Folders:
    from analysis.notebook.folders import find_folders

    return find_folders(data, reports)


@app.callback()
def _dampak() -> None:
    """From the raw files of provinces to reports on what their training achieved."""


@app.command()
def run(
    provinces: Provinces = None,
    data: Data = "data",
    reports: Reports = "reports",
    lang: Annotated[Language, typer.Option(help="Language of the notebooks and documents.")] = Language.ID,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many notebooks run at once; default: all cores.")
    ] = None,
    kernels: Annotated[
        Kernels | None, typer.Option(help="warm: start fast from a prepared process (Linux); ordinary: as JupyterLab.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Do the work on a Dask cluster, such as tcp://host:8786.")
    ] = None,
    formats: Annotated[str, typer.Option(help="Documents to write, separated by commas.")] = "html,docx,pdf,xlsx",
    force: Annotated[bool, typer.Option("--force", help="Run everything, also what did not change.")] = False,
    edition: Annotated[
        str | None, typer.Option(metavar="NAME", help="Also lay an unchangeable copy under reports/editions/NAME.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="How long one notebook may take.")] = 1800,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Bring all reports up to date: notebooks, the nation, documents. Only what changed runs again."""
    with _errors_in_words():
        from analysis.pipeline.command import RunOptions, run_command

        options = RunOptions(
            provinces=tuple(provinces or ()),
            folders=_folders(data, reports),
            language=lang.value,
            workers=workers,
            kernels=None if kernels is None else kernels.value,
            scheduler=scheduler,
            formats=formats,
            force=force,
            edition=edition,
            time_limit_seconds=time_limit,
            as_json=as_json,
        )
        code = run_command(options)
    raise typer.Exit(code)
