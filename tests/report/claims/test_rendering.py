import pytest

from analysis.errors import DesignError, ParameterError
from analysis.report.claims.claim import Kind
from tests.report.claims.rendered import rendered

TOTAL = 'pick("reaction.items", "total")'


def test_a_number_of_a_result_becomes_a_claim_that_knows_its_source(tmp_path, bare):
    page = rendered(tmp_path, f"Rata-rata {{{{ num({TOTAL}, 'estimate', 'decimal2') }}}}.", bare)
    (claim,) = page.claims
    assert page.markdown == 'Rata-rata [4\\.39]{#c1 .claim value="4.387"}.'.replace("\\.", ",")
    assert (claim.kind, claim.value, claim.format, claim.printed) == (Kind.RESULT, 4.387, "decimal2", "4,39")
    assert claim.source == {
        "study": "lampung",
        "training": "kerja_sama_desa",
        "year": "2023",
        "analysis": "reaction.items",
        "subject": "total",
        "contrast": None,
        "estimate_name": "mean",
        "method": "welch_t_bounds",
        "sampling_unit": None,
        "effect_name": None,
        "columns": ["estimate"],
    }
    assert len(claim.data_hash) == 64


@pytest.mark.parametrize(
    ("expression", "error", "message"),
    [
        ("facts.batch", ParameterError, "prints 5 as it is"),
        (f"{TOTAL}['estimate']", ParameterError, "prints .*4.387.* as it is"),
        ("facts.year", ParameterError, "'2023' holds a digit that is no claim"),
        (f"num({TOTAL}, 'effect', 'decimal2')", ParameterError, "has no effect; say in words why"),
        ("between(pick('published.pairs', 'materi_1'), 'estimate', 'range2')", ParameterError, "has no limits"),
        ("pick('published.pairs')", DesignError, "exactly one result with analysis = 'published.pairs'.* has 3"),
        ("pick('learning.change')", DesignError, "has 0"),
        ("ref('table', 'nowhere')", ParameterError, "'nowhere', which it does not contain"),
        ("label(1.5, 'decimal7')", ParameterError, "no number format 'decimal7'"),
    ],
)
def test_a_template_cannot_print_what_nobody_checks(tmp_path, bare, expression, error, message):
    with pytest.raises(error, match=message):
        rendered(tmp_path, "# {{ chapter('a') }} A {#a}\n{{ " + expression + " }}", bare)
