# Worst-case data sets for the published means of Lampung, tested by R's own Welch test.
#
# Input: data/raw/lampung/evaluasi_agregat.csv as printed. For each mean of 96 answers on 1..5 the answers are
# laid out with the largest spread (all but one at the ends of the scale); t.test() then gives the largest
# p-value. Sorted answers of all items side by side give the persons' means with the largest spread.
# Run: Rscript tests/golden/published_bounds.R > tests/golden/published_bounds.csv
lines <- readLines("data/raw/lampung/evaluasi_agregat.csv", encoding = "UTF-8")
pattern <- "[0-9],[0-9][0-9]"
found <- regmatches(lines, gregexpr(pattern, lines))
means <- t(sapply(found[lengths(found) == 4], function(x) as.numeric(sub(",", ".", x))))[, 1:3]
n <- 96
worst <- function(mean) {
  total <- round(mean * n) - n
  high <- total %/% 4
  c(rep(5, high), if (high < n) 1 + total %% 4, rep(1, max(0, n - high - 1)))
}
answers <- lapply(1:3, function(batch) sapply(means[, batch], worst))
aspects <- rep(c("materi", "metode", "fasilitator", "media", "fasilitas", "suasana"), c(3, 5, 6, 2, 3, 3))
pairs <- list(c(1, 3), c(2, 3), c(1, 2))
cat("kind,subject,contrast,difference,t,df,p\n")
emit <- function(kind, subject, pair, a, b) {
  test <- t.test(b, a, var.equal = FALSE)
  cat(sprintf("%s,%s,%d-%d,%.12g,%.12g,%.12g,%.12g\n", kind, subject, pair[2] + 4, pair[1] + 4,
    mean(b) - mean(a), test$statistic, test$parameter, test$p.value))
}
for (pair in pairs) {
  a <- answers[[pair[1]]]; b <- answers[[pair[2]]]
  emit("total", "total", pair, rowMeans(a), rowMeans(b))
  for (aspect in unique(aspects)) emit("aspect", aspect, pair, rowMeans(a[, aspects == aspect]), rowMeans(b[, aspects == aspect]))
  for (item in 1:22) emit("item", item, pair, a[, item], b[, item])
}
