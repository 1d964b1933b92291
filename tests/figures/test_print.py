"""Figures on paper: every kind, in both languages, at the size at which a report prints it."""

from __future__ import annotations

import itertools

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from docx.shared import Emu

from analysis import figures
from analysis.evaluation import published
from analysis.figures.page import PAGE_WIDTH
from analysis.report.content.subjects import figure_words
from analysis.report.documents.word_reference import BOTTOM, PAGE_HEIGHT, TEXT_WIDTH, TOP
from figures.every_figure import of_averages, of_people, of_responses, with_batches
from reaction_studies import draw_responses, study

SMALLEST_POINTS = 8.0
PRINTED_INCHES = Emu(TEXT_WIDTH).inches
MANY = ("1", "2", "3", "4", "5", "6")
FOUR = ("1", "2", "3", "4")
# In a notebook only: a bar for each indicator and batch, 88 and more, with its n, does not fit on a page.
LONG = ("diverging_bars of four batches", "diverging_bars of six batches")


def responses_of(batches):
    return of_responses(study({"responses": draw_responses(shift=0.3, batches=batches)}, batches=batches))


def ranges_of(lampung, batches):
    results = published.pairs(with_batches(lampung, batches)).results
    return lambda words: figures.p_ranges(results, alpha=0.05, words=words)


@pytest.fixture(scope="module")
def drawers(lampung, gorontalo, contoh_study):
    four, six = responses_of(FOUR), responses_of(MANY)
    return (
        of_averages(lampung, gorontalo)
        | of_people(contoh_study)
        | {f"{name} of four batches": draw for name, draw in four.items()}
        | {f"{name} of six batches": draw for name, draw in six.items()}
        | {f"p_ranges of {len(names)} batches": ranges_of(lampung, names) for names in (FOUR, MANY)}
    )


@pytest.fixture(scope="module", params=["id", "en"])
def words(request, contoh_study):
    return figure_words(request.param, contoh_study.instrument)


@pytest.fixture(scope="module")
def sheets(drawers, words):
    """Every figure by its name, as a drawn sheet."""
    made = {}
    for name, draw in drawers.items():
        drawn = draw(words)
        figure = (drawn[0] if isinstance(drawn, list) else drawn).get_figure(root=True)
        with mpl.rc_context({"text.hinting": "none"}):
            figure.draw_without_rendering()
        made[name] = figure
        plt.close(figure)
    return made


def unseen(ax, shares_labels):
    """Return the tick labels of Axes that are not drawn: switched off, beyond the limits, or the first panel's."""
    if not ax.axison:
        return {id(text) for axis in (ax.xaxis, ax.yaxis) for text in axis.findobj(plt.Text)}
    hidden = {id(text) for text in ax.get_yticklabels()} if shares_labels else set()
    for place, labels, limits in (
        (0, ax.get_xticklabels(), ax.get_xlim()),
        (1, ax.get_yticklabels(), ax.get_ylim()),
    ):
        low, high = sorted(limits)
        hidden |= {id(label) for label in labels if not low <= label.get_position()[place] <= high}
    return hidden


def texts_of(figure):
    """Return the texts that a reader sees."""
    hidden = set().union(*(unseen(ax, number > 0) for number, ax in enumerate(figure.axes)))
    return [
        text
        for text in figure.findobj(plt.Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden
    ]


def test_every_kind_of_figure_is_looked_at(drawers):
    assert {name.split(" of ")[0] for name in drawers} == set(figures.__all__)


def test_a_figure_is_as_wide_as_the_text_of_a_page(sheets):
    assert pytest.approx(PRINTED_INCHES, abs=0.01) == PAGE_WIDTH
    assert {figure.get_figwidth() for figure in sheets.values()} == {PAGE_WIDTH}


def test_no_text_prints_below_eight_points(sheets):
    smallest = {
        name: min(text.get_fontsize() for text in texts_of(figure)) * PRINTED_INCHES / figure.get_figwidth()
        for name, figure in sheets.items()
    }
    too_small = {name: size for name, size in smallest.items() if round(size, 2) < SMALLEST_POINTS}
    assert not too_small


def test_a_figure_and_its_caption_fit_on_a_page(sheets):
    room = Emu(PAGE_HEIGHT - TOP - BOTTOM).inches
    heights = {name: figure.get_figheight() for name, figure in sheets.items() if name not in LONG}
    assert {name: height for name, height in heights.items() if height > room} == {}


def test_no_text_is_cut_at_the_edge_of_the_sheet(sheets):
    cut = []
    for name, figure in sheets.items():
        sheet = figure.bbox
        for text in texts_of(figure):
            box = text.get_window_extent()
            if box.x0 < sheet.x0 - 1 or box.x1 > sheet.x1 + 1 or box.y0 < sheet.y0 - 1 or box.y1 > sheet.y1 + 1:
                cut.append((name, text.get_text()))
    assert not cut


def test_no_two_texts_overlap(sheets):
    overlapping = []
    for name, figure in sheets.items():
        flat = [text for text in texts_of(figure) if text.get_rotation() in (0, 90)]
        boxes = [(text.get_text(), text.get_window_extent().padded(-1.5)) for text in flat]
        overlapping += [
            (name, one, other)
            for (one, box), (other, other_box) in itertools.combinations(boxes, 2)
            if box.overlaps(other_box)
        ]
    assert not overlapping
