"""Where the data and the reports lie, found from any working directory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.errors import StudyError

DEFAULT_DATA = "data"
DEFAULT_REPORTS = "reports"

# The folder of the whole nation's results; no province may carry the name.
NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of one project: ``data`` holds ``raw`` and ``processed``; all paths are absolute."""

    data: Path
    reports: Path

    @property
    def raw(self) -> Path:
        """Return the folder of the raw files, one folder per province."""
        return self.data / "raw"

    def raw_of(self, province: str) -> Path:
        """Return the folder of one province's raw files."""
        return self.raw / province

    def processed_of(self, province: str) -> Path:
        """Return the folder of one province's tidy tables."""
        return self.data / "processed" / province

    def reports_of(self, province: str) -> Path:
        """Return the folder of one province's results and documents."""
        return self.reports / province


def checkout() -> Path | None:
    """Return the checkout that this package runs from, None for an installed copy."""
    root = Path(__file__).resolve().parents[3]
    return root if (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir() else None


def project_root(data: str = DEFAULT_DATA) -> Path:
    """Return the nearest parent of the working directory that holds ``<data>/raw``, else the checkout.

    Raises
    ------
    StudyError
        If neither exists; the message names the option.
    """
    here = Path.cwd()
    candidates = [here, *here.parents]
    package = checkout()
    if package is not None:
        candidates.append(package)
    for candidate in candidates:
        if (candidate / data / "raw").is_dir():
            return candidate
    raise StudyError(
        f"no folder {data}/raw in {here} or above it. Change into the project's folder, or name the folder that "
        'holds "raw": --data DIR on the command line, data_dir in a notebook.'
    )


def find_folders(data: str | Path = DEFAULT_DATA, reports: str | Path = DEFAULT_REPORTS) -> Folders:
    """Return the data and reports folders.

    The default names are looked for in the project root; any other relative path starts at the working
    directory. The reports folder need not exist yet.

    Raises
    ------
    StudyError
        If the data folder holds no folder ``raw``.
    """
    is_default = str(data) == DEFAULT_DATA
    data_folder = project_root() / DEFAULT_DATA if is_default else Path(data).expanduser().resolve()
    if not (data_folder / "raw").is_dir():
        raise StudyError(
            f'{data_folder} holds no folder "raw" with one folder per province. Name the right folder: '
            "--data DIR on the command line, data_dir in a notebook."
        )
    if str(reports) == DEFAULT_REPORTS:
        return Folders(data_folder, data_folder.parent / DEFAULT_REPORTS)
    return Folders(data_folder, Path(reports).expanduser().resolve())


def province_folders(folders: Folders) -> list[str]:
    """Return the names of all folders under ``raw`` in alphabetical order; hidden ones are left out."""
    return sorted(path.name for path in folders.raw.iterdir() if path.is_dir() and not path.name.startswith("."))
