"""Numbers of chapters, sections, tables and figures, given by hand so that all formats agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from analysis.errors import ParameterError

_KINDS = ("table", "figure")


@dataclass(slots=True)
class Numbering:
    """Counts while a template renders; ``known`` holds the numbers of the pass before, for references ahead.

    ``is_whole`` is False where parts of the document failed in the pass before: what is unknown stood in one of them.
    """

    known: Mapping[str, str] = field(default_factory=dict)
    is_whole: bool = True
    given: dict[str, str] = field(default_factory=dict)
    chapter: int = 0
    section: int = 0
    captions: dict[str, int] = field(default_factory=dict)
    annex: bool = False

    def next_chapter(self, anchor: str) -> str:
        """Return the number of a new chapter, "4", or "A" within the annex."""
        self.chapter, self.section, self.captions = self.chapter + 1, 0, {}
        return self._give(anchor, self._chapter_number())

    def next_section(self, anchor: str) -> str:
        """Return the number of a new section, "4.1"."""
        self.section += 1
        return self._give(anchor, f"{self._chapter_number()}.{self.section}")

    def next_caption(self, kind: str, anchor: str) -> str:
        """Return the number of the next table or figure of this chapter, "4.1"."""
        if kind not in _KINDS:
            raise ParameterError(f"Only {' and '.join(_KINDS)} have captions, not {kind!r}.")
        self.captions[kind] = self.captions.get(kind, 0) + 1
        return self._give(anchor, f"{self._chapter_number()}.{self.captions[kind]}")

    def start_annex(self) -> None:
        """Count chapters by letters from here on."""
        self.chapter, self.section, self.annex = 0, 0, True

    def of(self, anchor: str) -> str | None:
        """Return the number of a chapter, section, table or figure, also of one that comes later.

        None for one in a part that failed.
        """
        if anchor in self.given:
            return self.given[anchor]
        if not self.known:
            return "?"  # the first of two passes: every number is known in the second
        if anchor not in self.known and not self.is_whole:
            return None
        if anchor not in self.known:
            raise ParameterError(f"The text refers to {anchor!r}, which it does not contain.")
        return self.known[anchor]

    def place(self) -> Numbering:
        """Return the counts as they stand, to go back to."""
        return replace(self, given=dict(self.given), captions=dict(self.captions))

    def go_back(self, place: Numbering) -> None:
        """Forget what was counted since a place."""
        self.given, self.captions = place.given, place.captions
        self.chapter, self.section, self.annex = place.chapter, place.section, place.annex

    def _chapter_number(self) -> str:
        return chr(ord("A") + self.chapter - 1) if self.annex else str(self.chapter)

    def _give(self, anchor: str, number: str) -> str:
        if anchor in self.given:
            raise ParameterError(f"The name {anchor!r} is used twice in one document.")
        self.given[anchor] = number
        return number
