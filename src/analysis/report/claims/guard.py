"""One failing part of a report takes no other with it: it is left out, its place says so, and the run is told.

A part is a section of text, a table, a figure, a sheet, a document, or something that several of them ask for (the
findings, say): whoever asks for what failed fails too, so that nothing is said without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn, TypeVar

from analysis.errors import ConversionError, OutputError, ParameterError

Made = TypeVar("Made")

_PACKAGE = Path(__file__).parents[2]
_FRAMES = 3  # the innermost places of an error that are worth noting


class Part(StrEnum):
    """What can fail alone."""

    SECTION = "section"
    TABLE = "table"
    FIGURE = "figure"
    SHEET = "sheet"
    DOCUMENT = "document"
    BASIS = "basis"  # what sections, tables or figures ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFailure:
    """A part that could not be made: the kind of its error and where it arose, never what the data held."""

    part: Part
    name: str
    language: str
    error: str
    place: str

    def as_record(self) -> dict[str, str]:
        """Return the failure as JSON writes it."""
        return {name: str(value) for name, value in asdict(self).items()}


class LostPartError(ParameterError):
    """Something that failed before was asked for."""


class Lost:
    """Stands for something that could not be made: whoever reads from it gets :class:`LostPartError`."""

    def __init__(self, name: str) -> None:
        self._lost_name = name

    def _lost(self) -> NoReturn:
        raise LostPartError(f"{self._lost_name} could not be made")

    def __getattr__(self, name: str) -> NoReturn:
        self._lost()

    def __getitem__(self, key: object) -> NoReturn:
        self._lost()

    def __iter__(self) -> Iterator[Any]:
        self._lost()

    def __contains__(self, value: object) -> bool:
        self._lost()

    def __len__(self) -> int:
        self._lost()

    def __bool__(self) -> bool:
        self._lost()


@dataclass(slots=True)
class Guard:
    """Makes the parts of one report in one language, and notes those that fail.

    A strict guard lets every error through: for tests of templates, and for whoever makes one table.
    """

    language: str
    is_strict: bool = False
    failures: list[PartFailure] = field(default_factory=list)

    def attempt(self, part: Part, name: str, make: Callable[[], Made], otherwise: Made) -> Made:
        """Return what ``make`` makes, or ``otherwise`` where it fails; a file held open elsewhere ends the report."""
        try:
            return make()
        except Exception as error:
            is_held_open = isinstance(error, OutputError) and not isinstance(error, ConversionError)
            if self.is_strict or is_held_open:
                raise
            self.note(part, name, error)
            return otherwise

    def basis(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what several parts ask for, or what fails them all where it cannot be made."""
        return self.attempt(Part.BASIS, name, make, Lost(name))

    def note(self, part: Part, name: str, error: BaseException) -> None:
        """Note a failure once."""
        if name not in self.names(part):
            kind = type(error).__name__
            failure = PartFailure(part=part, name=name, language=self.language, error=kind, place=place_of(error))
            self.failures.append(failure)

    def names(self, part: Part) -> tuple[str, ...]:
        """Return the names of the parts of a kind that failed."""
        return tuple(failure.name for failure in self.failures if failure.part is part)

    def speaking(self, language: str) -> Guard:
        """Return a guard of another language that knows what failed in all of them."""
        return Guard(language, self.is_strict, [replace(failure, language=language) for failure in self.failures])

    def again(self) -> Guard:
        """Return a guard that knows what failed so far, for another pass over the same text."""
        return Guard(self.language, self.is_strict, list(self.failures))


def place_of(error: BaseException) -> str:
    """Return where an error arose, from the innermost place outwards: files of the package, lines, functions."""
    places = [place for frame in _frames(error.__traceback__) if (place := _place(frame)) is not None]
    return " < ".join(reversed(places[-_FRAMES:]))


def _frames(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(frame: TracebackType) -> str | None:
    code = frame.tb_frame.f_code
    path = Path(code.co_filename)
    template = frame.tb_frame.f_globals.get("__jinja_template__")
    if template is not None:
        return f"{path.name}:{template.get_corresponding_lineno(frame.tb_lineno)}"
    if path == Path(__file__) or not path.is_relative_to(_PACKAGE):
        return None
    return f"{path.relative_to(_PACKAGE).as_posix()}:{frame.tb_lineno} {code.co_name}"
