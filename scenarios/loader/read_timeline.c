/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/readers.h"

enum { MAX_ENTRIES = 10000 };

/* A date inside [start, end). */
static void check_inside(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const struct spiral_scenario *scenario,
                         double date)
{
    if (scenario->end > scenario->start &&
        (date < scenario->start - 1e-9 || date >= scenario->end - 1e-9))
        spiral_reader_error(reader, node, path,
                            "the date lies outside the run; expected from %s on and before %s",
                            reader->start, reader->end);
}

static bool needs_target(int move) { return move != SPIRAL_MOVE_arm && move != SPIRAL_MOVE_disarm; }

static void read_move(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS],
                      const yaml_node_t *node, const struct spiral_path *path,
                      const struct spiral_scenario *scenario, struct spiral_entry *entry)
{
    const struct spiral_path move = {.up = path, .key = "move"};
    const struct spiral_path weight = {.up = path, .key = "weight"};
    const struct spiral_path target = {.up = path, .key = "target"};
    const char *name = spiral_read_scalar(reader, values[SPIRAL_KEY_ENTRY_move], &move, "a move");

    entry->kind = SPIRAL_ENTRY_MOVE;
    entry->move = name == NULL ? -1 : spiral_move_find(name);
    if (name != NULL && entry->move < 0)
        spiral_reader_unknown(reader, values[SPIRAL_KEY_ENTRY_move], &move, "move", name,
                              spiral_names_of(spiral_moves, SPIRAL_MOVES, name));
    spiral_read_number(reader, values[SPIRAL_KEY_ENTRY_weight], &weight, 0.0, 2.0, &entry->weight);
    if (entry->move >= 0 && needs_target(entry->move) && values[SPIRAL_KEY_ENTRY_target] == NULL)
        spiral_reader_error(reader, node, path, "the move '%s' needs a target", name);
    else if (entry->actor >= 0 && entry->target >= 0 && entry->actor != entry->target &&
             reader->pairs_known &&
             spiral_scenario_find_pair(scenario, entry->actor, entry->target) == NULL)
        spiral_reader_error(
            reader, values[SPIRAL_KEY_ENTRY_target], &target,
            "%s and %s are not a pair; list them under pairs to let them act on each other",
            scenario->states[entry->actor].id, scenario->states[entry->target].id);
}

/* A change of doctrine, greed or resolve, or a move: exactly one of the four. */
static void read_act(struct spiral_reader *reader, const yaml_node_t *const values[SPIRAL_KEYS],
                     const yaml_node_t *node, const struct spiral_path *path,
                     const struct spiral_scenario *scenario, struct spiral_entry *entry)
{
    const yaml_node_t *doctrine = values[SPIRAL_KEY_ENTRY_doctrine];
    const yaml_node_t *greed = values[SPIRAL_KEY_ENTRY_greed];
    const yaml_node_t *resolve = values[SPIRAL_KEY_ENTRY_resolve];
    const int acts = (values[SPIRAL_KEY_ENTRY_move] != NULL) + (doctrine != NULL) +
                     (greed != NULL) + (resolve != NULL);

    if (acts != 1) {
        spiral_reader_error(reader, node, path,
                            "%s; expected exactly one of move, doctrine, greed and resolve",
                            acts == 0 ? "nothing is done" : "too much at once");
        return;
    }

    if (values[SPIRAL_KEY_ENTRY_move] != NULL) {
        read_move(reader, values, node, path, scenario, entry);
        return;
    }

    const struct spiral_path weight = {.up = path, .key = "weight"};
    const struct spiral_path target = {.up = path, .key = "target"};

    if (values[SPIRAL_KEY_ENTRY_weight] != NULL)
        spiral_reader_error(reader, values[SPIRAL_KEY_ENTRY_weight], &weight,
                            "only a move has a weight");
    if (values[SPIRAL_KEY_ENTRY_target] != NULL)
        spiral_reader_error(reader, values[SPIRAL_KEY_ENTRY_target], &target,
                            "only a move has a target");

    const struct spiral_path here = {.up = path,
                                     .key = doctrine != NULL ? "doctrine"
                                            : greed != NULL  ? "greed"
                                                             : "resolve"};

    entry->kind = doctrine != NULL ? SPIRAL_ENTRY_DOCTRINE
                  : greed != NULL  ? SPIRAL_ENTRY_GREED
                                   : SPIRAL_ENTRY_RESOLVE;
    if (doctrine != NULL)
        spiral_read_doctrine(reader, doctrine, &here, entry->doctrine, entry->doctrine_name);
    else
        spiral_read_number(reader, greed != NULL ? greed : resolve, &here, 0.0, 1.0, &entry->value);
}

static void read_entry(struct spiral_reader *reader, const yaml_node_t *node,
                       const struct spiral_path *path, struct spiral_scenario *scenario)
{
    const yaml_node_t *values[SPIRAL_KEYS];

    if (!spiral_read_mapping(reader, node, path, SPIRAL_MAPPING_ENTRY, values))
        return;

    struct spiral_entry *entry = &scenario->entries[scenario->entry_count++];

    *entry =
        (struct spiral_entry){.actor = -1, .target = -1, .weight = 1.0, .date = scenario->start};

    const struct spiral_path date = {.up = path, .key = "date"};
    const struct spiral_path actor = {.up = path, .key = "actor"};
    const struct spiral_path target = {.up = path, .key = "target"};
    const struct spiral_path caption = {.up = path, .key = "caption"};
    const struct spiral_path source = {.up = path, .key = "source"};

    if (spiral_read_date(reader, values[SPIRAL_KEY_ENTRY_date], &date, &entry->date,
                         entry->date_text))
        check_inside(reader, values[SPIRAL_KEY_ENTRY_date], &date, scenario, entry->date);
    entry->actor = spiral_read_state_name(reader, values[SPIRAL_KEY_ENTRY_actor], &actor, scenario);
    if (values[SPIRAL_KEY_ENTRY_target] != NULL)
        entry->target =
            spiral_read_state_name(reader, values[SPIRAL_KEY_ENTRY_target], &target, scenario);
    if (entry->actor >= 0 && entry->actor == entry->target)
        spiral_reader_error(reader, values[SPIRAL_KEY_ENTRY_target], &target,
                            "a state does not act on itself");
    read_act(reader, values, node, path, scenario, entry);
    spiral_read_text(reader, values[SPIRAL_KEY_ENTRY_caption], &caption, &entry->caption);
    spiral_read_string(reader, values[SPIRAL_KEY_ENTRY_source], &source, &entry->source);
}

/* The number of entries of a list, bounded; -1 (reported) where it is none or too long. */
static int entry_count(struct spiral_reader *reader, const yaml_node_t *node,
                       const struct spiral_path *path)
{
    const int count = spiral_read_sequence(reader, node, path, "entries, each with its date");

    if (count > MAX_ENTRIES) {
        spiral_reader_error(reader, node, path, "%d entries; expected at most %d", count,
                            MAX_ENTRIES);
        return -1;
    }

    return count;
}

void spiral_read_timeline(struct spiral_reader *reader, const yaml_node_t *node,
                          struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "timeline"};
    const int count = entry_count(reader, node, &path);

    if (count < 0)
        return;
    scenario->entries = calloc((size_t)count + 1, sizeof *scenario->entries);

    if (scenario->entries == NULL) {
        reader->out_of_memory = true;
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_entry(reader, spiral_sequence_at(reader, node, i), &here, scenario);
    }
}

/* The two of the last observation are the small state and a neighbour, and were not yet observed
 * at that date. */
static void check_rivals(struct spiral_reader *reader, const yaml_node_t *node,
                         const struct spiral_path *path, const struct spiral_scenario *scenario,
                         const struct spiral_observation *seen)
{
    const struct spiral_path between = {.up = path, .key = "between"};
    const int other = seen->first == scenario->small ? seen->second : seen->first;
    const bool has_small = seen->first == scenario->small || seen->second == scenario->small;

    if (scenario->small >= 0 && !(has_small && scenario->states[other].role == SPIRAL_NEIGHBOUR)) {
        spiral_reader_error(reader, node, &between,
                            "%s and %s are not rivals; expected the small state and a neighbour",
                            scenario->states[seen->first].id, scenario->states[seen->second].id);
        return;
    }

    for (const struct spiral_observation *before = scenario->observations; before < seen; before++)
        if (before->date == seen->date && seen->date_text[0] != '\0' &&
            ((before->first == seen->first && before->second == seen->second) ||
             (before->first == seen->second && before->second == seen->first))) {
            spiral_reader_error(reader, node, &between, "%s and %s are observed twice at %s",
                                scenario->states[seen->first].id, scenario->states[seen->second].id,
                                seen->date_text);
            return;
        }
}

static void read_observation(struct spiral_reader *reader, const yaml_node_t *node,
                             const struct spiral_path *path, struct spiral_scenario *scenario)
{
    const yaml_node_t *values[SPIRAL_KEYS];

    if (!spiral_read_mapping(reader, node, path, SPIRAL_MAPPING_OBSERVED, values))
        return;

    struct spiral_observation *seen = &scenario->observations[scenario->observation_count++];

    *seen = (struct spiral_observation){.first = -1, .second = -1, .hostility = 1};

    const struct spiral_path date = {.up = path, .key = "date"};
    const struct spiral_path hostility = {.up = path, .key = "hostility"};
    const struct spiral_path source = {.up = path, .key = "source"};

    if (spiral_read_date(reader, values[SPIRAL_KEY_OBSERVED_date], &date, &seen->date,
                         seen->date_text))
        check_inside(reader, values[SPIRAL_KEY_OBSERVED_date], &date, scenario, seen->date);
    if (spiral_read_between(reader, values[SPIRAL_KEY_OBSERVED_between], path, scenario,
                            &seen->first, &seen->second))
        check_rivals(reader, values[SPIRAL_KEY_OBSERVED_between], path, scenario, seen);

    double level = 1.0;

    if (spiral_node_is_word(values[SPIRAL_KEY_OBSERVED_hostility], "unknown"))
        level = 0.0;
    else if (spiral_read_number(reader, values[SPIRAL_KEY_OBSERVED_hostility], &hostility, 1.0, 5.0,
                                &level) &&
             level != (double)(int)level)
        spiral_reader_error(reader, values[SPIRAL_KEY_OBSERVED_hostility], &hostility,
                            "%.6g lies between two levels; expected a whole number, 1 to 5", level);
    seen->hostility = (int)level;
    spiral_read_string(reader, values[SPIRAL_KEY_OBSERVED_source], &source, &seen->source);
}

void spiral_read_observed(struct spiral_reader *reader, const yaml_node_t *node,
                          struct spiral_scenario *scenario)
{
    const struct spiral_path path = {.key = "observed"};
    const int count = entry_count(reader, node, &path);

    if (count < 0)
        return;
    scenario->observations = calloc((size_t)count + 1, sizeof *scenario->observations);

    if (scenario->observations == NULL) {
        reader->out_of_memory = true;
        return;
    }

    for (int i = 0; i < count; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        read_observation(reader, spiral_sequence_at(reader, node, i), &here, scenario);
    }
}
