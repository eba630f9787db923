/* SPDX-License-Identifier: MIT
 *
 * spiral: simulation of security-dilemma spirals between a small state, a strong neighbour and an
 * offshore power. This is the whole public interface; docs/examples shows it in use.
 *
 *   spiral_case        a scenario with the values of its parameters: load, list, set, branch
 *   spiral_simulation  one run of a case, step by step
 *   spiral_ensemble    many runs of a case and of its what-if branches, with what they show
 *
 * Conventions:
 * - A function that can fail returns a spiral_status, takes `spiral_error *error` last (NULL is
 *   legal) and fills it when it fails. Handles returned through a pointer are NULL after a failure,
 *   unless stated otherwise. Where an index or a length is out of range, the status is
 *   SPIRAL_BAD_INPUT and nothing is written.
 * - Every array is the caller's. Its length is passed beside it and must be the documented one.
 *   Shapes are written [slowest]...[fastest].
 * - Strings are UTF-8. A string that is returned belongs to the handle it came from and lives as
 *   long as that handle, or is static where there is no handle.
 * - Dates are years as numbers: a month is exactly 1/12, a day its share of its month.
 * - There is no global state. Functions that take a const handle may be called for one handle from
 *   several threads at once; the others need the handle to themselves.
 * - Equal cases, seeds and run indices give the same bits on every machine and with any number of
 *   threads. Two branches run with one seed are paired: run i draws the same numbers in both.
 */
#ifndef SPIRAL_SPIRAL_H
#define SPIRAL_SPIRAL_H

#include <stddef.h>
#include <stdint.h>

/* The version of this header. Before 1.0 a change of the minor version may break programs. */
#define SPIRAL_VERSION_MAJOR 0
#define SPIRAL_VERSION_MINOR 1
#define SPIRAL_VERSION_PATCH 0

#if defined(__GNUC__)
#define SPIRAL_API __attribute__((visibility("default")))
#else
#define SPIRAL_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is loaded, as "0.1.0". */
SPIRAL_API const char *spiral_version(void);

/* --- status and errors ------------------------------------------------------------------------ */

/* What a function that can fail returns: SPIRAL_OK, which is 0, SPIRAL_BAD_INPUT and so on, with
 * the text of each. */
#define SPIRAL_STATUS_TABLE(X) \
    X(OK, "success") \
    X(BAD_INPUT, "bad input") \
    X(NO_MEMORY, "out of memory") \
    X(IO, "input or output failed") \
    X(STOPPED, "stopped on request")

typedef enum spiral_status {
#define SPIRAL_STATUS_ENTRY(name, text) SPIRAL_##name,
    SPIRAL_STATUS_TABLE(SPIRAL_STATUS_ENTRY)
#undef SPIRAL_STATUS_ENTRY
        SPIRAL_STATUS_COUNT
} spiral_status;

/* The name of a status as in this header, "SPIRAL_BAD_INPUT"; "unknown status" for other numbers.
 * Static. */
SPIRAL_API const char *spiral_status_name(spiral_status status);

/* What went wrong and where. `file`, `line` and `column` (both from 1) are set where a file is to
 * blame, else "", 0, 0; `path` is the path of the key ("pairs[0].ties"), or "". `message` says what
 * was expected, with the nearest valid name. */
typedef struct spiral_error {
    spiral_status status;
    char file[256];
    int line;
    int column;
    char path[128];
    char message[512];
} spiral_error;

/* Writes the error as one line without a line break, "file:line:column: path: message", leaving out
 * what is not set; cut to `size` bytes with the final '\0'. Returns the length of the whole
 * line. */
SPIRAL_API size_t spiral_error_text(const spiral_error *error, char *text, size_t size);

/* --- what there is to read -------------------------------------------------------------------- */

/* A number by name: an outcome, a quantity, a parameter, a variable. */
typedef struct spiral_description {
    const char *name;
    const char *unit;     /* "1": a share or an index without unit; "y": years, or a date */
    double low, high;     /* bounds, inclusive */
    double value;         /* of a parameter: as the case gives it; else `low` */
    const char *label_en; /* for axes and tables */
    const char *label_zh;
    const char *doc;    /* what it means, in a sentence */
    const char *source; /* where the number comes from, or "" */
} spiral_description;

/* The outcomes of a run, one number each ("war", "war_date", "highest" ...), by index from 0. Equal
 * for all cases. spiral_outcome_index() returns -1 for an unknown name. */
SPIRAL_API size_t spiral_outcome_count(void);
SPIRAL_API spiral_status spiral_outcome_describe(size_t outcome, spiral_description *description,
                                                 spiral_error *error);
SPIRAL_API int spiral_outcome_index(const char *name);

/* The quantities of a run at a date ("escalation", "threat_small" ...): what charts and fans show.
 * With several neighbours each is of the one where it is largest. Equal for all cases. */
SPIRAL_API size_t spiral_quantity_count(void);
SPIRAL_API spiral_status spiral_quantity_describe(size_t quantity, spiral_description *description,
                                                  spiral_error *error);
SPIRAL_API int spiral_quantity_index(const char *name);

/* The levels of the hostility ladder ("none", "threat", "display", "force", "war"), level 1 to
 * SPIRAL_HOSTILITY_LEVELS. NULL out of range. */
#define SPIRAL_HOSTILITY_LEVELS 5
SPIRAL_API const char *spiral_level_name(int level);

/* Reads YYYY, YYYY-MM or YYYY-MM-DD; writes a date as YYYY-MM, rounded down to its month. */
SPIRAL_API spiral_status spiral_date_read(const char *text, double *year, spiral_error *error);
SPIRAL_API void spiral_date_text(double year, char text[12]);

/* --- cases ------------------------------------------------------------------------------------ */

/* A scenario with the values of its parameters, and how it is to be run. */
typedef struct spiral_case spiral_case;

/* Loads a case from a file, or by the name of one of the installed cases ("ukraine"). A name is
 * looked for in ./scenarios, in $SPIRAL_SCENARIOS, beside the program and in the installation.
 * SPIRAL_BAD_INPUT: the content, with line and column of its first error; SPIRAL_IO: no such file.
 * The caller frees the case. */
SPIRAL_API spiral_status spiral_case_load(const char *path_or_name, spiral_case **loaded,
                                          spiral_error *error);

/* The names of the cases that a name alone finds, sorted: the first `capacity` are written to
 * `names`, and the result is how many there are. They are those of the first of the folders above
 * that has any. */
SPIRAL_API size_t spiral_case_names(char (*names)[64], size_t capacity);

/* Loads a case from a text in YAML of `length` bytes; errors use `name` as the file's name. The
 * caller frees the case. */
SPIRAL_API spiral_status spiral_case_load_text(const char *text, size_t length, const char *name,
                                               spiral_case **loaded, spiral_error *error);

/* All errors of a text in YAML, ordered by place: the first `capacity` are written to `errors`
 * (which may be NULL for 0), and *count is how many there are, 0 for a valid text. Fails with
 * SPIRAL_NO_MEMORY alone. */
SPIRAL_API spiral_status spiral_case_check_text(const char *text, size_t length, const char *name,
                                                spiral_error *errors, size_t capacity,
                                                size_t *count, spiral_error *error);

/* A copy, which the caller frees. Setting a parameter of one does not change the other. */
SPIRAL_API spiral_status spiral_case_copy(const spiral_case *original, spiral_case **copy,
                                          spiral_error *error);

/* A copy in which a state follows another doctrine from a date on, as
 * "UKR:limited_balance@2004-12": its later changes of doctrine and the moves that run against the
 * new one fall away. The caller frees the copy. SPIRAL_BAD_INPUT says what was expected. */
SPIRAL_API spiral_status spiral_case_branch(const spiral_case *original, const char *what_if,
                                            spiral_case **branch, spiral_error *error);

/* Frees a case; NULL is legal. Simulations and ensembles made from it live on. */
SPIRAL_API void spiral_case_free(spiral_case *scenario);

/* The name ("ukraine"), and the title and the summary in a language ("en", "zh"), in English where
 * there is no translation; "" where there is no text. */
SPIRAL_API const char *spiral_case_name(const spiral_case *scenario);
SPIRAL_API const char *spiral_case_title(const spiral_case *scenario, const char *language);
SPIRAL_API const char *spiral_case_summary(const spiral_case *scenario, const char *language);

/* The states by index from 0, in the order of the file: identifier ("UKR"), name in a language, and
 * role ("small", "neighbour", "offshore"). NULL out of range. */
SPIRAL_API size_t spiral_case_state_count(const spiral_case *scenario);
SPIRAL_API const char *spiral_case_state_id(const spiral_case *scenario, size_t state);
SPIRAL_API const char *spiral_case_state_name(const spiral_case *scenario, size_t state,
                                              const char *language);
SPIRAL_API const char *spiral_case_state_role(const spiral_case *scenario, size_t state);

/* The rivals of the small state: its neighbours, by index from 0 in the order of the states.
 * spiral_case_rival() returns the index of the state, or -1 out of range. */
SPIRAL_API size_t spiral_case_rival_count(const spiral_case *scenario);
SPIRAL_API int spiral_case_rival(const spiral_case *scenario, size_t rival);

/* A dated act of the timeline. */
typedef struct spiral_act {
    double date;
    const char *kind;   /* "move", "doctrine", "greed", "resolve" */
    const char *name;   /* of the move or the doctrine; for the others the same as kind */
    const char *actor;  /* identifier of the state */
    const char *target; /* identifier of the state, or "" */
    double value;       /* weight of a move; new greed or resolve; 0 for a doctrine */
    const char *caption_en;
    const char *caption_zh;
    const char *source; /* or "" */
} spiral_act;

/* The acts of the timeline in the order of the file. The strings live as long as the case. */
SPIRAL_API size_t spiral_case_act_count(const spiral_case *scenario);
SPIRAL_API spiral_status spiral_case_act(const spiral_case *scenario, size_t index, spiral_act *act,
                                         spiral_error *error);

/* The parameters by index from 0: constants of the model ("k.encircle"), facts of states
 * ("RUS.greed") and pairs ("UKR-RUS.ties"), numbers of doctrines at the start
 * ("doctrine.UKR.align"), weights and dates of moves ("move.2008-04.weight"). A series
 * ("RUS.power") has a factor, 1 as given. Names are those of the case as loaded and stay the same
 * when dates are changed. */
SPIRAL_API size_t spiral_case_parameter_count(const spiral_case *scenario);
SPIRAL_API spiral_status spiral_case_parameter(const spiral_case *scenario, size_t index,
                                               spiral_description *description,
                                               spiral_error *error);

/* The value of a parameter, and another one within its bounds. A pair may be named in either order.
 * SPIRAL_BAD_INPUT tells the nearest valid name, or the bounds; the case is then unchanged. The
 * value as loaded is always accepted: -1, below the bounds, is a fact that is taken from another.
 */
SPIRAL_API spiral_status spiral_case_get(const spiral_case *scenario, const char *name,
                                         double *value, spiral_error *error);
SPIRAL_API spiral_status spiral_case_set(spiral_case *scenario, const char *name, double value,
                                         spiral_error *error);

/* Chooses the constants of a case: NULL, the posterior that is shipped, where there is one (so
 * every case is loaded); "point", one set, the defaults; else the path of a table in CSV, a row for
 * each set and a column for each constant that is not to have its default. Runs are spread over the
 * sets: the run of index i has set i modulo their number. Constants that were set before are set
 * anew; one that is set afterwards has the same value in every set. SPIRAL_BAD_INPUT with line and
 * column, or SPIRAL_IO; the case is then unchanged. */
SPIRAL_API spiral_status spiral_case_set_constants(spiral_case *scenario, const char *choice,
                                                   spiral_error *error);

/* The number of sets that the runs of a case are spread over: 1 or more. */
SPIRAL_API size_t spiral_case_constant_set_count(const spiral_case *scenario);

/* How a case is run, flags to be combined with |. Without any: the acts of the timeline happen, the
 * states follow the model in between, and war ends the peace of a pair for good. */
enum spiral_mode {
    SPIRAL_FREE_RUNNING = 1, /* no timeline: states keep the doctrines that they start with */
    SPIRAL_WAR_ENDS = 2,     /* war goes down the ladder again by rates, like any level */
    SPIRAL_ASSIMILATE = 4    /* the observed hostility is imposed, not predicted */
};

/* Sets the modes; the length of a step in years, above 0 and at most 1 (0: the scenario's own); and
 * the date at which runs end (0: the scenario's own; facts hold their last values after it). That
 * the run is a whole number of steps is checked when it is started. */
SPIRAL_API spiral_status spiral_case_set_modes(spiral_case *scenario, unsigned modes,
                                               spiral_error *error);
SPIRAL_API spiral_status spiral_case_set_step(spiral_case *scenario, double years,
                                              spiral_error *error);
SPIRAL_API spiral_status spiral_case_set_end(spiral_case *scenario, double date,
                                             spiral_error *error);

/* The dates at which runs of the case begin and end, and the number of steps between (0 where they
 * are not a whole number). */
SPIRAL_API double spiral_case_start(const spiral_case *scenario);
SPIRAL_API double spiral_case_end(const spiral_case *scenario);
SPIRAL_API size_t spiral_case_step_count(const spiral_case *scenario);

/* The quantities of the runs [first, first + runs) of a seed after each step: values
 * [runs][spiral_case_step_count()][spiral_quantity_count()], `count` numbers in all. */
SPIRAL_API spiral_status spiral_case_trajectories(const spiral_case *scenario, uint64_t seed,
                                                  uint64_t first, uint64_t runs, double *values,
                                                  size_t count, spiral_error *error);

/* The same with the start in front, as in the files of the program: values
 * [runs][1 + spiral_case_step_count()][spiral_quantity_count()]. What a step alone derives
 * (guarantees, pressure) has at the start its value after the first step. */
SPIRAL_API spiral_status spiral_case_histories(const spiral_case *scenario, uint64_t seed,
                                               uint64_t first, uint64_t runs, double *values,
                                               size_t count, spiral_error *error);

/* Outcomes of your own, by expression, as "war by 2014" or "threat RUS UKR in 2008"
 * (docs/experiments.md), of the runs [first, first + runs) of a seed, in the calling thread: values
 * [runs][expression_count], `count` numbers in all; an event is 1 or 0. Where an expression is none
 * the error's path is its text, and its column the place in it. */
SPIRAL_API spiral_status spiral_case_measure(const spiral_case *scenario,
                                             const char *const *expressions,
                                             size_t expression_count, uint64_t seed, uint64_t first,
                                             uint64_t runs, double *values, size_t count,
                                             spiral_error *error);

/* --- one run ---------------------------------------------------------------------------------- */

/* One run, step by step. It keeps what it needs of the case: later changes of the case do not
 * affect it. */
typedef struct spiral_simulation spiral_simulation;

/* Starts run `run` of a seed at the beginning of the case. The caller frees it. */
SPIRAL_API spiral_status spiral_simulation_create(const spiral_case *scenario, uint64_t seed,
                                                  uint64_t run, spiral_simulation **simulation,
                                                  spiral_error *error);

/* Frees a simulation; NULL is legal. */
SPIRAL_API void spiral_simulation_free(spiral_simulation *simulation);

/* A snapshot: a second simulation in the same state, which goes on to the bit as the first would.
 * The caller frees it. */
SPIRAL_API spiral_status spiral_simulation_copy(const spiral_simulation *original,
                                                spiral_simulation **copy, spiral_error *error);

/* A second simulation in the same state that goes on under another case: other parameters, another
 * timeline, as from spiral_case_branch(). Acts dated before the present step have happened. States,
 * roles, start, end and length of a step must be the same, else SPIRAL_BAD_INPUT. The caller frees
 * it. */
SPIRAL_API spiral_status spiral_simulation_branch(const spiral_simulation *original,
                                                  const spiral_case *scenario,
                                                  spiral_simulation **branch, spiral_error *error);

/* Lets the rest of the simulation draw the numbers of another run: many futures of one present. */
SPIRAL_API void spiral_simulation_redraw(spiral_simulation *simulation, uint64_t seed,
                                         uint64_t run);

/* Advances by `steps` steps, or to the end; returns the number of steps done. */
SPIRAL_API size_t spiral_simulation_advance(spiral_simulation *simulation, size_t steps);

/* Steps done so far and in all, and the date that was reached. */
SPIRAL_API size_t spiral_simulation_step(const spiral_simulation *simulation);
SPIRAL_API size_t spiral_simulation_step_count(const spiral_simulation *simulation);
SPIRAL_API double spiral_simulation_date(const spiral_simulation *simulation);

/* All quantities now, [spiral_quantity_count()]. Those that a step derives (guarantees, limbo) are
 * 0 before the first step. */
SPIRAL_API spiral_status spiral_simulation_quantities(const spiral_simulation *simulation,
                                                      double *values, size_t count,
                                                      spiral_error *error);

/* The present hostility towards a rival, 1 to 5; the observed one, 0 where none is recorded, and
 * before the first step. -1 for an unknown rival. */
SPIRAL_API int spiral_simulation_hostility(const spiral_simulation *simulation, size_t rival);
SPIRAL_API int spiral_simulation_observed(const spiral_simulation *simulation, size_t rival);

/* The state variables by index from 0: "threat.UKR.RUS" (of the first about the second),
 * "commitment.UKR-USA", "orientation.UKR.public1" ...; all values now, [variable count]. */
SPIRAL_API size_t spiral_simulation_variable_count(const spiral_simulation *simulation);
SPIRAL_API spiral_status spiral_simulation_variable(const spiral_simulation *simulation,
                                                    size_t variable,
                                                    spiral_description *description,
                                                    spiral_error *error);
SPIRAL_API int spiral_simulation_variable_index(const spiral_simulation *simulation,
                                                const char *name);
SPIRAL_API spiral_status spiral_simulation_variables(const spiral_simulation *simulation,
                                                     double *values, size_t count,
                                                     spiral_error *error);

/* The outcomes of a run that has reached its end, [spiral_outcome_count()]; NaN for the date of an
 * event that did not come. SPIRAL_BAD_INPUT before. */
SPIRAL_API spiral_status spiral_simulation_outcomes(const spiral_simulation *simulation,
                                                    double *values, size_t count,
                                                    spiral_error *error);

/* A hash of the state, the doctrines in force and the generator: equal runs have equal hashes. */
SPIRAL_API uint64_t spiral_simulation_hash(const spiral_simulation *simulation);

/* --- ensembles -------------------------------------------------------------------------------- */

/* The results of many runs of a case, branch 0, and of its what-if branches, 1, 2 ... */
typedef struct spiral_ensemble spiral_ensemble;

/* What an ensemble is made of. Start from spiral_ensemble_options_init(). */
typedef struct spiral_ensemble_options {
    uint64_t runs;  /* of each branch, 1 or more; 1000 */
    uint64_t first; /* index of the first run; 0 */
    uint64_t seed;  /* 1 */
    int threads;    /* 0: one a processor; results are the same for any number */
    int outcomes; /* 1: keep the outcomes of every run (8 bytes a number); 0: their sums alone; 1 */
    int fans;     /* 1: collect the distribution of every quantity at every date; 1 */
    const char *const *what_if; /* branches as for spiral_case_branch(); NULL */
    size_t what_if_count;       /* 0 */
    /* Called now and then in the calling thread; other than 0 stops. NULL for none. */
    int (*progress)(void *context, uint64_t done, uint64_t all);
    void *context; /* for progress; NULL */
} spiral_ensemble_options;

/* Fills in the defaults that are written beside the members. */
SPIRAL_API void spiral_ensemble_options_init(spiral_ensemble_options *options);

/* Runs an ensemble; `options` NULL means the defaults. After SPIRAL_STOPPED *ensemble holds the
 * runs that were finished, the first ones of each branch. The caller frees it. */
SPIRAL_API spiral_status spiral_ensemble_create(const spiral_case *scenario,
                                                const spiral_ensemble_options *options,
                                                spiral_ensemble **ensemble, spiral_error *error);

/* Frees an ensemble; NULL is legal. */
SPIRAL_API void spiral_ensemble_free(spiral_ensemble *ensemble);

/* The number of branches with the baseline; the what-if of a branch ("" for the baseline, NULL out
 * of range); the runs that a branch has finished (0 out of range). */
SPIRAL_API size_t spiral_ensemble_branch_count(const spiral_ensemble *ensemble);
SPIRAL_API const char *spiral_ensemble_what_if(const spiral_ensemble *ensemble, size_t branch);
SPIRAL_API uint64_t spiral_ensemble_runs(const spiral_ensemble *ensemble, size_t branch);

/* The sum over a branch's runs of spiral_simulation_hash() at the end: names its bits. */
SPIRAL_API uint64_t spiral_ensemble_hash(const spiral_ensemble *ensemble, size_t branch);

/* A number that was estimated from runs. */
typedef struct spiral_sample_mean {
    uint64_t runs;    /* that it is estimated from */
    double mean;      /* of 0/1 outcomes the share of runs */
    double deviation; /* standard deviation over the runs */
    double low, high; /* 95 % interval of the mean */
} spiral_sample_mean;

/* The mean of an outcome over the runs of a branch. Dates are of the runs that have one. The
 * interval is Wilson's for war and force, the normal one for the rest; where there are no runs all
 * is 0, and the interval of war and force is 0 to 1. */
SPIRAL_API spiral_status spiral_ensemble_outcome(const spiral_ensemble *ensemble, size_t branch,
                                                 size_t outcome, spiral_sample_mean *estimate,
                                                 spiral_error *error);

/* The mean of what a branch adds to an outcome of the baseline, over paired runs: the branch's
 * value less the baseline's. The interval is Agresti and Min's for war and force; the normal one
 * for the rest, which needs the outcomes of every run, else SPIRAL_BAD_INPUT. Dates are of the runs
 * that have one in both. */
SPIRAL_API spiral_status spiral_ensemble_difference(const spiral_ensemble *ensemble, size_t branch,
                                                    size_t outcome, spiral_sample_mean *estimate,
                                                    spiral_error *error);

/* What the constants may be: the 90 % interval of the sets' own risks of war or force (outcomes
 * "war" and "force"), or of what a branch adds to them, without the sampling noise within a set.
 * SPIRAL_BAD_INPUT for other outcomes, and where there is one set of constants, or fewer than two
 * runs a set. */
SPIRAL_API spiral_status spiral_ensemble_outcome_by_constants(const spiral_ensemble *ensemble,
                                                              size_t branch, size_t outcome,
                                                              double *low, double *high,
                                                              spiral_error *error);
SPIRAL_API spiral_status spiral_ensemble_difference_by_constants(const spiral_ensemble *ensemble,
                                                                 size_t branch, size_t outcome,
                                                                 double *low, double *high,
                                                                 spiral_error *error);

/* One outcome of every run, in the order of the run index: values [spiral_ensemble_runs()]; NaN for
 * the date of an event that did not come. Needs the outcomes of every run. */
SPIRAL_API spiral_status spiral_ensemble_outcomes(const spiral_ensemble *ensemble, size_t branch,
                                                  size_t outcome, double *values, size_t count,
                                                  spiral_error *error);

/* All outcomes of every run where they lie, without a copy: values
 * [spiral_ensemble_runs()][spiral_outcome_count()], in the order of the run index. They belong to
 * the ensemble. NaN for the date of an event that did not come. NULL where the branch has no runs,
 * or where the outcomes of every run were not kept. */
SPIRAL_API const double *spiral_ensemble_values(const spiral_ensemble *ensemble, size_t branch);

/* The number of steps, and the date after each: dates [spiral_ensemble_step_count()]. */
SPIRAL_API size_t spiral_ensemble_step_count(const spiral_ensemble *ensemble);
SPIRAL_API spiral_status spiral_ensemble_dates(const spiral_ensemble *ensemble, double *dates,
                                               size_t count, spiral_error *error);

/* Quantiles of a quantity after each step: values [step count][share_count] for shares 0..1 in
 * rising order, right to a 400th of the quantity's range. Its mean: values [step count]. Both need
 * fans. */
SPIRAL_API spiral_status spiral_ensemble_fan(const spiral_ensemble *ensemble, size_t branch,
                                             size_t quantity, const double *shares,
                                             size_t share_count, double *values, size_t count,
                                             spiral_error *error);
SPIRAL_API spiral_status spiral_ensemble_mean(const spiral_ensemble *ensemble, size_t branch,
                                              size_t quantity, double *values, size_t count,
                                              spiral_error *error);

/* Runs that had reached a level, 4 (force) or 5 (war), by each date: counts [step count]. */
SPIRAL_API spiral_status spiral_ensemble_reached(const spiral_ensemble *ensemble, size_t branch,
                                                 int level, uint64_t *counts, size_t count,
                                                 spiral_error *error);

/* Runs at each level of the worst pair after each step: counts [step count][5]. */
SPIRAL_API spiral_status spiral_ensemble_levels(const spiral_ensemble *ensemble, size_t branch,
                                                uint64_t *counts, size_t count,
                                                spiral_error *error);

/* The calendar years of the runs, and the runs whose highest level with a rival was each level in
 * each year: counts [year count][5]. */
SPIRAL_API int spiral_ensemble_first_year(const spiral_ensemble *ensemble);
SPIRAL_API size_t spiral_ensemble_year_count(const spiral_ensemble *ensemble);
SPIRAL_API spiral_status spiral_ensemble_years(const spiral_ensemble *ensemble, size_t branch,
                                               size_t rival, uint64_t *counts, size_t count,
                                               spiral_error *error);

#ifdef __cplusplus
}
#endif

#endif
