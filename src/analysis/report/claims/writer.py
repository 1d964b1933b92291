"""What a report template can say: the functions that print numbers, tables and figures as claims."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.errors import ParameterError
from analysis.evaluation.findings import Finding
from analysis.report.claims.claim import Claims, Kind, Printed, content_hash, escape_markdown, row_key, without_claims
from analysis.report.claims.guard import Guard, Part
from analysis.report.claims.numbering import Numbering
from analysis.report.claims.selection import BOUND_BELOW, P_BELOW, RAW_P_BELOW, Choice, ResultRows, selected_findings
from analysis.report.claims.tables import ReportTable, escape_anchor, markdown_table
from analysis.report.content.subjects import subject_in_words
from analysis.stats.assumptions import Condition, parse
from analysis.words.catalogue import Catalogue, catalogue

_MOST_DECIMALS = 4
_P_FIELDS = {"p": ("p_value", "p_low", "p_high"), "p_adjusted": ("p_adjusted", "", "")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture by name: its PNG file, the hash of its pixels, the hash of the data it shows."""

    name: str
    path: Path
    pixel_hash: str
    data_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What one document is made of: the results table, tables and figures by name, and facts of the study.

    ``facts`` are the study's own words, dates and numbers (province, batches, settings) for templates;
    numbers among them are printed by ``label``. ``names`` are the words of its items and aspects. ``findings`` are all
    that box, summary, conclusions and advice may say. ``simulated`` sets the mark on every page and sheet.
    ``failed_notebooks`` ended with an error: what they ask has no answer in the results.
    """

    results: pd.DataFrame
    tables: Mapping[str, ReportTable] = field(default_factory=dict)
    figures: Mapping[str, Figure] = field(default_factory=dict)
    facts: Any = None
    names: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    simulated: bool = False
    failed_notebooks: tuple[str, ...] = ()


@dataclass(slots=True)
class Writer:
    """The functions of one rendering pass; each public method is a function of the templates."""

    material: Material
    result_rows: ResultRows
    language: str
    claims: Claims
    numbering: Numbering
    guard: Guard
    alt_texts: dict[str, str] = field(default_factory=dict)
    tables_used: list[str] = field(default_factory=list)
    title_text: str = ""

    # rows -----------------------------------------------------------------------------------------

    def pick(
        self,
        analysis: str,
        subject: str | None = None,
        contrast: str | None = None,
        estimate_name: str | None = None,
        study: str | None = None,
        method: Choice = None,
    ) -> pd.Series:
        """Return the one result row that fits."""
        wanted = _wanted(analysis, subject, contrast, estimate_name, study) | {"method": method}
        return self.result_rows.single(wanted)

    def rows(
        self,
        analysis: str,
        subject: Choice = None,
        contrast: Choice = None,
        estimate_name: Choice = None,
        verdict: Choice = None,
        status: Choice = None,
        reason: Choice = None,
        method: Choice = None,
        within: Mapping[str, str] | None = None,
    ) -> list[pd.Series]:
        """Return all result rows that fit, in the order of the results table; ``within`` asks for further columns."""
        wanted = _wanted(analysis, subject, contrast, estimate_name, None) | dict(within or {})
        wanted |= {"verdict": verdict, "status": status, "reason": reason, "method": method}
        return self.result_rows.selected(wanted)

    # numbers --------------------------------------------------------------------------------------

    def num(self, row: pd.Series, column: str, format_name: str) -> Printed:
        """Print one number of a result row."""
        value = row[column]
        if pd.isna(value):
            raise ParameterError(f"The result {row_key(row)} has no {column}; say in words why (its reason).")
        return self._state_row(row, (column,), _scalar(value), format_name)

    def between(self, row: pd.Series, column: str, format_name: str) -> Markup:
        """Print the limits of a column: ``estimate_low``/``estimate_high`` for "estimate", alike for p and effect."""
        fields = (f"{column}_low", f"{column}_high")
        if any(pd.isna(row[name]) for name in fields):
            raise ParameterError(f"The result {row_key(row)} has no limits for {column}: say in words why.")
        return self._state_row(row, fields, tuple(_scalar(row[name]) for name in fields), format_name)

    def p(self, row: pd.Series, column: str = "p") -> Markup:
        """Print "p = 0,020", or the range of a bounded p; ``column`` "p_adjusted" prints the adjusted value."""
        value, low, high = _P_FIELDS[column]
        if pd.notna(row[value]):
            return self.num(row, value, "p")
        if low and pd.notna(row[high]):
            return self._state_row(row, (low, high), (_scalar(row[low]), _scalar(row[high])), "p_range")
        raise ParameterError(f"The result {row_key(row)} has no {column}; say in words why (its reason).")

    def tally(
        self,
        analysis: Choice = None,
        subject: Choice = None,
        contrast: Choice = None,
        estimate_name: Choice = None,
        verdict: Choice = None,
        status: Choice = None,
        reason: Choice = None,
        method: Choice = None,
        p_below: float | None = None,
        raw_p_below: float | None = None,
        bound_below: float | None = None,
    ) -> Printed:
        """Print how many result rows fit; ``p_below`` counts those whose adjusted p-value lies below it,
        ``raw_p_below`` those whose p-value before adjustment does, ``bound_below`` those whose largest p does.
        """
        wanted = _wanted(analysis, subject, contrast, estimate_name, None)
        wanted |= {"verdict": verdict, "status": status, "reason": reason, "method": method}
        levels = {P_BELOW: p_below, RAW_P_BELOW: raw_p_below, BOUND_BELOW: bound_below}
        wanted |= {name: None if level is None else str(level) for name, level in levels.items()}
        tally = {name: choice for name, choice in wanted.items() if choice is not None}
        rows = self.result_rows.selected(wanted)
        digest = content_hash({str(place): self.result_rows.content_hash(row) for place, row in enumerate(rows)})
        return self.claims.state(len(rows), "count", kind=Kind.RESULT, source={"tally": tally}, data_hash=digest)

    # findings -------------------------------------------------------------------------------------

    def told(
        self,
        topic: Choice = None,
        verdict: Choice = None,
        place: Choice = None,
        contrast: Choice = None,
        grade: Choice = None,
    ) -> list[Finding]:
        """Return the findings that fit, in their order."""
        wanted = {"topic": topic, "verdict": verdict, "place": place, "contrast": contrast, "grade": grade}
        return selected_findings(self.material.findings, wanted)

    def row_of(self, finding: Finding, place: int = 0) -> pd.Series:
        """Return a result row that a finding rests on; the first is the one whose estimate it tells."""
        key = finding.rows[place]
        wanted = {name: value for name in key.__slots__ if (value := getattr(key, name)) is not None}
        return self.result_rows.single(wanted)

    def of(self, finding: Finding, column: str, format_name: str) -> Printed:
        """Print one number of a finding that no result row holds: its adjusted p, its smallest detectable."""
        value = getattr(finding, column)
        if value is None:
            raise ParameterError(f"The finding {finding.id} has no {column}: say in words why.")
        source = {"finding": finding.id, "columns": [column]}
        return self.claims.state(value, format_name, kind=Kind.RESULT, source=source)

    def told_count(
        self, topic: Choice = None, verdict: Choice = None, contrast: Choice = None, place: Choice = None
    ) -> Printed:
        """Print how many findings fit."""
        wanted = {"topic": topic, "verdict": verdict, "contrast": contrast, "place": place}
        asked = {name: choice for name, choice in wanted.items() if choice is not None}
        found = selected_findings(self.material.findings, asked)
        return self.claims.state(len(found), "count", kind=Kind.RESULT, source={"findings": asked})

    def reprint(self, printed: Printed, format_name: str) -> Printed:
        """Print a number in another format: a count of zero as "none", say."""
        return self.claims.restate(printed, format_name)

    def label(self, value: int | float | str | datetime.date | tuple[Any, Any], format_name: str = "plain") -> Markup:
        """Print a number that names a thing (batch, year, level) or a setting; text with digits, or a date."""
        if isinstance(value, str) and format_name == "plain":
            return self.claims.quote(value, kind=Kind.LABEL)
        return self.claims.state(value, format_name, kind=Kind.LABEL)

    def quoted(self, text: str) -> Markup:
        """Print another author's words; each number in them is a claim that is listed, not recomputed."""
        return self.claims.quote(text)

    # words ----------------------------------------------------------------------------------------

    def t(self, key: str, parts: Mapping[str, str] | None = None, context: str | None = None) -> Markup:
        """Print a message of the catalogue; ``parts`` fill its placeholders."""
        plain = {name: escaped(part) for name, part in (parts or {}).items()}
        return Markup(self._words.filled(key, plain, context))

    def code(self, context: str, value: str | StrEnum) -> Markup:
        """Print a code of a closed list in words."""
        return escape_markdown(self._words.text(str(value), context))

    def subject(self, row: pd.Series | Mapping[str, Any]) -> Markup:
        """Print what a result row is about (item, aspect, batch); digits in its words are labels."""
        names = dict(self.material.names) or None
        return self.claims.quote(subject_in_words(str(row["subject"]), self.language, names), kind=Kind.LABEL)

    def assumes(self, row: pd.Series) -> list[Markup]:
        """Return the conditions of a result in words, one each."""
        value = row["assumes"]
        return [self._condition(one) for one in parse(None if pd.isna(value) else str(value))]

    def _condition(self, condition: Condition) -> Markup:
        return Markup(self._words.condition(condition, lambda number: self.label(*_english_number(number))))

    # parts of the document ------------------------------------------------------------------------

    def title(self, caller: Callable[[], Markup]) -> Markup:
        """Print the title of the document (the body of the call block)."""
        body = " ".join(str(caller()).split())
        self.title_text = without_claims(body)
        return _block("title", "Title", body)

    def subtitle(self, caller: Callable[[], Markup]) -> Markup:
        """Print a line below the title (the body of the call block)."""
        return _block("subtitle", "Subtitle", " ".join(str(caller()).split()))

    def contents(self) -> Markup:
        """Print the table of contents."""
        return Markup(f"::: {{.contents}}\n[{self._words.text('contents')}]{{.contents-heading}}\n:::")

    def chapter(self, anchor: str) -> Markup:
        """Print the number of a chapter whose heading begins here."""
        return self.label(self.numbering.next_chapter(anchor))

    def section(self, anchor: str) -> Markup:
        """Print the number of a section whose heading begins here."""
        return self.label(self.numbering.next_section(anchor))

    def annex(self) -> Markup:
        """Count chapters by letters from here on; prints nothing."""
        self.numbering.start_annex()
        return Markup("")

    def ref(self, kind: str, name: str) -> Markup:
        """Print a linked reference, "Tabel 4.1": ``kind`` is table, figure, chapter or section."""
        known = self.numbering.of(name)
        if known is None:
            return Markup(self._words.text("part that failed", "caption"))
        number = self.label(known)
        return Markup(f"[{self._words.text(kind, 'caption')}\N{NO-BREAK SPACE}{number}](#{escape_anchor(name)})")

    def table(self, name: str, caller: Callable[[], Markup]) -> Markup:
        """Print a table of the material; the body of the call block is its caption."""
        if name not in self.tables:
            raise ParameterError(f"There is no table {name!r}; there are: {', '.join(sorted(self.tables))}.")
        caption = self._caption("table", name, caller)
        table = self.guard.attempt(
            Part.TABLE, name, lambda: markdown_table(self.material.tables[name], self.claims, caption), None
        )
        if table is None:
            return self._failed(name, caption)
        self.tables_used.append(name)
        return Markup(f"\n\n{table}\n\n{self._source_note()}\n\n")

    def figure(self, name: str, alt: Markup | str, caller: Callable[[], Markup]) -> Markup:
        """Print a figure of the material; ``alt`` describes it for who cannot see it, the call block is its caption."""
        if name not in self.figures:
            raise ParameterError(f"There is no figure {name!r}; there are: {', '.join(sorted(self.figures))}.")
        description = without_claims(escaped(alt)).strip()
        if not description:
            raise ParameterError(f"Figure {name!r} needs a description (alt) for readers who cannot see it.")
        caption = self._caption("figure", name, caller)
        if name not in self.material.figures:
            return self._failed(name, caption)
        self.alt_texts[name] = description
        quoted = description.replace("\\", "\\\\").replace('"', '\\"')
        target = self.material.figures[name].path.name
        picture = f'![{caption}](<{target}>){{#{escape_anchor(name)} alt="{quoted}" width="100%"}}'
        return Markup(f"\n\n{picture}\n\n{self._source_note()}\n\n")

    # parts that fail ------------------------------------------------------------------------------

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the names of the tables, also of those that failed: each has its place."""
        return tuple(dict.fromkeys((*self.material.tables, *self.guard.names(Part.TABLE))))

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the names of the figures, also of those that failed."""
        return tuple(dict.fromkeys((*self.material.figures, *self.guard.names(Part.FIGURE))))

    def guarded(self, name: str, caller: Callable[[], Markup]) -> Markup:
        """Print a section (the body of the call block), or that it failed."""
        before = self.numbering.place(), dict(self.alt_texts), list(self.tables_used)
        made = self.guard.attempt(Part.SECTION, name, lambda: Markup(caller()), None)
        if made is not None:
            return made
        numbering, self.alt_texts, self.tables_used = before
        self.numbering.go_back(numbering)
        return self.untitled() if name == "title" else Markup(f"\n\n{self._words.text('part failed')}\n\n")

    def untitled(self) -> Markup:
        """Print the title of a document whose own title failed."""
        self.title_text = self._words.text("untitled")
        return _block("title", "Title", self.title_text)

    def notice(self) -> Markup:
        """Print how many parts failed and which notebooks have no results; nothing where all is well."""
        failed = [each for each in self.guard.failures if each.part not in (Part.BASIS, Part.SHEET, Part.DOCUMENT)]
        said = []
        if self.material.failed_notebooks:
            names = ", ".join(self.label(name) for name in self.material.failed_notebooks)
            said.append(self._words.filled("notebooks failed", {"names": names}))
        if failed:
            said.append(self._words.filled("parts failed", {"count": self.label(len(failed))}))
        return _block("box", "Box", "\n\n".join(said)) if said else Markup("")

    def _failed(self, name: str, caption: Markup) -> Markup:
        """Print the caption of a table or figure that failed, which references point at, and that it did."""
        anchor, sentence = escape_anchor(name), self._words.text("part failed")
        return Markup(f"\n\n::: {{#{anchor}}}\n**{caption}**\n\n{sentence}\n:::\n\n")

    def _caption(self, kind: str, name: str, caller: Callable[[], Markup]) -> Markup:
        number = self.label(self.numbering.next_caption(kind, name))
        body = " ".join(str(caller()).split())
        return Markup(f"{self._words.text(kind, 'caption')}\N{NO-BREAK SPACE}{number} {body}")

    def _source_note(self) -> Markup:
        return _block("source", "Source Note", self._words.text("source note"))

    # helpers --------------------------------------------------------------------------------------

    @property
    def _words(self) -> Catalogue:
        return catalogue(self.language)

    def _state_row(self, row: pd.Series, fields: tuple[str, ...], value: Any, format_name: str) -> Printed:
        source = {**row_key(row), "columns": list(fields)}
        digest = self.result_rows.content_hash(row)
        return self.claims.state(value, format_name, kind=Kind.RESULT, source=source, data_hash=digest)


def _wanted(
    analysis: Choice, subject: Choice, contrast: Choice, estimate_name: Choice, study: Choice
) -> dict[str, Choice]:
    return {
        "analysis": analysis,
        "subject": subject,
        "contrast": contrast,
        "estimate_name": estimate_name,
        "study": study,
    }


def _block(name: str, style: str, body: str) -> Markup:
    return Markup(f'::: {{.{name} custom-style="{style}"}}\n{body}\n:::')


def _scalar(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def escaped(part: Markup | str) -> str:
    if isinstance(part, Markup):
        return str(part)
    if any(letter.isdigit() for letter in part):
        raise ParameterError(f"The text {part!r} holds a digit that is no claim: print it by num, label or quoted.")
    return str(escape_markdown(part))


def _english_number(text: str) -> tuple[int | float, str]:
    """Return the number that a condition states in English, and the format that prints as many decimals."""
    decimals = -int(Decimal(text).normalize().as_tuple().exponent)
    return (float(text), f"decimal{min(decimals, _MOST_DECIMALS)}") if decimals > 0 else (int(float(text)), "count")
