# A mean of unequal classes: CR2 standard error and Satterthwaite degrees of freedom.
#
# Run: Rscript one_sample.R > one_sample.csv     (package clubSandwich 0.5.8)
# The scores are made by a rule, so that no data file is needed: person i (from 0) of class k (from 0).
suppressPackageStartupMessages(library(clubSandwich))
cat("data,name,value\n")
emit <- function(data, name, value) cat(sprintf("%s,%s,%.15g\n", data, name, as.numeric(value)))
sets <- list(one_large = c(60, 3, 5, 9, 4, 7), two_large = c(50, 40, 6, 6, 6, 6, 6), equal = c(8, 8, 8, 8),
             of_two = c(30, 4), one_among_many = c(60, 3, 4, 5, 6, 7, 8, 9, 3, 4, 5, 6))
for (name in names(sets)) {
  class <- rep(seq_along(sets[[name]]) - 1, sets[[name]])
  i <- seq_along(class) - 1
  y <- ((7 * i^2 + 3 * i) %% 23) / 2 + ((5 * class^2 + 2 * class) %% 7) - 3
  fit <- lm(y ~ 1)
  v <- vcovCR(fit, cluster = class, type = "CR2")
  test <- coef_test(fit, vcov = v, test = "Satterthwaite")
  ci <- conf_int(fit, vcov = v, level = .95, test = "Satterthwaite")
  emit(name, "mean", coef(fit)); emit(name, "se", test$SE); emit(name, "df", test$df_Satt); emit(name, "p", test$p_Satt)
  emit(name, "low", ci$CI_L); emit(name, "high", ci$CI_U)
}
