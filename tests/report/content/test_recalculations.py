"""The sheet "Hitung ulang": each formula, worked out by other code, gives what the report says."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from scipy.special import betainc

from analysis.report.content.recalculations import recalculations
from report.study_questions import results_of

_FUNCTIONS = {
    "AVERAGE": lambda *numbers: sum(numbers) / len(numbers),
    "SQRT": lambda number: number**0.5,
    "BETADIST": lambda x, a, b: betainc(a, b, x),
}


def _worked_out(recalculation) -> float:
    """Return what a spreadsheet would make of the formula."""
    values = {name: cell.value for name, (_, cell) in recalculation.inputs.items()}
    text = re.sub(r"\{([a-z_]+)\}", lambda found: repr(float(values[found.group(1)])), recalculation.formula)
    return float(eval(text.removeprefix("=").replace("^", "**"), {"__builtins__": {}}, _FUNCTIONS))  # own formulas


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("lampung", ["Total tercetak"] * 6 + ["Nilai p terbesar"]),
        ("gorontalo", ["Kehadiran", "N-gain", "Nilai t"]),
        ("contoh_study", ["Kehadiran", "N-gain"]),
    ],
)
def test_every_formula_gives_the_number_of_the_report(request, name, titles):
    study = request.getfixturevalue(name)
    made = recalculations(results_of(study), "id")
    assert len(made) == len(titles)
    for one, title in zip(made, titles, strict=True):
        assert one.title.startswith(title)
        assert _worked_out(one) == pytest.approx(one.result.value, rel=1e-9)


def _disagreeing(results) -> set[str]:
    """Return the titles of the recalculations that give another number than the report."""
    made = recalculations(results, "id")
    return {one.title for one in made if _worked_out(one) != pytest.approx(one.result.value, rel=1e-9)}


# Each recomputed number and each of its inputs: where it stands in the results, and the column that is spoilt.
SPOILT = {
    "lampung": [
        ({"analysis": "published.audit", "contrast": "total"}, "statistic"),
        ({"analysis": "published.means"}, "estimate"),
        ({"analysis": "published.total", "contrast": "7-5"}, "p_high"),
        ({"analysis": "published.total", "contrast": "7-5"}, "statistic"),
        ({"analysis": "published.total", "contrast": "7-5"}, "df"),
    ],
    "gorontalo": [
        ({"analysis": "published.audit", "subject": "attendance=people"}, "statistic"),
        ({"analysis": "delivery", "subject": "published|people", "contrast": "attended"}, "estimate"),
        ({"analysis": "published.change", "subject": "all|gain"}, "estimate"),
        ({"analysis": "published.change", "subject": "all|pre"}, "estimate"),
        ({"analysis": "published.change", "subject": "all|maximum"}, "estimate"),
        ({"analysis": "published.change", "subject": "all"}, "statistic"),
        ({"analysis": "published.change", "subject": "all"}, "estimate_low"),
        ({"analysis": "published.change", "subject": "all|spread"}, "estimate"),
    ],
    "contoh_study": [
        ({"analysis": "learning.gain", "subject": "all", "estimate_name": "n_gain_of_means"}, "estimate"),
        ({"analysis": "learning.gain", "subject": "maximum"}, "estimate"),
        ({"analysis": "learning.change", "subject": "all", "estimate_name": "mean_post"}, "estimate"),
        ({"analysis": "delivery", "subject": "people", "contrast": "attended/registered"}, "estimate"),
    ],
}


@pytest.mark.parametrize("name", SPOILT)
def test_the_sheet_disagrees_with_a_number_that_was_spoilt(request, name):
    results = results_of(request.getfixturevalue(name))
    assert _disagreeing(results) == set()
    for where, column in SPOILT[name]:
        chosen = pd.concat([results[key] == value for key, value in where.items()], axis=1).all(axis=1)
        assert chosen.any(), where
        spoilt = results.copy()
        spoilt.loc[chosen, column] = spoilt.loc[chosen, column] * 1.01
        assert _disagreeing(spoilt), (where, column)


def test_a_fall_has_its_worst_t_too(gorontalo):
    scores = gorontalo.tables["published_scores"].assign(mean_printed=["79", "63"])
    fallen = replace(gorontalo, tables={**gorontalo.tables, "published_scores": scores})
    made = {one.title: one for one in recalculations(results_of(fallen), "en")}
    worst = next(one for title, one in made.items() if "t" in title and one.inputs.keys() == {"change", "spread", "n"})
    assert worst.result.value < 0
    assert _worked_out(worst) == pytest.approx(worst.result.value, rel=1e-9)
