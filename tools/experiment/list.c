/* SPDX-License-Identifier: MIT
 *
 * Lists of points: a CSV file, a column for each axis, a line for each point. A table that `spiral
 * export` wrote is one, too: it has a column `point`, and other columns beside the axes.
 */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/numbers.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "tools/experiment/experiment.h"

/* What is being read: one line at a time. */
struct list_file {
    const char *path;
    char *rest; /* of the text, NULL at its end */
    char *line;
    int number; /* of the line */
    struct spiral_error *error;
};

/* Adds the place to an error: the column of `at` in the line, or the line alone. */
static enum spiral_status fail_at(struct list_file *list, const char *at, enum spiral_status status)
{
    if (list->error != NULL) {
        snprintf(list->error->file, sizeof list->error->file, "%s", list->path);
        list->error->line = list->number;
        list->error->column = at != NULL ? (int)(at - list->line) + 1 : 0;
    }

    return status;
}

/* Fills the error with a message and its place. */
#define FAIL(list, at, status, ...) \
    fail_at(list, at, spiral_error_set((list)->error, status, __VA_ARGS__))

/* The next line that is not empty, without its end; NULL at the end of the file. */
static char *next_line(struct list_file *list)
{
    while (list->rest != NULL && *list->rest != '\0') {
        char *text = list->line = list->rest;
        char *end = strchr(text, '\n');

        list->rest = end != NULL ? end + 1 : NULL;
        list->number++;
        text[strcspn(text, "\r\n")] = '\0';
        if (text[0] == '#')
            continue;

        /* Spreadsheets write a byte order mark. */
        if (list->number == 1 && strncmp(text, "\xEF\xBB\xBF", 3) == 0)
            text += 3;
        if (text[strspn(text, " \t")] != '\0')
            return text;
    }

    return NULL;
}

/* The next field of a line: without spaces and quotes around it. NULL after the last. */
static char *next_field(char **rest)
{
    char *field = *rest;

    if (field == NULL)
        return NULL;

    char *comma = strchr(field, ',');

    *rest = comma == NULL ? NULL : comma + 1;
    if (comma != NULL)
        *comma = '\0';
    field += strspn(field, " \t\"");
    for (size_t length = strlen(field); length > 0 && strchr(" \t\"", field[length - 1]) != NULL;
         length--)
        field[length - 1] = '\0';

    return field;
}

/* The columns of an exported table that are no axes, as indices beyond those of axes. */
enum { POINT_COLUMN = SPIRAL_MAX_AXES, OTHER_COLUMN, MOST_COLUMNS = 4096 };

/* What the columns are. */
struct columns {
    size_t axis[MOST_COLUMNS]; /* the axis, POINT_COLUMN or OTHER_COLUMN */
    size_t count;
    bool exported; /* there is a column `point` */
    double last_point;
};

/* Whether a line of names is that of an exported table. */
static bool is_exported(const char *line)
{
    for (const char *at = line; (at = strstr(at, "point")) != NULL; at += 5) {
        const char *from = at > line && at[-1] == '"' ? at - 1 : at;
        const char *past = at[5] == '"' ? at + 6 : at + 5;
        if ((from == line || from[-1] == ',') && (*past == ',' || *past == '\0'))
            return true;
    }

    return false;
}

/* Which axis each column is. */
static enum spiral_status read_head(struct list_file *list, const struct spiral_axis *axes,
                                    size_t axis_count, struct columns *columns)
{
    bool named[SPIRAL_MAX_AXES] = {false};
    char *rest = next_line(list);
    char *field;

    *columns = (struct columns){.exported = rest != NULL && is_exported(rest), .last_point = -1.0};

    if (rest == NULL)
        return FAIL(list, NULL, SPIRAL_BAD_INPUT,
                    "the file is empty; expected a line of the axes' names");

    while ((field = next_field(&rest)) != NULL) {
        size_t axis = 0;
        while (axis < axis_count && strcmp(axes[axis].name, field) != 0)
            axis++;

        if (columns->count == MOST_COLUMNS)
            return FAIL(list, field, SPIRAL_BAD_INPUT, "more than %d columns", MOST_COLUMNS);

        if (axis == axis_count && columns->exported) {
            columns->axis[columns->count++] =
                strcmp(field, "point") == 0 ? POINT_COLUMN : OTHER_COLUMN;
            continue;
        }

        if (axis == axis_count) {
            const char *nearest =
                spiral_names_nearest(spiral_names_of(axes, axis_count, name), field);
            return FAIL(list, field, SPIRAL_BAD_INPUT,
                        "'%.60s' is not an axis of the experiment%s%s%s", field,
                        nearest ? "; did you mean '" : "", nearest ? nearest : "",
                        nearest ? "'?" : "");
        }

        if (named[axis])
            return FAIL(list, field, SPIRAL_BAD_INPUT, "duplicate axis '%s'", axes[axis].name);
        named[axis] = true;
        columns->axis[columns->count++] = axis;
    }

    for (size_t axis = 0; axis < axis_count; axis++)
        if (!named[axis])
            return FAIL(list, NULL, SPIRAL_BAD_INPUT, "the axis '%s' has no column",
                        axes[axis].name);

    return SPIRAL_OK;
}

/* A number of an axis. */
static enum spiral_status read_value(struct list_file *list, const char *field,
                                     const struct spiral_axis *axis, double *value)
{
    const struct spiral_doctrine *doctrine = axis->nominal ? spiral_doctrine_find(field) : NULL;

    if (doctrine != NULL)
        *value = (double)(doctrine - spiral_doctrines);
    else if (axis->nominal)
        return FAIL(list, field, SPIRAL_BAD_INPUT, "%s: '%.60s' is not a doctrine", axis->name,
                    field);
    else if (!spiral_number_parse(field, value))
        return FAIL(list, field, SPIRAL_BAD_INPUT, "%s: '%.60s' is not a number", axis->name,
                    field);
    if (!(*value >= axis->low && *value <= axis->high))
        return FAIL(list, field, SPIRAL_BAD_INPUT, "%s is %.60s; expected %.10g to %.10g",
                    axis->name, field, axis->low, axis->high);

    return SPIRAL_OK;
}

/* A line's numbers into a point. *fresh: whether the point is one that was not read before (an
 * exported table has each point once for each scenario and run, in ascending order). */
static enum spiral_status read_point(struct list_file *list, char *line,
                                     const struct spiral_axis *axes, struct columns *columns,
                                     double *point, bool *fresh)
{
    char *rest = line;
    char *field;
    size_t count = 0;

    *fresh = true;

    for (; (field = next_field(&rest)) != NULL && count < columns->count; count++) {
        const size_t axis = columns->axis[count];
        double number = 0.0;
        enum spiral_status status = SPIRAL_OK;

        if (axis < SPIRAL_MAX_AXES)
            status = read_value(list, field, &axes[axis], &point[axis]);
        else if (axis == POINT_COLUMN && !spiral_number_parse(field, &number))
            status = FAIL(list, field, SPIRAL_BAD_INPUT, "point: '%.60s' is not a number", field);
        else if (axis == POINT_COLUMN) {
            *fresh = number > columns->last_point;
            columns->last_point = *fresh ? number : columns->last_point;
        }

        if (status != SPIRAL_OK)
            return status;
    }

    if (field != NULL)
        return FAIL(list, field, SPIRAL_BAD_INPUT, "more numbers than the %zu %s", columns->count,
                    columns->exported ? "columns" : "axes");

    return count == columns->count ? SPIRAL_OK
                                   : FAIL(list, NULL, SPIRAL_BAD_INPUT,
                                          "%zu numbers; expected one for each of the %zu %s", count,
                                          columns->count, columns->exported ? "columns" : "axes");
}

static enum spiral_status read_points(struct list_file *list, double **points, size_t *count,
                                      const struct spiral_axis *axes, size_t axis_count,
                                      struct columns *columns)
{
    size_t capacity = 0;
    bool fresh;

    for (char *line; (line = next_line(list)) != NULL; *count += fresh) {
        if (*count == capacity) {
            capacity = capacity == 0 ? 64 : 2 * capacity;
            double *more = realloc(*points, capacity * axis_count * sizeof **points);
            if (more == NULL)
                return FAIL(list, NULL, SPIRAL_NO_MEMORY, "no memory for the list");
            *points = more;
        }

        const enum spiral_status status =
            read_point(list, line, axes, columns, *points + *count * axis_count, &fresh);
        if (status != SPIRAL_OK)
            return status;
    }

    return *count > 0 ? SPIRAL_OK
                      : FAIL(list, NULL, SPIRAL_BAD_INPUT, "no points follow the line of names");
}

enum spiral_status spiral_list_load(double **points, size_t *count, const char *path,
                                    const struct spiral_axis *axes, size_t axis_count,
                                    struct spiral_error *error)
{
    struct list_file list = {.path = spiral_whole_input_name(path), .error = error};
    struct columns *columns = malloc(sizeof *columns);
    size_t length;
    char *text = NULL;

    *points = NULL;
    *count = 0;

    if (columns == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the list");

    enum spiral_status status = spiral_whole_input_read(path, &text, &length, error);

    if (status != SPIRAL_OK) {
        free(columns);
        return fail_at(&list, NULL, status);
    }

    list.rest = text;
    if (strlen(text) < length)
        status = FAIL(&list, NULL, SPIRAL_BAD_INPUT, "is not text: it has a byte of value 0");
    if (status == SPIRAL_OK)
        status = read_head(&list, axes, axis_count, columns);
    if (status == SPIRAL_OK)
        status = read_points(&list, points, count, axes, axis_count, columns);
    free(text);
    free(columns);

    if (status != SPIRAL_OK) {
        free(*points);
        *points = NULL;
        *count = 0;
    }

    return status;
}
