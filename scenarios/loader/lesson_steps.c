/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "scenarios/loader/lesson_keys.h"

static const char *const keys_of_lessons[KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) #key,
#include "scenarios/loader/lesson_fields.def"
};

/* --- parts of a step -------------------------------------------------------------------------- */

static void read_levers(struct lesson_reading *reading, struct spiral_reader *reader,
                        const yaml_node_t *node, const struct spiral_path *up,
                        struct spiral_lesson_levers *levers)
{
    const struct spiral_path path = {.up = up, .key = "levers"};
    const struct spiral_path restart = {.up = &path, .key = "restart"};
    const struct spiral_path seed = {.up = &path, .key = "seed"};
    const struct spiral_path speed = {.up = &path, .key = "speed"};
    const struct spiral_path play = {.up = &path, .key = "play"};
    const yaml_node_t *values[KEYS];

    levers->setup.scenario = reading->present;
    if (node == NULL || !spiral_read_mapping(reader, node, &path, MAPPING_LEVERS, values))
        return;
    levers->given = true;
    spiral_read_boolean(reader, values[KEY_LEVERS_restart], &restart, &levers->anew);
    levers->anew = spiral_lesson_read_case(reading, reader, values[KEY_LEVERS_case], &path,
                                           &levers->setup.scenario, reading->present) ||
                   levers->anew;
    levers->reseeded = spiral_read_whole_number(reader, values[KEY_LEVERS_seed], &seed, 0,
                                                UINT64_MAX, &levers->seed);

    const struct lesson_setup_nodes nodes = {values[KEY_LEVERS_date], values[KEY_LEVERS_set],
                                             values[KEY_LEVERS_doctrines],
                                             values[KEY_LEVERS_moves]};

    spiral_lesson_read_setup(reading, reader, &nodes, &path, &levers->setup);
    spiral_read_number(reader, values[KEY_LEVERS_speed], &speed, 0.25, 64.0, &levers->speed);
    spiral_read_boolean(reader, values[KEY_LEVERS_play], &play, &levers->play);
    reading->present = levers->setup.scenario;
}

/* The index of a measure by its name among the first `count`, or -1 (reported). */
static int read_measure_name(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, const struct spiral_lesson_step *step,
                             size_t count)
{
    const char *name = spiral_read_scalar(reader, node, path, "a measure's name");

    for (size_t m = 0; name != NULL && m < count; m++)
        if (strcmp(step->measures[m].name, name) == 0)
            return (int)m;
    if (name != NULL && count == 0)
        spiral_reader_error(reader, node, path, "unknown measure '%.60s'; there is none before it",
                            name);
    else if (name != NULL)
        spiral_reader_unknown(reader, node, path, "measure", name,
                              spiral_names_of(step->measures, count, name));

    return -1;
}

static void read_measure(struct lesson_reading *reading, struct spiral_reader *reader,
                         const yaml_node_t *node, const struct spiral_path *path,
                         struct spiral_lesson_step *step)
{
    const struct spiral_path name = {.up = path, .key = "name"};
    const struct spiral_path outcome = {.up = path, .key = "outcome"};
    const struct spiral_path less = {.up = path, .key = "less"};
    const struct spiral_path as = {.up = path, .key = "as"};
    const struct spiral_path of = {.up = path, .key = "of"};
    const yaml_node_t *values[KEYS];
    struct spiral_lesson_measure *measure = &step->measures[step->measure_count];

    *measure = (struct spiral_lesson_measure){.outcome = SPIRAL_OUTCOME_war,
                                              .of = -1,
                                              .less = -1,
                                              .percent = true};
    if (!spiral_read_mapping(reader, node, path, MAPPING_MEASURE, values))
        return;
    spiral_read_identifier(reader, values[KEY_MEASURE_name], &name,
                           "abcdefghijklmnopqrstuvwxyz0123456789_", "a to z, digits and _",
                           sizeof measure->name - 1, measure->name);

    const char *text =
        spiral_read_scalar(reader, values[KEY_MEASURE_outcome], &outcome, "an outcome");
    int found = text == NULL ? SPIRAL_OUTCOME_war : -1;

    for (int i = 0; i < SPIRAL_OUTCOMES && found < 0; i++)
        if (strcmp(spiral_outcome_fields[i].name, text) == 0)
            found = i;
    if (found < 0)
        spiral_reader_unknown(reader, values[KEY_MEASURE_outcome], &outcome, "outcome", text,
                              spiral_names_of(spiral_outcome_fields, SPIRAL_OUTCOMES, name));
    else
        measure->outcome = (enum spiral_outcome_name)found;
    spiral_lesson_read_case(reading, reader, values[KEY_MEASURE_case], path,
                            &measure->setup.scenario, 0);

    const struct lesson_setup_nodes nodes = {values[KEY_MEASURE_date], values[KEY_MEASURE_set],
                                             values[KEY_MEASURE_doctrines],
                                             values[KEY_MEASURE_moves]};

    spiral_lesson_read_setup(reading, reader, &nodes, path, &measure->setup);

    if (values[KEY_MEASURE_of] != NULL) {
        measure->of =
            read_measure_name(reader, values[KEY_MEASURE_of], &of, step, step->measure_count);
        for (int key = KEY_MEASURE_outcome; key < KEY_MEASURE_of; key++)
            if (values[key] != NULL)
                spiral_reader_error(reader, values[key], path,
                                    "'%s' belongs to an ensemble, and this measure is of another",
                                    keys_of_lessons[key]);
    }

    if (values[KEY_MEASURE_less] != NULL)
        measure->less =
            read_measure_name(reader, values[KEY_MEASURE_less], &less, step, step->measure_count);
    text = spiral_read_scalar(reader, values[KEY_MEASURE_as], &as, "percent or number");
    measure->percent = text == NULL || strcmp(text, "percent") == 0;
    if (text != NULL && !measure->percent && strcmp(text, "number") != 0)
        spiral_reader_error(reader, values[KEY_MEASURE_as], &as,
                            "'%.60s' is neither percent nor number", text);
    step->measure_count++;
}

/* Every {name} of a text of the reveal is a measure of it, in every language. */
static void check_placeholders(struct spiral_reader *reader, const yaml_node_t *node,
                               const struct spiral_path *path, const struct spiral_text *told,
                               const struct spiral_lesson_step *step)
{
    for (size_t i = 0; i < told->count; i++) {
        const char *at = told->items[i].text;
        char name[SPIRAL_LESSON_NAME];
        const struct spiral_path here = {.up = path,
                                         .key = told->items[i].language[0] != '\0'
                                                    ? told->items[i].language
                                                    : "text"};

        while (spiral_lesson_placeholder(&at, name) != NULL) {
            size_t m = 0;
            while (m < step->measure_count && strcmp(step->measures[m].name, name) != 0)
                m++;
            if (m == step->measure_count)
                spiral_reader_unknown(reader, node, &here, "measure", name,
                                      spiral_names_of(step->measures, step->measure_count, name));
        }
    }
}

static void read_note(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *path, struct spiral_lesson_step *step)
{
    const struct spiral_path text = {.up = path, .key = "text"};
    const struct spiral_path measure = {.up = path, .key = "measure"};
    const struct spiral_path from = {.up = path, .key = "from"};
    const struct spiral_path to = {.up = path, .key = "to"};
    const yaml_node_t *values[KEYS];
    struct spiral_lesson_note *note = &step->notes[step->note_count++];

    *note = (struct spiral_lesson_note){.measure = -1, .from = -1e9, .to = 1e9};
    if (!spiral_read_mapping(reader, node, path, MAPPING_NOTE, values))
        return;
    spiral_read_text(reader, values[KEY_NOTE_text], &text, &note->text);
    if (values[KEY_NOTE_measure] != NULL)
        note->measure = read_measure_name(reader, values[KEY_NOTE_measure], &measure, step,
                                          step->measure_count);
    spiral_read_number(reader, values[KEY_NOTE_from], &from, -1e9, 1e9, &note->from);
    spiral_read_number(reader, values[KEY_NOTE_to], &to, -1e9, 1e9, &note->to);
    if (note->from >= note->to)
        spiral_reader_error(reader, values[KEY_NOTE_to], &to,
                            "%.6g is not above where the sentence begins, %.6g", note->to,
                            note->from);
    check_placeholders(reader, values[KEY_NOTE_text], &text, &note->text, step);
}

/* The sentences of a reveal that are told where a measure lies in a range. */
static void read_notes(struct spiral_reader *reader, const yaml_node_t *list,
                       const struct spiral_path *up, struct spiral_lesson_step *step)
{
    const struct spiral_path path = {.up = up, .key = "also"};
    const int count = list == NULL ? 0 : spiral_read_sequence(reader, list, &path, "sentences");

    if (count > SPIRAL_LESSON_NOTES)
        spiral_reader_error(reader, list, &path, "%d sentences; expected at most %d", count,
                            SPIRAL_LESSON_NOTES);

    for (int i = 0; i < count && count <= SPIRAL_LESSON_NOTES; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_note(reader, spiral_sequence_at(reader, list, i), &here, step);
    }
}

static void read_reveal(struct lesson_reading *reading, struct spiral_reader *reader,
                        const yaml_node_t *node, const struct spiral_path *up,
                        struct spiral_lesson_step *step)
{
    const struct spiral_path path = {.up = up, .key = "reveal"};
    const struct spiral_path text = {.up = &path, .key = "text"};
    const struct spiral_path measures = {.up = &path, .key = "measures"};
    const yaml_node_t *values[KEYS];

    if (node == NULL || !spiral_read_mapping(reader, node, &path, MAPPING_REVEAL, values))
        return;
    spiral_read_text(reader, values[KEY_REVEAL_text], &text, &step->reveal);

    const yaml_node_t *list = values[KEY_REVEAL_measures];
    const int count = list == NULL ? 0 : spiral_read_sequence(reader, list, &measures, "measures");

    if (count > SPIRAL_LESSON_MEASURES)
        spiral_reader_error(reader, list, &measures, "%d measures; expected at most %d", count,
                            SPIRAL_LESSON_MEASURES);

    for (int i = 0; i < count && count <= SPIRAL_LESSON_MEASURES; i++) {
        const struct spiral_path here = {.up = &measures, .index = i};
        read_measure(reading, reader, spiral_sequence_at(reader, list, i), &here, step);
    }

    check_placeholders(reader, values[KEY_REVEAL_text], &text, &step->reveal, step);
    read_notes(reader, values[KEY_REVEAL_also], &path, step);
}

static void read_choice(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *path, struct spiral_lesson_step *step)
{
    const struct spiral_path text = {.up = path, .key = "text"};
    const struct spiral_path measure = {.up = path, .key = "measure"};
    const struct spiral_path from = {.up = path, .key = "from"};
    const struct spiral_path to = {.up = path, .key = "to"};
    const struct spiral_path otherwise = {.up = path, .key = "otherwise"};
    const yaml_node_t *values[KEYS];
    struct spiral_lesson_choice *choice = &step->choices[step->choice_count++];

    *choice = (struct spiral_lesson_choice){.measure = -1, .from = -1e9, .to = 1e9};
    if (!spiral_read_mapping(reader, node, path, MAPPING_CHOICE, values))
        return;
    spiral_read_text(reader, values[KEY_CHOICE_text], &text, &choice->text);
    spiral_read_number(reader, values[KEY_CHOICE_from], &from, -1e9, 1e9, &choice->from);
    spiral_read_number(reader, values[KEY_CHOICE_to], &to, -1e9, 1e9, &choice->to);
    spiral_read_boolean(reader, values[KEY_CHOICE_otherwise], &otherwise, &choice->otherwise);
    if (choice->otherwise && (values[KEY_CHOICE_measure] != NULL ||
                              values[KEY_CHOICE_from] != NULL || values[KEY_CHOICE_to] != NULL))
        spiral_reader_error(reader, values[KEY_CHOICE_otherwise], &otherwise,
                            "what holds otherwise has no measure of its own");
    else if (values[KEY_CHOICE_measure] != NULL)
        choice->measure = read_measure_name(reader, values[KEY_CHOICE_measure], &measure, step,
                                            step->measure_count);
    else if (values[KEY_CHOICE_from] != NULL || values[KEY_CHOICE_to] != NULL)
        spiral_reader_error(reader, node, path, "from and to need a measure that they bound");

    if (choice->from >= choice->to)
        spiral_reader_error(reader, values[KEY_CHOICE_to], &to,
                            "%.6g is not above where the answer begins, %.6g", choice->to,
                            choice->from);
}

static void read_question(struct spiral_reader *reader, const yaml_node_t *node,
                          const struct spiral_path *up, struct spiral_lesson_step *step)
{
    const struct spiral_path path = {.up = up, .key = "question"};
    const struct spiral_path text = {.up = &path, .key = "text"};
    const struct spiral_path choices = {.up = &path, .key = "choices"};
    const yaml_node_t *values[KEYS];

    if (node == NULL || !spiral_read_mapping(reader, node, &path, MAPPING_QUESTION, values))
        return;
    spiral_read_text(reader, values[KEY_QUESTION_text], &text, &step->question);

    const yaml_node_t *list = values[KEY_QUESTION_choices];
    const int count = list == NULL ? -1 : spiral_read_sequence(reader, list, &choices, "answers");

    if (count >= 0 && (count < 2 || count > SPIRAL_LESSON_CHOICES)) {
        spiral_reader_error(reader, list, &choices, "%d answers; expected 2 to %d", count,
                            SPIRAL_LESSON_CHOICES);
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &choices, .index = i};
        read_choice(reader, spiral_sequence_at(reader, list, i), &here, step);
    }
}

/* Names of panels, a bit each. */
static unsigned read_panels(struct spiral_reader *reader, const yaml_node_t *list,
                            const struct spiral_path *path)
{
    static const char *const names[SPIRAL_LESSON_PANELS] = {
#define SPIRAL_LESSON_PANEL(name) #name,
        SPIRAL_LESSON_PANEL_TABLE(SPIRAL_LESSON_PANEL)
#undef SPIRAL_LESSON_PANEL
    };
    const int count = spiral_read_sequence(reader, list, path, "panels");
    unsigned panels = 0;

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = path, .index = i};
        const yaml_node_t *node = spiral_sequence_at(reader, list, i);
        const char *name = spiral_read_scalar(reader, node, &here, "a panel");
        const int panel =
            name == NULL ? -1
                         : spiral_names_find(spiral_names_in(names, SPIRAL_LESSON_PANELS), name);

        if (panel >= 0)
            panels |= 1u << panel;
        else if (name != NULL)
            spiral_reader_unknown(reader, node, &here, "panel", name,
                                  spiral_names_in(names, SPIRAL_LESSON_PANELS));
    }

    return panels;
}

unsigned spiral_lesson_shown(const struct spiral_lesson *lesson, size_t step)
{
    for (size_t s = step + 1; s-- > 0;)
        if (lesson->steps[s].shows)
            return lesson->steps[s].shown;
    return ((1u << SPIRAL_LESSON_PANELS) - 1) & ~(1u << SPIRAL_SHOW_actors | 1u << SPIRAL_SHOW_why);
}

void spiral_lesson_read_step(struct lesson_reading *reading, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *path,
                             struct spiral_lesson_step *step)
{
    const struct spiral_path text = {.up = path, .key = "text"};
    const struct spiral_path show = {.up = path, .key = "show"};
    const struct spiral_path highlight = {.up = path, .key = "highlight"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, path, MAPPING_STEP, values))
        return;
    spiral_read_text(reader, values[KEY_STEP_text], &text, &step->text);
    read_levers(reading, reader, values[KEY_STEP_levers], path, &step->levers);
    read_reveal(reading, reader, values[KEY_STEP_reveal], path, step);
    read_question(reader, values[KEY_STEP_question], path, step);
    if (values[KEY_STEP_show] != NULL) {
        step->shows = true;
        step->shown = read_panels(reader, values[KEY_STEP_show], &show);
    }
    if (values[KEY_STEP_highlight] != NULL)
        step->highlighted = read_panels(reader, values[KEY_STEP_highlight], &highlight);
}

const char *spiral_lesson_placeholder(const char **at, char name[SPIRAL_LESSON_NAME])
{
    const char *open = strchr(*at, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');

    if (close == NULL)
        return NULL;

    size_t length = (size_t)(close - open) - 1;

    length = length < SPIRAL_LESSON_NAME ? length : SPIRAL_LESSON_NAME - 1;
    memcpy(name, open + 1, length);
    name[length] = '\0';
    *at = close + 1;

    return open;
}
