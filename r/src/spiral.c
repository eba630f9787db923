/* SPDX-License-Identifier: MIT
 *
 * libspiral for R: cases and ensembles are external pointers, freed with their last user. What R
 * code needs is small here; tables are made in R.
 */
#define R_NO_REMAP
#include <R.h>
#include <R_ext/Rdynload.h>
#include <R_ext/Utils.h>
#include <Rinternals.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <spiral/spiral.h>

/* --- errors, interrupts ----------------------------------------------------------------------- */

/* Ends the call with R's error. The text is R's own memory. */
static void raise_error(const spiral_error *error)
{
    char *text = R_alloc(1024, 1);

    spiral_error_text(error, text, 1024);
    Rf_error("%s", text);
}

static void check(spiral_status status, const spiral_error *error)
{
    if (status != SPIRAL_OK)
        raise_error(error);
}

static void look_for_interrupt(void *unused)
{
    (void)unused;
    R_CheckUserInterrupt();
}

/* In R's thread. The jump of an interrupt ends here; the library then ends its threads. */
static int is_interrupted(void *interrupted, uint64_t done, uint64_t all)
{
    (void)done;
    (void)all;

    *(int *)interrupted = !R_ToplevelExec(look_for_interrupt, NULL);

    return *(int *)interrupted;
}

/* --- handles ---------------------------------------------------------------------------------- */

static void free_case(SEXP pointer)
{
    spiral_case_free(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

static void free_ensemble(SEXP pointer)
{
    spiral_ensemble_free(R_ExternalPtrAddr(pointer));
    R_ClearExternalPtr(pointer);
}

/* An empty handle: made before what it holds, so that no failure of R's leaks that. */
static SEXP make_handle(void (*free_it)(SEXP))
{
    SEXP pointer = PROTECT(R_MakeExternalPtr(NULL, R_NilValue, R_NilValue));

    R_RegisterCFinalizerEx(pointer, free_it, TRUE);
    UNPROTECT(1);

    return pointer;
}

static void *address_of(SEXP pointer)
{
    void *address = TYPEOF(pointer) == EXTPTRSXP ? R_ExternalPtrAddr(pointer) : NULL;

    if (address == NULL)
        Rf_error("this object was saved by another session; make it again");
    return address;
}

static const char *text_of(SEXP strings, R_xlen_t i)
{
    return Rf_translateCharUTF8(STRING_ELT(strings, i));
}

/* --- tables ----------------------------------------------------------------------------------- */

static const char *const columns[] = {"name",  "unit",     "low",     "high",   "value",
                                      "label", "label_zh", "meaning", "source", ""};

/* A list of columns, with room for `rows`. */
static SEXP make_table(size_t rows)
{
    SEXP table = PROTECT(Rf_mkNamed(VECSXP, (const char **)columns));

    for (int column = 0; columns[column][0] != '\0'; column++)
        SET_VECTOR_ELT(table, column,
                       Rf_allocVector(column >= 2 && column <= 4 ? REALSXP : STRSXP,
                                      (R_xlen_t)rows));
    UNPROTECT(1);

    return table;
}

static void fill_row(SEXP table, size_t row, const spiral_description *description)
{
    const char *const texts[] = {description->name,
                                 description->unit,
                                 NULL,
                                 NULL,
                                 NULL,
                                 description->label_en,
                                 description->label_zh,
                                 description->doc,
                                 description->source};
    const double numbers[] = {description->low, description->high, description->value};

    for (int column = 0; columns[column][0] != '\0'; column++) {
        SEXP cells = VECTOR_ELT(table, column);
        if (TYPEOF(cells) == REALSXP)
            REAL(cells)[row] = numbers[column - 2];
        else
            SET_STRING_ELT(cells, (R_xlen_t)row,
                           Rf_mkCharCE(texts[column] != NULL ? texts[column] : "", CE_UTF8));
    }
}

static SEXP version(void) { return Rf_mkString(spiral_version()); }

static SEXP cases(void)
{
    char(*names)[64] = (char(*)[64])R_alloc(100, sizeof *names);
    size_t count = spiral_case_names(names, 100);
    SEXP strings = PROTECT(Rf_allocVector(STRSXP, (R_xlen_t)(count < 100 ? count : 100)));

    for (R_xlen_t i = 0; i < Rf_xlength(strings); i++)
        SET_STRING_ELT(strings, i, Rf_mkCharCE(names[i], CE_UTF8));
    UNPROTECT(1);

    return strings;
}

/* A row for each of `count` things that `describe` describes. */
static SEXP describe_all(size_t count,
                         spiral_status (*describe)(size_t, spiral_description *, spiral_error *))
{
    SEXP table = PROTECT(make_table(count));
    spiral_description description;

    for (size_t i = 0; i < count; i++) {
        describe(i, &description, NULL);
        fill_row(table, i, &description);
    }

    UNPROTECT(1);

    return table;
}

static SEXP outcomes(void) { return describe_all(spiral_outcome_count(), spiral_outcome_describe); }

static SEXP quantities(void)
{
    return describe_all(spiral_quantity_count(), spiral_quantity_describe);
}

/* --- cases ------------------------------------------------------------------------------------ */

static SEXP load_case(SEXP name)
{
    SEXP pointer = PROTECT(make_handle(free_case));
    spiral_case *loaded;
    spiral_error error;

    check(spiral_case_load(text_of(name, 0), &loaded, &error), &error);
    R_SetExternalPtrAddr(pointer, loaded);
    UNPROTECT(1);

    return pointer;
}

/* Sets parameters of a case, in their order. */
static SEXP set_parameters(SEXP pointer, SEXP names, SEXP values)
{
    spiral_case *scenario = address_of(pointer);
    spiral_error error;

    for (R_xlen_t i = 0; i < Rf_xlength(values); i++)
        check(spiral_case_set(scenario, text_of(names, i), REAL(values)[i], &error), &error);

    return R_NilValue;
}

/* How a case is run; NULL constants are those it was loaded with, NULL until its own end. */
static SEXP configure(SEXP pointer, SEXP modes, SEXP step, SEXP until, SEXP constants)
{
    spiral_case *scenario = address_of(pointer);
    double end = 0.0;
    spiral_error error;

    check(spiral_case_set_modes(scenario, (unsigned)Rf_asInteger(modes), &error), &error);
    check(spiral_case_set_step(scenario, Rf_asReal(step), &error), &error);
    if (!Rf_isNull(until))
        check(spiral_date_read(text_of(until, 0), &end, &error), &error);
    check(spiral_case_set_end(scenario, end, &error), &error);
    if (!Rf_isNull(constants))
        check(spiral_case_set_constants(scenario, text_of(constants, 0), &error), &error);

    return R_NilValue;
}

/* The parameters of a case, with their values as it is now in place of those as loaded. */
static SEXP parameters(SEXP pointer)
{
    const spiral_case *scenario = address_of(pointer);
    const size_t count = spiral_case_parameter_count(scenario);
    SEXP table = PROTECT(make_table(count));
    spiral_description description;

    for (size_t i = 0; i < count; i++) {
        spiral_case_parameter(scenario, i, &description, NULL);
        spiral_case_get(scenario, description.name, &description.value, NULL);
        fill_row(table, i, &description);
    }

    UNPROTECT(1);

    return table;
}

/* The title, and the dates of start and end. */
static SEXP case_facts(SEXP pointer)
{
    const spiral_case *scenario = address_of(pointer);
    const char *names[] = {"name", "title", "start", "end", "sets", ""};
    SEXP facts = PROTECT(Rf_mkNamed(VECSXP, names));

    SET_VECTOR_ELT(facts, 0, Rf_mkString(spiral_case_name(scenario)));
    SET_VECTOR_ELT(facts, 1, Rf_mkString(spiral_case_title(scenario, "en")));
    SET_VECTOR_ELT(facts, 2, Rf_ScalarReal(spiral_case_start(scenario)));
    SET_VECTOR_ELT(facts, 3, Rf_ScalarReal(spiral_case_end(scenario)));
    SET_VECTOR_ELT(facts, 4, Rf_ScalarReal((double)spiral_case_constant_set_count(scenario)));
    UNPROTECT(1);

    return facts;
}

/* The case of a pointer, or its branch under a what-if, which `branch` then frees. */
static const spiral_case *case_under(SEXP pointer, SEXP what_if, SEXP branch)
{
    const spiral_case *scenario = address_of(pointer);
    spiral_case *branched = NULL;
    spiral_error error;

    if (Rf_isNull(what_if))
        return scenario;

    check(spiral_case_branch(scenario, text_of(what_if, 0), &branched, &error), &error);
    R_SetExternalPtrAddr(branch, branched);

    return branched;
}

/* The quantities of runs from the start on: [quantity, row, run], dates included in R. */
static SEXP histories(SEXP pointer, SEXP what_if, SEXP seed, SEXP first, SEXP runs)
{
    SEXP branch = PROTECT(make_handle(free_case));
    const spiral_case *scenario = case_under(pointer, what_if, branch);
    const double asked = Rf_asReal(runs);
    const size_t size = (spiral_case_step_count(scenario) + 1) * spiral_quantity_count();
    spiral_error error;
    SEXP values = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)((double)size * asked)));

    /* in parts, between which R looks for interrupts */
    for (uint64_t done = 0; done < (uint64_t)asked; done += 256) {
        const uint64_t part = (uint64_t)asked - done < 256 ? (uint64_t)asked - done : (uint64_t)256;
        check(spiral_case_histories(scenario, (uint64_t)Rf_asReal(seed),
                                    (uint64_t)Rf_asReal(first) + done, part,
                                    REAL(values) + done * size, part * size, &error),
              &error);
        R_CheckUserInterrupt();
    }

    UNPROTECT(2);

    return values;
}

/* Outcomes by expression of runs: [expression, run]. */
static SEXP measure(SEXP pointer, SEXP what_if, SEXP expressions, SEXP seed, SEXP first, SEXP runs)
{
    SEXP branch = PROTECT(make_handle(free_case));
    const spiral_case *scenario = case_under(pointer, what_if, branch);
    const R_xlen_t width = Rf_xlength(expressions);
    const char **texts = (const char **)R_alloc((size_t)width + 1, sizeof *texts);
    spiral_error error;

    for (R_xlen_t i = 0; i < width; i++)
        texts[i] = text_of(expressions, i);

    const double asked = Rf_asReal(runs);
    SEXP values = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)((double)width * asked)));

    /* in parts, between which R looks for interrupts */
    for (uint64_t done = 0; done < (uint64_t)asked; done += 256) {
        const uint64_t part = (uint64_t)asked - done < 256 ? (uint64_t)asked - done : (uint64_t)256;
        check(spiral_case_measure(scenario, texts, (size_t)width, (uint64_t)Rf_asReal(seed),
                                  (uint64_t)Rf_asReal(first) + done, part,
                                  REAL(values) + done * (uint64_t)width, part * (uint64_t)width,
                                  &error),
              &error);
        R_CheckUserInterrupt();
    }

    UNPROTECT(2);

    return values;
}

/* --- ensembles -------------------------------------------------------------------------------- */

/* NULL after an interrupt, which R code then passes on. */
static SEXP run_ensemble(SEXP pointer, SEXP runs, SEXP seed, SEXP first, SEXP what_if, SEXP threads,
                         SEXP fans)
{
    const spiral_case *scenario = address_of(pointer);
    SEXP made = PROTECT(make_handle(free_ensemble));
    const R_xlen_t branches = Rf_xlength(what_if);
    const char **texts = (const char **)R_alloc((size_t)branches + 1, sizeof *texts);
    int interrupted = 0;
    spiral_ensemble *ensemble;
    spiral_ensemble_options options;
    spiral_error error;

    for (R_xlen_t i = 0; i < branches; i++)
        texts[i] = text_of(what_if, i);

    spiral_ensemble_options_init(&options);
    options.runs = (uint64_t)Rf_asReal(runs);
    options.seed = (uint64_t)Rf_asReal(seed);
    options.first = (uint64_t)Rf_asReal(first);
    options.threads = Rf_asInteger(threads);
    options.fans = Rf_asLogical(fans);
    options.what_if = texts;
    options.what_if_count = (size_t)branches;
    options.progress = is_interrupted;
    options.context = &interrupted;

    const spiral_status status = spiral_ensemble_create(scenario, &options, &ensemble, &error);

    R_SetExternalPtrAddr(made, ensemble);
    if (!interrupted)
        check(status, &error);
    UNPROTECT(1);

    return interrupted ? R_NilValue : made;
}

static SEXP ensemble_hash(SEXP pointer, SEXP branch)
{
    char text[20];

    snprintf(text, sizeof text, "%016llx",
             (unsigned long long)spiral_ensemble_hash(address_of(pointer),
                                                      (size_t)Rf_asInteger(branch)));
    return Rf_mkString(text);
}

/* The outcomes of every run of a branch: a matrix [run, outcome]. */
static SEXP ensemble_outcomes(SEXP pointer, SEXP branch)
{
    const spiral_ensemble *ensemble = address_of(pointer);
    const size_t b = (size_t)Rf_asInteger(branch);
    const size_t runs = (size_t)spiral_ensemble_runs(ensemble, b);
    SEXP values = PROTECT(Rf_allocMatrix(REALSXP, (int)runs, (int)spiral_outcome_count()));
    spiral_error error;

    for (size_t outcome = 0; outcome < spiral_outcome_count(); outcome++)
        check(spiral_ensemble_outcomes(ensemble, b, outcome, REAL(values) + outcome * runs, runs,
                                       &error),
              &error);
    UNPROTECT(1);

    return values;
}

/* runs, mean, deviation, low, high of an outcome of a branch, or of what the branch adds to it; and
 * the interval over the sets of constants, NA where there is none. */
static SEXP ensemble_estimate(SEXP pointer, SEXP branch, SEXP outcome, SEXP difference)
{
    const spiral_ensemble *ensemble = address_of(pointer);
    const size_t b = (size_t)Rf_asInteger(branch);
    const int index = spiral_outcome_index(text_of(outcome, 0));
    const int is_difference = Rf_asLogical(difference);
    SEXP numbers = PROTECT(Rf_allocVector(REALSXP, 7));
    double low = NA_REAL;
    double high = NA_REAL;
    spiral_sample_mean mean;
    spiral_error error;

    if (index < 0)
        Rf_error("unknown outcome '%s'; spiral_outcomes() lists them", text_of(outcome, 0));
    check(is_difference ? spiral_ensemble_difference(ensemble, b, (size_t)index, &mean, &error)
                        : spiral_ensemble_outcome(ensemble, b, (size_t)index, &mean, &error),
          &error);

    if ((is_difference ? spiral_ensemble_difference_by_constants(ensemble, b, (size_t)index, &low,
                                                                 &high, NULL)
                       : spiral_ensemble_outcome_by_constants(ensemble, b, (size_t)index, &low,
                                                              &high, NULL)) != SPIRAL_OK)
        low = high = NA_REAL;

    const double all[] = {
        (double)mean.runs, mean.mean, mean.deviation, mean.low, mean.high, low, high};
    memcpy(REAL(numbers), all, sizeof all);
    UNPROTECT(1);

    return numbers;
}

static SEXP ensemble_dates(SEXP pointer)
{
    const spiral_ensemble *ensemble = address_of(pointer);
    const size_t steps = spiral_ensemble_step_count(ensemble);
    SEXP dates = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)steps));

    spiral_ensemble_dates(ensemble, REAL(dates), steps, NULL);
    UNPROTECT(1);

    return dates;
}

/* Quantiles of a quantity after each step, [share, step]; without shares its mean, [step]. */
static SEXP ensemble_fan(SEXP pointer, SEXP branch, SEXP quantity, SEXP shares)
{
    const spiral_ensemble *ensemble = address_of(pointer);
    const size_t b = (size_t)Rf_asInteger(branch);
    const size_t steps = spiral_ensemble_step_count(ensemble);
    const size_t count = (size_t)Rf_xlength(shares);
    SEXP values = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)(steps * (count > 0 ? count : 1))));
    spiral_error error;

    check(count > 0 ? spiral_ensemble_fan(ensemble, b, (size_t)Rf_asInteger(quantity), REAL(shares),
                                          count, REAL(values), steps * count, &error)
                    : spiral_ensemble_mean(ensemble, b, (size_t)Rf_asInteger(quantity),
                                           REAL(values), steps, &error),
          &error);
    UNPROTECT(1);

    return values;
}

/* Runs that had reached force or war by each date, as numbers. */
static SEXP ensemble_reached(SEXP pointer, SEXP branch, SEXP level)
{
    const spiral_ensemble *ensemble = address_of(pointer);
    const size_t steps = spiral_ensemble_step_count(ensemble);
    uint64_t *counts = (uint64_t *)R_alloc(steps + 1, sizeof *counts);
    SEXP values = PROTECT(Rf_allocVector(REALSXP, (R_xlen_t)steps));
    spiral_error error;

    check(spiral_ensemble_reached(ensemble, (size_t)Rf_asInteger(branch), Rf_asInteger(level),
                                  counts, steps, &error),
          &error);
    for (size_t step = 0; step < steps; step++)
        REAL(values)[step] = (double)counts[step];
    UNPROTECT(1);

    return values;
}

/* --- registration ----------------------------------------------------------------------------- */

#define CALL(name, arguments) \
    { \
#name, (DL_FUNC)&name, arguments \
    }
static const R_CallMethodDef calls[] = {CALL(version, 0),
                                        CALL(cases, 0),
                                        CALL(outcomes, 0),
                                        CALL(quantities, 0),
                                        CALL(load_case, 1),
                                        CALL(set_parameters, 3),
                                        CALL(configure, 5),
                                        CALL(parameters, 1),
                                        CALL(case_facts, 1),
                                        CALL(histories, 5),
                                        CALL(measure, 6),
                                        CALL(run_ensemble, 7),
                                        CALL(ensemble_hash, 2),
                                        CALL(ensemble_outcomes, 2),
                                        CALL(ensemble_estimate, 4),
                                        CALL(ensemble_dates, 1),
                                        CALL(ensemble_fan, 4),
                                        CALL(ensemble_reached, 3),
                                        {NULL, NULL, 0}};

void R_init_spiral(DllInfo *library);
void R_init_spiral(DllInfo *library)
{
    R_registerRoutines(library, NULL, calls, NULL, NULL);
    R_useDynamicSymbols(library, FALSE);
}
