/* SPDX-License-Identifier: MIT */
/* failing memory */
/* Loading while the n-th allocation fails, for n = 1, 2, ... until all succeed: SPIRAL_NO_MEMORY
 * each time, nothing half loaded, and, under a leak sanitizer, nothing lost. The linker wraps
 * our own calls; those of a shared libyaml go through yaml_malloc() and its like, which this
 * program defines in libyaml's stead. On a whole case our own calls fail, on short texts
 * libyaml's too. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"
#include "tests/support/failing_memory.h"

void *yaml_malloc(size_t size);
void *yaml_realloc(void *memory, size_t size);
char *yaml_strdup(const char *string);
void yaml_free(void *memory);

static long live_of_yaml; /* libyaml's blocks that are not freed yet */
static bool of_yaml;      /* whether libyaml's count too */

/* Counts a block of libyaml's. */
static void *given(void *memory)
{
    live_of_yaml += memory != NULL;
    return memory;
}

/* As libyaml's own, which never ask for nothing. */
void *yaml_malloc(size_t size)
{
    return of_yaml && spiral_test_memory_fails() ? NULL : given(__real_malloc(size > 0 ? size : 1));
}
char *yaml_strdup(const char *string)
{
    return string == NULL || (of_yaml && spiral_test_memory_fails()) ? NULL
                                                                     : given(__real_strdup(string));
}

void *yaml_realloc(void *memory, size_t size)
{
    if (memory == NULL)
        return yaml_malloc(size);
    return of_yaml && spiral_test_memory_fails() ? NULL
                                                 : __real_realloc(memory, size > 0 ? size : 1);
}

void yaml_free(void *memory)
{
    live_of_yaml -= memory != NULL;
    free(memory);
}

/* libyaml 0.2.5 loses the items of a list or map whose node it then finds no memory for
 * (yaml_parser_load_sequence and _mapping). That we free all that it gives us is checked by
 * live_of_yaml. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) { return "leak:yaml_malloc\n"; }

static struct spiral_diagnostics diagnostics;

static enum spiral_status load_text(struct spiral_scenario *scenario, const char *text,
                                    size_t length)
{
    spiral_diagnostics_init(&diagnostics);
    return text == NULL
               ? spiral_scenario_load(scenario, SPIRAL_SOURCE_DIR "/scenarios/ukraine.yaml",
                                      &diagnostics)
               : spiral_scenario_load_text(scenario, text, length, "text", &diagnostics);
}

/* Fails the n-th allocation and all after it, for every n; returns the n at which none failed,
 * with that status. */
static long fail_each(const char *text, size_t length, enum spiral_status at_last)
{
    for (long n = 1;; n++) {
        struct spiral_scenario scenario;
        spiral_test_memory.failed = false;
        spiral_test_memory.until_failure = n - 1;

        const enum spiral_status status = load_text(&scenario, text, length);
        spiral_test_memory.until_failure = -1;

        if (!spiral_test_memory.failed) {
            spiral_scenario_clear(&scenario);
            assert_int_equal(status, at_last);
            return n;
        }

        if (status != SPIRAL_NO_MEMORY || diagnostics.count != 1 ||
            diagnostics.errors[0].status != SPIRAL_NO_MEMORY || scenario.state_count != 0 ||
            scenario.pairs != NULL || scenario.entries != NULL || scenario.title.items != NULL)
            fail_msg("allocation %ld fails: %s, %zu errors: %s", n, spiral_status_text(status),
                     diagnostics.count, diagnostics.errors[0].message);
        spiral_scenario_clear(&scenario);
        assert_true(of_yaml || live_of_yaml == 0);
    }
}

static void test_every_allocation_is_checked(void **unused)
{
    (void)unused;
    struct spiral_scenario scenario;

    spiral_test_memory.once = of_yaml = false;
    spiral_test_memory.allocations = 0;
    assert_int_equal(load_text(&scenario, NULL, 0), SPIRAL_OK);
    spiral_scenario_clear(&scenario);

    const long all = spiral_test_memory.allocations;

    assert_true(all > 100);
    assert_int_equal(fail_each(NULL, 0, SPIRAL_OK), all + 1);
}

/* A file with errors in it: that memory ran out is told, not the errors found until then. */
static void test_memory_comes_before_the_mistakes(void **unused)
{
    (void)unused;
    static const char text[] =
        "spiral: 1\nname: X\ntitle: {en: a, zh: b}\nstart: 2000\nend: 2001\nstates:\n"
        "  - {id: A, role: small, doctrine: neutral, power: {2000: 1, 2001: 2}, source: s, name: "
        "n}\n"
        "  - {id: B, role: neighbour, doctrine: aloof, power: 1}\npairs: [{between: [A, B]}]\n"
        "timeline: [{date: 2000, actor: A, move: arms, caption: c, source: s}]\n";

    spiral_test_memory.once = false;
    of_yaml = true;
    fail_each(text, sizeof text - 1, SPIRAL_BAD_INPUT);
}

/* One failure, after which memory is there again, is still one. */
static void test_one_failure_is_enough(void **unused)
{
    (void)unused;
    spiral_test_memory.once = of_yaml = true;

    static const char text[] =
        "spiral: 1\nname: x\ntitle: {en: a, zh: b}\nstart: 2000\nend: 2001\nstates:\n"
        "  - {id: A, role: small, doctrine: aloof, power: {2000: 1, 2001: 2}, source: s, name: n,\n"
        "     publics: [{name: {en: a, zh: b}, weight: 1, orientation: 0}]}\n"
        "  - {id: B, role: neighbour, doctrine: aloof, power: 1}\n"
        "pairs: [{between: [A, B], interdependence: {2000: 0, 2001: 1}, source: s}]\n"
        "timeline: [{date: 2000, actor: A, move: arm, caption: {en: c}, source: s}]\n"
        "observed: [{date: 2000, between: [A, B], hostility: 1, source: s}]\n";

    spiral_test_memory.failed = true;

    for (long n = 1; spiral_test_memory.failed; n++) {
        struct spiral_scenario scenario;
        spiral_test_memory.failed = false;
        spiral_test_memory.until_failure = n - 1;

        const enum spiral_status status = load_text(&scenario, text, sizeof text - 1);
        spiral_test_memory.until_failure = -1;
        spiral_scenario_clear(&scenario);
        if (status != (spiral_test_memory.failed ? SPIRAL_NO_MEMORY : SPIRAL_OK))
            fail_msg("allocation %ld alone fails: %s: %s", n, spiral_status_text(status),
                     diagnostics.errors[0].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_allocation_is_checked),
        cmocka_unit_test(test_memory_comes_before_the_mistakes),
        cmocka_unit_test(test_one_failure_is_enough),
    };

    return cmocka_run_group_tests_name("scenarios/memory", tests, NULL, NULL);
}
