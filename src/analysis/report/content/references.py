"""The works behind the methods that ran, and the table of the annex that names each method."""

from __future__ import annotations

import pandas as pd

from analysis.report.claims.claim import Kind
from analysis.report.claims.tables import Cell, ReportTable, words
from analysis.report.content import works
from analysis.report.content.table_maker import named_column
from analysis.report.content.works import Reference
from analysis.stats.codes import Adjustment, Status
from analysis.words.catalogue import catalogue

# The first words of a method's code that works belong to; the longest that fit count.
_BY_METHOD = {
    "welch": (works.WELCH,),
    "welch_anova": (works.WELCH_ANOVA,),
    "grim": (works.GRIM,),
    "delta": (works.CLIFF,),
    "friedman_test": (works.FRIEDMAN,),
    "gain_of_means": (works.HAKE,),
    "ikm": (works.IKM,),
    "design_effect_breakdown": (works.KISH,),
    "kruskal_wallis": (works.KRUSKAL,),
    "kruskal_wallis_class_permutation": (works.KRUSKAL, works.WESTFALL),
    "alpha": (works.CRONBACH,),
    "wilson": (works.WILSON,),
    "wilson_effective_n": (works.WILSON, works.KISH),
    "random_effects": (works.VIECHTBAUER, works.KNAPP),
    "prediction_interval": (works.HIGGINS,),
    "paired_t": (works.STUDENT,),
    "class_cr2_t": (works.BELL_MCCAFFREY,),
    "village_cr2_t": (works.BELL_MCCAFFREY,),
    "mean_class_cr2_t": (works.BELL_MCCAFFREY,),
    "tost_class_cr2_t": (works.SCHUIRMANN, works.BELL_MCCAFFREY),
    "effective_number": (works.KISH,),
    "power_of_t": (works.COHEN,),
    "power_of_f": (works.COHEN, works.WELCH_ANOVA),
    "tost": (works.SCHUIRMANN,),
    "class_jackknife_within_groups_satterthwaite": (works.JACKKNIFE, works.SATTERTHWAITE),
    "hedges_g": (works.HEDGES,),
    "omega_minres": (works.MCDONALD,),
    "alpha_feldt": (works.CRONBACH, works.FELDT),
    "spearman": (works.SPEARMAN,),
    "cumulative_logit": (works.MCCULLAGH,),
    "proportional_odds_rao_scott": (works.MCCULLAGH, works.RAO_SCOTT),
    "jonckheere_terpstra": (works.JONCKHEERE,),
    "nested_reml": (works.REML,),
    "class_sign_flip": (works.FISHER,),
    "wilcoxon": (works.WILCOXON,),
    "walsh_averages_median": (works.HODGES,),
    "lords_paradox_identity": (works.LORD,),
    "ancova_reliability_corrected": (works.FALLIBLE,),
    "reliable_change_index": (works.JACOBSON,),
    "top_two_logit": (works.COX,),
    "mean_of_class_means_t": (works.STUDENT,),
    "noncentral_t": (works.HEDGES,),
    "paired_d_variance": (works.BONETT,),
    "sign_test": (works.DIXON,),
    "normalised_difference": (works.IMBENS,),
    "regression_to_mean_formula": (works.DAVIS,),
    "defensible_analyses": (works.STEEGEN,),
}


def works_behind(method: str) -> tuple[Reference, ...]:
    """Return the works behind a method code, none for counting and recomputing."""
    fitting = [name for name in _BY_METHOD if method == name or method.startswith(f"{name}_")]
    own = _BY_METHOD[max(fitting, key=len)] if fitting else ()
    return own if "jackknife" not in method or works.JACKKNIFE in own else (*own, works.JACKKNIFE)


def references(results: pd.DataFrame) -> tuple[Reference, ...]:
    """Return the works behind every method that gave a number, and Holm's where it adjusted, in alphabetical order."""
    ran = results[results["status"] != Status.NOT_ESTIMABLE]
    cited = {work for method in ran["method"].dropna().unique() for work in works_behind(str(method))}
    cited.add(works.KIRKPATRICK)
    if ran["adjustment"].isin([Adjustment.HOLM, Adjustment.HOLM_UPPER_BOUND]).any():
        cited.add(works.HOLM)
    return tuple(sorted(cited, key=lambda work: work.full.casefold()))


_COLUMNS = (("analysis", 30), ("method", 46), ("reference", 24))


def methods_table(results: pd.DataFrame, language: str) -> ReportTable | None:
    """Return the method of every analysis that gave a number, None where nothing did."""
    rows = results[results["status"] != Status.NOT_ESTIMABLE].drop_duplicates(["analysis", "method"])
    if rows.empty:
        return None
    texts = catalogue(language)
    lines = [
        (
            words(texts.text(str(row["analysis"]), "analysis")),
            words(texts.text(str(row["method"]), "method")),
            Cell(value="; ".join(work.short for work in works_behind(str(row["method"]))), kind=Kind.QUOTED),
        )
        for row in rows.to_dict("records")
    ]
    heads = tuple(named_column(texts, key, width, left=True) for key, width in _COLUMNS)
    return ReportTable(name="methods", title=texts.text("methods", "table"), columns=heads, rows=tuple(lines))
