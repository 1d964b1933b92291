"""HTML: one file that works without a network, with its pictures inside."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from analysis.report.catalogue import catalogue
from analysis.report.pandoc import ASSETS, run_pandoc
from analysis.report.rendering import Rendered

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
