"""From a template to Markdown and its claims: Jinja2 that refuses to print a number which is no claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Undefined, select_autoescape
from markupsafe import Markup

from analysis.errors import ParameterError
from analysis.report.claims.claim import Claim, Claims
from analysis.report.claims.numbering import Numbering
from analysis.report.claims.selection import ResultRows
from analysis.report.claims.writer import Material, Writer, escaped
from analysis.report.documents.writing import sha256

_FUNCTIONS = (
    "pick", "rows", "num", "between", "p", "tally", "reprint", "label", "quoted", "t", "code", "subject", "assumes",
    "told", "row_of", "of", "told_count", "chapter", "section", "annex", "ref", "title", "subtitle", "contents",
    "table", "figure",
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\n]+")  # a non-breaking blank stays
TEMPLATES = Path(__file__).parents[1] / "content" / "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A document as Markdown, its claims in reading order, descriptions of its figures, tables it prints.

    ``claims_before_contents`` counts the claims above the table of contents, None without one.
    """

    language: str
    title: str
    markdown: str
    claims: tuple[Claim, ...]
    alt_texts: dict[str, str] = field(default_factory=dict)
    tables_used: tuple[str, ...] = ()
    claims_before_contents: int | None = None


def render(template: str, material: Material, language: str, templates: Path = TEMPLATES) -> Rendered:
    """Render ``templates/<template>`` with the material, in the sentences of ``templates/<language>``.

    Rendered twice: the first pass finds the numbers of chapters, tables and figures that the second refers to.
    Raises :class:`ParameterError` for an expression that prints a bare number or text with a digit.
    """
    numbers: dict[str, str] = {}
    result_rows = ResultRows(material.results)
    for _ in range(2):
        writer = Writer(material, result_rows, language, Claims(language), Numbering(known=numbers))
        functions = {name: getattr(writer, name) for name in _FUNCTIONS}
        page = _environment(templates, language).get_template(template)
        given = {
            "facts": material.facts,
            "tables": tuple(material.tables),
            "figures": tuple(material.figures),
            "simulated": material.simulated,
        }
        markdown = page.render({**functions, **given})
        numbers = writer.numbering.given
    text, claims = writer.claims.finish(markdown)
    return Rendered(
        language=language,
        title=writer.title_text,
        markdown=text,
        claims=claims,
        alt_texts=writer.alt_texts,
        tables_used=tuple(writer.tables_used),
        claims_before_contents=_claims_before_contents(text),
    )


def _claims_before_contents(markdown: str) -> int | None:
    before, found, _ = markdown.partition("::: {.contents}")
    return before.count(" .claim") if found else None


def _flowing(text: str) -> Markup:
    """Return text without line ends, so that sentences chosen one by one stay in one paragraph, with a blank after."""
    flowing = _BLANKS.sub(" ", text).strip(" ")
    return Markup(f"{flowing} " if flowing else "")


@lru_cache
def _environment(templates: Path, language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader([templates / language, templates]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(default=True, default_for_string=True),
        finalize=_printable,
        bytecode_cache=_compiled_templates(),
        comment_start_string="<#",  # pandoc writes anchors as {#name}
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["flow"] = _flowing
    return environment


def _compiled_templates() -> FileSystemBytecodeCache:
    """Return where compiled templates are kept for the next process, under the options that this module sets."""
    return FileSystemBytecodeCache(pattern=f"dampak_{sha256(Path(__file__).read_bytes())[:16]}_%s.cache")


def _printable(value: Any) -> Any:
    """Let Markdown of the functions pass, escape other words, refuse numbers."""
    if isinstance(value, Markup | Undefined):
        return value
    if isinstance(value, str):
        return Markup(escaped(value))
    raise ParameterError(f"A template prints {value!r} as it is: print it by num, label or quoted.")
