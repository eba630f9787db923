# SPDX-License-Identifier: MIT
#
# Builds a table for `spiral panel` from the original data sets, by the rules of docs/panel.md:
#
#     Rscript docs/panel.R 1950 2009 panel.csv
#
# It needs peacesciencer 1.2.9 (https://cran.r-project.org/package=peacesciencer) and, once, its
# download_extdata() for dyadic trade. What the package does not hold is left empty: military spending
# over GDP in current dollars, language, confession, colonies, United States troops, claims. The table
# is complete without them; docs/panel.md says where each comes from.

GROUPS <- list(west = c(2, 200, 220, 260), russia = 365, china = 710)
TEN <- 10

# --- dyad-years ------------------------------------------------------------------------------------

# Directed dyad-years with all facts that peacesciencer has.
dyad_years <- function(first, last) {
    years <- peacesciencer::create_dyadyears(system = "cow", directed = TRUE,
                                             subset_years = (first - TEN - 1):last)
    years <- peacesciencer::add_nmc(years, keep = c("milex", "cinc"))
    years <- peacesciencer::add_contiguity(years)
    years <- peacesciencer::add_cow_majors(years)
    years <- peacesciencer::add_atop_alliance(years)
    years <- peacesciencer::add_igos(years)
    years <- peacesciencer::add_democracy(years)
    years <- peacesciencer::add_sim_gdp_pop(years)
    years <- peacesciencer::add_minimum_distance(years, use_extdata = FALSE)
    years <- peacesciencer::add_capital_distance(years)
    years <- peacesciencer::add_strategic_rivalries(years)
    years <- peacesciencer::add_cow_wars(years, type = "inter")
    years <- tryCatch(peacesciencer::add_cow_trade(years), error = function(problem) {
        message("no dyadic trade: run peacesciencer::download_extdata() once")
        years
    })
    as.data.frame(years)
}

# A column, or missing values where there is none of this name.
column <- function(years, name) if (name %in% names(years)) years[[name]] else rep(NA_real_, nrow(years))

# Key of a directed dyad-year.
key <- function(one, other, year) paste(one, other, year)

# Every year of Thompson and Dreyer's rivalries, both directions.
rivalry_years <- function() {
    rows <- as.data.frame(peacesciencer::td_rivalries)
    keys <- Map(function(a, b, from, to) c(key(a, b, from:to), key(b, a, from:to)),
                rows$ccode1, rows$ccode2, rows$styear, rows$endyear)
    unique(unlist(keys))
}

# --- disputes --------------------------------------------------------------------------------------

# The level of a dispute-year by the refined rule: 5 a war between the two; 4 level 4 or 5 with an action
# other than a seizure by a side that used force, and deaths or more than 30 days; 3 otherwise for such; else
# the dispute's own level, and 1 without any.
# Action 15 of the data is a seizure; 13 blockade, 14 occupation, 16 attack, 17 clash, 18 and above war.
refined_level <- function(rows) {
    force <- pmax(rows$hostlev1, rows$hostlev2) >= 4
    acted <- ifelse(rows$hostlev1 >= 4, rows$hiact1, 0)
    acted_too <- ifelse(rows$hostlev2 >= 4, rows$hiact2, 0)
    seizure <- pmax(acted, acted_too) == 15
    grave <- rows$fatality > 0 | rows$maxdur > 30
    level <- ifelse(force, ifelse(!seizure & grave, 4, 3), pmax(rows$hostlev1, rows$hostlev2))
    pmax(level, 1)
}

disputes <- function() {
    rows <- as.data.frame(peacesciencer::gml_dirdisp)
    rows$level <- refined_level(rows)
    rows$key <- key(rows$ccode1, rows$ccode2, rows$year)
    rows
}

# The record of a directed pair in the years from .. to: the disputes, each counted once.
record <- function(rows, one, other, from, to) {
    mine <- rows[rows$ccode1 == one & rows$ccode2 == other & rows$year >= from & rows$year <= to, ]
    once <- mine[!duplicated(mine$dispnum), ]
    list(disputes = nrow(once),
         force = sum(once$level >= 4),
         sum_one = sum(pmax(once$hostlev1 - 1, 0)),
         sum_other = sum(pmax(once$hostlev2 - 1, 0)),
         deaths_one = as.integer(any(once$fatality1 > 0)),
         deaths_other = as.integer(any(once$fatality2 > 0)))
}

# Years before `start` since the last year in which `hit` holds, or since `age` years ago.
years_since <- function(hit_years, start, age) {
    past <- hit_years[hit_years < start]
    if (length(past) == 0) age else start - 1 - max(past)
}

# --- windows ---------------------------------------------------------------------------------------

# The strongest pact by name, from a row of dyad-years; "" for none.
pact <- function(row) {
    if (nrow(row) == 0) return("")
    names <- c(defence = "atop_defense", consultation = "atop_consul",
               neutrality = "atop_neutral", nonaggression = "atop_nonagg")
    held <- vapply(names, function(name) any(row[[name]] == 1, na.rm = TRUE), logical(1))
    if (any(held)) names(names)[which(held)[1]] else ""
}

largest <- function(values, empty = NA) {
    values <- values[!is.na(values)]
    if (length(values) == 0) empty else max(values)
}

# A group of powers as seen by the pair in the year before the start. Members that are one of the two
# are left out; a group without members has no power, and is then no state.
group_facts <- function(data, small, neighbour, year, members, wars) {
    members <- setdiff(members, c(small, neighbour))
    there <- data$by_year[[as.character(year)]]
    to_small <- there[there$ccode1 == small & there$ccode2 %in% members, ]
    to_neighbour <- there[there$ccode1 == neighbour & there$ccode2 %in% members, ]
    if (nrow(to_small) + nrow(to_neighbour) == 0)
        return(list(cinc = NA, milex_share = NA, pact = "", pact_neighbour = "", nuclear = NA, igos = NA,
                    igos_neighbour = NA, km = NA, rival = NA, sum_of_neighbour10 = NA,
                    sum_of_group10 = NA, deaths_neighbour10 = NA, deaths_group10 = NA, war10 = NA))
    past <- lapply(members, function(m) record(data$disputes, neighbour, m, year - TEN + 1, year))
    total <- function(name) sum(vapply(past, function(r) as.numeric(r[[name]]), numeric(1)))
    list(cinc = sum(to_small$cinc2, na.rm = TRUE),
         milex_share = NA,
         pact = pact(to_small), pact_neighbour = pact(to_neighbour),
         nuclear = NA,
         igos = largest(to_small$dyadigos), igos_neighbour = largest(to_neighbour$dyadigos),
         km = -largest(-to_small$mindist),
         rival = as.integer(any(to_neighbour$ongoingrivalry == 1, na.rm = TRUE)),
         sum_of_neighbour10 = total("sum_one"), sum_of_group10 = total("sum_other"),
         deaths_neighbour10 = as.integer(total("deaths_one") > 0),
         deaths_group10 = as.integer(total("deaths_other") > 0),
         war10 = as.integer(any(key(neighbour, members, rep((year - TEN + 1):year,
                                                            each = length(members))) %in% wars)))
}

# The highest level of each year of the window, as digits.
levels_of <- function(data, small, neighbour, years) {
    rows <- data$disputes[data$disputes$ccode1 == small & data$disputes$ccode2 == neighbour, ]
    at <- vapply(years, function(y) {
        war <- key(small, neighbour, y) %in% data$wars
        if (war) 5 else max(c(1, pmin(rows$level[rows$year == y], 4)))
    }, numeric(1))
    paste(at, collapse = "")
}

one_window <- function(data, facts, start, years) {
    small <- facts$ccode1
    neighbour <- facts$ccode2
    before <- start - 1
    past <- record(data$disputes, small, neighbour, start - TEN, before)
    rows <- data$disputes[data$disputes$ccode1 == small & data$disputes$ccode2 == neighbour, ]
    age <- data$age[[paste(small, neighbour)]]
    age <- if (is.null(age)) 0 else max(start - age, 0)
    levels <- levels_of(data, small, neighbour, start + seq_len(years) - 1)
    digits <- as.integer(strsplit(levels, "")[[1]])
    last <- as.integer(levels_of(data, small, neighbour, before))
    runs_on <- intersect(rows$dispnum[rows$year == before], rows$dispnum[rows$year == start])
    flows <- sum(c(facts$flow1, facts$flow2), na.rm = FALSE)
    window <- list(
        window = paste(small, neighbour, start, sep = "-"),
        dyad = paste(min(small, neighbour), max(small, neighbour), sep = "-"),
        small = small, neighbour = neighbour, start = start, end = start + years, years = years,
        cinc_small = facts$cinc1, cinc_neighbour = facts$cinc2, contiguity = facts$conttype,
        min_distance_km = facts$mindist, capital_distance_km = facts$capdist,
        major_neighbour = facts$cowmaj2, nuclear_small = NA, nuclear_neighbour = NA,
        defence = facts$atop_defense, offence = facts$atop_offense,
        neutrality = facts$atop_neutral, nonaggression = facts$atop_nonagg,
        consultation = facts$atop_consul, igos = facts$dyadigos,
        dependence_small = NA, dependence_neighbour = NA,
        gdppc_small = facts$gdppc1, gdppc_neighbour = facts$gdppc2,
        milex_gdp_small = NA, milex_gdp_neighbour = NA,
        polity_small = facts$polity21, polity_neighbour = facts$polity22,
        polyarchy_small = facts$v2x_polyarchy1, polyarchy_neighbour = facts$v2x_polyarchy2,
        uds_small = facts$euds1, uds_neighbour = facts$euds2,
        same_country = NA, colony = NA, colony45 = NA, common_language = NA, faith = NA,
        us_troops_small = NA, age = age,
        rivalry_td = as.integer(key(small, neighbour, before) %in% data$rivalries),
        rivalry_tss = as.integer(facts$ongoingrivalry),
        peace_mid = years_since(rows$year, start, age),
        peace_force = years_since(rows$year[rows$level >= 4], start, age),
        mid_before = as.integer(any(rows$year == before)),
        force_before = as.integer(last >= 4),
        disputes10 = past$disputes, force10 = past$force,
        war10 = as.integer(any(key(small, neighbour, (start - TEN):before) %in% data$wars)),
        sum_small10 = past$sum_one, sum_neighbour10 = past$sum_other,
        deaths_small10 = past$deaths_one, deaths_neighbour10 = past$deaths_other,
        last_host = last,
        ongoing_host = if (length(runs_on) == 0) 1 else max(rows$level[rows$dispnum %in% runs_on]))
    # COW trade is in millions of current dollars; GDP has to be in the same, which the simulated series
    # is not: put total trade over GDP in current dollars here where you have it.
    if (!is.na(flows) && !is.null(data$gdp)) {
        window$dependence_small <- flows / data$gdp[[key(small, 0, before)]]
        window$dependence_neighbour <- flows / data$gdp[[key(neighbour, 0, before)]]
    }
    for (group in names(GROUPS)) {
        seen <- group_facts(data, small, neighbour, before, GROUPS[[group]], data$wars)
        names(seen) <- paste(group, names(seen), sep = "_")
        window <- c(window, seen)
    }
    c(window, list(force = as.integer(any(digits >= 4)), war = as.integer(any(digits == 5)),
                   mid = as.integer(any(digits > 1)), force_years = sum(digits >= 4),
                   host_max = max(digits), hosts = levels))
}

# --- the table -------------------------------------------------------------------------------------

# What the windows are made of: dyad-years by year, disputes, wars, rivalries, and when pairs began.
gather <- function(years) {
    for (name in c("flow1", "flow2", "gdppc1", "gdppc2", "euds1", "euds2", "polity21", "polity22",
                   "v2x_polyarchy1", "v2x_polyarchy2", "dyadigos", "mindist", "capdist"))
        years[[name]] <- column(years, name)
    states <- as.data.frame(peacesciencer::cow_states)
    born <- tapply(states$styear, states$ccode, max)
    pairs <- unique(years[c("ccode1", "ccode2")])
    age <- as.list(pmax(born[as.character(pairs$ccode1)], born[as.character(pairs$ccode2)]))
    names(age) <- paste(pairs$ccode1, pairs$ccode2)
    fought <- years[!is.na(years$cowinterongoing) & years$cowinterongoing == 1, ]
    list(by_year = split(years, years$year), disputes = disputes(), rivalries = rivalry_years(),
         wars = key(fought$ccode1, fought$ccode2, fought$year), age = age, gdp = NULL)
}

# Asymmetrical neighbours in a year: the first has at most half of the second's share of capability, and
# they are contiguous by land or within 150 miles of water, or less than 400 km apart.
neighbours <- function(rows) {
    near <- rows$conttype %in% 1:4 | (!is.na(rows$mindist) & rows$mindist < 400)
    rows[near & !is.na(rows$cinc1) & !is.na(rows$cinc2) & rows$cinc1 > 0 &
             rows$cinc2 >= 2 * rows$cinc1, ]
}

build <- function(years, first, last) {
    data <- gather(years)
    windows <- list()
    for (start in seq(first, last, by = TEN)) {
        there <- data$by_year[[as.character(start - 1)]]
        now <- data$by_year[[as.character(start)]]
        pairs <- neighbours(there)
        pairs <- pairs[paste(pairs$ccode1, pairs$ccode2) %in% paste(now$ccode1, now$ccode2), ]
        length_of <- min(TEN, last - start + 1)
        windows <- c(windows, lapply(seq_len(nrow(pairs)), function(i)
            as.data.frame(one_window(data, pairs[i, ], start, length_of))))
    }
    do.call(rbind, windows)
}

if (!interactive() && sys.nframe() == 0) {
    arguments <- commandArgs(trailingOnly = TRUE)
    if (length(arguments) != 3) stop("usage: Rscript panel.R FIRST_YEAR LAST_YEAR OUT.csv")
    first <- as.integer(arguments[1])
    last <- as.integer(arguments[2])
    table <- build(dyad_years(first, last), first, last)
    write.csv(table, arguments[3], row.names = FALSE, na = "")
    message(nrow(table), " windows of ", length(unique(table$dyad)), " pairs")
}
