"""What documents are called: after the study, its year and what they are, so that a name alone says what was sent.

``lampung-2023-laporan.pdf``, ``lampung-2023-report.pdf``, ``nasional-2023-laporan.pdf``: the words of each language
stand in its catalogue under the context ``file``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from analysis.errors import ParameterError
from analysis.evaluation.national import NATION
from analysis.words.catalogue import catalogue
from analysis.words.languages import languages

REPORT = "report"
# Each kind of document, by the key of its word in the catalogues, and the formats that it is written in.
DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    REPORT: ("html", "docx", "pdf", "xlsx"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the documents of a folder are about: the folder of the study, or ``national``, and the years of its data."""

    folder: str
    years: frozenset[int]

    def file_name(self, language: str, suffix: str, kind: str = REPORT) -> str:
        """Return the name of a document: ``lampung-2023-laporan.html``.

        The year is left out where the folder's name ends with it, and where a nation's studies have several.
        """
        place = _place(self.folder, language)
        year = str(next(iter(self.years))) if len(self.years) == 1 else ""
        parts = (place, "" if place.endswith(year) else year, catalogue(language).text(kind, "file"))
        return f"{'-'.join(filter(None, parts))}.{suffix}"

    def file_names(self) -> frozenset[str]:
        """Return the names of all documents that the study can have now, in all languages and formats.

        Raises ParameterError where two languages call their documents alike, one of which would replace the other.
        """
        names = [
            self.file_name(language, suffix, kind)
            for language, (kind, suffixes) in product(languages(), DOCUMENTS.items())
            for suffix in suffixes
        ]
        if len(set(names)) < len(names):
            twin = next(name for name in names if names.count(name) > 1)
            raise ParameterError(
                f"Two documents would be called {twin}: give each its own word in the catalogues "
                f"{', '.join(languages())}, msgctxt 'file'."
            )
        return frozenset(names)


def documents_in(folder: Path, study: str) -> Iterator[Path]:
    """Yield the files in a folder whose names are those of a study's documents, whatever year they name.

    A document that names no study (nothing but the word for a report) counts too: it was written before documents did.
    """
    names = "|".join(
        rf"(?:{re.escape(_place(study, language))}(?:-\d{{4}})?-)?{re.escape(catalogue(language).text(kind, 'file'))}"
        rf"\.(?:{'|'.join(suffixes)})"
        for language, (kind, suffixes) in product(languages(), DOCUMENTS.items())
    )
    return (path for path in sorted(folder.iterdir()) if re.fullmatch(names, path.name))


def _place(folder: str, language: str) -> str:
    return catalogue(language).text("nation", "file") if folder == NATION else folder
