"""The sheet that every figure is drawn on: as wide as the text of an A4 page, so that a point of type prints as one.

A figure is laid out in inches from the widths of its texts. Matplotlib's constrained layout measures every artist
several times, which takes as long as drawing them.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import Container
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.ticker import Formatter

from analysis.errors import ParameterError
from analysis.figures.style import GRID, INK, MUTED, Words

# The text of an A4 page between the report's margins: 210 - 25 - 20 mm.
PAGE_WIDTH = 6.5
# Points. Print below 8 points is hard to read, so nothing is smaller than SMALL_SIZE.
TITLE_SIZE, FONT_SIZE, SMALL_SIZE = 10.5, 8.5, 8.0
# Room for the labels of rows beside one panel, and beside several.
WIDE_LABELS, NARROW_LABELS = 3.2, 2.3

_POINTS = 72  # to the inch
_LINE = 1.16  # height of a line of text over its size
_EDGE, _GAP = 0.04, 0.09  # inches: around the sheet, between its parts
_LABEL_PAD = 0.09  # inches between the labels of rows and their axes
_TICK_PAD = 0.09
_RIGHT = 0.22  # inches right of the axes, where half of the last tick's label stands
_BETWEEN_PANELS = 0.13
_MARK_EMS, _TEXT_EMS, _COLUMN_EMS = 2.0, 0.6, 1.4  # of a legend: mark, space after it, space between columns

# A drawing function with everything that it is given.
Drawing = functools.partial[Axes] | functools.partial[list[Axes]]


class Sheet(Figure):
    """A figure that grows with its texts, and what is known of it besides its artists.

    Attributes
    ----------
    drawing : Drawing or None
        What drew the sheet, where the report shows such figures too.
    unanswered : tuple of (str, tuple of str), or None
        The analysis and the reasons that stand on a sheet with nothing drawn.
    """

    drawing: Drawing | None = None
    unanswered: tuple[str, tuple[str, ...]] | None = None


@functools.cache
def _advance(character: str, is_bold: bool) -> float:
    """Return the width of a character over the size of its font."""
    font = get_font(findfont(FontProperties(weight="bold" if is_bold else "normal")))
    font.set_size(_POINTS, _POINTS)
    return font.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _POINTS


def text_inches(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return the width of the longest line of a text printed at ``size`` points."""
    lines = text.split("\n")
    return max(sum(_advance(character, is_bold) for character in line) for line in lines) * size / _POINTS


def lines_inches(text: str, size: float) -> float:
    """Return the height of all lines of a text printed at ``size`` points."""
    return (text.count("\n") + 1) * size * _LINE / _POINTS if text else 0.0


def wrap(text: str, inches: float, size: float) -> str:
    """Return a text broken between words into lines of at most ``inches``; a longer word has its own line.

    A no-break space does not part words.
    """
    lines: list[str] = []
    for word in filter(None, re.split(r"[ \n]", text)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_inches(longer, size) <= inches:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a figure from top to bottom: their labels, broken into lines, and where they stand.

    ``places`` are the middles of the rows in inches below the top, ``inches`` is the height of all.
    """

    labels: tuple[str, ...]
    places: tuple[float, ...]
    inches: float


def lay_rows(labels: Sequence[str], *, room: float, least: float) -> Rows:
    """Return rows that are as high as their labels need in ``room`` inches of width, and at least ``least`` inches."""
    wrapped = tuple(wrap(label, room, SMALL_SIZE) for label in labels)
    places, top = [], 0.0
    for label in wrapped:
        height = max(least, lines_inches(label, SMALL_SIZE) + 0.05)
        places.append(top + height / 2)
        top += height
    return Rows(wrapped, tuple(places), top)


def label_rows(ax: Axes, rows: Rows) -> None:
    """Write the labels of rows beside them; the axis then runs in inches from top to bottom."""
    ax.set_yticks(rows.places, rows.labels, fontsize=SMALL_SIZE)
    ax.tick_params(axis="y", pad=_LABEL_PAD * _POINTS / 2)
    for label in ax.get_yticklabels():
        label.set_linespacing(1.0)
    ax.set_ylim(rows.inches, 0)


def new_axes(ax: Axes | None, inches: float) -> Axes:
    """Return the given Axes, or one on a new sheet whose axes are ``inches`` high, with the house style applied."""
    return _styled(ax) if ax is not None else new_panels(1, inches)[0]


def new_panels(count: int, inches: float) -> list[Axes]:
    """Return Axes side by side on a new sheet, all ``inches`` high, which share their rows."""
    with sns.axes_style("white"):
        _, panels = plt.subplots(1, count, figsize=(PAGE_WIDTH, inches), sharey=True, squeeze=False, FigureClass=Sheet)
    return [_styled(ax) for ax in panels[0]]


def _styled(ax: Axes) -> Axes:
    ax.tick_params(labelsize=SMALL_SIZE, colors=INK)
    ax.grid(axis="x", color=GRID, linewidth=0.6)
    ax.set_axisbelow(True)
    sns.despine(ax=ax, left=True)
    return ax


def figure_of(ax: Axes) -> Figure:
    """Return the figure that Axes belong to, also where they lie in a part of it."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ParameterError("the Axes belong to no figure: make them with plt.subplots()")
    return figure


def ticks_inward(ax: Axes) -> None:
    """Align labels at the ends of an x axis with the ends, so that they do not touch those of the next panel."""
    left, right = ax.get_xlim()
    for place, label in zip(ax.get_xticks(), ax.get_xticklabels(), strict=True):
        label.set_horizontalalignment("left" if place == left else "right" if place == right else "center")


def panel_inches(count: int, labels: float) -> float:
    """Return the width of each of ``count`` panels beside row labels that take ``labels`` inches."""
    return (PAGE_WIDTH - labels - _EDGE - _LABEL_PAD - _RIGHT - (count - 1) * _BETWEEN_PANELS) / count


def finish(
    panels: Sequence[Axes],
    *,
    title: str,
    note: str,
    x_label: str = "",
    y_label: str = "",
    handles: Sequence[Artist | Container] = (),
    right: float = _RIGHT,
    below: float | None = None,
) -> None:
    """Write what stands around the axes and give each part its room: the sheet grows by the height of the texts.

    Parameters
    ----------
    panels
        The Axes of the figure, from left to right.
    title, note
        What stands above and below the figure; the note says what a reader must know: n, test, conditions.
    handles
        Labelled marks that the legend explains, in its order.
    right, below
        Inches that texts of the axes take at their right, and (default: one line) below them.
    """
    first, figure = panels[0], figure_of(panels[0])
    x_label = wrap(x_label, PAGE_WIDTH - 2 * _EDGE, FONT_SIZE)
    first.set_xlabel(x_label, fontsize=FONT_SIZE)
    first.set_ylabel(y_label, fontsize=FONT_SIZE)
    if not isinstance(figure, Sheet):  # the caller's own figure keeps its size
        _write_on_given(first, title, note, handles)
        return
    width, body = PAGE_WIDTH - 2 * _EDGE, float(figure.get_figheight())
    title = wrap(title, width, TITLE_SIZE)
    note = wrap(note, width, SMALL_SIZE)
    columns = _legend_columns([str(handle.get_label()) for handle in handles], width)
    legend_lines = math.ceil(len(handles) / columns)
    heading = max(lines_inches(ax.get_title(), FONT_SIZE) for ax in panels)
    ticks = lines_inches("0", SMALL_SIZE) + _TICK_PAD if below is None else below
    above = [lines_inches(title, TITLE_SIZE), legend_lines * FONT_SIZE * 1.35 / _POINTS, heading]
    under = [ticks + lines_inches(x_label, FONT_SIZE), lines_inches(note, SMALL_SIZE)]
    top = _EDGE + sum(part + _GAP for part in above if part)
    bottom = _EDGE + sum(part + _GAP for part in under if part)
    height = top + body + bottom
    figure.set_size_inches(PAGE_WIDTH, height)
    side = _EDGE / PAGE_WIDTH
    figure.text(side, 1 - _EDGE / height, title, va="top", fontsize=TITLE_SIZE, color=INK, linespacing=_LINE - 0.1)
    figure.text(side, _EDGE / height, note, va="bottom", fontsize=SMALL_SIZE, color=MUTED, linespacing=1)
    if handles:
        _legend(figure, handles, columns, 1 - (_EDGE + above[0] + _GAP) / height)
    figure.subplots_adjust(top=1 - top / height, bottom=bottom / height)
    _place_across(panels, right, label_top=-ticks / body)


def _place_across(panels: Sequence[Axes], right: float, *, label_top: float) -> None:
    """Give the panels the width that row labels leave; the label of the x axis stands at ``label_top`` of the axes."""
    first, figure = panels[0], figure_of(panels[0])
    left = _left_inches(first)
    panel = (PAGE_WIDTH - left - right - (len(panels) - 1) * _BETWEEN_PANELS) / len(panels)
    figure.subplots_adjust(left=left / PAGE_WIDTH, right=1 - right / PAGE_WIDTH, wspace=_BETWEEN_PANELS / panel)
    # Below the middle of all panels, but a long label stays on the sheet.
    half = text_inches(first.get_xlabel(), FONT_SIZE) / 2
    middle = min((left + PAGE_WIDTH - right) / 2, PAGE_WIDTH - _EDGE - half)
    first.xaxis.set_label_coords((middle - left) / panel, label_top)
    first.yaxis.set_label_coords(-(left - _EDGE - FONT_SIZE / _POINTS) / panel, 0.5)


def _write_on_given(ax: Axes, title: str, note: str, handles: Sequence[Artist | Container]) -> None:
    ax.set_title(title, loc="left", fontsize=TITLE_SIZE, color=INK)
    figure_of(ax).supxlabel(wrap(note, float(figure_of(ax).get_figwidth()), SMALL_SIZE), fontsize=SMALL_SIZE)
    if handles:
        ax.legend(handles=list(handles), frameon=False, fontsize=FONT_SIZE)


def _left_inches(ax: Axes) -> float:
    """Return the inches left of the axes: the labels of rows or ticks, and the label of the axis."""
    labels = [(text.get_text(), text.get_fontweight() == "bold") for text in ax.get_yticklabels()] if ax.axison else []
    widest = max((text_inches(label, SMALL_SIZE, is_bold=is_bold) for label, is_bold in labels), default=0.0)
    axis = lines_inches(ax.get_ylabel(), FONT_SIZE)
    return _EDGE + axis + (_GAP if axis else 0.0) + (widest + _LABEL_PAD if widest else 0.0)


def _legend_columns(labels: Sequence[str], room: float) -> int:
    """Return how many columns of a legend fit beside each other; matplotlib fills one column after the other."""
    entries = [text_inches(label, FONT_SIZE) + (_MARK_EMS + _TEXT_EMS) * FONT_SIZE / _POINTS for label in labels]
    for columns in range(len(entries), 1, -1):
        lines, longer = divmod(len(entries), columns)
        sizes = [lines + 1] * longer + [lines] * (columns - longer)
        ends = [sum(sizes[: place + 1]) for place in range(columns)]
        widest = [max(entries[end - size : end]) for size, end in zip(sizes, ends, strict=True)]
        if sum(widest) + (columns - 1) * _COLUMN_EMS * FONT_SIZE / _POINTS <= room:
            return columns
    return 1


def _legend(figure: Figure, handles: Sequence[Artist | Container], columns: int, top: float) -> None:
    figure.legend(
        handles=list(handles), ncols=columns, loc="upper left", bbox_to_anchor=(_EDGE / PAGE_WIDTH, top),
        borderaxespad=0, borderpad=0, frameon=False, fontsize=FONT_SIZE, handlelength=_MARK_EMS,
        handletextpad=_TEXT_EMS, columnspacing=_COLUMN_EMS, labelspacing=0.25,
    )  # fmt: skip


_MOST_DECIMALS, _TINY = 4, 1e-9


class TickNumbers(Formatter):
    """Labels of an axis in the reader's language, with as many decimals as its ticks need and at least ``decimals``.

    ``factor`` and ``unit`` make percent of shares. A fixed number of decimals would print 2.5 % as 3 %.
    """

    def __init__(self, words: Words, decimals: int, *, factor: float = 1.0, unit: str = "") -> None:
        self._words, self._least, self._factor, self._unit = words, decimals, factor, unit
        self._decimals = decimals

    def set_locs(self, locs: Iterable[float]) -> None:
        """Choose the decimals for the ticks of an axis; matplotlib calls it before it asks for labels."""
        shown = [self._factor * float(tick) for tick in locs]
        enough = (n for n in range(self._least, _MOST_DECIMALS) if all(abs(round(v, n) - v) < _TINY for v in shown))
        self._decimals = next(enough, _MOST_DECIMALS)

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the label of one tick, as precise as its neighbours."""
        return self._words.number(self._factor * value, self._decimals) + self._unit
