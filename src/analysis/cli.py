"""The command ``dampak``: parse, call, exit code. What it does lies in the rooms below, imported when needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from analysis.errors import DampakError, ParameterError, StudyError
from analysis.words.languages import ALL_LANGUAGES, DEFAULT, languages

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


class Kernels(StrEnum):
    """How notebooks are given a kernel."""

    WARM = "warm"
    ORDINARY = "ordinary"


Provinces = Annotated[
    list[str] | None, typer.Argument(metavar="[PROVINCE ...]", help="Folders under data/raw; none means all of them.")
]
Data = Annotated[str, typer.Option("--data", metavar="DIR", help="The folder that holds raw/ and processed/.")]
Reports = Annotated[str, typer.Option("--reports", metavar="DIR", help="The folder that reports are written into.")]


_LANGUAGES = "|".join(languages())
_SOME_LANGUAGES = f"{_LANGUAGES}|{ALL_LANGUAGES}"


def _one_language(value: str) -> str:
    return _among(languages(), value)


def _some_language(value: str) -> str:
    return _among((*languages(), ALL_LANGUAGES), value)


def _among(allowed: Sequence[str], value: str) -> str:
    if value not in allowed:
        raise typer.BadParameter(f"{value!r} is not one of {'|'.join(allowed)}")
    return value


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
    lang: Annotated[
        str, typer.Option(callback=_some_language, metavar=_SOME_LANGUAGES, help="Language of notebooks and documents.")
    ] = DEFAULT,
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
        from analysis.pipeline.verbs.run import RunOptions, run_command

        options = RunOptions(
            provinces=tuple(provinces or ()),
            folders=_folders(data, reports),
            language=lang,
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


@app.command()
def check(
    provinces: Provinces = None,
    data: Data = "data",
    reports: Reports = "reports",
    lang: Annotated[
        str, typer.Option(callback=_one_language, metavar=_LANGUAGES, help="Language of the list.")
    ] = DEFAULT,
) -> None:
    """Read the raw files and list every problem: where it is, what was done, what to do. Runs nothing."""
    with _errors_in_words():
        from analysis.pipeline.verbs.check import check_command

        code = check_command(_folders(data, reports), tuple(provinces or ()), lang)
    raise typer.Exit(code)


@app.command()
def verify(
    places: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PROVINCE ... | FILE ...]", help="Reports or single documents; none means all reports."
        ),
    ] = None,
    data: Data = "data",
    reports: Reports = "reports",
    lang: Annotated[
        str, typer.Option(callback=_one_language, metavar=_LANGUAGES, help="Language of the findings.")
    ] = DEFAULT,
) -> None:
    """Read documents back and compare every number in them with the results, also after editing by hand."""
    with _errors_in_words():
        from analysis.pipeline.verbs.verify import verify_command

        code = verify_command(_folders(data, reports), tuple(places or ()), lang)
    raise typer.Exit(code)


@app.command()
def init(folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder to make.")]) -> None:
    """Make an empty project folder with the notebooks, for an installed package."""
    with _errors_in_words():
        from pathlib import Path

        from analysis.pipeline.verbs.run import new_project

        notebooks = new_project(Path(folder))
    typer.echo(f"{len(notebooks)} notebooks are in {folder}/notebooks. Put a province into {folder}/data/raw, then:")
    typer.echo(f"  cd {folder}\n  dampak check\n  dampak run")


@app.command()
def simulate(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="Where the folders of the provinces are laid; what data/raw is.")
    ],
    provinces: Annotated[int, typer.Option(metavar="N", help="How many provinces.")] = 1,
    villages: Annotated[int, typer.Option(metavar="M", help="Villages in each; four people come from a village.")] = 72,
    seed: Annotated[int, typer.Option(metavar="S", help="The same seed gives the same files.")] = 20230,
) -> None:
    """Make the raw files of imaginary provinces, with planted effects and mess, always marked as simulated."""
    with _errors_in_words():
        from pathlib import Path

        from analysis.simulation.simulate import simulate as make

        made = make(provinces, villages, seed, Path(folder))
    for path in made:
        typer.echo(str(path))


@app.command()
def new(
    province: Annotated[str, typer.Argument(metavar="PROVINCE", help="The folder's name, such as jawa-barat-2024.")],
    data: Data = "data",
    year: Annotated[int | None, typer.Option(metavar="YEAR", help="Year of the training; default: this year.")] = None,
    training: Annotated[str, typer.Option(metavar="ID", help="Which training.")] = "kerja_sama_desa",
    averages: Annotated[
        bool, typer.Option("--averages", help="Workbooks for an office that has averages only.")
    ] = False,
) -> None:
    """Make a province's folder under data/raw: a filled-in province.toml and empty workbooks to type into."""
    with _errors_in_words():
        import datetime

        from analysis.cleaning.forms.templates import write_new_province

        raw = _folders(data, "reports").raw
        made = write_new_province(
            raw, province, year=year or datetime.date.today().year, training=training, averages=averages
        )
    typer.echo(str(made))


@app.command()
def export(
    province: Annotated[str, typer.Argument(metavar="PROVINCE", help="A folder under data/raw.")],
    folder: Annotated[str, typer.Argument(metavar="DIR", help="Where the tables are written.")],
    data: Data = "data",
    minimum_cell: Annotated[
        int, typer.Option(min=3, metavar="N", help="Groups of fewer people than this are suppressed.")
    ] = 5,
) -> None:
    """Write tables that may be shared: by regency, small groups suppressed, a codebook beside."""
    with _errors_in_words():
        from pathlib import Path

        from analysis.report.content.opening import open_study
        from analysis.report.disclosure.export import export_tables
        from analysis.study.settings import Settings

        folders = _folders(data, "reports")
        settings = Settings(minimum_cell=minimum_cell)
        study, _ = open_study(folders.raw_of(province), folders.processed_of(province), settings)
        written = export_tables(study, Path(folder))
    for path in written:
        typer.echo(str(path))
