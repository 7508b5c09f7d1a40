# One row of benchmarks/matching.py in R: Rscript matching.R ROW FOLDER PEOPLE TERMS. Prints processor seconds.
asked <- commandArgs(trailingOnly = TRUE)
row <- asked[1]; folder <- asked[2]; people <- as.integer(asked[3]); terms <- as.integer(asked[4])
column <- function(name) readBin(file.path(folder, paste0(name, ".bin")), "double", people)
names <- paste0("x", seq_len(terms))
d <- as.data.frame(setNames(lapply(names, column), names))
d$scheme <- column("scheme")
seconds <- function(expression) { taken <- system.time(expression); sum(taken[c("user.self", "sys.self")]) }
formula <- reformulate(names, "scheme")
if (row == "score") {
  cat(seconds(fitted(glm(formula, family = binomial, data = d))), "\n")
  quit()
}
suppressMessages(library(MatchIt))
# MatchIt 4.5.1 cuts the gap of two scores to a whole number (its issue 163), so that no caliper would bind: larger scores.
score <- 1e8 * column("score")
factors <- c("area", "kind", "sex")
for (name in factors) d[[name]] <- column(name)
nearest <- function(...) matchit(formula, data = d, distance = score, caliper = 0.2, ...)
strata <- ~ area + kind + sex
if (row == "nearest, exact strata") cat(seconds(nearest(exact = strata)), "\n")
if (row == "nearest 1:5, exact strata") cat(seconds(nearest(exact = strata, ratio = 5)), "\n")
if (row == "nearest, no strata") cat(seconds(nearest()), "\n")
if (row == "coarsened exact") {
  some <- reformulate(c(names[1:4], factors), "scheme")
  whole <- setNames(rep(list(0), length(factors)), factors)
  cat(seconds(matchit(some, data = d, method = "cem", cutpoints = whole)), "\n")
}
if (row == "balance") {
  found <- nearest(exact = strata)
  bare <- seconds(summary(found, un = FALSE, pair.dist = FALSE))
  cat(bare, seconds(summary(found)), "\n")
}
cat(as.character(packageVersion("MatchIt")), as.character(getRversion()), extSoftVersion()[["BLAS"]], "\n")
