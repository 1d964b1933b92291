"""Text and ticks of a figure: a text keeps its line, Axes print the numbers that their ticks stand at."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pytest

from analysis.figures.page import FONT_SIZE, TickNumbers, wrap
from analysis.report.content.subjects import figure_words
from analysis.study.instrument import load_instrument


@pytest.mark.parametrize(
    ("ticks", "labels"),
    [([0, 0.025, 0.05], ["0,0%", "2,5%", "5,0%"]), ([0, 0.05, 0.1], ["0%", "5%", "10%"])],
)
def test_ticks_get_the_decimals_that_they_need(ticks, labels):
    _, ax = plt.subplots()
    ax.set_xticks(ticks)
    ax.xaxis.set_major_formatter(TickNumbers(figure_words("id", load_instrument()), 0, factor=100, unit="%"))
    assert ax.xaxis.get_major_formatter().format_ticks(ticks) == labels


def test_a_p_value_stays_in_one_line(words):
    assert wrap(f"aaaa {words.p_value(0.681)}", 0.7, FONT_SIZE) == f"aaaa\n{words.p_value(0.681)}"
