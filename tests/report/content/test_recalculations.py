"""The sheet "Hitung ulang": each formula, worked out by other code, gives what the report says."""

import re

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
    made = recalculations(results_of(study), "id", study.province.test_maximum)
    assert len(made) == len(titles)
    for one, title in zip(made, titles, strict=True):
        assert one.title.startswith(title)
        assert _worked_out(one) == pytest.approx(one.result.value, rel=1e-9)
