/* SPDX-License-Identifier: MIT
 *
 * Several processes that make a store of the same name at once: one has made it, the others are
 * told so, and nothing of anybody else is touched.
 */
#include "tests/support/sweeps.h"

enum { RACES = 100, RACERS = 4 };

/* What a racer ended with. */
enum { MADE_IT = 0, EXISTS = 2, WENT_WRONG = 3 };

/* An experiment that only this racer makes. */
static void write_text(char text[2000], int racer)
{
    snprintf(text, 2000, "%sreplicates: 32\nseed: %d\n", SEVEN_POINTS, racer + 1);
}

/* Waits until `start` is closed, so that all begin together. */
static void race(const char *name, int racer, int start)
{
    struct spiral_error error;
    char text[2000];
    char byte;

    write_text(text, racer);
    (void)!read(start, &byte, 1);

    const enum spiral_status status = begin_shard(name, text, 1, 1, &error);

    _exit(status == SPIRAL_OK ? MADE_IT
          : status == SPIRAL_BAD_INPUT && strstr(error.message, "exists already") != NULL
              ? EXISTS
              : WENT_WRONG);
}

static void test_races(void **state)
{
    (void)state;

    for (int i = 0; i < RACES; i++) {
        char name[40];
        int start[2];
        pid_t racers[RACERS];
        int winner = -1;

        snprintf(name, sizeof name, "race-%d.db", i);
        assert_int_equal(pipe(start), 0);

        for (int racer = 0; racer < RACERS; racer++) {
            racers[racer] = fork();
            assert_true(racers[racer] >= 0);
            if (racers[racer] == 0) {
                close(start[1]);
                race(name, racer, start[0]);
            }
        }

        close(start[0]);
        close(start[1]);

        for (int racer = 0; racer < RACERS; racer++) {
            int status;
            assert_int_equal(waitpid(racers[racer], &status, 0), racers[racer]);
            assert_true(WIFEXITED(status));
            if (WEXITSTATUS(status) == MADE_IT) {
                assert_int_equal(winner, -1);
                winner = racer;
            } else
                assert_int_equal(WEXITSTATUS(status), EXISTS);
        }

        char sql[100];

        assert_true(winner >= 0);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM experiment WHERE text LIKE '%%seed: %d%%'",
                 winner + 1);
        assert_true(number_of(name, sql) == 1.0);
    }

    /* Nothing is left beside the stores. */
    expect("--version; test -z \"$(ls | grep new)\"", 0, "spiral");
}

/* Whatever has the name is left as it is: also a link that leads nowhere, and files with names that
 * a store that is being made could have. */
static void test_what_is_there_stays(void **state)
{
    (void)state;
    struct spiral_error error;
    char text[2000];
    char beside[60];
    char link[20];

    write_text(text, 0);
    assert_int_equal(symlink("nowhere", at("link.db")), 0);
    assert_int_equal(begin_shard("link.db", text, 1, 1, &error), SPIRAL_BAD_INPUT);
    assert_non_null(strstr(error.message, "exists already"));
    assert_int_equal(readlink(at("link.db"), link, sizeof link), 7);
    assert_int_not_equal(access(at("nowhere"), F_OK), 0);

    snprintf(beside, sizeof beside, "mine.db.new-%ld-0", (long)getpid());

    const char *const names[] = {"mine.db.new", "mine.db.part", beside};

    for (size_t i = 0; i < 3; i++) {
        FILE *file = fopen(at(names[i]), "w");
        assert_non_null(file);
        fputs("of another", file);
        assert_int_equal(fclose(file), 0);
    }

    assert_int_equal(begin_shard("mine.db", text, 1, 1, &error), SPIRAL_OK);

    for (size_t i = 0; i < 3; i++) {
        char read[20] = "";
        FILE *file = fopen(at(names[i]), "r");
        assert_non_null(file);
        assert_non_null(fgets(read, sizeof read, file));
        assert_string_equal(read, "of another");
        fclose(file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_races),
        cmocka_unit_test(test_what_is_there_stays),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
