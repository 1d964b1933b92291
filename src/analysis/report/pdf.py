"""PDF: pandoc's typst body in the project's typst style; no LaTeX, no browser."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import OutputError
from analysis.report.catalogue import catalogue
from analysis.report.pandoc import ASSETS, run_pandoc
from analysis.report.rendering import Rendered

_STYLE = "report.typ"
# A row of one cell over all columns heads the rows below it.
_GROUP_ROW = re.compile(r"^    (table\.cell\(colspan: [0-9]+\)\[.*\]),$", re.MULTILINE)


def pdf_document(rendered: Rendered, pictures: Sequence[Path], *, simulated: bool, epoch: int = 0) -> bytes:
    """Return the report as a PDF on A4 with contents, bookmarks, and page numbers in words.

    Raises :class:`OutputError` with typst's own message when it cannot set the text.
    """
    import matplotlib
    import typst

    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for picture in pictures:
            shutil.copyfile(picture, folder / picture.name)
        shutil.copyfile(ASSETS / _STYLE, folder / _STYLE)
        body = _with_group_headings(run_pandoc(rendered.markdown, "typst", folder, epoch=epoch))
        main = folder / "main.typ"
        main.write_text(_preamble(rendered, simulated) + body, encoding="utf-8")
        # matplotlib's DejaVu Sans stands in for the signs that typst's own Libertinus lacks.
        fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
        try:
            return bytes(typst.compile(str(main), root=scratch, font_paths=[str(fonts)], ignore_system_fonts=True))
        except typst.TypstError as error:
            raise OutputError(f"typst could not set the PDF: {error}") from error


def _with_group_headings(body: str) -> str:
    """Return the typst body with its group rows as headings of second level, which never end a page."""
    return _GROUP_ROW.sub(r"    table.header(level: 2, repeat: false, \1),", body)


def _preamble(rendered: Rendered, simulated: bool) -> str:
    words = catalogue(rendered.language)
    options = {
        "title": rendered.title,
        "language": rendered.language,
        "page-word": words.text("page", "footer"),
        "of-word": words.text("of", "footer"),
    }
    if simulated:
        options["mark"] = words.text("simulated mark")
    # A JSON string is a typst string as long as it holds no \u escape.
    given = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in options.items())
    names = (
        "report, boxed, source-note, short-table, lead-in, small-print, report-title, report-subtitle, contents, "
        "horizontalrule"
    )
    return f'#import "{_STYLE}": {names}\n#show: report.with({given})\n\n'
