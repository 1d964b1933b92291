"""Form programs, described as data: what they print around the questions and people of an export."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from analysis.cleaning.reading.sheet import cell_text
from analysis.study.regions import compared

_MARK_SHARE = 0.5  # of the filled cells, for a row to be the program's


@dataclass(frozen=True, slots=True)
class Services:
    """What all known form programs print, joined: words and marks of service rows, headers, texts around questions."""

    subheaders: frozenset[str]
    marks: tuple[str, ...]
    submission: frozenset[str]
    around: tuple[re.Pattern[str], ...]
    beside: tuple[re.Pattern[str], ...]


@cache
def load_services() -> Services:
    """Return the form programs that the package knows."""
    content = tomllib.loads((files("analysis.cleaning.tables") / "services.toml").read_text(encoding="utf-8"))
    entries = list(content["service"].values())

    def words(key: str) -> frozenset[str]:
        return frozenset(compared(word) for entry in entries for word in entry.get(key, []))

    def patterns(*keys: str) -> tuple[re.Pattern[str], ...]:
        found = [str(pattern) for entry in entries for key in keys for pattern in entry.get(key, [])]
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in found)

    return Services(
        subheaders=words("subheaders"),
        marks=tuple(str(mark) for entry in entries for mark in entry.get("marks", [])),
        submission=words("submission"),
        around=patterns("before", "after"),
        beside=patterns("beside"),
    )


def is_service_row(values: Sequence[object]) -> bool:
    """Tell whether the filled cells of a row below a header are those of a form program, not of a form."""
    services = load_services()
    texts = [cell_text(value).casefold() for value in values]
    marked = sum(text.startswith(services.marks) for text in texts)
    if marked and marked >= _MARK_SHARE * len(texts):
        return True
    return bool(texts) and all(map(is_subheader, texts))


def is_subheader(text: str) -> bool:
    """Tell whether a cell holds a form program's word below a header ("Response"), which stands for no column."""
    return compared(text) in load_services().subheaders


def is_beside_question(label: str) -> bool:
    """Tell whether a column holds a form program's points or feedback on the question that its header names."""
    return any(pattern.search(label) for pattern in load_services().beside)


def question_in(label: str) -> str:
    """Return a header without what a form program prints before or after the question."""
    for pattern in load_services().around:
        label = pattern.sub("", label)
    return label.strip()
