"""From a template to Markdown and its claims: Jinja2 that refuses to print a number which is no claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Undefined, select_autoescape
from markupsafe import Markup

from analysis.errors import ParameterError
from analysis.report.claims import sectioning
from analysis.report.claims.claim import Claim, Claims
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.numbering import Numbering
from analysis.report.claims.sectioning import GUARDED, SectionedTemplates
from analysis.report.claims.selection import ResultRows
from analysis.report.claims.writer import Material, Writer, escaped
from analysis.report.documents.writing import sha256

_FUNCTIONS = (
    "pick", "rows", "num", "between", "p", "tally", "reprint", "label", "quoted", "t", "code", "subject", "assumes",
    "told", "row_of", "of", "told_count", "chapter", "section", "annex", "ref", "title", "subtitle", "contents",
    "table", "figure",
)  # fmt: skip
_BLANKS = re.compile(r"[ \t\n]+")  # a non-breaking blank stays
_CONTENTS = "::: {.contents}"
_MOST_PASSES = 5  # two, where nothing fails
TEMPLATES = Path(__file__).parents[1] / "content" / "templates"


# What decides how templates are compiled.
_OPTIONS = b"".join(Path(file).read_bytes() for file in (__file__, sectioning.__file__))


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


def render(
    template: str, material: Material, language: str, templates: Path = TEMPLATES, guard: Guard | None = None
) -> Rendered:
    """Render ``templates/<template>`` with the material, in the sentences of ``templates/<language>``.

    Rendered until the numbers of chapters, tables and figures hold: the second pass refers to those that the first
    finds. ``guard`` leaves out sections that fail, and notes them; without one the first error is raised.
    Raises :class:`ParameterError` for an expression that prints a bare number or text with a digit.
    """
    guard = guard or Guard(language, is_strict=True)
    before, numbering = guard.again(), Numbering()
    result_rows = ResultRows(material.results)
    for _ in range(_MOST_PASSES):
        own = guard.again()
        following = Numbering(known=numbering.given, is_whole=not before.failures)
        writer = Writer(material, result_rows, language, Claims(language), following, own)
        fill = partial(_filled, template, templates, language, writer)
        markdown = own.attempt(Part.SECTION, "report", fill, None)
        is_settled = following.given == numbering.given and own.failures == before.failures
        before, numbering = own, following
        if is_settled:
            break
    guard.failures[:] = before.failures
    if markdown is None:
        markdown = f"{writer.untitled()}\n"
    text, claims = writer.claims.finish(_with_notice(markdown, writer.notice()))
    return Rendered(
        language=language,
        title=writer.title_text,
        markdown=text,
        claims=claims,
        alt_texts=writer.alt_texts,
        tables_used=tuple(writer.tables_used),
        claims_before_contents=_claims_before_contents(text),
    )


def _filled(template: str, templates: Path, language: str, writer: Writer) -> str:
    return _environment(templates, language).get_template(template).render(_given(writer))


def _given(writer: Writer) -> dict[str, Any]:
    """Return the names that templates know: the functions of the writer, and what they ask about the material."""
    functions = {name: getattr(writer, name) for name in (*_FUNCTIONS, GUARDED)}
    material = writer.material
    return {
        **functions,
        "facts": material.facts,
        "tables": writer.tables,
        "figures": writer.figures,
        "simulated": material.simulated,
    }


def _with_notice(markdown: str, notice: str) -> str:
    """Return the document with a notice before its table of contents, at its end where it has none."""
    if not notice:
        return markdown
    if _CONTENTS not in markdown:
        return f"{markdown}\n\n{notice}\n"
    return markdown.replace(_CONTENTS, f"{notice}\n\n{_CONTENTS}", 1)


def _claims_before_contents(markdown: str) -> int | None:
    before, found, _ = markdown.partition(_CONTENTS)
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
    environment.code_generator_class = SectionedTemplates
    return environment


def _compiled_templates() -> FileSystemBytecodeCache:
    """Return where compiled templates are kept for the next process, under the options that this module sets."""
    return FileSystemBytecodeCache(pattern=f"dampak_{sha256(_OPTIONS)[:16]}_%s.cache")


def _printable(value: Any) -> Any:
    """Let Markdown of the functions pass, escape other words, refuse numbers."""
    if isinstance(value, Markup | Undefined):
        return value
    if isinstance(value, str):
        return Markup(escaped(value))
    raise ParameterError(f"A template prints {value!r} as it is: print it by num, label or quoted.")
