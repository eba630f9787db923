/* SPDX-License-Identifier: MIT
 *
 * The description of the format, docs/scenario-format.md: made from the schema and the tables,
 * so that it cannot drift from the loader.
 */
#include "scenarios/loader/readers.h"
#include "scenarios/loader/scenario_load.h"

static const char head[] =
    "# The scenario file\n"
    "\n"
    "A case is one YAML file: who is there, what they have, what they did and when. `spiral check "
    "FILE` says what is wrong with one, with the\n"
    "line and the nearest valid name. All errors of a file are shown at once, in the order of the "
    "file. Nothing loads half.\n"
    "\n"
    "This page is made from the loader's own tables (`scenarios/loader/fields.def`, "
    "`sim/facts.def`, `sim/doctrines.def`, `sim/moves.def`);\n"
    "do not edit it. `SPIRAL_UPDATE=1` with the test `scenarios/test_loader` writes it anew.\n"
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
    "  - {id: NBR, role: neighbour, doctrine: detente, power: {1992: 0.06, 2012: 0.04}, nuclear: "
    "true}\n"
    "  - {id: FAR, role: offshore, doctrine: selective, power: 0.15}\n"
    "pairs:\n"
    "  - {between: [SML, NBR], proximity: 1, ties: 0.5, initial: {reassurance: 0.3, threat: [0.2, "
    "0.1]}}\n"
    "  - {between: [SML, FAR], reach: 0.5}\n"
    "timeline:\n"
    "  - {date: 1997-05, actor: SML, target: NBR, move: treaty, caption: {en: Treaty of "
    "friendship}, source: judgement}\n"
    "  - {date: 2004-12, actor: SML, doctrine: confront_near}\n"
    "observed:\n"
    "  - {date: 1992, between: [SML, NBR], hostility: 1}\n"
    "  - {date: 2008-08, between: [SML, NBR], hostility: 4, source: a data set and its number}\n"
    "```\n"
    "\n";

static const char kinds[] =
    "## What may stand where\n"
    "\n"
    "**Dates** are `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: the first instant of that year, month or "
    "day. A month is exactly one twelfth of a year\n"
    "and a day its share of its month. The dates of the timeline and of observations lie from the "
    "start on and before the\n"
    "end. An act takes effect at the beginning of the step that leads to its date or over it: with "
    "steps of a month, `1997-05` and\n"
    "`1997-04-20` both act in the step from April to May 1997.\n"
    "\n"
    "**Equal dates.** The timeline may stand in any order. Entries act by date, and those of one "
    "date in the order\n"
    "of the file, one after the other; each acts on what the one before left.\n"
    "\n"
    "**Texts** are a plain string or a map of languages, `{en: ..., zh: ...}`: two or three small "
    "letters, with a region where needed\n"
    "(`zh-TW`). Where the wanted language is missing, English stands in, then the plain string, "
    "then the first there is. A text that has `: `\n"
    "or ` #` in it, or that begins with one of `[ { * & ! | > % @` or a quote, needs quotes. Files "
    "are UTF-8.\n"
    "\n"
    "**Series** are one number, which then holds always, or a map `{year: number}`: linear between "
    "the years given, flat before the first\n"
    "and after the last. A year may also be a date, as in `2004-02: 0.5`.\n"
    "\n"
    "**Numbers** are decimal, with a point: `0.25`, `-1`, `1e-3`. `dt` may also be a fraction, as "
    "in `1/12`.\n"
    "\n"
    "**States** are named by their `id`. A file is at most 4 MiB, a list at most 10000 entries, a "
    "run at most 1000000 steps.\n"
    "\n";

static const struct {
    const char *title;
    const char *text;
} sections[SPIRAL_MAPPINGS] = {
    {"The file", "The keys of the file itself."},
    {"States", "Each entry of `states`."},
    {"Publics", "Each entry of a state's `publics`: segments of the small state's people."},
    {"Pairs", "Each entry of `pairs`. Facts that are left out take their defaults."},
    {"Initial values", "The map `initial` of a pair. Two numbers stand in the order of `between`."},
    {"Timeline", "Each entry of `timeline`: either a move, or a change of one of `doctrine`, "
                 "`greed` and `resolve`. Only a move has a `weight` and a\n"
                 "`target`, and actor and target must be a pair that is listed under `pairs`. A "
                 "neighbour's own use of force is no move: the model\n"
                 "works hostility out, and what happened stands under `observed`."},
    {"Observations",
     "Each entry of `observed`: of the small state and a neighbour, one a date. In any order."},
    {"Doctrines", "A doctrine is eight numbers, each 0 to 1. It is given as the name of a preset "
                  "(`doctrine: neutrality`), as a map of all eight, or\n"
                  "as a preset with changes (`doctrine: {preset: neutrality, align: 0.2}`)."},
};

/* The default of a numeric fact, or NULL where the key is none. */
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

/* What stands for a key that is no numeric fact and left out; "" where nothing does. */
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
    fputs("The presets, the role that each is usual for (any state may have any), and their "
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

/* One effect of a move, where it has any. */
static void describe_effect(FILE *out, int *count, const char *name, double size)
{
    if (size != 0.0)
        fprintf(out, "%s%s %+.6g", (*count)++ > 0 ? ", " : "", name, size);
}

static void describe_moves(FILE *out)
{
    fputs("## Moves\n\n"
          "What a `move` of weight 1 does; `weight` (0 to 2) multiplies it, and every result stays "
          "in its variable's range. Commitment,\n"
          "aspiration, presence and aid belong to the tie of the small state with the other of the "
          "two; arms to the actor; reassurance and\n"
          "interdependence to the pair; othering is the actor's of the target, grievance the "
          "target's against the actor. A floor is what\n"
          "commitment cannot fall below from then on. The last column says which moves drop out of "
          "a what-if run in which the small state\n"
          "takes another course.\n\n"
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
