"""The works behind the methods that ran."""

from __future__ import annotations

from analysis.report.content.references import references, works_behind
from analysis.stats.codes import Method
from report.study_questions import results_of


def test_works_are_those_of_the_methods_that_ran(gorontalo):
    works = [work.short for work in references(results_of(gorontalo))]
    assert {"Hake 1998", "Kish 1965"} <= set(works)
    assert not {"Holm 1979", "Welch 1947"} & set(works)
    assert [work.short for work in works_behind("welch_anova_class_means")] == ["Welch 1951"]
    assert works_behind("complete_count") == ()


def test_every_method_that_decides_something_names_the_work_behind_it():
    """Without one: counting, recomputing, describing, bounds that this project derives itself (ARCHITECTURE.md)."""
    assert {method for method in Method if not works_behind(method)} == {
        Method.RECOMPUTATION, Method.DECLARED, Method.INVITED_DIVIDED, Method.COUNT, Method.COMPLETE_COUNT,
        Method.PRINTED_MEAN, Method.MEAN_OF_PRINTED_MEANS, Method.STATEMENT_CHECK, Method.SUM_OF_PROVINCES,
        Method.UNWEIGHTED_MEAN, Method.DESCRIPTION, Method.DESIGN_OF_PERMUTATIONS, Method.COMPARED_WITH_PRINTED,
        Method.CORRELATION_FREE_BOUNDS, Method.TIPPING_POINT, Method.SHARE_COMPARED_WITH_GUIDE,
        Method.NO_METHOD,
    }  # fmt: skip
