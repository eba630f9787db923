/* SPDX-License-Identifier: MIT */
#include "scenarios/loader/play_load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "scenarios/loader/case_file.h"
#include "scenarios/loader/lesson_settings.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/values.h"
#include "scenarios/loader/yaml/whole_input.h"

/* --- the schema ------------------------------------------------------------------------------- */

enum {
    MAPPING_GAME,
    MAPPING_INJECTS,
    MAPPING_EVENT,
    MAPPING_MOVE,
    MAPPING_TURN,
    MAPPING_ACT,
    MAPPING_ANSWER,
    MAPPINGS
};

enum {
#define SPIRAL_KEY(mapping, key, kind, required, doc) KEY_##mapping##_##key,
#include "scenarios/loader/play_fields.def"
    KEYS
};
_Static_assert((int)KEYS <= (int)SPIRAL_MAX_KEYS, "the keys of a schema");

static const char *const mapping_names[MAPPINGS] = {"the game", "the events", "an event", "a move",
                                                    "a turn",   "a move",     "an answer"};
static const struct spiral_schema_key keys[KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) \
    {MAPPING_##mapping, #key, kind, doc, required},
#include "scenarios/loader/play_fields.def"
};
static const struct spiral_schema schema = {mapping_names, keys, KEYS};

const struct spiral_play_policy_label spiral_play_policies[SPIRAL_POLICIES] = {
#define SPIRAL_PLAY_POLICY(name, en, zh, doc) {#name, en, zh, doc},
#include "scenarios/loader/play_policies.def"
};

/* What is being read. The scenario is NULL until the case is known; no name can be checked then. */
struct reading {
    const char *file;
    const struct spiral_scenario *scenario;
    struct spiral_scenario *own; /* where the case is loaded to; NULL: the caller has it */
    struct spiral_play_game_file *game;
    struct spiral_play_events *events;
};

/* --- life ------------------------------------------------------------------------------------- */

static void text_clear(struct spiral_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        free(text->items[i].text);
    free(text->items);
    *text = (struct spiral_text){.count = 0};
}

static bool text_copy(struct spiral_text *copy, const struct spiral_text *text)
{
    *copy = (struct spiral_text){.items = calloc(text->count + 1, sizeof *copy->items)};
    if (copy->items == NULL)
        return false;

    for (size_t i = 0; i < text->count; i++) {
        memcpy(copy->items[i].language, text->items[i].language, sizeof copy->items[i].language);
        copy->items[i].text = strdup(text->items[i].text);
        if (copy->items[i].text == NULL)
            return false;
        copy->count++;
    }

    return true;
}

void spiral_play_events_clear(struct spiral_play_events *events)
{
    for (size_t i = 0; i < events->count; i++)
        text_clear(&events->items[i].text);
    free(events->items);
    *events = (struct spiral_play_events){.count = 0};
}

enum spiral_status spiral_play_events_copy(struct spiral_play_events *copy,
                                           const struct spiral_play_events *events)
{
    *copy = (struct spiral_play_events){.items = calloc(events->count + 1, sizeof *copy->items)};
    if (copy->items == NULL)
        return SPIRAL_NO_MEMORY;

    for (size_t i = 0; i < events->count; i++) {
        copy->items[i] = events->items[i];
        copy->count++;
        if (!text_copy(&copy->items[i].text, &events->items[i].text)) {
            spiral_play_events_clear(copy);
            return SPIRAL_NO_MEMORY;
        }
    }

    return SPIRAL_OK;
}

struct spiral_play_setup spiral_play_setup_defaults(void)
{
    return (struct spiral_play_setup){.seed = 1, .years = 2};
}

void spiral_play_game_file_clear(struct spiral_play_game_file *game)
{
    spiral_scenario_clear(&game->scenario);
    spiral_play_events_clear(&game->setup.events);
    free(game->turns);
    *game = (struct spiral_play_game_file){.scenario = spiral_scenario_defaults(),
                                           .setup = spiral_play_setup_defaults()};
}

bool spiral_play_is_game(const char *text) { return spiral_whole_input_has_key(text, "play"); }
bool spiral_play_is_events(const char *text) { return spiral_whole_input_has_key(text, "injects"); }

/* --- names ------------------------------------------------------------------------------------ */

static int read_state(const struct reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    const char *id = spiral_read_scalar(reader, node, path, "a state's id");

    if (id == NULL || reading->scenario == NULL)
        return -1;

    const int state = spiral_scenario_find_state(reading->scenario, id);

    if (state < 0)
        spiral_reader_unknown(reader, node, path, "state", id,
                              spiral_names_of(reading->scenario->states,
                                              reading->scenario->state_count, id));
    return state;
}

static int read_move_name(struct spiral_reader *reader, const yaml_node_t *node,
                          const struct spiral_path *path)
{
    const char *name = spiral_read_scalar(reader, node, path, "a move");
    const int move = name == NULL ? -1 : spiral_move_find(name);

    if (name != NULL && move < 0)
        spiral_reader_unknown(reader, node, path, "move", name,
                              spiral_names_of(spiral_moves, SPIRAL_MOVES, name));
    return move;
}

/* The length of a list that may be absent; too long a list is reported and counts as empty. */
static int read_list(struct spiral_reader *reader, const yaml_node_t *node,
                     const struct spiral_path *path, const char *what, int most)
{
    const int count = node == NULL ? 0 : spiral_read_sequence(reader, node, path, what);

    if (count > most) {
        spiral_reader_error(reader, node, path, "%d %s; expected at most %d", count, what, most);
        return 0;
    }

    return count < 0 ? 0 : count;
}

/* --- the case --------------------------------------------------------------------------------- */

/* A file's path as seen from the folder of the file that names it. */
static bool find_beside(const char *file, const char *name, char path[SPIRAL_PLAY_CASE])
{
    const char *slash = strrchr(file, '/');
    const bool by_name = strchr(name, '/') == NULL;
    char beside[SPIRAL_PLAY_CASE];
    const int folder = slash == NULL || name[0] == '/' ? 0 : (int)(slash - file) + 1;
    const int length = snprintf(beside, sizeof beside, "%.*s%s", folder, file, name);
    if (length < 0 || length >= SPIRAL_PLAY_CASE)
        return false;

    /* a name may be that of a case of the program's, and of a file beside the game */
    if (by_name && strstr(name, ".yaml") == NULL) {
        spiral_case_file(name, path, SPIRAL_PLAY_CASE);
        return true;
    }

    snprintf(path, SPIRAL_PLAY_CASE, "%s", spiral_whole_input_exists(beside) ? beside : name);

    return true;
}

/* Loads the case that the file names; the first of its errors is reported there. */
static void read_case(struct reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "case"};
    const char *name = spiral_read_scalar(reader, node, &path, "a case's name or file");
    char file[SPIRAL_PLAY_CASE];

    if (name == NULL || (reading->own == NULL && strcmp(name, reading->scenario->name) == 0))
        return;

    if (reading->own == NULL) {
        spiral_reader_error(reader, node, &path, "the file is for the case '%.60s'; expected '%s'",
                            name, reading->scenario->name);
        return;
    }

    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    if (diagnostics == NULL) {
        reader->out_of_memory = true;
        return;
    }

    spiral_diagnostics_init(diagnostics);
    const enum spiral_status status = find_beside(reading->file, name, file)
                                          ? spiral_scenario_load(reading->own, file, diagnostics)
                                          : SPIRAL_IO;
    const struct spiral_error *first = &diagnostics->errors[0];
    char advice[SPIRAL_CASE_ADVICE];

    if (status == SPIRAL_OK) {
        reading->scenario = reading->own;
        if (reading->game != NULL)
            snprintf(reading->game->case_name, sizeof reading->game->case_name, "%s",
                     strchr(name, '/') == NULL && strstr(name, ".yaml") == NULL ? name : file);
    } else if (status == SPIRAL_NO_MEMORY) {
        reader->out_of_memory = true;
    } else if (status == SPIRAL_IO) {
        spiral_case_advice(name, advice);
        spiral_reader_error(reader, node, &path, "no case '%.200s'; %.250s", name, advice);
    } else {
        spiral_reader_error(reader, node, &path, "%.200s:%d:%d: %s (`spiral check` shows all)",
                            name, first->line, first->column, first->message);
    }

    free(diagnostics);
}

/* --- events ----------------------------------------------------------------------------------- */

static void read_event_move(const struct reading *reading, struct spiral_reader *reader,
                            const yaml_node_t *node, const struct spiral_path *path,
                            struct spiral_play_event *event)
{
    const struct spiral_path actor = {.up = path, .key = "actor"};
    const struct spiral_path target = {.up = path, .key = "target"};
    const struct spiral_path name = {.up = path, .key = "move"};
    const struct spiral_path weight = {.up = path, .key = "weight"};
    const yaml_node_t *values[KEYS];
    struct spiral_lesson_move move = {.target = -1, .weight = 1.0};

    if (!spiral_read_mapping(reader, node, path, MAPPING_MOVE, values))
        return;
    move.move = read_move_name(reader, values[KEY_MOVE_move], &name);
    move.actor = read_state(reading, reader, values[KEY_MOVE_actor], &actor);
    spiral_read_number(reader, values[KEY_MOVE_weight], &weight, 0.0, 2.0, &move.weight);

    if (values[KEY_MOVE_target] != NULL) {
        move.target = read_state(reading, reader, values[KEY_MOVE_target], &target);
        if (move.actor >= 0 && move.target >= 0 &&
            (move.actor == move.target ||
             spiral_scenario_find_pair(reading->scenario, move.actor, move.target) == NULL))
            spiral_reader_error(reader, node, path, "%s and %s are not a pair of %s",
                                reading->scenario->states[move.actor].id,
                                reading->scenario->states[move.target].id, reading->scenario->name);
    } else if (move.move >= 0 && move.move != SPIRAL_MOVE_arm && move.move != SPIRAL_MOVE_disarm) {
        spiral_reader_error(reader, node, path, "the move '%s' needs a target",
                            spiral_moves[move.move].name);
    }

    event->moves[event->move_count++] = move;
}

static void read_date_within(const struct reading *reading, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *path, double *date,
                             char text[12])
{
    char first[12];
    char last[12];
    const struct spiral_scenario *scenario = reading->scenario;

    if (!spiral_read_date(reader, node, path, date, text) || scenario == NULL ||
        (*date >= scenario->start - 1e-9 && *date < scenario->end - 1e-9))
        return;
    spiral_date_format(scenario->start, first);
    spiral_date_format(scenario->end, last);
    spiral_reader_error(reader, node, path,
                        "the date lies outside %s; expected from %s on and before %s",
                        scenario->name, first, last);
}

static void read_event(const struct reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node, const struct spiral_path *path,
                       struct spiral_play_event *event)
{
    const struct spiral_path date = {.up = path, .key = "date"};
    const struct spiral_path text = {.up = path, .key = "text"};
    const struct spiral_path to = {.up = path, .key = "to"};
    const struct spiral_path moves = {.up = path, .key = "moves"};
    const yaml_node_t *values[KEYS];

    event->everybody = true;
    if (!spiral_read_mapping(reader, node, path, MAPPING_EVENT, values))
        return;
    read_date_within(reading, reader, values[KEY_EVENT_date], &date, &event->date,
                     event->date_text);
    spiral_read_text(reader, values[KEY_EVENT_text], &text, &event->text);

    const int readers = read_list(reader, values[KEY_EVENT_to], &to, "states", SPIRAL_MAX_STATES);

    event->everybody = values[KEY_EVENT_to] == NULL;
    for (int i = 0; i < readers; i++) {
        const struct spiral_path here = {.up = &to, .index = i};
        const int state =
            read_state(reading, reader, spiral_sequence_at(reader, values[KEY_EVENT_to], i), &here);
        if (state >= 0)
            event->to[state] = true;
    }

    const int count =
        read_list(reader, values[KEY_EVENT_moves], &moves, "moves", SPIRAL_LESSON_MOVES);

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &moves, .index = i};
        read_event_move(reading, reader, spiral_sequence_at(reader, values[KEY_EVENT_moves], i),
                        &here, event);
    }
}

static int compare_events(const void *a, const void *b)
{
    const struct spiral_play_event *one = a;
    const struct spiral_play_event *two = b;

    return (one->date > two->date) - (one->date < two->date);
}

static void read_events(const struct reading *reading, struct spiral_reader *reader,
                        const yaml_node_t *node, struct spiral_play_events *events)
{
    const struct spiral_path path = {.key = "events"};
    const int count = read_list(reader, node, &path, "events", SPIRAL_PLAY_EVENTS);

    events->items = calloc((size_t)count + 1, sizeof *events->items);
    if (events->items == NULL) {
        reader->out_of_memory = true;
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_event(reading, reader, spiral_sequence_at(reader, node, i), &here,
                   &events->items[events->count++]);
    }

    qsort(events->items, events->count, sizeof *events->items, compare_events);
}

/* --- turns ------------------------------------------------------------------------------------ */

static void read_intention(struct spiral_reader *reader, const yaml_node_t *node,
                           const struct spiral_path *up, struct spiral_play_turn *turn)
{
    const struct spiral_path path = {.up = up, .key = "intention"};
    const char *text = spiral_read_scalar(reader, node, &path, "a sentence");

    if (text != NULL && strlen(text) >= sizeof turn->intention)
        spiral_reader_error(reader, node, &path, "%zu bytes; expected at most %zu", strlen(text),
                            sizeof turn->intention - 1);
    else if (text != NULL)
        memcpy(turn->intention, text, strlen(text) + 1);
}

static void read_course(struct spiral_reader *reader, const yaml_node_t *node,
                        const struct spiral_path *up, struct spiral_play_turn *turn)
{
    const struct spiral_path path = {.up = up, .key = "course"};
    const char *name = spiral_read_scalar(reader, node, &path, "a doctrine");
    const struct spiral_doctrine *preset = name == NULL ? NULL : spiral_doctrine_find(name);

    if (preset != NULL)
        turn->course = (int)(preset - spiral_doctrines);
    else if (name != NULL)
        spiral_reader_unknown(reader, node, &path, "doctrine", name,
                              spiral_names_of(spiral_doctrines, SPIRAL_DOCTRINES, name));
}

static void read_acts(const struct reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *up,
                      struct spiral_play_turn *turn)
{
    const struct spiral_path path = {.up = up, .key = "moves"};
    const int count = read_list(reader, node, &path, "moves", SPIRAL_PLAY_MOVES);

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const struct spiral_path name = {.up = &here, .key = "move"};
        const struct spiral_path target = {.up = &here, .key = "target"};
        const yaml_node_t *values[KEYS];
        if (!spiral_read_mapping(reader, spiral_sequence_at(reader, node, i), &here, MAPPING_ACT,
                                 values))
            continue;
        turn->moves[turn->move_count++] =
            (struct spiral_play_act){read_move_name(reader, values[KEY_ACT_move], &name),
                                     values[KEY_ACT_target] == NULL
                                         ? -1
                                         : read_state(reading, reader, values[KEY_ACT_target],
                                                      &target)};
    }
}

static void read_answers(const struct reading *reading, struct spiral_reader *reader,
                         const yaml_node_t *node, const struct spiral_path *up,
                         struct spiral_play_turn *turn)
{
    const struct spiral_path path = {.up = up, .key = "accept"};
    const int count = read_list(reader, node, &path, "proposals", SPIRAL_PLAY_OFFERS);

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const struct spiral_path from = {.up = &here, .key = "from"};
        const struct spiral_path name = {.up = &here, .key = "move"};
        const yaml_node_t *values[KEYS];
        if (!spiral_read_mapping(reader, spiral_sequence_at(reader, node, i), &here, MAPPING_ANSWER,
                                 values))
            continue;
        turn->accepts[turn->accept_count++] =
            (struct spiral_play_answer){read_state(reading, reader, values[KEY_ANSWER_from], &from),
                                        read_move_name(reader, values[KEY_ANSWER_move], &name)};
    }
}

static void read_choices(const struct reading *reading, struct spiral_reader *reader,
                         const yaml_node_t **values, const struct spiral_path *path,
                         struct spiral_play_turn *turn)
{
    read_intention(reader, values[KEY_TURN_intention], path, turn);
    read_course(reader, values[KEY_TURN_course], path, turn);
    read_acts(reading, reader, values[KEY_TURN_moves], path, turn);
    read_answers(reading, reader, values[KEY_TURN_accept], path, turn);
}

/* A sealed turn, as a document of its own. */
struct sealed {
    const struct reading *reading;
    struct spiral_play_turn *turn;
};

static void read_sealed_root(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    const struct sealed *sealed = context;
    const yaml_node_t *values[KEYS];

    if (spiral_read_mapping(reader, root, NULL, MAPPING_TURN, values))
        read_choices(sealed->reading, reader, values, NULL, sealed->turn);
}

static void read_sealed(const struct reading *reading, struct spiral_reader *reader,
                        const yaml_node_t *node, const struct spiral_path *up,
                        struct spiral_play_turn *turn)
{
    const struct spiral_path path = {.up = up, .key = "sealed"};
    const char *text = spiral_read_scalar(reader, node, &path, "base64");

    if (text == NULL)
        return;

    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);
    char *plain = spiral_play_unseal(text);
    struct spiral_reader inner;
    struct sealed sealed = {reading, turn};

    if (diagnostics == NULL) {
        reader->out_of_memory = true;
    } else if (plain == NULL) {
        spiral_reader_error(reader, node, &path, "this is not what the program wrote (base64)");
    } else {
        spiral_diagnostics_init(diagnostics);
        spiral_document_load(&inner, &schema, plain, strlen(plain), reader->file, "a turn",
                             diagnostics, read_sealed_root, &sealed);
        reader->out_of_memory = reader->out_of_memory || inner.out_of_memory;
        if (diagnostics->count > 0)
            spiral_reader_error(reader, node, &path, "in the sealed turn: %s",
                                diagnostics->errors[0].message);
    }

    free(plain);
    free(diagnostics);
}

static void read_turn(const struct reading *reading, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *path,
                      struct spiral_play_turn *turn)
{
    const struct spiral_path round = {.up = path, .key = "round"};
    const struct spiral_path seat = {.up = path, .key = "seat"};
    const yaml_node_t *values[KEYS];
    uint64_t number = 0;

    *turn = (struct spiral_play_turn){.seat = -1, .course = -1};
    if (!spiral_read_mapping(reader, node, path, MAPPING_TURN, values))
        return;
    turn->line = (int)node->start_mark.line + 1;
    turn->column = (int)node->start_mark.column + 1;
    if (spiral_read_whole_number(reader, values[KEY_TURN_round], &round, 1, SPIRAL_PLAY_ROUNDS,
                                 &number))
        turn->round = (int)number;
    turn->seat = read_state(reading, reader, values[KEY_TURN_seat], &seat);

    if (values[KEY_TURN_sealed] == NULL) {
        read_choices(reading, reader, values, path, turn);
        return;
    }

    for (int key = KEY_TURN_intention; key < KEY_TURN_sealed; key++)
        if (values[key] != NULL)
            spiral_reader_error(reader, values[key], path,
                                "'%s' beside 'sealed'; expected one or the other", keys[key].name);
    read_sealed(reading, reader, values[KEY_TURN_sealed], path, turn);
}

static void read_turns(const struct reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node)
{
    const struct spiral_path path = {.key = "turns"};
    const int count =
        read_list(reader, node, &path, "turns", SPIRAL_PLAY_ROUNDS * SPIRAL_MAX_STATES);
    struct spiral_play_game_file *game = reading->game;

    game->turns = calloc((size_t)count + 1, sizeof *game->turns);
    if (game->turns == NULL) {
        reader->out_of_memory = true;
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_turn(reading, reader, spiral_sequence_at(reader, node, i), &here,
                  &game->turns[game->turn_count++]);
    }
}

/* --- the setup -------------------------------------------------------------------------------- */

static void read_seats(const struct reading *reading, struct spiral_reader *reader,
                       const yaml_node_t *node, struct spiral_play_setup *setup)
{
    const struct spiral_path path = {.key = "seats"};
    const int count = read_list(reader, node, &path, "seats", SPIRAL_MAX_STATES);

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const yaml_node_t *seat = spiral_sequence_at(reader, node, i);
        const int state = read_state(reading, reader, seat, &here);
        for (size_t s = 0; s < setup->seat_count && state >= 0; s++)
            if (setup->seats[s] == state)
                spiral_reader_error(reader, seat, &here, "duplicate seat '%s'",
                                    reading->scenario->states[state].id);
        if (state >= 0)
            setup->seats[setup->seat_count++] = state;
    }
}

static void read_policies(const struct reading *reading, struct spiral_reader *reader,
                          const yaml_node_t *node, struct spiral_play_setup *setup)
{
    const struct spiral_path path = {.key = "policies"};
    const int count = node == NULL ? 0
                                   : spiral_read_free_mapping(reader, node, &path,
                                                              "policies by state: {state: policy}");

    for (int i = 0; i < count; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const int state = read_state(reading, reader, key, &path);
        const struct spiral_path here = {.up = &path,
                                         .key = state >= 0 ? reading->scenario->states[state].id
                                                           : "?"};
        const char *name = spiral_read_scalar(reader, value, &here, "a policy");
        const struct spiral_names known =
            spiral_names_of(spiral_play_policies, SPIRAL_POLICIES, name);
        const int policy = name == NULL ? -1 : spiral_names_find(known, name);

        if (name != NULL && policy < 0)
            spiral_reader_unknown(reader, value, &here, "policy", name, known);
        else if (state >= 0 && policy >= 0)
            setup->policy[state] = policy;
    }
}

static void read_version(struct spiral_reader *reader, const yaml_node_t *node, const char *key)
{
    const struct spiral_path path = {.key = key};
    const char *text = spiral_read_scalar(reader, node, &path, "the format's version");

    if (text != NULL && strcmp(text, "1") != 0)
        spiral_reader_error(reader, node, &path,
                            "unknown format version '%.60s'; this program knows 1", text);
}

static void read_hash(struct spiral_reader *reader, const yaml_node_t *node, char state[17])
{
    const struct spiral_path path = {.key = "state"};
    const char *text = spiral_read_scalar(reader, node, &path, "a hash of 16 digits");

    if (text != NULL && (strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16))
        spiral_reader_error(reader, node, &path, "'%.60s' is not a hash of 16 digits 0 to f", text);
    else if (text != NULL)
        memcpy(state, text, 17);
}

static void read_game(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct reading *reading = context;
    struct spiral_play_game_file *game = reading->game;
    struct spiral_play_setup *setup = &game->setup;
    const struct spiral_path seed = {.key = "seed"};
    const struct spiral_path from = {.key = "from"};
    const struct spiral_path years = {.key = "years"};
    const struct spiral_path rounds = {.key = "rounds"};
    const struct spiral_path war_ends = {.key = "war_ends"};
    const yaml_node_t *values[KEYS];
    uint64_t number;

    if (!spiral_read_mapping(reader, root, NULL, MAPPING_GAME, values))
        return;
    read_version(reader, values[KEY_GAME_play], "play");
    read_case(reading, reader, values[KEY_GAME_case]);
    spiral_read_whole_number(reader, values[KEY_GAME_seed], &seed, 0, UINT64_MAX, &setup->seed);

    if (values[KEY_GAME_from] != NULL) {
        read_date_within(reading, reader, values[KEY_GAME_from], &from, &setup->from, NULL);
        setup->from_given = true;
    }

    if (spiral_read_whole_number(reader, values[KEY_GAME_years], &years, 1, 2, &number))
        setup->years = (int)number;
    if (spiral_read_whole_number(reader, values[KEY_GAME_rounds], &rounds, 1, SPIRAL_PLAY_ROUNDS,
                                 &number))
        setup->rounds = (int)number;
    read_seats(reading, reader, values[KEY_GAME_seats], setup);
    read_policies(reading, reader, values[KEY_GAME_policies], setup);
    spiral_lesson_read_settings(reader, values[KEY_GAME_set], NULL, reading->scenario,
                                setup->settings, SPIRAL_PLAY_SETTINGS, &setup->setting_count);
    spiral_read_boolean(reader, values[KEY_GAME_war_ends], &war_ends, &setup->war_ends);
    read_events(reading, reader, values[KEY_GAME_events], &setup->events);
    read_turns(reading, reader, values[KEY_GAME_turns]);
    read_hash(reader, values[KEY_GAME_state], game->state);
}

static void read_injects(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct reading *reading = context;
    const struct spiral_path title = {.key = "title"};
    const yaml_node_t *values[KEYS];
    struct spiral_text ignored = {.count = 0};

    if (!spiral_read_mapping(reader, root, NULL, MAPPING_INJECTS, values))
        return;
    read_version(reader, values[KEY_INJECTS_injects], "injects");
    spiral_read_text(reader, values[KEY_INJECTS_title], &title, &ignored);
    text_clear(&ignored);
    read_case(reading, reader, values[KEY_INJECTS_case]);
    read_events(reading, reader, values[KEY_INJECTS_events], reading->events);
}

/* --- loading ---------------------------------------------------------------------------------- */

enum spiral_status spiral_play_load_text(struct spiral_play_game_file *game, const char *text,
                                         size_t length, const char *path,
                                         struct spiral_diagnostics *diagnostics)
{
    struct spiral_reader reader;
    struct reading reading = {.file = path, .own = &game->scenario, .game = game};

    *game = (struct spiral_play_game_file){.scenario = spiral_scenario_defaults(),
                                           .setup = spiral_play_setup_defaults()};
    spiral_document_load(&reader, &schema, text, length, spiral_whole_input_name(path), "a game",
                         diagnostics, read_game, &reading);

    const enum spiral_status status = spiral_document_status(&reader);

    if (status != SPIRAL_OK)
        spiral_play_game_file_clear(game);

    return status;
}

enum spiral_status spiral_play_events_load_text(struct spiral_play_events *events,
                                                const struct spiral_scenario *scenario,
                                                const char *text, size_t length, const char *path,
                                                struct spiral_diagnostics *diagnostics)
{
    struct spiral_reader reader;
    struct spiral_scenario own = spiral_scenario_defaults();
    struct reading reading = {.file = path,
                              .scenario = scenario,
                              .own = scenario == NULL ? &own : NULL,
                              .events = events};

    *events = (struct spiral_play_events){.count = 0};
    spiral_document_load(&reader, &schema, text, length, spiral_whole_input_name(path), "events",
                         diagnostics, read_injects, &reading);

    const enum spiral_status status = spiral_document_status(&reader);

    spiral_scenario_clear(&own);
    if (status != SPIRAL_OK)
        spiral_play_events_clear(events);

    return status;
}
