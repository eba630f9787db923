/* SPDX-License-Identifier: MIT
 *
 * Robust choice as text, CSV and JSON.
 */
#include <math.h>
#include <string.h>

#include "tools/choice/robust.h"

enum { DESCRIPTION = 200, MOST_ROWS = 24 };

/* The letters of a course: A, B, ... Z, AA, AB, ... */
void spiral_robust_letters(size_t course, char text[4])
{
    if (course < 26)
        snprintf(text, 4, "%c", (char)('A' + course));
    else
        snprintf(text, 4, "%c%c", (char)('A' + course / 26 - 1), (char)('A' + course % 26));
}

struct spiral_course spiral_robust_course(const struct spiral_robust *robust, size_t course)
{
    return spiral_course_of(
        &robust->space,
        &robust->search.gene[robust->courses[course].solution * robust->space.genes]);
}

/* --- text ------------------------------------------------------------------------------------- */

static void print_row(const char *name, const struct spiral_robust_course *course,
                      const char *description, FILE *out)
{
    fprintf(out, "%-4s", name);
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        fprintf(out, " %8.3f", course->mean[o]);
    fprintf(out, " %7.3f %7.0f %%  %s\n", course->worst, 100.0 * course->satisficing, description);
}

/* Which rows are printed where there are more than fit: evenly over the front, with the two that
 * are named below it. */
static bool is_shown(const struct spiral_robust *robust, size_t course)
{
    const size_t count = robust->course_count;

    if (count <= MOST_ROWS || course == robust->minimax || course == robust->broadest)
        return true;

    return course == 0 || course * MOST_ROWS / count != (course - 1) * MOST_ROWS / count;
}

void spiral_robust_print(const struct spiral_robust *robust, bool chinese, FILE *out)
{
    const struct spiral_experiment *experiment = &robust->experiment;
    char description[DESCRIPTION];
    char letters[4];

    fprintf(out,
            "%s: courses of the small state\n%zu worlds, %llu runs of each, seed %llu%s\n%zu "
            "courses tried in %zu generations, %zu restarts; the front covers %.3f of the volume\n"
            "\n%-4s %8s %8s %8s %7s %9s  %s\n",
            experiment->cases[0].scenario.name, robust->worlds->points,
            (unsigned long long)experiment->replicates, (unsigned long long)experiment->seed,
            robust->sets.count > 0 ? "; constants of the posterior" : "", robust->search.count,
            robust->search.generations, robust->search.restarts, robust->volume, "", "war", "force",
            "aut.lost", "regret", "satisfies", "course");
    print_row("-", &robust->as_it_was, chinese ? "历史" : "as it was", out);

    for (size_t c = 0; c < robust->course_count; c++) {
        const struct spiral_course course = spiral_robust_course(robust, c);
        if (!is_shown(robust, c))
            continue;
        spiral_course_describe(&course, chinese, description, sizeof description);
        spiral_robust_letters(c, letters);
        print_row(letters, &robust->courses[c], description, out);
    }

    if (robust->course_count == 0)
        return;

    char broadest[4];

    spiral_robust_letters(robust->minimax, letters);
    spiral_robust_letters(robust->broadest, broadest);
    fprintf(out,
            "\nleast regret: %s. satisfies most worlds: %s, at limits of %.3f, %.3f and %.3f%s\n",
            letters, broadest, robust->limits[0], robust->limits[1], robust->limits[2],
            isnan(robust->request.limits[0]) && isnan(robust->request.limits[1]) &&
                    isnan(robust->request.limits[2])
                ? " (history's)"
                : "");
    fputs("regret: how far a course is above the best one in the same world, at the 90th "
          "percentile of "
          "worlds, in the objective where this is largest. ~ marks the nearest preset.\n",
          out);
}

/* --- CSV -------------------------------------------------------------------------------------- */

void spiral_robust_describe(struct spiral_table *table, const struct spiral_robust *robust)
{
    char name[64];
    char meaning[SPIRAL_COLUMN_TEXT];

    spiral_table_init(table, "front of the small state's courses over many worlds");
    spiral_table_say(table, "scenario", robust->experiment.cases[0].scenario.name);
    spiral_table_say_whole(table, "worlds", robust->worlds->points);
    spiral_table_say_whole(table, "runs", robust->experiment.replicates);
    spiral_table_say_whole(table, "seed", robust->experiment.seed);
    spiral_table_say_whole(table, "courses_tried", robust->search.count);
    spiral_table_column(table, SPIRAL_COLUMN_WORDS, "course", "",
                        "history, or the letters of a course of the front", NAN, NAN);

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++) {
        const char *objective = spiral_objective_labels[o].name;
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, objective, "1",
                            spiral_objective_labels[o].long_en, NAN, NAN);
        snprintf(name, sizeof name, "%s_regret", objective);
        snprintf(meaning, sizeof meaning,
                 "%s above the best course in the same world, at the 90th percentile of worlds",
                 objective);
        spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, "1", meaning, NAN, NAN);
    }

    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "regret", "1",
                        "the largest regret over the objectives", NAN, NAN);
    spiral_table_column(table, SPIRAL_COLUMN_NUMBER, "satisficing", "1",
                        "share of the worlds in which the course is within the limits", 0.0, 1.0);

    for (int p = 1; p <= SPIRAL_MOST_PERIODS; p++) {
        snprintf(name, sizeof name, "date_%d", p);
        snprintf(meaning, sizeof meaning, "month in which period %d begins; empty: there is none",
                 p);
        spiral_table_column(table, SPIRAL_COLUMN_MONTH, name, "", meaning, NAN, NAN);
        snprintf(name, sizeof name, "nearest_%d", p);
        spiral_table_column(table, SPIRAL_COLUMN_WORDS, name, "",
                            "the preset that its doctrine is nearest to", NAN, NAN);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
            snprintf(name, sizeof name, "%s_%d", spiral_doctrine_fields[n].name, p);
            spiral_table_column(table, SPIRAL_COLUMN_NUMBER, name, "1",
                                spiral_doctrine_fields[n].label_en, 0.0, 1.0);
        }
    }
}

static void write_csv_course(const struct spiral_robust_course *judged, const char *name,
                             const struct spiral_course *course, struct spiral_table *table)
{
    enum { DIGITS = 10 };

    spiral_table_text(table, name);
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++) {
        spiral_table_digits(table, judged->mean[o], DIGITS);
        spiral_table_digits(table, judged->regret[o], DIGITS);
    }

    spiral_table_digits(table, judged->worst, DIGITS);
    spiral_table_digits(table, judged->satisficing, DIGITS);

    for (size_t p = 0; p < SPIRAL_MOST_PERIODS; p++) {
        char date[12] = "";
        const bool there = course != NULL && p < course->count;
        double distance = 0.0;
        const char *preset =
            there ? spiral_course_nearest(course->periods[p].doctrine.number, &distance)->name : "";
        if (there)
            spiral_date_format(course->periods[p].date, date);

        spiral_table_text(table, date);
        spiral_table_text(table, preset);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            spiral_table_digits(table, there ? course->periods[p].doctrine.number[n] : NAN, DIGITS);
    }
}

void spiral_robust_csv(const struct spiral_robust *robust, struct spiral_table *table)
{
    char letters[4];

    write_csv_course(&robust->as_it_was, "history", NULL, table);
    for (size_t c = 0; c < robust->course_count; c++) {
        const struct spiral_course course = spiral_robust_course(robust, c);
        spiral_robust_letters(c, letters);
        write_csv_course(&robust->courses[c], letters, &course, table);
    }
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *judged_json(const struct spiral_robust_course *judged, const char *name)
{
    json_t *object = json_pack("{s:s, s:f, s:f}", "course", name, "regret", judged->worst,
                               "satisficing", judged->satisficing);

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        json_object_set_new(object, spiral_objective_labels[o].name,
                            json_pack("{s:f, s:f}", "mean", judged->mean[o], "regret",
                                      judged->regret[o]));

    return object;
}

static json_t *periods_json(const struct spiral_course *course)
{
    json_t *periods = json_array();

    for (size_t p = 0; p < course->count; p++) {
        const struct spiral_course_period *period = &course->periods[p];
        json_t *numbers = json_object();
        char date[12];
        double distance;
        const char *nearest = spiral_course_nearest(period->doctrine.number, &distance)->name;

        spiral_date_format(period->date, date);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            json_object_set_new(numbers, spiral_doctrine_fields[n].name,
                                json_real(period->doctrine.number[n]));
        json_array_append_new(periods,
                              json_pack("{s:s, s:s, s:f, s:o}", "date", date, "nearest", nearest,
                                        "distance", distance, "doctrine", numbers));
    }

    return periods;
}

json_t *spiral_robust_json(const struct spiral_robust *robust)
{
    json_t *front = json_array();
    json_t *limits = json_object();
    json_t *path = json_array();
    char letters[4];

    for (size_t c = 0; c < robust->course_count; c++) {
        const struct spiral_course course = spiral_robust_course(robust, c);
        spiral_robust_letters(c, letters);

        json_t *object = judged_json(&robust->courses[c], letters);
        json_object_set_new(object, "periods", periods_json(&course));
        json_array_append_new(front, object);
    }

    for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
        json_object_set_new(limits, spiral_objective_labels[o].name, json_real(robust->limits[o]));

    for (long year = 0; year < robust->path_count; year++) {
        json_t *row = json_pack("{s:f}", "date", robust->path_date[year]);
        for (int o = 0; o < SPIRAL_OBJECTIVES; o++)
            json_object_set_new(row, spiral_objective_labels[o].name,
                                json_real(robust->path[year * SPIRAL_OBJECTIVES + o]));
        json_array_append_new(path, row);
    }

    json_t *object =
        json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:f, s:o, s:o, s:o, s:o}", "scenario",
                  robust->experiment.cases[0].scenario.name, "form",
                  spiral_course_form_names[robust->request.form], "worlds",
                  (json_int_t)robust->worlds->points, "runs",
                  (json_int_t)robust->experiment.replicates, "seed",
                  (json_int_t)robust->experiment.seed, "sets", (json_int_t)robust->sets.count,
                  "evaluations", (json_int_t)robust->search.count, "generations",
                  (json_int_t)robust->search.generations, "volume", robust->volume, "limits",
                  limits, "history", judged_json(&robust->as_it_was, "history"), "path", path,
                  "front", front);

    if (robust->course_count > 0) {
        spiral_robust_letters(robust->minimax, letters);
        json_object_set_new(object, "least_regret", json_string(letters));
        spiral_robust_letters(robust->broadest, letters);
        json_object_set_new(object, "broadest", json_string(letters));
    }

    return object;
}
