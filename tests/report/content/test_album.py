"""Figures drawn once: the report takes what the notebooks of a run left, and only what shows exactly the same."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from analysis import figures
from analysis.errors import ParameterError
from analysis.evaluation import published
from analysis.figures.drawing import nothing_drawn
from analysis.report.content import album
from analysis.report.content.opening import open_study
from analysis.report.content.pictures import report_figures
from analysis.report.content.subjects import figure_words
from analysis.report.disclosure.protection import protected
from analysis.study.settings import PICTURES_VARIABLE, Settings

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Iterator[Path]:
    """The folder of a run."""
    made = tmp_path / "pictures"
    made.mkdir()
    monkeypatch.setenv(PICTURES_VARIABLE, str(made))
    yield made
    plt.close("all")


@pytest.fixture(scope="module")
def lampung(tmp_path_factory):
    study, _ = open_study(ROOT / "data" / "raw" / "lampung", tmp_path_factory.mktemp("processed"), Settings())
    return study


def run_notebooks(province: str, reports: Path) -> None:
    """Run the cells of the province's notebooks, as a kernel does."""
    for path in sorted((ROOT / "notebooks").glob("0[1-4]_*.ipynb")):
        names: dict[str, object] = {}
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names.update(province=province, data_dir=str(ROOT / "data"), reports_dir=str(reports))


@pytest.mark.parametrize("province", ["lampung", "gorontalo", "contoh"])
def test_a_report_finds_all_its_figures_where_the_notebooks_left_them(province, folder, tmp_path, monkeypatch, capsys):
    run_notebooks(province, tmp_path)
    parts = [pd.read_parquet(path) for path in sorted((tmp_path / province / "results").glob("*.parquet"))]
    results = protected(pd.concat(parts, ignore_index=True))
    study, _ = open_study(ROOT / "data" / "raw" / province, tmp_path / "processed", Settings())

    draw = album.printed

    def refuse(ax: Axes) -> bytes:
        # A notebook leaves out a figure that only says why there is nothing to draw.
        assert nothing_drawn(ax) is not None, "a figure was drawn that a notebook has drawn"
        return draw(ax)

    monkeypatch.setattr(album, "printed", refuse)
    found = report_figures(study, results, "id", tmp_path / "figures")
    assert len(found) >= 4
    assert all(figure.path.read_bytes() for figure in found.values())


def test_what_is_taken_is_what_would_be_drawn(folder, lampung, monkeypatch):
    drawing = partial(
        figures.batch_size, published.batch_size(lampung).results, words=figure_words("id", lampung.instrument)
    )
    album.printed(drawing())
    assert len(list(folder.iterdir())) == 1
    taken = album.printed_once(drawing)
    monkeypatch.delenv(PICTURES_VARIABLE)
    assert album.printed_once(drawing) == taken


def test_another_language_level_or_number_is_another_figure(folder, lampung):
    rows = published.pairs(lampung).results
    words = figure_words("id", lampung.instrument)
    other = rows.assign(p_high=rows["p_high"] * (1 + 1e-9))
    for drawing in (
        partial(figures.p_ranges, rows, alpha=0.05, words=words),
        partial(figures.p_ranges, rows, alpha=0.01, words=words),
        partial(figures.p_ranges, rows, alpha=0.05, words=figure_words("en", lampung.instrument)),
        partial(figures.p_ranges, other, alpha=0.05, words=words),
    ):
        already = len(list(folder.iterdir()))
        album.printed_once(drawing)
        assert len(list(folder.iterdir())) == already + 1


def test_without_a_run_nothing_is_left_anywhere(tmp_path, lampung, monkeypatch):
    monkeypatch.delenv(PICTURES_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    ax = figures.batch_size(published.batch_size(lampung).results, words=figure_words("id", lampung.instrument))
    assert not album.is_awaited(ax.get_figure(root=True))
    album.printed(ax)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_costs_a_drawing_and_nothing_else(folder, lampung):
    folder.rmdir()
    drawing = partial(
        figures.batch_size, published.batch_size(lampung).results, words=figure_words("id", lampung.instrument)
    )
    assert album.printed_once(drawing) == album.printed_once(drawing)
    assert not folder.exists()


def test_what_is_drawn_on_a_callers_figure_is_not_awaited(folder, lampung):
    rows, words = published.batch_size(lampung).results, figure_words("id", lampung.instrument)
    _, own = plt.subplots()
    assert not album.is_awaited(figures.batch_size(rows, words=words, ax=own).get_figure(root=True))
    plt.close("all")
    assert album.is_awaited(figures.batch_size(rows, words=words).get_figure(root=True))


def test_a_figure_of_something_without_a_content_is_drawn_each_time_and_left_nowhere(folder, lampung):
    rows, words = published.pairs(lampung).results, figure_words("id", lampung.instrument)
    drawing = partial(figures.p_ranges, rows, alpha=np.float32(0.05), words=words)
    assert album.drawing_key(drawing) is None
    assert album.printed_once(drawing)
    assert list(folder.iterdir()) == []


@dataclass(frozen=True, slots=True)
class Option:
    level: float
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Other(Option):
    pass


def test_equal_content_is_equal_whatever_object_holds_it_and_other_content_is_not():
    again = [Option(0.1 + 0.2, {"a": ("b",)}) for _ in range(2)]
    assert album.canonical(again[0]) == album.canonical(again[1])
    frames = [pd.DataFrame({"x": [1.0, 2.0]}) for _ in range(2)]
    assert album.canonical(frames[0]) == album.canonical(frames[1])
    different = [
        1, 1.0, "1", True, None, "None", [], {}, ["1"], {"1": "1"}, math.nextafter(1.0, 2.0), frames[0],
        frames[0].assign(x=[1.0, math.nextafter(2.0, 3.0)]), Option(0.3, {}), Other(0.3, {}), again[0],
    ]  # fmt: skip
    written = [json.dumps(album.canonical(value)) for value in different]
    assert len(set(written)) == len(different)


@pytest.mark.parametrize("value", [object(), np.float32(1), {1, 2}, print, Option, Path(), [object()]])
def test_what_has_no_canonical_content_is_refused(value):
    with pytest.raises(ParameterError, match="a figure cannot be shared by a value of type"):
        album.canonical(value)
