"""The languages that can be asked for: those with a folder of catalogues, found without reading any of them."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import ParameterError, suggestion

# Only names of folders are read here; their content belongs to the report.
CATALOGUES = Path(__file__).with_name("catalogues")
DEFAULT = "id"
ALL_LANGUAGES = "both"  # as the command says it, however many there are


def languages() -> tuple[str, ...]:
    """Return the codes of all languages, the default first, the others in alphabetical order."""
    names = sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())
    return (DEFAULT, *(name for name in names if name != DEFAULT))


def check_language(language: str) -> None:
    """Raise ParameterError, naming those there are, for a language without catalogues."""
    known = list(languages())
    if language not in known:
        hint = suggestion(str(language), known)
        raise ParameterError(f"language: found {language!r}{hint}; allowed: {', '.join(map(repr, known))}.")
