"""What is known of a figure besides its artists: what drew it, and that it holds nothing but a reason."""

import io

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image

from analysis.figures.drawing import drawing_of, nothing, nothing_drawn, png_bytes, raster, shared
from analysis.figures.page import Sheet, figure_of, new_axes

ROWS = pd.DataFrame({"analysis": ["reaction.items", "reaction.items"], "reason": ["no_such_data", None]})


class Said:
    def reason(self, code: str, /) -> str:
        return code.upper()


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@shared
def _drawn(rows: pd.DataFrame, *, ax=None):
    return new_axes(ax, 1.0)


def test_a_sheet_with_nothing_on_it_says_which_question_and_why():
    ax = nothing(ROWS, Said())
    assert nothing_drawn(ax) == ("reaction.items", "no_such_data")
    assert [text.get_text() for text in ax.texts] == ["NO_SUCH_DATA"]
    assert nothing_drawn(_drawn(ROWS)) is None


def test_several_reasons_are_no_single_one():
    rows = ROWS.assign(reason=["no_such_data", "too_few"])
    assert nothing_drawn(nothing(rows, Said())) == ("reaction.items", "no_such_data; too_few")


def test_a_text_that_a_caller_leaves_on_its_artists_means_nothing():
    ax = _drawn(ROWS)
    ax.set_gid("nothing:reaction.items|no_such_data")
    assert nothing_drawn(ax) is None
    figure, own = plt.subplots()
    figure.set_gid("sheet")
    assert nothing_drawn(nothing(ROWS, Said(), own)) is None, "the figure may show more"
    assert not isinstance(figure, Sheet)


def test_a_shared_figure_knows_what_drew_it_and_draws_again():
    ax = _drawn(ROWS)
    again = drawing_of(figure_of(ax))
    assert again is not None
    assert isinstance(figure_of(again()), Sheet)
    assert again.args[0] is ROWS


def test_what_is_drawn_on_given_axes_is_the_callers():
    _, own = plt.subplots()
    assert drawing_of(figure_of(_drawn(ROWS, ax=own))) is None
    sheet = _drawn(ROWS)
    other = new_axes(None, 1.0)
    assert drawing_of(figure_of(_drawn(ROWS, ax=other))) is None
    assert drawing_of(figure_of(sheet)) is not None


def test_a_picture_is_as_large_as_its_sheet_and_its_paper_is_white():
    figure, _ = plt.subplots(figsize=(2, 1))
    picture = raster(figure, 100)
    assert picture.size == (200, 100)
    written = Image.open(io.BytesIO(png_bytes(picture, dpi=100, compression=3)))
    assert written.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
    assert round(written.info["dpi"][0]) == 100
