"""From the report's Markdown to a web page and a PDF, through pandoc and typst; no LaTeX, no browser."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.errors import ConversionError, OutputError
from analysis.report.claims.rendering import Rendered
from analysis.words.catalogue import catalogue

ASSETS = Path(__file__).with_name("assets")
# "smart" would change quotes and dashes, so that the printed text differs from the claim; a table whose
# source lines exceed the columns takes its column widths from the dashes of its second line.
_READER = "markdown-smart-tex_math_dollars-raw_tex-citations"
_COMMON = ("--columns=40", "--wrap=preserve")


@lru_cache
def pandoc_program() -> str:
    """Return the path of the pandoc that came with ``pypandoc_binary``.

    pypandoc's own search may prefer a pandoc of the system, which may be too old to know typst. Raises
    :class:`OutputError` if the package is there without its program.
    """
    import pypandoc

    folder = Path(pypandoc.__file__).with_name("files")
    found = [path for name in ("pandoc", "pandoc.exe") if (path := folder / name).is_file()]
    if not found:
        raise OutputError("pandoc is missing: install the package pypandoc_binary (not pypandoc alone).")
    return str(found[0])


def run_pandoc(markdown: str, target: str, folder: Path, arguments: Sequence[str] = (), epoch: int = 0) -> str:
    """Return what pandoc writes to its standard output; pictures are found in ``folder``.

    ``epoch`` (seconds) dates the file instead of the clock, so that equal content gives equal bytes.
    Raises :class:`ConversionError` with pandoc's own message when it fails.
    """
    command = [
        pandoc_program(),
        f"--from={_READER}",
        f"--to={target}",
        f"--lua-filter={ASSETS / 'filter.lua'}",
        f"--resource-path={folder}",
        *_COMMON,
        *arguments,
    ]
    done = subprocess.run(
        command,
        input=markdown.encode(),
        capture_output=True,
        cwd=folder,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
    )
    if done.returncode != 0:
        raise ConversionError(f"pandoc could not write {target}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


_STYLE = "report.typ"
# A row of one cell over all columns heads the rows below it.
_GROUP_ROW = re.compile(r"^    (table\.cell\(colspan: [0-9]+\)\[.*\]),$", re.MULTILINE)


def pdf_document(rendered: Rendered, pictures: Sequence[Path], *, simulated: bool, epoch: int = 0) -> bytes:
    """Return the report as a PDF on A4 with contents, bookmarks, and page numbers in words.

    Raises :class:`ConversionError` with typst's own message when it cannot set the text.
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
            raise ConversionError(f"typst could not set the PDF: {error}") from error


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


_PICTURE = re.compile(r'(?P<before><img\b[^>]*?\bsrc=")(?P<name>[\w-]+\.png)"')


def webpage(rendered: Rendered, folder: Path, *, simulated: bool, epoch: int = 0) -> str:
    """Return the report as one HTML page; ``folder`` holds its pictures.

    The page carries the language of the report, each claim as ``<data id value>``, a table of contents,
    and, for simulated data, a mark that stays in view and is printed on every page.
    """
    words = catalogue(rendered.language)
    variables = {
        "lang": rendered.language,
        "pagetitle": rendered.title,
        "stylesheet": (ASSETS / "style.css").read_text(encoding="utf-8"),
        "skip": words.text("skip to content"),
    }
    if simulated:
        variables["mark"] = words.text("simulated mark")
    arguments = ["--standalone", f"--template={ASSETS / 'page.html'}"]
    arguments += [f"--variable={name}={value}" for name, value in variables.items()]
    arguments.append(f"--metadata=pagetitle:{rendered.title}")
    return _with_pictures_inside(run_pandoc(rendered.markdown, "html5", folder, arguments, epoch), folder)


def _with_pictures_inside(page: str, folder: Path) -> str:
    """Replace the names of pictures by the pictures: pandoc's --embed-resources takes as long as all its other work."""

    def inside(found: re.Match[str]) -> str:
        content = base64.b64encode((folder / found["name"]).read_bytes()).decode()
        return f'{found["before"]}data:image/png;base64,{content}"'

    return _PICTURE.sub(inside, page)
