"""What a template can say, and what it cannot."""

import pytest

from analysis.errors import ParameterError
from analysis.report.claims.claim import without_claims
from analysis.report.claims.writer import Material
from tests.report.claims.rendered import rendered

TOTAL = 'pick("reaction.items", "total")'


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (f"between({TOTAL}, 'estimate', 'range2')", "4,31 sampai 4,46"),
        (f"p({TOTAL})", "p = 0,020"),
        ("p(pick('published.pairs', 'metode_1'))", "p 0,020 sampai 0,251"),
        ("tally('published.pairs', verdict='always')", "2"),
        ("reprint(tally('published.pairs', verdict='never'), 'none_first')", "Tidak satu pun"),
        ("label(facts.batch)", "5"),
        ("label('2023-09-14', 'date')", "14 September 2023"),
        ("quoted('UU 6/2014, pasal 92-93: 98,8%')", "UU 6/2014, pasal 92-93: 98,8%"),
        ("code('verdict', 'always')", "signifikan, apa pun sebaran jawabannya"),
        ("assumes(pick('published.pairs', 'materi_1')) | join('; ')", "n = 96"),
        ("facts.province", "Lampung"),
    ],
)
def test_what_the_functions_print(tmp_path, bare, expression, printed):
    page = rendered(tmp_path, f"{{{{ {expression} }}}}", bare)
    assert without_claims(page.markdown).replace("\N{NO-BREAK SPACE}", " ") == printed


def test_words_of_the_study_print_as_they_are_whatever_signs_they_hold(tmp_path, sample_results):
    odd = Material(results=sample_results, facts={"name": "*Tulang_Bawang* [x](y) `z` <b> #a $c$ ~d~ | e"})
    page = rendered(tmp_path, "{{ facts.name }}", odd)
    assert without_claims(page.markdown) == odd.facts["name"]


def test_a_figure_without_a_description_is_refused(tmp_path, sample_material):
    with pytest.raises(ParameterError, match="'means' needs a description"):
        rendered(tmp_path, "{% call figure('means', '') %}x{% endcall %}", sample_material(tmp_path, "id"))
