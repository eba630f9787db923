/* SPDX-License-Identifier: MIT
 *
 * Sets of claims: YAML files, among them the one that is shipped.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/yaml/document.h"
#include "scenarios/loader/yaml/values.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "sim/parameter.h"
#include "tools/claims/claims.h"
#include "tools/stylised/triad.h"

/* Made from tools/claims/shipped.yaml by tools/claims/embed_text.cmake. */
extern const char spiral_claims_shipped_text[];
extern const size_t spiral_claims_shipped_length;

enum { MAPPING_FILE, MAPPING_READING, MAPPING_FACT, MAPPING_ARM, MAPPING_CLAIM, MAPPINGS };
enum {
#define SPIRAL_KEY(mapping, key, kind, required, doc) KEY_##mapping##_##key,
#include "tools/claims/keys.def"
    KEYS
};
static const char *const mapping_names[MAPPINGS] = {"a set of claims", "a reading", "a fact",
                                                    "an arm", "a claim"};
static const struct spiral_schema_key keys[KEYS] = {
#define SPIRAL_KEY(mapping, key, kind, required, doc) \
    {MAPPING_##mapping, #key, kind, doc, required},
#include "tools/claims/keys.def"
};
static const struct spiral_schema schema = {mapping_names, keys, KEYS};

static const char identifier_letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

static const char *const contrast_names[SPIRAL_CONTRASTS] = {
#define SPIRAL_CONTRAST_ENTRY(name, doc) #name,
    SPIRAL_CONTRAST_TABLE(SPIRAL_CONTRAST_ENTRY)
#undef SPIRAL_CONTRAST_ENTRY
};

/* --- texts ------------------------------------------------------------------------------------ */

/* Keeps a copy of a text for as long as the set lives; "" where there is no memory. */
static const char *keep_text(struct spiral_claim_set *set, struct spiral_reader *reader,
                             const char *text)
{
    char **longer = realloc(set->texts, (set->text_count + 1) * sizeof *longer);

    if (longer != NULL)
        set->texts = longer;

    char *copy = longer == NULL ? NULL : strdup(text);

    if (copy == NULL) {
        reader->out_of_memory = true;
        return "";
    }

    set->texts[set->text_count++] = copy;

    return copy;
}

/* The text of a key, kept; `otherwise` where the key is absent. */
static const char *read_kept(struct spiral_claim_set *set, struct spiral_reader *reader,
                             const yaml_node_t *node, const struct spiral_path *up, const char *key,
                             const char *otherwise)
{
    const struct spiral_path path = {.up = up, .key = key};
    const char *text = spiral_read_scalar(reader, node, &path, "a text");
    return text == NULL ? otherwise : keep_text(set, reader, text);
}

/* The name of the i-th entry of a free mapping, kept; NULL, reported, where it is not one. */
static const char *read_name(struct spiral_claim_set *set, struct spiral_reader *reader,
                             const yaml_node_t *key, const struct spiral_path *path, bool free_form)
{
    char name[SPIRAL_NAME_SIZE];

    if (free_form) {
        const char *text = spiral_read_scalar(reader, key, path, "a name");
        return text == NULL || strlen(text) >= sizeof name ? NULL : keep_text(set, reader, text);
    }

    return spiral_read_identifier(reader, key, path, identifier_letters, "a to z, digits, - and _",
                                  63, name)
               ? keep_text(set, reader, name)
               : NULL;
}

/* --- readings and facts ----------------------------------------------------------------------- */

static void read_reading(struct spiral_claim_set *set, struct spiral_reader *reader,
                         const char *name, const yaml_node_t *node, const struct spiral_path *path)
{
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, path, MAPPING_READING, values))
        return;

    const char *en = read_kept(set, reader, values[KEY_READING_en], path, "en", name);

    set->readings[set->reading_count++] =
        (struct spiral_words){name, en,
                              read_kept(set, reader, values[KEY_READING_zh], path, "zh", en)};
}

static void read_fact(struct spiral_claim_set *set, struct spiral_reader *reader, const char *name,
                      const yaml_node_t *node, const struct spiral_path *path)
{
    const struct spiral_path range = {.up = path, .key = "range"};
    const struct spiral_path scale = {.up = path, .key = "scale"};
    struct spiral_claim_fact *fact = &set->facts[set->fact_count];
    const yaml_node_t *values[KEYS];
    struct spiral_parameter place;
    struct spiral_scenario triad;
    struct spiral_error error;

    if (!spiral_read_mapping(reader, node, path, MAPPING_FACT, values))
        return;

    if (spiral_triad_init(&triad) != SPIRAL_OK) {
        reader->out_of_memory = true;
        return;
    }

    const bool known = spiral_parameter_find(&place, &triad, NULL, name, &error) == SPIRAL_OK;

    if (!known)
        spiral_reader_error(reader, node, path, "%s", error.message);

    const double low = known ? place.low : -1e9;
    const double high = known ? place.high : 1e9;
    const int count = spiral_read_sequence(reader, values[KEY_FACT_range], &range, "two numbers");

    spiral_scenario_clear(&triad);
    fact->name = name;

    if (count != 2 && count >= 0)
        spiral_reader_error(reader, values[KEY_FACT_range], &range,
                            "%d numbers; expected two, [low, high]", count);
    if (count != 2)
        return;

    const bool good =
        spiral_read_number(reader, spiral_sequence_at(reader, values[KEY_FACT_range], 0), &range,
                           low, high, &fact->low) &&
        spiral_read_number(reader, spiral_sequence_at(reader, values[KEY_FACT_range], 1), &range,
                           low, high, &fact->high);

    if (good && fact->low >= fact->high)
        spiral_reader_error(reader, values[KEY_FACT_range], &range,
                            "the range ends at or before its beginning; expected [low, high]");

    const char *word = spiral_read_scalar(reader, values[KEY_FACT_scale], &scale, "linear or log");

    fact->log = word != NULL && strcmp(word, "log") == 0;
    if (word != NULL && !fact->log && strcmp(word, "linear") != 0)
        spiral_reader_error(reader, values[KEY_FACT_scale], &scale,
                            "unknown scale '%.60s'; expected linear or log", word);
    if (good && fact->log && fact->low <= 0.0)
        spiral_reader_error(reader, values[KEY_FACT_scale], &scale,
                            "a logarithmic range must lie above 0");
    set->fact_count += good;
}

/* --- arms ------------------------------------------------------------------------------------- */

static void read_turn(struct spiral_claim_set *set, struct spiral_reader *reader,
                      const yaml_node_t *node, const struct spiral_path *up, struct spiral_arm *arm)
{
    const struct spiral_path path = {.up = up, .key = "turn"};
    const char *text = spiral_read_scalar(reader, node, &path, "DOCTRINE@DATE");
    const char *sign = text == NULL ? NULL : strchr(text, '@');
    char name[64];

    if (text == NULL)
        return;

    if (sign == NULL || (size_t)(sign - text) >= sizeof name ||
        !spiral_date_parse(sign + 1, &arm->turn_date)) {
        spiral_reader_error(reader, node, &path,
                            "'%.60s' is not a turn; expected DOCTRINE@DATE, as in "
                            "limited_balance@2006",
                            text);
        return;
    }

    snprintf(name, sizeof name, "%.*s", (int)(sign - text), text);
    arm->turn = keep_text(set, reader, name);
}

static void read_held(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *up, struct spiral_arm *arm)
{
    const struct spiral_path path = {.up = up, .key = "held"};
    const int count = spiral_read_sequence(reader, node, &path, "one or two numbers");

    if (count > 2 || count == 0)
        spiral_reader_error(reader, node, &path, "%d numbers; expected one or two", count);
    for (int i = 0; i < count && i < 2; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        spiral_read_number(reader, spiral_sequence_at(reader, node, i), &here, 0.0, 1.0,
                           &arm->held[i]);
    }

    if (arm->held[1] > 0.0 && arm->patrons != 2)
        spiral_reader_error(reader, node, &path, "P holds a commitment, but there is one patron");
}

static void read_moves(struct spiral_claim_set *set, struct spiral_reader *reader,
                       const yaml_node_t *node, const struct spiral_path *up,
                       struct spiral_arm *arm)
{
    const struct spiral_path path = {.up = up, .key = "moves"};
    struct spiral_policy_list *moves = &arm->acts.parts[SPIRAL_POLICY_moves];
    const int count = spiral_read_sequence(reader, node, &path, "moves");

    (void)set;
    if (count > SPIRAL_POLICY_MOST_PARTS)
        spiral_reader_error(reader, node, &path, "%d moves; expected at most %d", count,
                            SPIRAL_POLICY_MOST_PARTS);

    for (int i = 0; i < count && i < SPIRAL_POLICY_MOST_PARTS; i++) {
        const struct spiral_path here = {.up = &path, .index = i};
        const char *text =
            spiral_read_scalar(reader, spiral_sequence_at(reader, node, i), &here, "a move");
        char *copy = text == NULL ? NULL : strdup(text);
        reader->out_of_memory = reader->out_of_memory || (text != NULL && copy == NULL);
        if (copy != NULL)
            moves->items[moves->count++] = copy;
    }
}

static void read_sets(struct spiral_reader *reader, const yaml_node_t *node,
                      const struct spiral_path *up, struct spiral_arm *arm)
{
    const struct spiral_path path = {.up = up, .key = "set"};
    const int count = spiral_read_free_mapping(reader, node, &path, "names and values");

    if (count > SPIRAL_POLICY_MOST_PARTS)
        spiral_reader_error(reader, node, &path, "%d settings; expected at most %d", count,
                            SPIRAL_POLICY_MOST_PARTS);

    for (int i = 0; i < count && i < SPIRAL_POLICY_MOST_PARTS; i++) {
        struct spiral_setting *setting = &arm->acts.settings[arm->acts.setting_count];
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *name = spiral_read_scalar(reader, key, &path, "a name");
        const struct spiral_path here = {.up = &path, .key = name};
        if (name == NULL || !spiral_read_number(reader, value, &here, -1e9, 1e9, &setting->value))
            continue;
        snprintf(setting->name, sizeof setting->name, "%s", name);
        arm->acts.setting_count++;
    }
}

/* Names and numbers of an arm are checked where it is built: at the middle of the space. */
static void read_arm(struct spiral_claim_set *set, struct spiral_reader *reader, const char *name,
                     const yaml_node_t *node, const struct spiral_path *path)
{
    const struct spiral_path patrons = {.up = path, .key = "patrons"};
    struct spiral_arm *arm = &set->arms[set->arm_count];
    const yaml_node_t *values[KEYS];
    uint64_t number = 1;

    if (!spiral_read_mapping(reader, node, path, MAPPING_ARM, values))
        return;
    arm->name = name;
    arm->doctrine = read_kept(set, reader, values[KEY_ARM_doctrine], path, "doctrine", "");
    spiral_read_whole_number(reader, values[KEY_ARM_patrons], &patrons, 1, 2, &number);
    arm->patrons = (int)number;
    set->arm_count++;
    read_turn(set, reader, values[KEY_ARM_turn], path, arm);
    read_held(reader, values[KEY_ARM_held], path, arm);
    read_moves(set, reader, values[KEY_ARM_moves], path, arm);
    read_sets(reader, values[KEY_ARM_set], path, arm);

    struct spiral_claim_point point;
    struct spiral_claim_space space = {.count = 0};
    struct spiral_scenario scenario = spiral_scenario_defaults();
    struct spiral_constants constants;
    struct spiral_error error;
    enum spiral_status status = spiral_claim_point_init(&point, &space, &error);

    if (status == SPIRAL_OK) {
        status = spiral_arm_build(&scenario, &constants, arm, &point, &error);
        spiral_scenario_clear(&scenario);
    }

    spiral_claim_point_clear(&point);
    if (status == SPIRAL_NO_MEMORY)
        reader->out_of_memory = true;
    else if (status != SPIRAL_OK)
        spiral_reader_error(reader, node, path, "%s", error.message);
}

/* --- claims ----------------------------------------------------------------------------------- */

/* The index of a name among others; -1, reported, where it is not there. */
static int choose(struct spiral_reader *reader, const yaml_node_t *node,
                  const struct spiral_path *path, const char *what, struct spiral_names names)
{
    const char *word = spiral_read_scalar(reader, node, path, what);
    const int found = word == NULL ? -1 : spiral_names_find(names, word);

    if (word != NULL && found < 0)
        spiral_reader_unknown(reader, node, path, what, word, names);

    return found;
}

static void read_claim(struct spiral_claim_set *set, struct spiral_reader *reader, const char *name,
                       const yaml_node_t *node, const struct spiral_path *path)
{
    const struct spiral_path reading = {.up = path, .key = "reading"};
    const struct spiral_path scope = {.up = path, .key = "scope"};
    const struct spiral_path contrast = {.up = path, .key = "contrast"};
    const struct spiral_path arms = {.up = path, .key = "arms"};
    struct spiral_claim *claim = &set->claims[set->claim_count];
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, node, path, MAPPING_CLAIM, values))
        return;

    const size_t before = reader->diagnostics->count;
    const int which = choose(reader, values[KEY_CLAIM_reading], &reading, "reading",
                             spiral_names_of(set->readings, set->reading_count, name));
    const int where = values[KEY_CLAIM_scope] == NULL
                          ? SPIRAL_SCOPE_all
                          : choose(reader, values[KEY_CLAIM_scope], &scope, "scope",
                                   spiral_names_of(spiral_scopes, SPIRAL_SCOPES, name));
    const int how = choose(reader, values[KEY_CLAIM_contrast], &contrast, "contrast",
                           spiral_names_in(contrast_names, SPIRAL_CONTRASTS));
    const int count = spiral_read_sequence(reader, values[KEY_CLAIM_arms], &arms, "arms");
    const int least = how == SPIRAL_CONTRAST_interaction ? SPIRAL_CLAIM_ARMS : 2;
    const int most = how == SPIRAL_CONTRAST_raises ? 2 : SPIRAL_CLAIM_ARMS;

    if (how >= 0 && count >= 0 && (count < least || count > most))
        spiral_reader_error(reader, values[KEY_CLAIM_arms], &arms,
                            "%d arms; the contrast %s has %d%s", count, contrast_names[how], least,
                            least == most ? "" : " to 4");

    for (int a = 0; a < count && a < SPIRAL_CLAIM_ARMS; a++) {
        const struct spiral_path here = {.up = &arms, .index = a};
        claim->arms[a] = choose(reader, spiral_sequence_at(reader, values[KEY_CLAIM_arms], a),
                                &here, "arm", spiral_names_of(set->arms, set->arm_count, name));
    }

    claim->id = name;
    claim->en = read_kept(set, reader, values[KEY_CLAIM_en], path, "en", "");
    claim->zh = read_kept(set, reader, values[KEY_CLAIM_zh], path, "zh", claim->en);
    claim->source = read_kept(set, reader, values[KEY_CLAIM_source], path, "source", "");
    claim->arm_count = count;
    claim->reading = which;

    if (reader->diagnostics->count == before && !reader->out_of_memory) {
        claim->scope = (enum spiral_scope)where;
        claim->contrast = (enum spiral_contrast)how;
        set->claim_count++;
    }
}

/* --- a file ----------------------------------------------------------------------------------- */

/* The four maps of a file: where their entries go, and what reads one. */
struct part {
    int key;
    const char *name;
    const char *what;
    bool free_form; /* names are those of parameters */
    size_t size;
    size_t place; /* of the array in the set */
    void (*read)(struct spiral_claim_set *set, struct spiral_reader *reader, const char *name,
                 const yaml_node_t *node, const struct spiral_path *path);
};

static const struct part parts[] = {
    {KEY_FILE_readings, "readings", "readings", false, sizeof(struct spiral_words),
     offsetof(struct spiral_claim_set, readings), read_reading},
    {KEY_FILE_facts, "facts", "facts", true, sizeof(struct spiral_claim_fact),
     offsetof(struct spiral_claim_set, facts), read_fact},
    {KEY_FILE_arms, "arms", "arms", false, sizeof(struct spiral_arm),
     offsetof(struct spiral_claim_set, arms), read_arm},
    {KEY_FILE_claims, "claims", "claims", false, sizeof(struct spiral_claim),
     offsetof(struct spiral_claim_set, claims), read_claim},
};

static void read_part(struct spiral_claim_set *set, struct spiral_reader *reader,
                      const struct part *part, const yaml_node_t *node)
{
    const struct spiral_path path = {.key = part->name};
    const int count = spiral_read_free_mapping(reader, node, &path, part->what);
    void *room = calloc((size_t)(count > 0 ? count : 0) + 1, part->size);

    memcpy((char *)set + part->place, &room, sizeof room);
    reader->out_of_memory = reader->out_of_memory || room == NULL;
    if (count == 0 || count > SPIRAL_CLAIM_MOST)
        spiral_reader_error(reader, node, &path, "%d %s; expected 1 to %d", count, part->what,
                            SPIRAL_CLAIM_MOST);

    for (int i = 0; i < count && count <= SPIRAL_CLAIM_MOST && !reader->out_of_memory; i++) {
        const yaml_node_t *key;
        const yaml_node_t *value;
        spiral_free_mapping_at(reader, node, i, &key, &value);

        const char *name = read_name(set, reader, key, &path, part->free_form);
        const struct spiral_path here = {.up = &path, .key = name};
        if (name != NULL)
            part->read(set, reader, name, value, &here);
    }
}

static void read_file(void *context, struct spiral_reader *reader, const yaml_node_t *root)
{
    struct spiral_claim_set *set = context;
    const struct spiral_path name = {.key = "set"};
    const yaml_node_t *values[KEYS];

    if (!spiral_read_mapping(reader, root, NULL, MAPPING_FILE, values))
        return;
    spiral_read_identifier(reader, values[KEY_FILE_set], &name, identifier_letters,
                           "a to z, digits, - and _", sizeof set->name - 1, set->name);
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        read_part(set, reader, &parts[p], values[parts[p].key]);
}

void spiral_claim_set_clear(struct spiral_claim_set *set)
{
    for (size_t a = 0; a < set->arm_count; a++)
        spiral_policy_clear(&set->arms[a].acts);
    for (size_t t = 0; t < set->text_count; t++)
        free(set->texts[t]);

    free(set->texts);
    free(set->readings);
    free(set->facts);
    free(set->arms);
    free(set->claims);
    free(set->text);
    memset(set, 0, sizeof *set);
}

enum spiral_status spiral_claim_set_load_text(struct spiral_claim_set *set, const char *text,
                                              size_t length, const char *name,
                                              struct spiral_diagnostics *diagnostics)
{
    struct spiral_reader reader;

    memset(set, 0, sizeof *set);
    spiral_document_load(&reader, &schema, text, length, name, "a set of claims", diagnostics,
                         read_file, set);
    set->text = strndup(text, length);
    reader.out_of_memory = reader.out_of_memory || set->text == NULL;

    const enum spiral_status status = spiral_document_status(&reader);

    if (status != SPIRAL_OK)
        spiral_claim_set_clear(set);

    return status;
}

enum spiral_status spiral_claim_set_load(struct spiral_claim_set *set, const char *path,
                                         struct spiral_diagnostics *diagnostics)
{
    size_t length = 0;
    enum spiral_status status;
    char *text = spiral_document_read_file(path, &length, diagnostics, &status);

    memset(set, 0, sizeof *set);
    if (text == NULL)
        return status;
    status =
        spiral_claim_set_load_text(set, text, length, spiral_whole_input_name(path), diagnostics);
    free(text);

    return status;
}

enum spiral_status spiral_claim_set_load_stored(struct spiral_claim_set *set, const char *text,
                                                const char *name, struct spiral_error *error)
{
    struct spiral_diagnostics *diagnostics = malloc(sizeof *diagnostics);

    memset(set, 0, sizeof *set);
    if (diagnostics == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a set of claims");
    spiral_diagnostics_init(diagnostics);

    const enum spiral_status status =
        spiral_claim_set_load_text(set, text, strlen(text), name, diagnostics);

    if (status != SPIRAL_OK && error != NULL)
        *error = diagnostics->errors[0];
    free(diagnostics);

    return status;
}

enum spiral_status spiral_claim_set_load_shipped(struct spiral_claim_set *set,
                                                 struct spiral_error *error)
{
    return spiral_claim_set_load_stored(set, spiral_claims_shipped_text, "shipped claims", error);
}

const struct spiral_claim *spiral_claim_find(const struct spiral_claim_set *set, const char *id)
{
    const int found = spiral_names_find(spiral_names_of(set->claims, set->claim_count, id), id);
    return found < 0 ? NULL : &set->claims[found];
}

int spiral_arm_find(const struct spiral_claim_set *set, const char *name)
{
    return spiral_names_find(spiral_names_of(set->arms, set->arm_count, name), name);
}
