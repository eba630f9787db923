/* SPDX-License-Identifier: MIT */
#include "tools/choice/course.h"

#include <math.h>
#include <string.h>

enum { HUNDREDTHS = 101 };

const char *const spiral_course_form_names[SPIRAL_COURSE_FORMS + 1] = {
#define SPIRAL_COURSE_FORM_ENTRY(name, doc) #name,
    SPIRAL_COURSE_FORM_TABLE(SPIRAL_COURSE_FORM_ENTRY)
#undef SPIRAL_COURSE_FORM_ENTRY
};

/* The numbers that a small state chooses: all but extension, which is a patron's. */
static const enum spiral_doctrine_number chosen[] = {
    SPIRAL_DOCTRINE_align,    SPIRAL_DOCTRINE_empathy,  SPIRAL_DOCTRINE_arm,
    SPIRAL_DOCTRINE_reassure, SPIRAL_DOCTRINE_identity, SPIRAL_DOCTRINE_caution,
    SPIRAL_DOCTRINE_coerce};
enum { CHOSEN = sizeof chosen / sizeof *chosen };

/* --- presets ---------------------------------------------------------------------------------- */

const struct spiral_doctrine *spiral_course_preset(size_t i)
{
    for (size_t d = 0; d < SPIRAL_DOCTRINES; d++)
        if (spiral_doctrines[d].role == SPIRAL_SMALL && i-- == 0)
            return &spiral_doctrines[d];
    return NULL;
}

size_t spiral_course_preset_count(void)
{
    size_t count = 0;
    while (spiral_course_preset(count) != NULL)
        count++;
    return count;
}

const struct spiral_doctrine *spiral_course_nearest(const double *numbers, double *distance)
{
    const struct spiral_doctrine *nearest = NULL;

    *distance = INFINITY;

    for (size_t i = 0; i < spiral_course_preset_count(); i++) {
        const struct spiral_doctrine *preset = spiral_course_preset(i);
        double sum = 0.0;
        for (int n = 0; n < CHOSEN; n++)
            sum += fabs(numbers[chosen[n]] - preset->number[chosen[n]]);

        if (sum < *distance) {
            *distance = sum;
            nearest = preset;
        }
    }

    return nearest;
}

/* --- the space -------------------------------------------------------------------------------- */

static size_t genes_of_period(const struct spiral_course_space *space)
{
    return space->form == SPIRAL_COURSE_presets ? 1 : CHOSEN;
}

enum spiral_status spiral_course_space_init(struct spiral_course_space *space,
                                            const struct spiral_scenario *scenario,
                                            enum spiral_course_form form, size_t periods,
                                            const double *dates, struct spiral_error *error)
{
    *space = (struct spiral_course_space){.form = form,
                                          .periods = periods,
                                          .start = scenario->start,
                                          .fixed = dates != NULL};

    if (periods < 1 || periods > SPIRAL_MOST_PERIODS)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "%zu periods; expected 1 to %d", periods,
                                SPIRAL_MOST_PERIODS);

    /* A period has a year at least, and the last one too. */
    space->months = (int)floor(12.0 * (scenario->end - scenario->start) + 1e-6) - 12;

    if (space->months < 2 && periods > 1 && dates == NULL)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "the run of %s is too short for periods",
                                scenario->name);

    for (size_t p = 1; p < periods && dates != NULL; p++) {
        space->dates[p] = dates[p - 1];
        if (!(dates[p - 1] > (p > 1 ? dates[p - 2] : scenario->start)) ||
            !(dates[p - 1] < scenario->end))
            return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                    "the dates of periods lie within the run of %s, in ascending "
                                    "order",
                                    scenario->name);
    }

    for (size_t p = 0; p < periods; p++)
        for (size_t g = 0; g < genes_of_period(space); g++)
            space->levels[space->genes++] =
                form == SPIRAL_COURSE_presets ? (int)spiral_course_preset_count() : HUNDREDTHS;
    for (size_t p = 1; p < periods && dates == NULL; p++)
        space->levels[space->genes++] = space->months - 1;

    return SPIRAL_OK;
}

void spiral_course_preset_genes(const struct spiral_course_space *space, size_t preset, int *gene)
{
    const struct spiral_doctrine *doctrine = spiral_course_preset(preset);
    size_t g = 0;

    for (size_t p = 0; p < space->periods; p++) {
        if (space->form == SPIRAL_COURSE_presets) {
            gene[g++] = (int)preset;
            continue;
        }
        for (int n = 0; n < CHOSEN; n++)
            gene[g++] = (int)lround(100.0 * doctrine->number[chosen[n]]);
    }

    for (size_t p = 1; g < space->genes; p++)
        gene[g++] = (int)(p * (size_t)(space->months - 1) / space->periods);
}

/* --- courses ---------------------------------------------------------------------------------- */

static struct spiral_doctrine doctrine_of(const struct spiral_course_space *space, const int *gene)
{
    if (space->form == SPIRAL_COURSE_presets)
        return *spiral_course_preset((size_t)gene[0]);

    struct spiral_doctrine doctrine = *spiral_course_preset(0);

    doctrine.name = "custom";
    for (int n = 0; n < CHOSEN; n++)
        doctrine.number[chosen[n]] = gene[n] / 100.0;

    return doctrine;
}

struct spiral_course spiral_course_of(const struct spiral_course_space *space, const int *gene)
{
    const size_t each = genes_of_period(space);
    const int *months = gene + space->periods * each;
    struct spiral_course course = {.count = 0};

    /* Dates are sorted, and doctrines stay where they are: the p-th doctrine belongs to the p-th
     * date, so that an exchange of two dates does not exchange doctrines. */
    double dates[SPIRAL_MOST_PERIODS] = {space->start};

    for (size_t p = 1; p < space->periods; p++) {
        const double date =
            space->fixed ? space->dates[p] : space->start + (months[p - 1] + 1) / 12.0;
        size_t at = p;
        for (; at > 1 && dates[at - 1] > date; at--)
            dates[at] = dates[at - 1];
        dates[at] = date;
    }

    for (size_t p = 0; p < space->periods; p++) {
        const bool same = p > 0 && dates[p] == dates[p - 1];
        struct spiral_course_period *period = &course.periods[course.count - (same ? 1 : 0)];
        period->date = dates[p];
        period->doctrine = doctrine_of(space, gene + p * each);
        course.count += !same;
    }

    return course;
}

enum spiral_status spiral_course_apply(struct spiral_scenario *scenario,
                                       const struct spiral_course *course)
{
    const int small = scenario->small;
    struct spiral_state_facts *state = &scenario->states[small];

    for (size_t e = scenario->entry_count; e-- > 0;) {
        const struct spiral_entry *entry = &scenario->entries[e];
        size_t p = course->count - 1;
        while (p > 0 && course->periods[p].date > entry->date + 1e-9)
            p--;

        if (spiral_edit_falls(scenario, entry, small, &course->periods[p].doctrine,
                              course->periods[p].date))
            spiral_edit_drop(scenario, e);
    }

    memcpy(state->doctrine, course->periods[0].doctrine.number, sizeof state->doctrine);
    snprintf(state->doctrine_name, sizeof state->doctrine_name, "%s",
             course->periods[0].doctrine.name);

    for (size_t p = 1; p < course->count; p++)
        if (spiral_edit_turn(scenario, small, &course->periods[p].doctrine, course->periods[p].date,
                             NULL) == NULL)
            return SPIRAL_NO_MEMORY;

    return SPIRAL_OK;
}

void spiral_course_describe(const struct spiral_course *course, bool chinese, char *text,
                            size_t size)
{
    size_t used = 0;

    text[0] = '\0';

    for (size_t p = 0; p < course->count && used < size; p++) {
        const struct spiral_course_period *period = &course->periods[p];
        char date[12] = "";
        double distance;
        const struct spiral_doctrine *nearest =
            spiral_course_nearest(period->doctrine.number, &distance);

        if (p > 0)
            spiral_date_format(period->date, date);
        used += (size_t)snprintf(text + used, size - used, "%s%s%s%s%s",
                                 p == 0    ? ""
                                 : chinese ? "；"
                                           : "; ",
                                 date, p > 0 ? " " : "", distance < 0.005 ? "" : "~",
                                 chinese ? nearest->label_zh : nearest->label_en);
    }
}
