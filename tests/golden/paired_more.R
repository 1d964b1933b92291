# Individual gains, reliable change, regression to the mean, unlinked forms, equivalence by class, rank correlation.
#
# Run: Rscript paired_more.R > paired_more.csv     (packages carData, psych, mlmRev; data shipped with them)
cat("data,name,value\n")
emit <- function(data, name, value) cat(sprintf("%s,%s,%.15g\n", data, name, as.numeric(value)))
gc <- na.omit(mlmRev::Gcsemv[, c("school", "written", "course")])
ok <- carData::OBrienKaiser; sa <- na.omit(psych::sat.act[, c("education", "SATV", "SATQ")])
sets <- list(Gcsemv = list(gc$written, gc$course, 160), OBrienKaiser = list(ok$pre.1, ok$post.1, max(ok$post.1)),
             sat.act = list(sa$SATV, sa$SATQ, 800))
for (name in names(sets)) {
  pre <- sets[[name]][[1]]; post <- sets[[name]][[2]]; top <- sets[[name]][[3]]; d <- post - pre
  gain <- ifelse(pre < top, d / (top - pre), NA)
  emit(name, "gain_mean", mean(gain, na.rm = TRUE)); emit(name, "gain_median", median(gain, na.rm = TRUE))
  emit(name, "gain_undefined", sum(is.na(gain)))
  band <- cut(gain, c(-Inf, 0, .3, .7, Inf), right = FALSE)
  for (k in 1:4) emit(name, paste0("band_", k), sum(band == levels(band)[k], na.rm = TRUE))
  limit <- qnorm(.975) * sd(pre) * sqrt(2 * (1 - .8))                      # Jacobson and Truax, reliability .8
  emit(name, "reliably_improved", mean(d > limit)); emit(name, "reliably_worse", mean(d < -limit))
  low <- pre <= quantile(pre, .25)                                        # chosen by the pretest, rho = .7
  emit(name, "regression_expected", mean(d) + (1 - .7) * (mean(pre) - mean(pre[low])))
  emit(name, "regression_rho", 1 - (mean(d[low]) - mean(d)) / (mean(pre) - mean(pre[low])))
  w <- t.test(post, pre)                                                  # unlinked: two samples
  emit(name, "unlinked_low", w$conf.int[1]); emit(name, "unlinked_high", w$conf.int[2])
  emit(name, "unlinked_df", w$parameter); emit(name, "unlinked_p", w$p.value)
  emit(name, "spearman", cor(pre, post, method = "spearman"))
  emit(name, "ceiling_post", mean(post == top)); emit(name, "floor_pre", mean(pre == 0))
}
# Unlinked forms whose class is known, and equivalence with the class as unit: schools of Gcsemv left out in turn.
schools <- split(seq_len(nrow(gc)), factor(gc$school)); G <- length(schools)
se <- function(each) sqrt((G - 1) / G * sum((each - mean(each))^2))
change <- mean(gc$course - gc$written); each <- sapply(schools, function(i) mean((gc$course - gc$written)[-i]))
emit("Gcsemv.school", "tost_p", max(pt((change - 6) / se(each), G - 1), pt((change + 6) / se(each), G - 1, lower.tail = FALSE)))
gain <- (gc$course - gc$written) / ifelse(gc$written < 160, 160 - gc$written, NA)
each <- sapply(schools, function(i) mean(gain[-i], na.rm = TRUE))
emit("Gcsemv.school", "gain_mean_low", mean(gain, na.rm = TRUE) - qt(.975, G - 1) * se(each))
emit("Gcsemv.school", "gain_mean_high", mean(gain, na.rm = TRUE) + qt(.975, G - 1) * se(each))
risen <- gc$course > gc$written; p <- mean(risen)                          # linearised variance of a share
sums <- sapply(schools, function(i) sum(risen[i] - p)); v <- G / (G - 1) * sum(sums^2) / nrow(gc)^2
n <- min(nrow(gc), max(1, p * (1 - p) / v)); q <- qt(.975, G - 1)
emit("Gcsemv.school", "share_low", (p + q^2 / (2 * n) - q * sqrt(p * (1 - p) / n + q^2 / (4 * n^2))) / (1 + q^2 / n))
emit("Gcsemv.school", "share_high", (p + q^2 / (2 * n) + q * sqrt(p * (1 - p) / n + q^2 / (4 * n^2))) / (1 + q^2 / n))
rho <- sapply(schools, function(i) atanh(cor(gc$written[-i], gc$course[-i], method = "spearman")))
full <- atanh(cor(gc$written, gc$course, method = "spearman"))
emit("Gcsemv.school", "spearman_low", tanh(full - qt(.975, G - 1) * se(rho)))
emit("Gcsemv.school", "spearman_high", tanh(full + qt(.975, G - 1) * se(rho)))
