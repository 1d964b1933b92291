"""``narasi.md``: the office's own text of a report, under fixed headings, as plain paragraphs and lists.

The headings are Indonesian because the file is written by a provincial office; a heading without text is an
open template and stands for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

NARRATIVE_FILE = "narasi.md"
LARGEST_BYTES = 1_000_000  # a report's foreword has some thousands
LONGEST_LINE = 20_000  # characters: five pages in one paragraph
_HEADING = re.compile(r"#{1,6}(?!#)(.+)")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,2}[.)])\s+(.+)")
# What a report cannot carry over as it is: tables, pictures, markup of web pages, fenced blocks.
_NOT_PLAIN = ("|", "![", "<", "```", "~~~")
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")


class Part(StrEnum):
    """A part of the office's text, by the name that templates use."""

    FOREWORD = "foreword"
    BACKGROUND = "background"
    TEAM = "team"
    ACHIEVEMENTS = "achievements"
    SUSTAINABILITY = "sustainability"
    RECOMMENDATIONS = "recommendations"


HEADINGS: Mapping[str, Part] = MappingProxyType(
    {
        "kata pengantar": Part.FOREWORD,
        "latar belakang": Part.BACKGROUND,
        "tim": Part.TEAM,
        "keberhasilan": Part.ACHIEVEMENTS,
        "keberlanjutan": Part.SUSTAINABILITY,
        "rekomendasi": Part.RECOMMENDATIONS,
    }
)


class Flaw(StrEnum):
    """In what way a line of the file cannot be used."""

    NOT_TEXT = "not_text"
    TOO_LONG = "too_long"
    LINE_TOO_LONG = "line_too_long"
    HEADING_UNKNOWN = "heading_unknown"
    HEADING_TWICE = "heading_twice"
    TEXT_WITHOUT_HEADING = "text_without_heading"
    NOT_PLAIN = "not_plain"


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, or one item of a list."""

    text: str
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class FlawedLine:
    """A line (counted from 1) that was left out, and what it says where that is a heading."""

    flaw: Flaw
    line: int
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Narrative:
    """The office's text by part, in the order of the file, and the lines that were left out."""

    parts: Mapping[Part, tuple[Passage, ...]] = field(default_factory=dict)
    flaws: tuple[FlawedLine, ...] = ()


def load_narrative(folder: Path) -> Narrative:
    """Return the office's text of a province folder; empty where it has none. Faults are listed, none is raised."""
    path = folder / NARRATIVE_FILE
    if not path.is_file():
        return Narrative()
    with path.open("rb") as stream:
        content = stream.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        line = _first_long_line(content)
        return Narrative(flaws=(FlawedLine(Flaw.LINE_TOO_LONG if line else Flaw.TOO_LONG, line or 1),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Narrative(flaws=(FlawedLine(Flaw.NOT_TEXT, 1),))
    return read_narrative(text)


def _first_long_line(content: bytes) -> int | None:
    """Return the number of the first line that alone makes a text too long, None where none does."""
    lines = enumerate(content.splitlines(), start=1)
    return next((number for number, line in lines if len(line) > LONGEST_LINE), None)


def read_narrative(text: str) -> Narrative:
    """Return a text under the fixed headings as passages.

    Examples
    --------
    >>> read_narrative("# Tim\\n- Ani").parts[Part.TEAM]
    (Passage(text='Ani', is_item=True),)
    """
    reading = _Reading()
    for number, line in enumerate(text.splitlines(), start=1):
        reading.take(number, line.strip())
    parts = {part: tuple(one.passage() for one in written) for part, written in reading.parts.items() if written}
    return Narrative(parts, tuple(reading.flaws))


@dataclass(slots=True)
class _Written:
    """A passage that is being read, line by line."""

    lines: list[str]
    is_item: bool = False

    def passage(self) -> Passage:
        """Return the passage with its lines joined."""
        return Passage(" ".join(self.lines), self.is_item)


@dataclass(slots=True)
class _Reading:
    parts: dict[Part, list[_Written]] = field(default_factory=dict)
    flaws: list[FlawedLine] = field(default_factory=list)
    now: list[_Written] | None = None
    is_skipping: bool = False  # below a heading that is not used
    is_open: bool = False  # whether the next line goes on with the last passage

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        if len(line) > LONGEST_LINE:
            self.is_open = False
            self.flaws.append(FlawedLine(Flaw.LINE_TOO_LONG, number))
        elif heading := _heading(line):
            self._begin(number, heading)
        elif not line:
            self.is_open = False
        elif not self.is_skipping:
            self._words(number, line)

    def _begin(self, number: int, heading: str) -> None:
        part = HEADINGS.get(" ".join(heading.casefold().rstrip(":").split()))
        self.is_open, self.is_skipping, self.now = False, part is None or part in self.parts, None
        if part is None:
            self.flaws.append(FlawedLine(Flaw.HEADING_UNKNOWN, number, heading))
        elif self.is_skipping:
            self.flaws.append(FlawedLine(Flaw.HEADING_TWICE, number, heading))
        else:
            self.now = self.parts.setdefault(part, [])

    def _words(self, number: int, line: str) -> None:
        if self.now is None:
            self.is_skipping = True  # said once
            self.flaws.append(FlawedLine(Flaw.TEXT_WITHOUT_HEADING, number))
        elif line.startswith(_NOT_PLAIN):
            self.is_open = False
            self.flaws.append(FlawedLine(Flaw.NOT_PLAIN, number))
        elif item := _ITEM.fullmatch(line):
            self.now.append(_Written([_plain(item.group(1))], is_item=True))
            self.is_open = True
        elif self.is_open:
            self.now[-1].lines.append(_plain(line))
        else:
            self.now.append(_Written([_plain(line)]))
            self.is_open = True


def _heading(line: str) -> str:
    """Return the words of a heading, "" for a line that is none."""
    match = _HEADING.fullmatch(line)
    return match.group(1).strip().rstrip("#").rstrip() if match else ""


def _plain(line: str) -> str:
    """Return a line without marks of emphasis; the report sets its own type."""
    return _EMPHASIS.sub("", line)
