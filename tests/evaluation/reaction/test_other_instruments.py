"""Every question of another form: four levels, two aspects, items that nobody's table has."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.evaluation import reaction
from analysis.evaluation.outcome import RESULT_COLUMNS
from analysis.study.instrument import Aspect, Instrument, Item, ScaleLabel
from reaction_studies import draw_responses, rows_of, study

QUESTIONS = [getattr(reaction, name) for name in reaction.__all__]


@pytest.fixture(scope="module")
def short_form() -> Instrument:
    """Return a form of seven items in two aspects on a scale from 0 to 3."""
    return Instrument(
        id="short",
        title_id="Formulir pendek",
        title_en="Short form",
        scale_low=0,
        scale_high=3,
        scale=tuple(ScaleLabel(value=v, label_id=str(v), label_en=str(v)) for v in range(4)),
        aspect=tuple(Aspect(id=name, name_id=name, name_en=name, heading=name) for name in ("isi", "cara")),
        item=tuple(
            Item(id=f"q{number}", aspect="isi" if number < 4 else "cara", text_id=f"q{number}", text_en=f"q{number}")
            for number in range(1, 8)
        ),
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_instrument_and_scale_is_answered(question, short_form: Instrument) -> None:
    responses = draw_responses(items=short_form.item_ids)
    responses[list(short_form.item_ids)] = (responses[list(short_form.item_ids)] - 2).clip(0, 3)
    results = question(study({"responses": responses}, instrument=short_form)).results

    assert tuple(results.columns) == RESULT_COLUMNS
    assert len(results) > 0
    numbers = results[["estimate", "estimate_low", "estimate_high", "p_value"]].to_numpy(dtype=float)
    assert np.isfinite(numbers[~np.isnan(numbers)]).all()


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_item_that_the_table_lacks_is_not_estimable(question) -> None:
    results = question(study({"responses": draw_responses().drop(columns="suasana_3")})).results
    of_item = rows_of(results, subject="suasana_3")

    assert (of_item["status"] == "not_estimable").all()
    assert len(results) > len(of_item)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_row_says_how_and_from_whom_or_why_not(question) -> None:
    frames = [
        draw_responses(),
        draw_responses(classes=1),
        draw_responses().drop(columns="class_id"),
        draw_responses().iloc[:193],
        draw_responses().assign(materi_1=5),
    ]
    for frame in frames:
        results = question(study({"responses": frame})).results
        estimated = results[results["status"] == "estimated"]
        assert estimated["estimate"].notna().all()
        assert results.loc[results["status"] == "not_estimable", "reason"].notna().all()
        assert estimated[["unit", "method", "n"]].notna().all(axis=None)
        assert estimated.loc[estimated["estimate_low"].notna(), "interval_level"].notna().all()
        tested = estimated[estimated["p_value"].notna()]
        assert tested["sampling_unit"].notna().all()
        assert tested["assumes"].notna().all()
        assert tested["p_value"].between(0, 1).all()
