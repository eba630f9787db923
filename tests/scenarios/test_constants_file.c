/* SPDX-License-Identifier: MIT
 *
 * Sets of constants as texts: YAML, CSV, and what is wrong with either.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/constants_file.h"

static struct spiral_diagnostics diagnostics;

static enum spiral_status load(struct spiral_constants *constants, const char *name,
                               const char *text)
{
    *constants = spiral_constants_defaults();
    spiral_diagnostics_init(&diagnostics);

    return spiral_constants_load_text(constants, text, strlen(text), name, &diagnostics);
}

/* A pipe has no ending that says what it holds: the text says it. */
static void test_forms_are_known_by_the_text(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *text;
        enum spiral_constants_form form;
    } cases[] = {
        {"/dev/fd/63", "set:\n  k.encircle: 2\n", SPIRAL_CONSTANTS_MAP},
        {"/dev/fd/63", "# best\n\n# of 64\nk.encircle: 2\n", SPIRAL_CONSTANTS_MAP},
        {"/dev/fd/63", "{k.encircle: 2}", SPIRAL_CONSTANTS_MAP},
        {"/dev/fd/63", "---\nset:\n", SPIRAL_CONSTANTS_MAP},
        {"/dev/fd/63", "name,value\nk.encircle,2\n", SPIRAL_CONSTANTS_LIST},
        {"/dev/fd/63", "\"note\", \"value\" ,name\r\n", SPIRAL_CONSTANTS_LIST},
        {"/dev/fd/63", "value", SPIRAL_CONSTANTS_LIST},
        {"/dev/fd/63", "k.encircle,noise\n2,1\n", SPIRAL_CONSTANTS_TABLE},
        {"/dev/fd/63", "values,value2\n", SPIRAL_CONSTANTS_TABLE},
        {"/dev/fd/63", "# note: with a colon\nencircle\nvalue\n", SPIRAL_CONSTANTS_TABLE},
        {"/dev/fd/63", "", SPIRAL_CONSTANTS_TABLE},
        {"/dev/fd/63", "#", SPIRAL_CONSTANTS_TABLE},
        {"empty.yaml", "", SPIRAL_CONSTANTS_MAP},
        {"a.yml", "name,value\n", SPIRAL_CONSTANTS_MAP},
        {"yml", "name,value\n", SPIRAL_CONSTANTS_LIST},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (spiral_constants_form(cases[i].text, cases[i].name) != cases[i].form)
            fail_msg("case %zu has the form %d", i,
                     (int)spiral_constants_form(cases[i].text, cases[i].name));
}

/* The three forms say the same; what they do not name stays. */
static void test_forms(void **state)
{
    (void)state;
    static const char *const names[] = {"a.yaml", "b.yaml", "c.csv"};
    static const char *const texts[] = {"k.encircle: 2.5\nk.press: 0.4\n",
                                        "set:\n  k.encircle: 2.5\n  k.press: 0.4\n",
                                        "value,name,note\r\n2.5,k.encircle,x\r\n0.4,k.press,y\r\n"};
    struct spiral_constants expected = spiral_constants_defaults();

    expected.encircle = 2.5;
    expected.press = 0.4;
    for (int i = 0; i < 3; i++) {
        struct spiral_constants constants;
        assert_int_equal(load(&constants, names[i], texts[i]), SPIRAL_OK);
        assert_int_equal(spiral_constants_hash(&constants), spiral_constants_hash(&expected));
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *text;
        int line;
        const char *says;
    } cases[] = {
        {"a.yaml", "k.encirle: 2\n", 1, "did you mean 'k.encircle'?"},
        {"a.yaml", "k.press: 0.4\nk.encircle: 99\n", 2, "expected 0 to 12"},
        {"a.yaml", "k.encircle: two\n", 1, "two"},
        {"a.yaml", "- 1\n", 1, "names of constants and numbers"},
        {"a.yaml", "set:\n  k.encircle: 2\nk.encircle: 3\n", 3, "duplicate constant 'k.encircle'"},
        {"a.csv", "name,value\nk.encirle,2\n", 2, "did you mean 'k.encircle'?"},
        {"a.csv", "name,value\nk.encircle,2\nk.encircle,2\n", 3, "duplicate constant 'k.encircle'"},
        {"a.csv", "name,value\nRUS.greed,1\n", 2,
         "'RUS.greed' is not a constant of the model; constants begin with k., and --set takes the "
         "numbers of a case"},
        {"a.yaml", "press: 1\n", 1,
         "'press' is not a constant of the model; did you mean 'k.press'?"},
        {"a.csv", "name,vaule\nk.encircle,2\n", 1, "did you mean 'value'"},
        {"a.csv", "name,value\nk.encircle,\n", 2, "nothing here"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct spiral_constants constants;
        assert_int_equal(load(&constants, cases[i].name, cases[i].text), SPIRAL_BAD_INPUT);
        if (diagnostics.count == 0 || strstr(diagnostics.errors[0].message, cases[i].says) == NULL)
            fail_msg("case %zu said: %s", i,
                     diagnostics.count > 0 ? diagnostics.errors[0].message : "nothing");
        assert_int_equal(diagnostics.errors[0].line, cases[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms_are_known_by_the_text),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
