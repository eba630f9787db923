/* SPDX-License-Identifier: MIT */
/* Every line of every table is whole and in its bounds, and its readers by name and by index
 * find it. Values themselves are the fit's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/build_scenario.h"

static const struct table {
    const char *what;
    const struct spiral_field *fields;
    size_t count;
    bool sourced;
} tables[] = {
    {"constant", spiral_constant_fields, SPIRAL_CONSTANTS, true},
    {"doctrine number", spiral_doctrine_fields, SPIRAL_DOCTRINE_NUMBERS, false},
    {"state fact", spiral_state_fact_fields, SPIRAL_STATE_FACTS, false},
    {"pair fact", spiral_pair_fact_fields, SPIRAL_PAIR_FACTS, false},
    {"initial of a pair", spiral_initial_pair_fields, SPIRAL_INITIAL_PAIRS, false},
    {"initial of each", spiral_initial_each_fields, SPIRAL_INITIAL_EACHS, false},
};
enum { TABLES = sizeof tables / sizeof *tables };

/* A name that the command line, YAML and SQL take without quotes. */
static bool is_plain(const char *name)
{
    return strlen(name) > 0 && strlen(name) < 32 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name) && name[0] != '_';
}

static bool is_chinese(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0xe4 &&
            (unsigned char)*text <= 0xe9) /* first bytes of CJK ideographs in UTF-8 */
            return true;
    return false;
}

static void assert_words(const char *what, const char *name, const char *label_en,
                         const char *label_zh, const char *doc)
{
    if (!is_plain(name) || strlen(label_en) == 0 || is_chinese(label_en) || !is_chinese(label_zh) ||
        strlen(doc) < 5)
        fail_msg("%s %s: '%s', '%s', '%s'", what, name, label_en, label_zh, doc);
}

static void test_every_line_is_whole(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            const struct spiral_field *field = &tables[t].fields[i];
            assert_words(tables[t].what, field->name, field->label_en, field->label_zh, field->doc);
            assert_true(strlen(field->unit) > 0);
            assert_non_null(field->source);
            if (tables[t].sourced && strlen(field->source) == 0)
                fail_msg("%s %s has no source", tables[t].what, field->name);
        }
}

/* A default of -1 means: taken from elsewhere. Only reach and arms are. */
static void test_defaults_are_in_bounds(void **unused)
{
    (void)unused;
    int derived = 0;

    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            const struct spiral_field *field = &tables[t].fields[i];
            const bool elsewhere =
                field->value < field->low && field->value > -1.5 && field->value < -0.5;
            derived += elsewhere;
            if (!(field->low < field->high) ||
                (!elsewhere && !(field->low <= field->value && field->value <= field->high)))
                fail_msg("%s %s: %g is not in %g to %g", tables[t].what, field->name, field->value,
                         field->low, field->high);
        }

    assert_int_equal(derived, 2);
    assert_near(spiral_state_fact_fields[SPIRAL_STATE_FACT_arms].value, -1.0);
    assert_near(spiral_pair_fact_fields[SPIRAL_PAIR_FACT_reach].value, -1.0);
}

static void test_names_are_unique(void **unused)
{
    (void)unused;
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t].count; i++)
            for (size_t j = 0; j < i; j++)
                assert_string_not_equal(tables[t].fields[i].name, tables[t].fields[j].name);
    for (size_t i = 0; i < SPIRAL_DOCTRINES; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(spiral_doctrines[i].name, spiral_doctrines[j].name);
    for (size_t i = 0; i < SPIRAL_MOVES; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(spiral_moves[i].name, spiral_moves[j].name);
}

static void test_enumerations_follow_the_tables(void **unused)
{
    (void)unused;
    assert_string_equal(spiral_constant_fields[SPIRAL_K_capability].name, "capability");
    assert_string_equal(spiral_constant_fields[SPIRAL_K_preponderance].name, "preponderance");
    assert_string_equal(spiral_constant_fields[SPIRAL_CONSTANTS - 1].name, "contest_time");
    assert_string_equal(spiral_doctrine_fields[SPIRAL_DOCTRINE_coerce].name, "coerce");
    assert_string_equal(spiral_doctrines[SPIRAL_PRESET_neutrality].name, "neutrality");
    assert_string_equal(spiral_moves[SPIRAL_MOVE_renounce].name, "renounce");
    assert_string_equal(spiral_pair_fact_fields[SPIRAL_PAIR_FACT_ties].name, "ties");
    assert_string_equal(spiral_initial_pair_fields[SPIRAL_INITIAL_PAIR_hostility].name,
                        "hostility");
    assert_string_equal(spiral_initial_each_fields[SPIRAL_INITIAL_EACH_threat].name, "threat");
    assert_string_equal(spiral_role_names[SPIRAL_SMALL], "small");
    assert_string_equal(spiral_role_names[SPIRAL_NEIGHBOUR], "neighbour");
    assert_string_equal(spiral_role_names[SPIRAL_OFFSHORE], "offshore");
}

/* --- by index --------------------------------------------------------------------------------- */

/* The i-th number of a struct is its i-th field's default, and no two stand in one place. */
#define ASSERT_DEFAULTS(at, object, fields, count) \
    for (size_t i = 0; i < (count); i++) { \
        assert_near(*at(&(object), i), (fields)[i].value); \
        for (size_t j = 0; j < i; j++) \
            assert_ptr_not_equal(at(&(object), i), at(&(object), j)); \
    }

static void test_numbers_by_index(void **unused)
{
    (void)unused;
    struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_state_facts state = spiral_state_facts_defaults();
    struct spiral_pair_facts pair = spiral_pair_facts_defaults(3, 1);

    ASSERT_DEFAULTS(spiral_constant_at, constants, spiral_constant_fields, SPIRAL_CONSTANTS)
    ASSERT_DEFAULTS(spiral_state_fact_at, state, spiral_state_fact_fields, SPIRAL_STATE_FACTS)
    ASSERT_DEFAULTS(spiral_pair_fact_at, pair, spiral_pair_fact_fields, SPIRAL_PAIR_FACTS)
    ASSERT_DEFAULTS(spiral_initial_pair_at, pair, spiral_initial_pair_fields, SPIRAL_INITIAL_PAIRS)
    ASSERT_DEFAULTS(spiral_initial_each_at, pair, spiral_initial_each_fields, SPIRAL_INITIAL_EACHS)
    for (size_t i = 0; i < SPIRAL_INITIAL_EACHS; i++)
        assert_near(spiral_initial_each_at(&pair, i)[1], spiral_initial_each_fields[i].value);
    assert_ptr_equal(spiral_constant_at(&constants, SPIRAL_K_encircle), &constants.encircle);
    assert_ptr_equal(spiral_state_fact_at(&state, SPIRAL_STATE_FACT_greed), &state.greed);
    assert_ptr_equal(spiral_pair_fact_at(&pair, SPIRAL_PAIR_FACT_ties), &pair.ties);
    assert_ptr_equal(spiral_initial_pair_at(&pair, SPIRAL_INITIAL_PAIR_presence),
                     &pair.initial_presence);
    assert_ptr_equal(spiral_initial_each_at(&pair, SPIRAL_INITIAL_EACH_grievance),
                     &pair.initial_grievance[0]);
    assert_int_equal(pair.first, 3);
    assert_int_equal(pair.second, 1);
}

/* --- doctrines and moves ---------------------------------------------------------------------- */

static void test_doctrines(void **unused)
{
    (void)unused;
    static const char *const order[SPIRAL_DOCTRINE_NUMBERS] = {"align",    "empathy",  "arm",
                                                               "reassure", "identity", "extend",
                                                               "caution",  "coerce"};

    for (size_t n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++) {
        assert_string_equal(spiral_doctrine_fields[n].name, order[n]);
        assert_near(spiral_doctrine_fields[n].low, 0.0);
        assert_near(spiral_doctrine_fields[n].high, 1.0);
    }

    for (size_t i = 0; i < SPIRAL_DOCTRINES; i++) {
        const struct spiral_doctrine *doctrine = &spiral_doctrines[i];
        assert_words("doctrine", doctrine->name, doctrine->label_en, doctrine->label_zh,
                     doctrine->doc);
        assert_in_range(doctrine->role, 0, SPIRAL_ROLES - 1);
        for (size_t n = 0; n < SPIRAL_DOCTRINE_NUMBERS; n++)
            assert_true(doctrine->number[n] >= 0.0 && doctrine->number[n] <= 1.0);

        assert_true(strlen(doctrine->name) < sizeof((struct spiral_state_facts *)0)->doctrine_name);
        assert_ptr_equal(spiral_doctrine_find(doctrine->name), doctrine);
    }

    assert_null(spiral_doctrine_find("custom"));
    assert_null(spiral_doctrine_find("neutralit"));
    assert_null(spiral_doctrine_find("Neutrality"));
    assert_null(spiral_doctrine_find(""));

    /* the paper's two courses stand to each other as it says */
    const double *near = spiral_doctrine_find("confront_near")->number;
    const double *limited = spiral_doctrine_find("limited_balance")->number;

    assert_true(near[SPIRAL_DOCTRINE_align] > limited[SPIRAL_DOCTRINE_align]);
    assert_true(near[SPIRAL_DOCTRINE_empathy] < limited[SPIRAL_DOCTRINE_empathy]);
    assert_true(near[SPIRAL_DOCTRINE_identity] > limited[SPIRAL_DOCTRINE_identity]);
}

static void test_moves(void **unused)
{
    (void)unused;
    for (int i = 0; i < SPIRAL_MOVES; i++) {
        const struct spiral_move_effect *move = &spiral_moves[i];
        const double effects[] = {move->commitment,  move->aspiration,
                                  move->floor,       move->presence,
                                  move->aid,         move->arms,
                                  move->reassurance, move->interdependence,
                                  move->othering,    move->grievance};
        int working = 0;
        assert_words("move", move->name, move->label_en, move->label_zh, move->doc);
        assert_true(move->direction == 1 || move->direction == -1);

        for (size_t e = 0; e < sizeof effects / sizeof *effects; e++) {
            assert_true(effects[e] >= -1.0 && effects[e] <= 1.0);
            working += effects[e] > 0.0 || effects[e] < 0.0;
        }

        assert_true(working > 0);
        assert_int_equal(spiral_move_find(move->name), i);
    }

    assert_int_equal(spiral_move_find("aling"), -1);
    assert_int_equal(spiral_move_find("ARM"), -1);
    assert_int_equal(spiral_move_find(""), -1);
}

/* Each column of the catalogue lands in its own member: by what the words of the moves mean. */
static void test_columns_of_moves(void **unused)
{
    (void)unused;
    assert_near(spiral_moves[SPIRAL_MOVE_join].commitment, 1.0); /* membership */
    assert_near(spiral_moves[SPIRAL_MOVE_join].floor, 1.0);
    assert_true(spiral_moves[SPIRAL_MOVE_join].consent);
    assert_near(spiral_moves[SPIRAL_MOVE_renounce].aspiration, -1.0);
    assert_near(spiral_moves[SPIRAL_MOVE_renounce].floor, -1.0);
    assert_false(spiral_moves[SPIRAL_MOVE_renounce].consent);
    assert_int_equal(spiral_moves[SPIRAL_MOVE_renounce].direction, -1);
    assert_true(spiral_moves[SPIRAL_MOVE_deploy].presence > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_withdraw].presence < 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_aid].aid > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_arm].arms > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_disarm].arms < 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_dialogue].reassurance > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_rupture].reassurance < 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_trade].interdependence > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_disengage].interdependence < 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_othering].othering > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_deothering].othering < 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_sanction].grievance > 0.0);
    assert_true(spiral_moves[SPIRAL_MOVE_treaty].grievance < 0.0);
}

/* --- the hash --------------------------------------------------------------------------------- */

/* FNV-1a, 64 bits, as published (Fowler, Noll, Vo). */
static uint64_t fnv(uint64_t hash, const unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
    return hash;
}

static void test_hash_is_fnv_of_names_and_bits(void **unused)
{
    (void)unused;
    const uint64_t basis = UINT64_C(14695981039346656037);

    assert_true(fnv(basis, (const unsigned char *)"a", 1) ==
                UINT64_C(0xaf63dc4c8601ec8c)); /* published values */
    assert_true(fnv(basis, (const unsigned char *)"foobar", 6) == UINT64_C(0x85944171f73967e8));

    const struct spiral_constants defaults = spiral_constants_defaults();
    struct spiral_constants constants = defaults;
    uint64_t hash = basis;

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
        unsigned char bytes[8];
        uint64_t bits;
        memcpy(&bits, spiral_constant_at(&constants, i), sizeof bits);
        for (int b = 0; b < 8; b++)
            bytes[b] =
                (unsigned char)(bits >> (8 * b)); /* least significant first, on every machine */

        hash = fnv(hash, (const unsigned char *)spiral_constant_fields[i].name,
                   strlen(spiral_constant_fields[i].name));
        hash = fnv(hash, bytes, sizeof bytes);
    }

    assert_true(spiral_constants_hash(&defaults) == hash);
}

static void test_hash_sees_every_bit(void **unused)
{
    (void)unused;
    const struct spiral_constants defaults = spiral_constants_defaults();

    for (size_t i = 0; i < SPIRAL_CONSTANTS; i++) {
        struct spiral_constants constants = defaults;
        unsigned char *bytes = (unsigned char *)spiral_constant_at(&constants, i);

        for (size_t b = 0; b < sizeof(double); b++) {
            bytes[b] ^= 1;
            assert_true(spiral_constants_hash(&constants) != spiral_constants_hash(&defaults));
            bytes[b] ^= 1;
        }

        assert_true(spiral_constants_hash(&constants) == spiral_constants_hash(&defaults));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_line_is_whole),
        cmocka_unit_test(test_defaults_are_in_bounds),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_enumerations_follow_the_tables),
        cmocka_unit_test(test_numbers_by_index),
        cmocka_unit_test(test_doctrines),
        cmocka_unit_test(test_moves),
        cmocka_unit_test(test_columns_of_moves),
        cmocka_unit_test(test_hash_is_fnv_of_names_and_bits),
        cmocka_unit_test(test_hash_sees_every_bit),
    };

    return cmocka_run_group_tests_name("sim/tables", tests, NULL, NULL);
}
