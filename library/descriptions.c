/* SPDX-License-Identifier: MIT
 *
 * The tables that are the same for all cases: outcomes, quantities, levels, diagnoses, dates.
 */
#include "library/descriptions.h"

#include <string.h>

#include "library/arguments.h"
#include "sim/labels.h"

_Static_assert(SPIRAL_HOSTILITY_LEVELS == SPIRAL_LEVELS, "the header and the model count alike");
_Static_assert(SPIRAL_DIAGNOSIS_COUNT == SPIRAL_DIAGNOSES, "the header and the model count alike");

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *spiral_version(void)
{
    return VERSION_TEXT(SPIRAL_VERSION_MAJOR, SPIRAL_VERSION_MINOR, SPIRAL_VERSION_PATCH);
}

struct spiral_description spiral_description_of(const struct spiral_field *field)
{
    return (struct spiral_description){.name = field->name,
                                       .unit = field->unit,
                                       .low = field->low,
                                       .high = field->high,
                                       .value = field->value,
                                       .label_en = field->label_en,
                                       .label_zh = field->label_zh,
                                       .doc = field->doc,
                                       .source = field->source};
}

static int find_field(const struct spiral_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

static enum spiral_status describe_field(const struct spiral_field *fields, size_t count,
                                         const char *what, size_t index,
                                         struct spiral_description *description,
                                         struct spiral_error *error)
{
    const enum spiral_status status = spiral_check_index(what, index, count, error);

    if (status == SPIRAL_OK)
        *description = spiral_description_of(&fields[index]);
    return status;
}

size_t spiral_outcome_count(void) { return SPIRAL_OUTCOMES; }

enum spiral_status spiral_outcome_describe(size_t outcome, struct spiral_description *description,
                                           struct spiral_error *error)
{
    return describe_field(spiral_outcome_fields, SPIRAL_OUTCOMES, "outcome", outcome, description,
                          error);
}

int spiral_outcome_index(const char *name)
{
    return find_field(spiral_outcome_fields, SPIRAL_OUTCOMES, name);
}

size_t spiral_quantity_count(void) { return SPIRAL_QUANTITIES; }

enum spiral_status spiral_quantity_describe(size_t quantity, struct spiral_description *description,
                                            struct spiral_error *error)
{
    return describe_field(spiral_quantity_fields, SPIRAL_QUANTITIES, "quantity", quantity,
                          description, error);
}

int spiral_quantity_index(const char *name)
{
    return find_field(spiral_quantity_fields, SPIRAL_QUANTITIES, name);
}

const char *spiral_level_name(int level)
{
    return level >= 1 && level <= SPIRAL_LEVELS ? spiral_level_labels[level - 1].name : NULL;
}

const char *spiral_diagnosis_name(int diagnosis)
{
    return diagnosis >= 0 && diagnosis < SPIRAL_DIAGNOSES ? spiral_diagnosis_labels[diagnosis].name
                                                          : NULL;
}

enum spiral_status spiral_date_read(const char *text, double *year, struct spiral_error *error)
{
    if (spiral_date_parse(text, year))
        return SPIRAL_OK;
    return spiral_error_set(error, SPIRAL_BAD_INPUT,
                            "'%s' is not a date; expected YYYY, YYYY-MM or YYYY-MM-DD", text);
}

void spiral_date_text(double year, char text[12]) { spiral_date_format(year, text); }
