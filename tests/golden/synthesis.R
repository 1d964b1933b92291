# Random-effects syntheses by metafor, on data sets of metadat (both are Debian packages).
# Run: Rscript tests/golden/synthesis.R
# Writes synthesis_data.csv (data, yi, vi) and prints synthesis.csv (data, quantity, value).
suppressMessages({library(metafor); library(metadat)})
sets <- list(bangertdrowns2004 = dat.bangertdrowns2004, raudenbush1985 = dat.raudenbush1985)
rows <- do.call(rbind, lapply(names(sets), function(n) data.frame(data = n, yi = as.numeric(sets[[n]]$yi), vi = as.numeric(sets[[n]]$vi))))
rows$yi <- sprintf("%.15g", rows$yi); rows$vi <- sprintf("%.15g", rows$vi)
write.csv(rows, "tests/golden/synthesis_data.csv", row.names = FALSE, quote = FALSE)
cat("data,quantity,value\n")
for (n in names(sets)) {
  d <- sets[[n]]
  fit <- rma(yi, vi, data = d, method = "REML", test = "adhoc", control = list(threshold = 1e-14, maxiter = 1000))
  plain <- rma(yi, vi, data = d, method = "REML", test = "z", control = list(threshold = 1e-14, maxiter = 1000))
  knha <- rma(yi, vi, data = d, method = "REML", test = "knha", control = list(threshold = 1e-14, maxiter = 1000))
  out <- c(estimate = as.numeric(fit$b), se = fit$se, tau2 = fit$tau2, i2 = fit$I2 / 100, q = fit$QE, p = fit$pval,
    low = fit$ci.lb, high = fit$ci.ub, plain_se = plain$se, knha_se = knha$se, knha_p = knha$pval,
    predict_low = predict(fit)$pi.lb, predict_high = predict(fit)$pi.ub,
    without_first = as.numeric(rma(yi, vi, data = d[-1, ], method = "REML", test = "adhoc", control = list(threshold = 1e-14, maxiter = 1000))$b))
  for (q in names(out)) cat(sprintf("%s,%s,%.12g\n", n, q, out[[q]]))
}
