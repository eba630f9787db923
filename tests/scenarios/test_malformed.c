/* SPDX-License-Identifier: MIT */
/* Every file of tests/scenarios/malformed is refused with exactly the text that stands beside
 * it, and leaves no scenario behind. A case is a mistake: NAME.yaml, and NAME.expected as
 * spiral_diagnostics_print() writes it. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "scenarios/loader/scenario_load.h"

static const char folder[] = SPIRAL_SOURCE_DIR "/tests/scenarios/malformed";
enum { LEAST_CASES = 50, MAX_SECONDS = 5 };

/* A file whole, allocated to its size so that a sanitizer sees every read beyond it. NULL where
 * there is none. */
static char *read_whole(const char *name, const char *suffix, size_t *length)
{
    char path[1024];

    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);

    FILE *file = fopen(path, "rb");

    if (file == NULL)
        return NULL;
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    rewind(file);

    char *text = malloc(*length + 1);

    assert_non_null(text);
    assert_int_equal(fread(text, 1, *length, file), *length);
    text[*length] = '\0';
    fclose(file);

    return text;
}

static char *printed(const struct spiral_diagnostics *diagnostics)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);

    assert_non_null(memory);
    spiral_diagnostics_print(diagnostics, memory);
    fclose(memory);
    return text;
}

static bool is_defaults(const struct spiral_scenario *scenario)
{
    bool is = scenario->name[0] == '\0' && scenario->title.items == NULL &&
              scenario->summary.items == NULL && scenario->start == 0.0 && scenario->end == 0.0 &&
              scenario->dt == 1.0 / 12.0 && scenario->small == 0 && scenario->state_count == 0 &&
              scenario->pairs == NULL && scenario->pair_count == 0 && scenario->entries == NULL &&
              scenario->entry_count == 0 && scenario->observations == NULL &&
              scenario->observation_count == 0;

    for (size_t i = 0; i < SPIRAL_MAX_STATES; i++) {
        const struct spiral_state_facts *state = &scenario->states[i];
        is = is && state->id[0] == '\0' && state->name.items == NULL && state->source == NULL &&
             state->power.year == NULL && state->public_count == 0 && state->arms == -1.0 &&
             strcmp(state->doctrine_name, "custom") == 0;
    }

    return is;
}

static void check_case(const char *name)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_scenario scenario;
    char file[300];
    size_t length = 0;
    size_t unused = 0;
    char *text = read_whole(name, ".yaml", &length);
    char *expected = read_whole(name, ".expected", &unused);

    if (expected == NULL)
        fail_msg("%s.expected is missing", name);
    snprintf(file, sizeof file, "%s.yaml", name);

    char *exact = malloc(length > 0 ? length : 1);

    assert_non_null(exact);
    memcpy(exact, text, length);
    spiral_diagnostics_init(&diagnostics);

    const clock_t begin = clock();
    const enum spiral_status status =
        spiral_scenario_load_text(&scenario, exact, length, file, &diagnostics);
    const double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    char *found = printed(&diagnostics);

    if (status != SPIRAL_BAD_INPUT || strcmp(found, expected) != 0)
        fail_msg("%s: %s\nexpected:\n%sfound:\n%s", file, spiral_status_text(status), expected,
                 found);
    if (!is_defaults(&scenario))
        fail_msg("%s leaves a scenario behind", file);
    if (seconds > MAX_SECONDS)
        fail_msg("%s takes %g s to refuse", file, seconds);
    spiral_scenario_clear(&scenario);
    free(found);
    free(exact);
    free(expected);
    free(text);
}

static void test_every_mistake_is_named(void **unused)
{
    (void)unused;
    int cases = 0;
    DIR *directory = opendir(folder);

    assert_non_null(directory);

    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *suffix = strstr(entry->d_name, ".yaml");
        if (suffix == NULL || suffix[5] != '\0')
            continue;

        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)(suffix - entry->d_name), entry->d_name);
        check_case(name);
        cases++;
    }

    closedir(directory);
    assert_true(cases >= LEAST_CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mistake_is_named),
    };
    return cmocka_run_group_tests_name("scenarios/malformed", tests, NULL, NULL);
}
