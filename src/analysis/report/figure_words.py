"""The words of figures: the catalogue of a language, behind the interface that figures ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.report.catalogue import catalogue
from analysis.report.formats import print_value
from analysis.report.subjects import capitalised, instrument_names, subject_in_words
from analysis.study.instrument import Instrument

_CONTEXT = "figure"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Messages, subjects and numbers of one language (see :class:`analysis.figures.style.Words`)."""

    language: str
    names: Mapping[str, str]

    def text(self, key: str, parts: Mapping[str, str] | None = None, /) -> str:
        """Return a message of the figures with its parts filled in."""
        return catalogue(self.language).filled(key, parts or {}, _CONTEXT)

    def subject(self, subject: str, /) -> str:
        """Return the subject of a result row in words, with a capital first."""
        return capitalised(subject_in_words(subject, self.language, dict(self.names)))

    def reason(self, code: str, /) -> str:
        """Return the reason code of a result in words."""
        return catalogue(self.language).text(code, "reason")

    def number(self, value: float, decimals: int, /) -> str:
        """Return a number with this many decimals."""
        return print_value(value, f"decimal{decimals}" if decimals else "count", self.language)

    def p_value(self, value: float, /) -> str:
        """Return a p-value such as "p = 0.020" or "p < 0.001", which stays in one line."""
        return print_value(value, "p", self.language).replace(" ", "\N{NO-BREAK SPACE}")


def figure_words(language: str, instrument: Instrument) -> FigureWords:
    """Return the words of figures about a study with this questionnaire."""
    return FigureWords(language, instrument_names(instrument, language))
