"""How a notebook shows a result: plain tables with fixed formats and small figures, alike on every machine.

A styled pandas table carries random identifiers, which a comparison of stored outputs would report as changes.
"""

from __future__ import annotations

import html
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import display
from matplotlib.axes import Axes

from analysis.errors import ParameterError
from analysis.evaluation.delivery.questions import NUMBERS as CARD_NUMBERS
from analysis.evaluation.outcome import Outcome
from analysis.figures.drawing import nothing_drawn, png_bytes, raster
from analysis.report.content.album import is_awaited, printed
from analysis.report.content.subjects import contrast_in_words, subject_in_words
from analysis.report.documents.problem_workbook import value_in_words
from analysis.stats.assumptions import parse
from analysis.stats.codes import EstimateName, Reason, Status, Unit
from analysis.words.catalogue import Catalogue, catalogue
from analysis.words.formats import print_value
from analysis.words.languages import DEFAULT

# More rows than this are counted, not shown: the whole table is in results.csv.
MOST_ROWS = 45
DASH = "\N{EN DASH}"

# Decimals of an estimate by its unit; what is not listed is printed with three.
_DECIMALS: Mapping[str, str] = {
    "people": "count", "villages": "count", "pairs": "count", "classes": "count", "items": "count",
    "test_points": "decimal1", "percent": "decimal1", "index_points": "decimal1", "share": "percent1",
    "test_share": "percent1", "plans": "count", "days": "decimal1",
}  # fmt: skip
# Counts whose unit does not say so.
_COUNTS = (EstimateName.TOTAL, EstimateName.FITTING_COMBINATIONS)
_MAY_STAND_ABOVE = (
    "training", "estimate_name", "unit", "method", "assumes", "sampling_unit", "n", "n_missing", "clusters",
)  # fmt: skip
# Cells up to this length are not broken into lines.
_SHORT = 22
_TRANSLATED = (
    "rule", "done", "remedy", "severity", "read_as", "reason", "sampling_unit", "analysis_test", "ties", "forms", "mix",
)  # fmt: skip
_P_VALUES = ("p_value", "p_adjusted")


@dataclass(frozen=True, slots=True)
class Screen:
    """What a notebook shows on: its language, and what was said already.

    ``speakers`` names, by the message about absent data, the thing that said it: when its cell runs again, it says it
    again. A screen that ``is_dark`` shows nothing: its notebook has said that it is for other data.
    """

    language: str = DEFAULT
    is_dark: bool = False
    speakers: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Catalogue:
        """Return the words of this screen's language."""
        return catalogue(self.language)

    def show(
        self,
        *things: Outcome | pd.DataFrame | Axes | list[Axes],
        subjects: Sequence[str] | None = None,
        quantities: Sequence[str] | None = None,
        units: Sequence[str] | None = None,
    ) -> None:
        """Show outcomes, tables or figures, one below the other; see :func:`analysis.notebook.session.show`."""
        if self.is_dark:
            _put_away(things)
            return
        wanted = _Wanted(subjects, quantities, units)
        has_answer = any(isinstance(thing, Outcome) for thing in things)
        self._say_what_is_absent([missing for thing in things for missing in _missing(thing)])
        unanswered = [thing.results for thing in things if isinstance(thing, Outcome) and is_unanswered(thing.results)]
        empty = [results for results in unanswered if kind_of(*_question(results)) is None]
        if empty:
            _display(*_outcome_rows(pd.concat(empty, ignore_index=True), self.words), self.words)
        for thing in things:
            if isinstance(thing, Outcome):
                if not is_unanswered(thing.results):
                    self._show_answered(thing.results, wanted)
            elif isinstance(thing, pd.DataFrame):
                # An answer without data has no supporting table either: the answer itself says why.
                if len(thing.columns):
                    _display(*_frame_rows(thing, self.words), self.words)
            else:
                ax = _first_axes(thing)
                # A figure that only says why there is nothing to draw is left out where an answer's rows say it.
                is_said = bool(_missing(thing)) or (has_answer and nothing_drawn(ax) is not None)
                close_figure(ax) if is_said else show_figure(ax)

    def say(self, text: str) -> None:
        """Show a sentence."""
        display({"text/html": _paragraph(text), "text/plain": text}, raw=True)  # type: ignore[no-untyped-call]

    def _show_answered(self, results: pd.DataFrame, wanted: _Wanted) -> None:
        chosen = results[wanted.of(results)]
        if len(chosen) or not len(results):
            _display(*_outcome_rows(chosen, self.words), self.words)
        else:
            self.say(wanted.fits_nothing(len(results), self.words))

    def _say_what_is_absent(self, missing: Sequence[tuple[str, str]]) -> None:
        said = [self.words.text(kind) for kind, thing in missing if self.speakers.setdefault(kind, thing) == thing]
        if said:
            self.say(" ".join(dict.fromkeys(said)))


def _put_away(things: Sequence[object]) -> None:
    """Close the figures among things that are not shown."""
    for thing in things:
        if isinstance(thing, Axes) or (isinstance(thing, list) and thing):
            close_figure(_first_axes(thing))


def _first_axes(thing: object) -> Axes:
    ax = thing[0] if isinstance(thing, list) and thing else thing
    if not isinstance(ax, Axes):
        raise ParameterError(f"show takes outcomes, tables and figures, not {type(thing).__name__}")
    return ax


def _question(results: pd.DataFrame) -> tuple[str, str]:
    """Return the analysis and the reason of an outcome that is a single row."""
    return str(results["analysis"].iloc[0]), str(results["reason"].iloc[0])


def _missing(thing: Outcome | pd.DataFrame | Axes | list[Axes]) -> list[tuple[str, str]]:
    """Return the kind of data that a thing misses, and the name of the thing; nothing where it misses none."""
    question = None
    if isinstance(thing, Outcome):
        question = _question(thing.results) if is_unanswered(thing.results) else None
    elif not isinstance(thing, pd.DataFrame):
        question = nothing_drawn(_first_axes(thing))
    if question is None:
        return []
    kind = kind_of(*question)
    # An answer and its figure are two: the figure below the answer does not say it again.
    return [(kind, f"{question[0]} {type(thing).__name__}")] if kind else []


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which rows of an outcome are shown; None shows all."""

    subjects: Sequence[str] | None
    quantities: Sequence[str] | None
    units: Sequence[str] | None

    def of(self, results: pd.DataFrame) -> pd.Series:
        """Return for each row whether it is shown."""
        kept = results["subject"].map(lambda subject: _is_wanted(str(subject), self.subjects)).astype(bool)
        for column, choice in (("estimate_name", self.quantities), ("sampling_unit", self.units)):
            if choice is not None:
                kept &= results[column].isin(list(choice)).fillna(False).astype(bool)
        return kept

    def fits_nothing(self, rows: int, words: Catalogue) -> str:
        """Return the sentence that none of an answer's rows is chosen, with what was asked for."""
        chosen = [_in_words(name.removesuffix("="), "subject", words) for name in self.subjects or ()]
        for names, context in ((self.quantities, "estimate_name"), (self.units, "sampling_unit")):
            chosen += [_in_words(name, context, words) for name in names or ()]
        parts = {"n": print_value(rows, "count", words.language), "chosen": ", ".join(chosen)}
        return words.filled("none of {n} rows is about {chosen}", parts)


def _in_words(name: str, context: str, words: Catalogue) -> str:
    return words.text(name, context) if words.has(name, context) else name


def _outcome_rows(results: pd.DataFrame, words: Catalogue) -> tuple[list[str], list[list[str]], list[str]]:
    """Return headings and cells of result rows, and what all rows share, which stands once above the table.

    Columns that are empty throughout are left out.
    """
    cells = [_cells(row, words) for row in results.to_dict("records")]
    # Several questions without data may have nothing to say but the same reason.
    cells = [row for place, row in enumerate(cells) if row["reason"] == DASH or row not in cells[:place]]
    used = [name for name in cells[0] if any(row[name] != DASH for row in cells)] if cells else []
    shared = [name for name in used if name in _MAY_STAND_ABOVE and len({row[name] for row in cells}) == 1]
    shared = shared if len(cells) > 1 else []
    above = [f"{words.text(name, 'column')}: {cells[0][name]}" for name in shared]
    below = [name for name in used if name not in shared]
    return [words.text(name, "column") for name in below], [[row[name] for name in below] for row in cells], above


def _is_wanted(subject: str, subjects: Sequence[str] | None) -> bool:
    if subjects is None:
        return True
    # What stands behind a bar says under which supposition: "total|n=288" is about the total too.
    return any(
        subject.startswith(wanted) if wanted.endswith("=") else subject == wanted or subject.startswith(f"{wanted}|")
        for wanted in subjects
    )


def _cells(row: Mapping[Hashable, Any], words: Catalogue) -> dict[str, str]:
    """Return the printed cells of one result row by column."""
    language = words.language
    is_count = str(row["estimate_name"]) in _COUNTS
    form = "count" if is_count else _DECIMALS.get(str(row["unit"]), "decimal3")
    is_mean = row["estimate_name"] in (EstimateName.LONGEST_RUN_MEAN, EstimateName.MEAN)
    if row["estimate_name"] == EstimateName.LONGEST_RUN_MEAN or (is_mean and form == "count"):  # of whole numbers
        form = "decimal1"
    if row["estimate_name"] == EstimateName.SMALLEST_ATTAINABLE_P:
        form = "p_cell"

    def number(column: str, name: str) -> str:
        value = row[column]
        return DASH if pd.isna(value) or value in (float("inf"), float("-inf")) else print_value(value, name, language)

    def code(column: str, context: str | None = None) -> str:
        return DASH if pd.isna(row[column]) else words.text(str(row[column]), context or column)

    estimate = number("estimate", form)
    if row["estimate_name"] == EstimateName.BREAKDOWN_ICC and not pd.isna(row["estimate"]) and row["estimate"] > 1:
        estimate = f"> {print_value(1, 'count', language)}"  # no correlation is that high: nothing undoes the result
    limits = [number("estimate_low", form), number("estimate_high", form)]
    p_limits = None if pd.isna(row["p_low"]) or pd.isna(row["p_high"]) else (row["p_low"], row["p_high"])
    return {
        "training": DASH if row["study"] != "national" else _training(row, words),
        "subject": subject_in_words(str(row["subject"]), language),
        "contrast": DASH if pd.isna(row["contrast"]) else contrast_in_words(str(row["contrast"]), language),
        "estimate_name": words.text(_estimate_key(row, words), "estimate_name"),
        # The same change has several sizes by what it is divided by.
        "effect": code("effect_name", "effect") if row["estimate_name"] == EstimateName.STANDARDISED_CHANGE else DASH,
        "estimate": estimate,
        "unit": code("unit") if row["unit"] != Unit.NONE and not pd.isna(row["estimate"]) else DASH,
        "limits": DASH if set(limits) <= {DASH, estimate} else f"{limits[0]} … {limits[1]}",
        "statistic": number("statistic", "decimal2"),
        "p_value": number("p_value", "p_cell"),
        "p_limits": DASH if p_limits is None else print_value(p_limits, "p_range_cell", language),
        "p_adjusted": number("p_adjusted", "p_cell"),
        "method": code("method") if row["status"] != Status.NOT_ESTIMABLE else DASH,
        "assumes": _chosen_conditions(row, words),
        "sampling_unit": code("sampling_unit"),
        "n": number("n", "count"),
        "n_missing": number("n_missing", "count"),
        "clusters": number("clusters", "count"),
        "breakdown_design_effect": number("breakdown_design_effect", "decimal2"),
        "verdict": code("verdict"),
        "reason": code("reason") if row["status"] != Status.BOUNDED else DASH,
    }


def _estimate_key(row: Mapping[Hashable, Any], words: Catalogue) -> str:
    """Return the key of an estimate's words: some are named after their sampling unit (correlation within villages)."""
    name, of_unit = str(row["estimate_name"]), f"{row['estimate_name']}|{row['sampling_unit']}"
    return of_unit if words.has(of_unit, "estimate_name") else name


def _chosen_conditions(row: Mapping[Hashable, Any], words: Catalogue) -> str:
    """Return the conditions with a number in them: without "rho = 0.7" two rows of one quantity look alike."""
    assumes = None if pd.isna(row["assumes"]) else str(row["assumes"])
    numbered = [condition for condition in parse(assumes) if any(map(str.isdigit, str(condition)))]
    return "; ".join(words.condition(one, lambda text: _printed_number(text, words)) for one in numbered) or DASH


def _printed_number(text: str, words: Catalogue) -> str:
    """Return a number of a condition (English, as the code writes it) in the language of the notebook."""
    decimals = len(text.partition(".")[2])
    return print_value(float(text.replace(",", "")), f"decimal{decimals}" if decimals else "count", words.language)


def _training(row: Mapping[Hashable, Any], words: Catalogue) -> str:
    """Return training and year of a national row, with the mark where it is simulated."""
    mark = f" ({words.text('simulated mark')})" if row["simulated"] else ""
    return f"{row['training']} {row['year']}{mark}"


def _frame_rows(frame: pd.DataFrame, words: Catalogue) -> tuple[list[str], list[list[str]], list[str]]:
    """Return headings and cells of a table; codes and messages that the catalogue knows are translated."""
    headings = [words.text(name, "column") if words.has(name, "column") else str(name) for name in frame.columns]
    rows = []
    for record in frame.to_dict("records"):
        rows.append([_frame_cell(str(name), value, words) for name, value in record.items()])
        if "value" in record and "remedy" in record and not pd.isna(record["value"]):  # the problem list
            rows[-1][list(record).index("value")] = value_in_words(str(record["value"]), words)
    return headings, rows, []


def _frame_cell(column: str, value: Any, words: Catalogue) -> str:
    if pd.isna(value):
        return DASH
    if column in _P_VALUES:
        return print_value(value, "p_cell", words.language)
    if isinstance(value, float):
        of_card = "count" if value.is_integer() else "decimal1"
        return print_value(value, of_card if column in CARD_NUMBERS else "decimal3", words.language)
    if isinstance(value, bool) and words.has(str(value).lower(), column):
        return words.text(str(value).lower(), column)
    if column == "subject":
        return subject_in_words(str(value), words.language)
    if column in _TRANSLATED and words.has(str(value), column):
        return words.text(str(value), column)
    return str(value)


def _display(headings: Sequence[str], rows: Sequence[Sequence[str]], above: Sequence[str], words: Catalogue) -> None:
    hidden = len(rows) - MOST_ROWS
    shown = rows if hidden <= 0 else rows[:MOST_ROWS]
    more = "" if hidden <= 0 else words.filled("{n} more rows", {"n": print_value(hidden, "count", words.language)})
    if not rows:
        more = words.text("no rows")
    head = " · ".join(above)
    lines = [head, "\t".join(headings), *("\t".join(row) for row in shown), more]
    page = _paragraph(head) + _html_table(headings, shown) + _paragraph(more)
    display({"text/html": page, "text/plain": "\n".join(line for line in lines if line)}, raw=True)  # type: ignore[no-untyped-call]


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text)}</p>\n" if text else ""


def _html_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th style="text-align:left">{html.escape(name)}</th>' for name in headings)
    body = "\n".join(f"<tr>{''.join(_html_cell(cell) for cell in row)}</tr>" for row in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"


def _html_cell(cell: str) -> str:
    # No-break spaces instead of a style: a style on every cell would fill the stored notebook.
    text = cell.replace(" ", "\N{NO-BREAK SPACE}") if len(cell) <= _SHORT else cell
    return f'<td style="text-align:left">{html.escape(text)}</td>'


# A browser shows a figure in its true size at this resolution. A stored notebook has to be small.
_DPI, _COMPRESSION = 96, 9


def show_figure(ax: Axes) -> None:
    """Show the figure that Axes belong to, and close it, so that the kernel does not show it again."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        size = {}
        if is_awaited(figure):
            # Drawn for print it has more pixels than the screen shows.
            size = {"image/png": {"width": round(figure.get_figwidth() * _DPI)}}
            drawn = printed(ax)
        else:
            drawn = png_bytes(raster(figure, _DPI), dpi=_DPI, compression=_COMPRESSION)
        display({"image/png": drawn, "text/plain": "figure"}, metadata=size, raw=True)  # type: ignore[no-untyped-call]
    close_figure(ax)


def close_figure(ax: Axes) -> None:
    """Close the figure that Axes belong to without showing it: the kernel shows what is left open."""
    figure = ax.get_figure(root=True)
    if figure is not None:
        plt.close(figure)


# Questions that need a kind of data of their own, by the beginning of their name, the longest first; the kind's name
# is its message in the catalogue. Other questions show their reason each time.
_KINDS = {
    "learning.confrontation": "absent: scores and printed means",
    "reaction.confrontation": "absent: responses and printed means",
    "learning.": "absent: scores",
    "reaction.": "absent: responses",
    "published.change": "absent: printed means of the tests",
    "published.": "absent: printed means",
}


def is_unanswered(results: pd.DataFrame) -> bool:
    """Return whether an outcome is the single row that says why a study cannot answer."""
    return len(results) == 1 and results["status"].iloc[0] == Status.NOT_ESTIMABLE


def kind_of(analysis: str, reason: str) -> str | None:
    """Return the message about the data that this question misses, None where it misses something else."""
    if reason != Reason.NO_SUCH_DATA:
        return None
    return next((kind for start, kind in _KINDS.items() if analysis.startswith(start)), None)
