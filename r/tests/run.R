# SPDX-License-Identifier: MIT
library(spiral)
what_if <- "UKR:limited_balance@2004-12"
fails <- function(expression, pattern) {
  message <- tryCatch({ force(expression); "" }, error = conditionMessage)
  if (!grepl(pattern, message)) stop(sprintf("expected an error with '%s', got '%s'", pattern, message))
}

run <- spiral_run("ukraine", runs = 300, seed = 7, what_if = what_if, set = c("RUS.greed" = 0.3))
stopifnot(nrow(run$outcomes) == 600, nrow(as.data.frame(run)) == 600,
          all(is.na(run$outcomes$war_date) == (run$outcomes$war == 0)),
          all.equal(run$risk$risk[1], mean(run$outcomes$war[run$outcomes$what_if == "baseline"])),
          run$risk$low[1] < run$risk$risk[1], run$risk$risk[1] < run$risk$high[1],
          is.na(run$risk$change[1]), run$risk$change[3] < 0,
          all(run$fan$q05 <= run$fan$q50 & run$fan$q50 <= run$fan$q95),
          run$hash[1] != run$hash[2])
last <- run$risk_by_date[nrow(run$risk_by_date), ]
stopifnot(isTRUE(all.equal(last$war, run$risk$risk[3])), inherits(last$time, "Date"))
print(run)
file <- tempfile(fileext = ".pdf")
grDevices::pdf(file)
plot(run)
grDevices::dev.off()
stopifnot(file.size(file) > 1000)

same <- spiral_run("ukraine", runs = 300, seed = 7, set = c("RUS.greed" = 0.3), threads = 1, fans = FALSE)
stopifnot(same$hash == run$hash[1], is.null(same$fan))

own <- spiral_run("ukraine", runs = 40, seed = 7, what_if = what_if, fans = FALSE,
                  measure = c(whole = "war", early = "war by 2014", "max threat_small"))$outcomes
stopifnot(nrow(own) == 80, all(own$whole == own$war), all(own[["max threat_small"]] == own$peak_threat_small),
          all(own$early == (!is.na(own$war_date) & own$war_date < 2015 + 1e-6)))
fails(spiral_run("ukraine", runs = 5, measure = "threat RUS UKX"), "did you mean 'UKR'")

courses <- spiral_trajectories("ukraine", runs = 3)
stopifnot(nrow(courses) == 3 * 373, format(courses$time[1]) == "1991-12-01",
          all(spiral_quantities()$name %in% names(courses)))

sweep <- spiral_sweep("ukraine", list("k.encircle" = c(1, 3), "RUS.greed" = c(0, 1)), runs = 50)
stopifnot(nrow(sweep) == 4, sweep$war_low <= sweep$war, sweep$war <= sweep$war_high,
          sweep$war[2] == spiral_run("ukraine", runs = 50, set = c("k.encircle" = 3, "RUS.greed" = 0))$risk$risk[1])

stopifnot("ukraine" %in% spiral_cases(), "war" %in% spiral_outcomes()$name,
          spiral_params("ukraine", c("RUS.greed" = 0.9))[
            spiral_params("ukraine")$name == "RUS.greed", "value"] == 0.9)
fails(spiral_run("ukrain"), "did you mean the case 'ukraine'")
fails(spiral_run("ukraine", set = c("RUS.gred" = 1)), "greed")
fails(spiral_run("ukraine", set = c("RUS.greed" = 7)), "expected 0 to 1")
fails(spiral_run("ukraine", what_if = "UKR:none@2004"), "none")
fails(spiral_run("ukraine", runs = 0), "expected 1")
fails(spiral_sweep("ukraine", list("k.encircle" = 1), outcomes = "peace"), "unknown outcome 'peace'")
mine <- tempfile(fileext = ".yaml")
writeLines(c("spiral: 1", "name: mine", "start: 2000", "end: 1990", "statse: []"), mine)
fails(spiral_run(mine), ":[0-9]+:[0-9]+: ")
