# SPDX-License-Identifier: MIT
# Cases, ensembles and what they show, as data frames. The manual has a page for each function.

baseline <- "baseline"
modes <- c("free_running", "war_ends", "assimilate") # in the order of the library's flags

# --- tables of the library -------------------------------------------------------------------------

table_frame <- function(columns, drop) {
  frame <- as.data.frame(columns, stringsAsFactors = FALSE)
  frame[setdiff(names(frame), drop)]
}

spiral_version <- function() .Call(C_version)

spiral_cases <- function() .Call(C_cases)

spiral_outcomes <- function() table_frame(.Call(C_outcomes), c("value", "source"))

spiral_quantities <- function() table_frame(.Call(C_quantities), c("value", "source"))

spiral_params <- function(case, set = NULL) {
  frame <- table_frame(.Call(C_parameters, prepare(case, set)), character())
  frame[c("name", "value", "low", "high", "unit", "label", "meaning", "source")]
}

# --- cases and dates -------------------------------------------------------------------------------

# A case with its settings, ready to be run.
prepare <- function(case, set = NULL, constants = NULL, until = NULL, step = 0, mode = NULL) {
  pointer <- .Call(C_load_case, as.character(case)[1])
  flags <- if (is.null(mode)) 0L else sum(2^(match(match.arg(mode, modes, TRUE), modes) - 1))
  .Call(C_configure, pointer, as.integer(flags), as.double(step), until, constants)
  if (length(set) > 0) {
    values <- unlist(set)
    if (is.null(names(values)) || !is.numeric(values))
      stop("`set` must be numbers with names, as c(\"RUS.greed\" = 0.9)", call. = FALSE)
    .Call(C_set_parameters, pointer, names(values), as.double(values))
  }
  pointer
}

# The calendar dates of dates in years, a month being 1/12 of a year.
calendar <- function(years) {
  months <- floor(years * 12 + 1e-6)
  days <- pmax(years * 12 - months, 0)
  first <- function(m) as.Date(ifelse(is.na(m), NA, sprintf("%d-%02d-01", m %/% 12, m %% 12 + 1)))
  begin <- first(months)
  begin + round(days * as.numeric(first(months + 1) - begin))
}

# --- runs ------------------------------------------------------------------------------------------

spiral_run <- function(case, runs = 1000, seed = 1, what_if = NULL, set = NULL, constants = NULL,
                       until = NULL, step = 0, mode = NULL, first = 0, threads = 0, fans = TRUE,
                       shares = c(0.05, 0.25, 0.5, 0.75, 0.95), measure = NULL) {
  pointer <- prepare(case, set, constants, until, step, mode)
  what_if <- as.character(what_if)
  ensemble <- run_ensemble(pointer, runs, seed, first, what_if, threads, fans)
  branches <- c(baseline, what_if)
  structure(list(
    case = .Call(C_case_facts, pointer), runs = runs, seed = seed, set = unlist(set),
    risk = each_branch(branches, function(b) risk_of(ensemble, b)),
    outcomes = each_branch(branches, function(b)
      cbind(outcomes_of(ensemble, b, first),
            measures_of(pointer, c(NA, what_if)[b + 1L], measure, seed, first, runs))),
    risk_by_date = each_branch(branches, function(b) risk_by_date_of(ensemble, b, runs)),
    fan = if (fans) each_branch(branches, function(b) fan_of(ensemble, b, shares)),
    hash = setNames(vapply(seq_along(branches) - 1L, function(b) .Call(C_ensemble_hash, ensemble, b),
                           ""), branches)), class = "spiral_run")
}

run_ensemble <- function(pointer, runs, seed, first, what_if, threads, fans) {
  ensemble <- .Call(C_run_ensemble, pointer, as.double(runs), as.double(seed), as.double(first),
                    as.character(what_if), as.integer(threads), fans)
  if (is.null(ensemble)) { # the library has ended its threads: now R is told of the interrupt
    signalCondition(structure(class = c("interrupt", "condition"), list(message = "", call = NULL)))
    invokeRestart("abort")
  }
  ensemble
}

# Frames of the branches, one below the other, with the branch in front.
each_branch <- function(branches, make) {
  frames <- lapply(seq_along(branches), function(i)
    cbind(what_if = branches[i], make(i - 1L), stringsAsFactors = FALSE))
  do.call(rbind, frames)
}

outcomes_of <- function(ensemble, branch, first) {
  values <- .Call(C_ensemble_outcomes, ensemble, branch)
  colnames(values) <- .Call(C_outcomes)$name
  values[is.nan(values)] <- NA # no date where the event did not come
  cbind(run = first + seq_len(nrow(values)) - 1, as.data.frame(values))
}

# Outcomes of one's own, a column for each expression; none where there are no expressions.
measures_of <- function(pointer, what_if, measure, seed, first, runs) {
  if (length(measure) == 0)
    return(data.frame(row.names = seq_len(runs)))
  values <- .Call(C_measure, pointer, if (!is.na(what_if)) what_if, as.character(measure),
                  as.double(seed), as.double(first), as.double(runs))
  names <- if (is.null(names(measure))) measure else ifelse(nzchar(names(measure)), names(measure),
                                                            measure)
  table <- as.data.frame(t(matrix(values, nrow = length(measure))))
  setNames(table, names)
}

risk_of <- function(ensemble, branch) {
  rows <- lapply(c("war", "force"), function(event) {
    own <- .Call(C_ensemble_estimate, ensemble, branch, event, FALSE)
    change <- if (branch == 0L) rep(NA_real_, 7) else
      .Call(C_ensemble_estimate, ensemble, branch, event, TRUE)
    data.frame(outcome = event, risk = own[2], low = own[4], high = own[5], constants_low = own[6],
               constants_high = own[7], change = change[2], change_low = change[4],
               change_high = change[5], stringsAsFactors = FALSE)
  })
  do.call(rbind, rows)
}

risk_by_date_of <- function(ensemble, branch, runs) {
  dates <- .Call(C_ensemble_dates, ensemble)
  data.frame(date = dates, time = calendar(dates),
             war = .Call(C_ensemble_reached, ensemble, branch, 5L) / runs,
             force = .Call(C_ensemble_reached, ensemble, branch, 4L) / runs)
}

fan_of <- function(ensemble, branch, shares) {
  dates <- .Call(C_ensemble_dates, ensemble)
  names <- .Call(C_quantities)$name
  labels <- sprintf("q%02d", round(100 * shares))
  frames <- lapply(seq_along(names), function(i) {
    bands <- t(matrix(.Call(C_ensemble_fan, ensemble, branch, i - 1L, as.double(shares)),
                      nrow = length(shares)))
    colnames(bands) <- labels
    data.frame(quantity = names[i], date = dates, time = calendar(dates),
               mean = .Call(C_ensemble_fan, ensemble, branch, i - 1L, double()), bands,
               stringsAsFactors = FALSE)
  })
  do.call(rbind, frames)
}

spiral_trajectories <- function(case, runs = 10, seed = 1, what_if = NULL, set = NULL,
                                constants = NULL, until = NULL, step = 0, mode = NULL, first = 0) {
  pointer <- prepare(case, set, constants, until, step, mode)
  facts <- .Call(C_case_facts, pointer)
  names <- .Call(C_quantities)$name
  values <- .Call(C_histories, pointer, if (length(what_if)) as.character(what_if)[1],
                  as.double(seed), as.double(first), as.double(runs))
  table <- t(matrix(values, nrow = length(names)))
  colnames(table) <- names
  rows <- nrow(table) / runs
  dates <- facts$start + (facts$end - facts$start) * (seq_len(rows) - 1) / (rows - 1)
  data.frame(run = rep(first + seq_len(runs) - 1, each = rows), date = rep(dates, runs),
             time = rep(calendar(dates), runs), table)
}

# --- what is done with a run -----------------------------------------------------------------------

as.data.frame.spiral_run <- function(x, ...) x$outcomes

print.spiral_run <- function(x, ...) {
  cat(sprintf("%s: %g runs, seed %g\n", x$case$title, x$runs, x$seed))
  frame <- x$risk
  numbers <- vapply(frame, is.numeric, TRUE)
  frame[numbers] <- round(frame[numbers], 3)
  print(frame[, !vapply(frame, function(column) all(is.na(column)), TRUE)], row.names = FALSE)
  invisible(x)
}

plot.spiral_run <- function(x, outcome = c("war", "force"), ...) {
  outcome <- match.arg(outcome)
  branches <- unique(x$risk_by_date$what_if)
  colours <- hcl.colors(length(branches) + 1, "Dark 3")[seq_along(branches)]
  table <- x$risk_by_date
  plot(range(table$time), c(0, 1), type = "n", xlab = "", las = 1, main = x$case$title,
       ylab = sprintf("share of runs that have come to %s", outcome), ...)
  for (i in seq_along(branches)) {
    own <- table[table$what_if == branches[i], ]
    lines(own$time, own[[outcome]], col = colours[i], lwd = 2)
  }
  legend("topleft", branches, col = colours, lwd = 2, bty = "n")
  invisible(x)
}

# --- sweeps ----------------------------------------------------------------------------------------

spiral_sweep <- function(case, vary, runs = 200, seed = 1, outcomes = c("war", "force"),
                         what_if = NULL, set = NULL, constants = NULL, until = NULL, step = 0,
                         mode = NULL, threads = 0) {
  points <- if (is.data.frame(vary)) vary else expand.grid(vary, KEEP.OUT.ATTRS = FALSE)
  if (nrow(points) < 1 || !all(vapply(points, is.numeric, TRUE)))
    stop("`vary` must be a data frame of points, or a list of numbers by parameter", call. = FALSE)
  branch <- if (length(what_if) > 0) 1L else 0L
  rows <- lapply(seq_len(nrow(points)), function(i) {
    point <- setNames(as.numeric(points[i, ]), names(points))
    pointer <- prepare(case, c(unlist(set), point), constants, until, step, mode)
    ensemble <- run_ensemble(pointer, runs, seed, 0, what_if, threads, FALSE)
    means <- lapply(outcomes, function(outcome) {
      estimate <- .Call(C_ensemble_estimate, ensemble, branch, outcome, FALSE)
      none <- estimate[1] == 0
      setNames(if (none) rep(NA_real_, 3) else estimate[c(2, 4, 5)],
               paste0(outcome, c("", "_low", "_high")))
    })
    as.data.frame(as.list(unlist(means)))
  })
  cbind(points, runs = runs, do.call(rbind, rows))
}

# --- files of the program --------------------------------------------------------------------------

# The program: SPIRAL_PROGRAM, the one in the package, or the one on PATH.
find_program <- function() {
  candidates <- c(Sys.getenv("SPIRAL_PROGRAM"), system.file("bin", "spiral", package = "spiral"),
                  Sys.which("spiral"))
  wanted <- paste("spiral", spiral_version())
  for (candidate in candidates[nzchar(candidates)]) {
    shown <- tryCatch(system2(candidate, "--version", stdout = TRUE, stderr = FALSE),
                      error = function(e) "", warning = function(w) "")
    if (identical(shown[1], wanted))
      return(candidate)
  }
  stop("reading a store needs the program ", wanted, ", which was not found in the package or on ",
       "PATH; SPIRAL_PROGRAM may name it", call. = FALSE)
}

spiral_read <- function(path, what = c("points", "runs", "trajectories")) {
  what <- match.arg(what)
  if (!file.exists(path))
    stop(path, ": no such file", call. = FALSE)
  if (grepl("[.]csv$", path))
    return(read.csv(path, comment.char = "#", check.names = FALSE))
  table <- tempfile(fileext = ".csv")
  messages <- tempfile()
  on.exit(unlink(c(table, messages)))
  status <- system2(find_program(), c("export", shQuote(path), "--what", what, "--out",
                                      shQuote(table)), stdout = FALSE, stderr = messages)
  if (status != 0)
    stop(paste(sub("^spiral: ", "", readLines(messages)), collapse = "\n"), call. = FALSE)
  read.csv(table, comment.char = "#", check.names = FALSE)
}
