"""The works behind the methods that ran; a citation is quoted, so its numbers are listed and not recomputed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.stats.codes import Adjustment, Status


@dataclass(frozen=True, slots=True)
class Reference:
    """A work: how the methods table names it, and its full citation."""

    short: str
    full: str


WELCH = Reference(
    "Welch 1947",
    'Welch, B. L. (1947). The generalization of "Student\'s" problem when several different population variances are '
    "involved. Biometrika, 34(1-2), 28-35.",
)
WELCH_ANOVA = Reference(
    "Welch 1951",
    "Welch, B. L. (1951). On the comparison of several mean values: An alternative approach. Biometrika, 38(3-4), "
    "330-336.",
)
GRIM = Reference(
    "Brown & Heathers 2017",
    "Brown, N. J. L., & Heathers, J. A. J. (2017). The GRIM test: A simple technique detects numerous anomalies in the "
    "reporting of results in psychology. Social Psychological and Personality Science, 8(4), 363-369.",
)
HOLM = Reference(
    "Holm 1979",
    "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics, "
    "6(2), 65-70.",
)
KISH = Reference("Kish 1965", "Kish, L. (1965). Survey sampling. Wiley.")
CLIFF = Reference(
    "Cliff 1993",
    "Cliff, N. (1993). Dominance statistics: Ordinal analyses to answer ordinal questions. Psychological Bulletin, "
    "114(3), 494-509.",
)
FRIEDMAN = Reference(
    "Friedman 1937",
    "Friedman, M. (1937). The use of ranks to avoid the assumption of normality implicit in the analysis of variance. "
    "Journal of the American Statistical Association, 32(200), 675-701.",
)
HAKE = Reference(
    "Hake 1998",
    "Hake, R. R. (1998). Interactive-engagement versus traditional methods: A six-thousand-student survey of mechanics "
    "test data for introductory physics courses. American Journal of Physics, 66(1), 64-74.",
)
IKM = Reference(
    "Permenpan RB 14/2017",
    "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 14 Tahun 2017 tentang Pedoman "
    "Penyusunan Survei Kepuasan Masyarakat Unit Penyelenggara Pelayanan Publik.",
)
KRUSKAL = Reference(
    "Kruskal & Wallis 1952",
    "Kruskal, W. H., & Wallis, W. A. (1952). Use of ranks in one-criterion variance analysis. Journal of the American "
    "Statistical Association, 47(260), 583-621.",
)
WESTFALL = Reference(
    "Westfall & Young 1993",
    "Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing: Examples and methods for p-value "
    "adjustment. Wiley.",
)
CRONBACH = Reference(
    "Cronbach 1951",
    "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3), 297-334.",
)
JACKKNIFE = Reference(
    "Quenouille 1956",
    "Quenouille, M. H. (1956). Notes on bias in estimation. Biometrika, 43(3-4), 353-360.",
)
WILSON = Reference(
    "Wilson 1927",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the "
    "American Statistical Association, 22(158), 209-212.",
)
VIECHTBAUER = Reference(
    "Viechtbauer 2005",
    "Viechtbauer, W. (2005). Bias and efficiency of meta-analytic variance estimators in the random-effects model. "
    "Journal of Educational and Behavioral Statistics, 30(3), 261-293.",
)
KNAPP = Reference(
    "Knapp & Hartung 2003",
    "Knapp, G., & Hartung, J. (2003). Improved tests for a random effects meta-regression with a single covariate. "
    "Statistics in Medicine, 22(17), 2693-2710.",
)
HIGGINS = Reference(
    "Higgins et al. 2009",
    "Higgins, J. P. T., Thompson, S. G., & Spiegelhalter, D. J. (2009). A re-evaluation of random-effects "
    "meta-analysis. Journal of the Royal Statistical Society: Series A, 172(1), 137-159.",
)
KIRKPATRICK = Reference(
    "Kirkpatrick & Kirkpatrick 2006",
    "Kirkpatrick, D. L., & Kirkpatrick, J. D. (2006). Evaluating training programs: The four levels (3rd ed.). "
    "Berrett-Koehler.",
)

# The first word of a method's code that a work belongs to; the longest that fits counts.
_BY_METHOD = {
    "welch": (WELCH,),
    "welch_anova": (WELCH_ANOVA,),
    "grim": (GRIM,),
    "delta": (CLIFF,),
    "delta_class_jackknife": (CLIFF, JACKKNIFE),
    "friedman_test": (FRIEDMAN,),
    "gain_of_means": (HAKE,),
    "ikm": (IKM,),
    "design_effect_breakdown": (KISH,),
    "kruskal_wallis": (KRUSKAL,),
    "kruskal_wallis_class_permutation": (KRUSKAL, WESTFALL),
    "alpha": (CRONBACH,),
    "alpha_class_jackknife": (CRONBACH, JACKKNIFE),
    "class_jackknife_t": (JACKKNIFE,),
    "wilson_effective_n": (WILSON, KISH),
    "random_effects": (VIECHTBAUER, KNAPP),
    "prediction_interval": (HIGGINS,),
}


def works_behind(method: str) -> tuple[Reference, ...]:
    """Return the works behind a method code, none for counting and recomputing."""
    fitting = [name for name in _BY_METHOD if method == name or method.startswith(f"{name}_")]
    return _BY_METHOD[max(fitting, key=len)] if fitting else ()


def references(results: pd.DataFrame) -> tuple[Reference, ...]:
    """Return the works behind every method that gave a number, and Holm's where it adjusted, in alphabetical order."""
    ran = results[results["status"] != Status.NOT_ESTIMABLE]
    works = {work for method in ran["method"].dropna().unique() for work in works_behind(str(method))}
    works.add(KIRKPATRICK)
    if ran["adjustment"].isin([Adjustment.HOLM, Adjustment.HOLM_UPPER_BOUND]).any():
        works.add(HOLM)
    return tuple(sorted(works, key=lambda work: work.full.casefold()))
