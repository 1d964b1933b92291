"""What a figure is besides its content: what drew it, its pixels, and what it says without data."""

from __future__ import annotations

import io

import matplotlib.pyplot as plt
import pandas as pd
from PIL import Image

from analysis.figures.drawing import drawing_of, first_axes, nothing, nothing_drawn, png_bytes, raster, shared
from figures.drawn_texts import texts


@shared
def line(values, *, colour):
    _, ax = plt.subplots(figsize=(2, 1))
    ax.plot(values, color=colour)
    return ax


def test_a_shared_figure_tells_what_drew_it_with_all_that_it_was_given():
    ax = line([1, 2], colour="red")
    drawing = drawing_of(ax.figure)
    assert (drawing.args, drawing.keywords) == (([1, 2],), {"colour": "red"})
    assert first_axes([ax, line([3], colour="blue")]) is ax
    assert drawing_of(plt.figure()) is None


def test_a_picture_is_as_large_as_its_sheet_and_its_paper_is_white():
    picture = raster(line([1, 2], colour="red").figure, 100)
    assert picture.size == (200, 100)
    written = Image.open(io.BytesIO(png_bytes(picture, dpi=100, compression=3)))
    assert written.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert round(written.info["dpi"][0]) == 100


def test_axes_without_data_say_the_reason_and_are_recognised(words):
    results = pd.DataFrame({"analysis": ["learning.change"], "reason": ["no_such_data"]})
    ax = nothing(results, words)
    assert nothing_drawn(ax) == ("learning.change", "no_such_data")
    assert words.reason("no_such_data").split()[0] in texts(ax)
    assert nothing_drawn(line([1], colour="red")) is None
