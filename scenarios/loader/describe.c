/* SPDX-License-Identifier: MIT
 *
 * The description of the format, docs/scenario-format.md: made from the schema and the tables,
 * so that it always agrees with the loader.
 */
#include "scenarios/loader/readers.h"
#include "scenarios/loader/scenario_load.h"

static const char head[] =
    "# The scenario file\n"
    "\n"
    "A case is one YAML file: which states there are, what they have, what they did and when.\n"
    "`spiral check FILE` reports every error of a file together, in the order of the file, each\n"
    "with its line and the nearest valid name. A file with an error is not loaded.\n"
    "\n"
    "This page is made from the loader's own tables (`scenarios/loader/fields.def`,\n"
    "`sim/facts.def`, `sim/doctrines.def`, `sim/moves.def`). Do not edit it: run the test\n"
    "`scenarios/test_loader` with `SPIRAL_UPDATE=1` to write it anew.\n"
    "\n";

static const char example[] =
    "## A short example\n"
    "\n"
    "```yaml\n"
    "spiral: 1\n"
    "name: border\n"
    "title: {en: A border state, zh: 边界国家}\n"
    "start: 1992\n"
    "end: 2012\n"
    "states:\n"
    "  - {id: SML, role: small, doctrine: straddling, power: 0.01}\n"
    "  - {id: NBR, role: neighbour, doctrine: detente, power: {1992: 0.06, 2012: 0.04},\n"
    "     nuclear: true}\n"
    "  - {id: FAR, role: offshore, doctrine: selective, power: 0.15}\n"
    "pairs:\n"
    "  - {between: [SML, NBR], proximity: 1, ties: 0.5,\n"
    "     initial: {reassurance: 0.3, threat: [0.2, 0.1]}}\n"
    "  - {between: [SML, FAR], reach: 0.5}\n"
    "timeline:\n"
    "  - {date: 1997-05, actor: SML, target: NBR, move: treaty, source: judgement,\n"
    "     caption: {en: Treaty of friendship}}\n"
    "  - {date: 2004-12, actor: SML, doctrine: confront_near}\n"
    "observed:\n"
    "  - {date: 1992, between: [SML, NBR], hostility: 1}\n"
    "  - {date: 2008-08, between: [SML, NBR], hostility: 4, source: a data set and its number}\n"
    "```\n"
    "\n";

static const char kinds[] =
    "## Values\n"
    "\n"
    "**Dates** are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the first instant of that year, month or\n"
    "day. A month is exactly one twelfth of a year, and a day is its share of its month. The\n"
    "dates of the timeline and of observations lie between the start (inclusive) and the end\n"
    "(exclusive). An act takes effect at the beginning of the step that reaches or passes its\n"
    "date: with steps of a month, `1997-05` and `1997-04-20` both act in the step from April to\n"
    "May 1997.\n"
    "\n"
    "**Equal dates.** The timeline may be in any order. Entries act by date; those with the same\n"
    "date act one after the other, in the order of the file, each on what the one before has\n"
    "left.\n"
    "\n"
    "**Texts** are a plain string or a map of languages, `{en: ..., zh: ...}`: two or three\n"
    "lower-case letters, with a region where needed (`zh-TW`). Where the wanted language is\n"
    "missing, English is used, otherwise the plain string, otherwise the first text there is. A\n"
    "text needs quotes if it contains `: ` or ` #`, or begins with one of `[ { * & ! | > % @` or\n"
    "a quote. Files are UTF-8.\n"
    "\n"
    "**Series** are one number, which always holds, or a map `{year: number}`: linear between the\n"
    "given years, flat before the first and after the last. A year may also be a date, as in\n"
    "`2004-02: 0.5`.\n"
    "\n"
    "**Numbers** are decimal, with a point: `0.25`, `-1`, `1e-3`. `dt` may also be a fraction, as\n"
    "in `1/12`.\n"
    "\n"
    "**States** are named by their `id`. A file has at most 16 MiB, a list at most 10000 entries,\n"
    "a run at most 1000000 steps.\n"
    "\n";

static const struct {
    const char *title;
    const char *text;
} sections[SPIRAL_MAPPINGS] = {
    {"The file", "The keys of the file itself."},
    {"States", "Each entry of `states`."},
    {"Publics", "Each entry of a state's `publics`: segments of the small state's people."},
    {"Pairs", "Each entry of `pairs`. Facts that are left out take their defaults."},
    {"Initial values", "The map `initial` of a pair. Two numbers are in the order of `between`."},
    {"Timeline",
     "Each entry of `timeline`: either a move, or a change of one of `doctrine`, `greed` and\n"
     "`resolve`. Only a move has a `weight` and a `target`, and its actor and target must be a\n"
     "pair that is listed under `pairs`. A neighbour's own use of force is not a move: the model\n"
     "calculates hostility, and what happened is listed under `observed`."},
    {"Observations",
     "Each entry of `observed`: the level between the small state and one neighbour from a date\n"
     "on, at most one entry per date. In any order."},
    {"Doctrines", "A doctrine is eight numbers, each 0 to 1. It is given as the name of a preset\n"
                  "(`doctrine: neutrality`), as a map of all eight, or as a preset with changes\n"
                  "(`doctrine: {preset: neutrality, align: 0.2}`)."},
};

/* The field of a numeric fact, which has its default; NULL for other keys. */
static const struct spiral_field *field_of(int key)
{
    if (key >= SPIRAL_KEY_STATE_arms && key < SPIRAL_KEY_STATE_arms + SPIRAL_STATE_FACTS)
        return &spiral_state_fact_fields[key - SPIRAL_KEY_STATE_arms];
    if (key >= SPIRAL_KEY_PAIR_proximity && key < SPIRAL_KEY_PAIR_proximity + SPIRAL_PAIR_FACTS)
        return &spiral_pair_fact_fields[key - SPIRAL_KEY_PAIR_proximity];
    if (key >= SPIRAL_KEY_INITIAL_reassurance &&
        key < SPIRAL_KEY_INITIAL_reassurance + SPIRAL_INITIAL_PAIRS)
        return &spiral_initial_pair_fields[key - SPIRAL_KEY_INITIAL_reassurance];
    if (key >= SPIRAL_KEY_INITIAL_threat && key < SPIRAL_KEY_INITIAL_threat + SPIRAL_INITIAL_EACHS)
        return &spiral_initial_each_fields[key - SPIRAL_KEY_INITIAL_threat];

    return NULL;
}

/* The default of a key that is not a numeric fact; "" where it has none. */
static const char *other_default(int key)
{
    switch (key) {
    case SPIRAL_KEY_FILE_dt: return "1/12";
    case SPIRAL_KEY_FILE_protagonist: return "the state with the role small";
    case SPIRAL_KEY_PUBLIC_kin:
    case SPIRAL_KEY_PAIR_interdependence: return "0";
    case SPIRAL_KEY_ENTRY_weight: return "1";
    default: return "";
    }
}

static void describe_keys(FILE *out, enum spiral_mapping mapping)
{
    fprintf(out, "## %s\n\n%s\n\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n",
            sections[mapping].title, sections[mapping].text);
    for (int key = 0; key < SPIRAL_KEYS; key++) {
        const struct spiral_field *field = field_of(key);
        if (spiral_scenario_keys[key].mapping != (int)mapping)
            continue;
        fprintf(out, "| `%s` | %s | ", spiral_scenario_keys[key].name,
                key == SPIRAL_KEY_STATE_nuclear ? "true or false" : spiral_scenario_keys[key].kind);
        if (spiral_scenario_keys[key].required)
            fputs("**required**", out);
        else if (key == SPIRAL_KEY_STATE_nuclear)
            fputs("false", out);
        else if (field != NULL && field->value < 0.0)
            fputs(key == SPIRAL_KEY_STATE_arms ? "the resting level `k.arms_base`"
                                               : "the pair's `proximity`",
                  out);
        else if (field != NULL)
            fprintf(out, "%.6g", field->value);
        else
            fputs(other_default(key), out);
        fprintf(out, " | %s |\n", spiral_scenario_keys[key].doc);
    }

    fputc('\n', out);
}

static void describe_presets(FILE *out)
{
    fputs("The presets, the role for which each is usual (any state may have any), and their "
          "numbers:\n\n| preset | role |",
          out);
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        fprintf(out, " %s |", spiral_doctrine_fields[n].name);

    fputs(" meaning |\n| --- | --- |", out);
    for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
        fputs(" --- |", out);

    fputs(" --- |\n", out);

    for (int d = 0; d < SPIRAL_DOCTRINES; d++) {
        const struct spiral_doctrine *doctrine = &spiral_doctrines[d];
        fprintf(out, "| `%s` | %s |", doctrine->name, spiral_role_names[doctrine->role]);
        for (int n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            fprintf(out, " %.6g |", doctrine->number[n]);

        fprintf(out, " %s: %s |\n", doctrine->label_zh, doctrine->doc);
    }

    fputc('\n', out);
}

/* One effect of a move, unless it is 0. */
static void describe_effect(FILE *out, int *count, const char *name, double size)
{
    if (size != 0.0)
        fprintf(out, "%s%s %+.6g", (*count)++ > 0 ? ", " : "", name, size);
}

static void describe_moves(FILE *out)
{
    fputs("## Moves\n"
          "\n"
          "What a `move` of weight 1 does. `weight` (0 to 2) multiplies the effect, and every\n"
          "result stays in the range of its variable. Commitment, aspiration, presence and aid\n"
          "belong to the tie between the small state and the other of the two; arms belong to the\n"
          "actor, reassurance and interdependence to the pair. Othering is the actor's of the\n"
          "target; grievance is the target's against the actor. A floor is a level below which\n"
          "commitment cannot fall from then on. The last column says which moves are dropped in a\n"
          "what-if run in which the small state adopts another doctrine.\n"
          "\n"
          "| move | meaning | effect | needs a target | needs the small state's consent |\n| --- | "
          "--- | --- | --- | --- |\n",
          out);
    for (int m = 0; m < SPIRAL_MOVES; m++) {
        const struct spiral_move_effect *move = &spiral_moves[m];
        int count = 0;
        fprintf(out, "| `%s` | %s: %s | ", move->name, move->label_zh, move->doc);
        describe_effect(out, &count, "commitment", move->commitment);
        describe_effect(out, &count, "aspiration", move->aspiration);
        if (move->floor > 0.0)
            fprintf(out, "%sfloor %.6g", count++ > 0 ? ", " : "", move->floor);
        if (move->floor < 0.0)
            fprintf(out, "%sno floor", count++ > 0 ? ", " : "");
        describe_effect(out, &count, "presence", move->presence);
        describe_effect(out, &count, "aid", move->aid);
        describe_effect(out, &count, "arms", move->arms);
        describe_effect(out, &count, "reassurance", move->reassurance);
        describe_effect(out, &count, "interdependence", move->interdependence);
        describe_effect(out, &count, "othering", move->othering);
        describe_effect(out, &count, "grievance", move->grievance);
        fprintf(out, " | %s | %s |\n",
                m == SPIRAL_MOVE_arm || m == SPIRAL_MOVE_disarm ? "no" : "yes",
                move->consent ? "yes" : "no");
    }
}

void spiral_scenario_describe(FILE *out)
{
    fputs(head, out);
    fputs(example, out);
    fputs(kinds, out);
    for (int mapping = 0; mapping < SPIRAL_MAPPINGS; mapping++)
        describe_keys(out, (enum spiral_mapping)mapping);
    describe_presets(out);
    describe_moves(out);
}
