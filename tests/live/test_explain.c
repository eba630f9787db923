/* SPDX-License-Identifier: MIT */
/* Everything that can be touched says what it is, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "render/live/explain.h"

static bool has_chinese(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0xe3)
            return true;
    return false;
}

/* Every row of every table has a sentence, its facts and a source; in Chinese, Chinese ones. */
static void test_every_row_of_the_tables_is_explained(void **unused)
{
    (void)unused;

    for (int s = 0; s < SPIRAL_SUBJECTS; s++) {
        const enum spiral_subject subject = (enum spiral_subject)s;

        assert_true(spiral_explain_count(subject) > 0);

        for (size_t i = 0; i < spiral_explain_count(subject); i++) {
            const char *name = spiral_explain_name(subject, i);
            const struct spiral_explanation en = spiral_explain(subject, i, "en");
            const struct spiral_explanation zh = spiral_explain(subject, i, "zh");

            if (strlen(en.label) == 0 || strlen(en.sentence) < 5 || strlen(en.source) == 0 ||
                strlen(en.facts) == 0)
                fail_msg("%s is not explained in English", name);
            if (!has_chinese(zh.label) || !has_chinese(zh.sentence) || !has_chinese(zh.facts))
                fail_msg("%s is not explained in Chinese: %s", name, zh.sentence);
        }
    }
}

/* Numbers say unit, range and, of a constant, default and source; a move what it changes. */
static void test_facts_are_those_of_the_tables(void **unused)
{
    (void)unused;
    char expected[64];
    const struct spiral_field *loss = &spiral_constant_fields[SPIRAL_K_loss];
    const struct spiral_explanation constant =
        spiral_explain(SPIRAL_SUBJECT_CONSTANT, SPIRAL_K_loss, "en");

    snprintf(expected, sizeof expected, "no unit; %.4g to %.4g; default %.4g", loss->low,
             loss->high, loss->value);
    assert_string_equal(constant.facts, expected);
    assert_string_equal(constant.source, loss->source);
    assert_string_equal(spiral_explain(SPIRAL_SUBJECT_MOVE, SPIRAL_MOVE_withdraw, "en").facts,
                        "foreign forces -0.3, reassurance +0.1");
    assert_non_null(strstr(spiral_explain(SPIRAL_SUBJECT_MOVE, SPIRAL_MOVE_join, "en").facts,
                           "needs the small state's consent"));
    assert_non_null(strstr(spiral_explain(SPIRAL_SUBJECT_DOCTRINE, SPIRAL_PRESET_aloof, "en").facts,
                           "caution 0.9"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_of_the_tables_is_explained),
        cmocka_unit_test(test_facts_are_those_of_the_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
