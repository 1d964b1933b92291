"""The works that the methods table and the list of references name."""

from __future__ import annotations

from dataclasses import dataclass


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
BELL_MCCAFFREY = Reference(
    "Bell & McCaffrey 2002",
    "Bell, R. M., & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with multi-stage "
    "samples. Survey Methodology, 28(2), 169-181.",
)
COHEN = Reference(
    "Cohen 1988",
    "Cohen, J. (1988). Statistical power analysis for the behavioral sciences (2nd ed.). Lawrence Erlbaum.",
)
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
STUDENT = Reference("Student 1908", "Student (1908). The probable error of a mean. Biometrika, 6(1), 1-25.")
WILCOXON = Reference(
    "Wilcoxon 1945",
    "Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin, 1(6), 80-83.",
)
HODGES = Reference(
    "Hodges & Lehmann 1963",
    "Hodges, J. L., & Lehmann, E. L. (1963). Estimates of location based on rank tests. Annals of Mathematical "
    "Statistics, 34(2), 598-611.",
)
FISHER = Reference("Fisher 1935", "Fisher, R. A. (1935). The design of experiments. Oliver and Boyd.")
JONCKHEERE = Reference(
    "Jonckheere 1954",
    "Jonckheere, A. R. (1954). A distribution-free k-sample test against ordered alternatives. Biometrika, 41(1-2), "
    "133-145.",
)
MCCULLAGH = Reference(
    "McCullagh 1980",
    "McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical Society: Series B, "
    "42(2), 109-142.",
)
RAO_SCOTT = Reference(
    "Rao & Scott 1984",
    "Rao, J. N. K., & Scott, A. J. (1984). On chi-squared tests for multiway contingency tables with cell proportions "
    "estimated from survey data. Annals of Statistics, 12(1), 46-60.",
)
HEDGES = Reference(
    "Hedges 1981",
    "Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal "
    "of Educational Statistics, 6(2), 107-128.",
)
REML = Reference(
    "Patterson & Thompson 1971",
    "Patterson, H. D., & Thompson, R. (1971). Recovery of inter-block information when block sizes are unequal. "
    "Biometrika, 58(3), 545-554.",
)
FELDT = Reference(
    "Feldt 1965",
    "Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty. "
    "Psychometrika, 30(3), 357-370.",
)
MCDONALD = Reference(
    "McDonald 1999", "McDonald, R. P. (1999). Test theory: A unified treatment. Lawrence Erlbaum Associates."
)
SATTERTHWAITE = Reference(
    "Satterthwaite 1946",
    "Satterthwaite, F. E. (1946). An approximate distribution of estimates of variance components. Biometrics "
    "Bulletin, 2(6), 110-114.",
)
SCHUIRMANN = Reference(
    "Schuirmann 1987",
    "Schuirmann, D. J. (1987). A comparison of the two one-sided tests procedure and the power approach for assessing "
    "the equivalence of average bioavailability. Journal of Pharmacokinetics and Biopharmaceutics, 15(6), 657-680.",
)
LORD = Reference(
    "Lord 1967",
    "Lord, F. M. (1967). A paradox in the interpretation of group comparisons. Psychological Bulletin, 68(5), 304-305.",
)
SPEARMAN = Reference(
    "Spearman 1904",
    "Spearman, C. (1904). The proof and measurement of association between two things. American Journal of "
    "Psychology, 15(1), 72-101.",
)
DIXON = Reference(
    "Dixon & Mood 1946",
    "Dixon, W. J., & Mood, A. M. (1946). The statistical sign test. Journal of the American Statistical Association, "
    "41(236), 557-566.",
)
IMBENS = Reference(
    "Imbens & Rubin 2015",
    "Imbens, G. W., & Rubin, D. B. (2015). Causal inference for statistics, social, and biomedical sciences. "
    "Cambridge University Press.",
)
BONETT = Reference(
    "Bonett 2008",
    "Bonett, D. G. (2008). Confidence intervals for standardized linear contrasts of means. Psychological Methods, "
    "13(2), 99-109.",
)
DAVIS = Reference(
    "Davis 1976",
    "Davis, C. E. (1976). The effect of regression to the mean in epidemiologic and clinical studies. American "
    "Journal of Epidemiology, 104(5), 493-498.",
)
STEEGEN = Reference(
    "Steegen et al. 2016",
    "Steegen, S., Tuerlinckx, F., Gelman, A., & Vanpaemel, W. (2016). Increasing transparency through a multiverse "
    "analysis. Perspectives on Psychological Science, 11(5), 702-712.",
)
JACOBSON = Reference(
    "Jacobson & Truax 1991",
    "Jacobson, N. S., & Truax, P. (1991). Clinical significance: A statistical approach to defining meaningful change "
    "in psychotherapy research. Journal of Consulting and Clinical Psychology, 59(1), 12-19.",
)
FALLIBLE = Reference(
    "Lord 1960",
    "Lord, F. M. (1960). Large-sample covariance analysis when the control variable is fallible. Journal of the "
    "American Statistical Association, 55(290), 307-321.",
)
COX = Reference(
    "Cox 1958",
    "Cox, D. R. (1958). The regression analysis of binary sequences. Journal of the Royal Statistical Society: "
    "Series B, 20(2), 215-242.",
)
