/* SPDX-License-Identifier: MIT */
/* `spiral robust` and `spiral game` from end to end: the same whatever the threads and
 * interruptions, and what they say of bad input. */
#include "tests/support/sweeps.h"

#define SMALL \
    "robust north --vary neighbour.greed=0:1 --worlds 4 --runs 8 --evaluations 40 --population 8 " \
    "--constants point --quiet "
#define ROBUST "robust north --worlds 4 --runs 8 --evaluations 8 --population 8 --quiet "

static void a_front_is_found(void **state)
{
    (void)state;
    expect(SMALL "--csv --threads 1", 0, "course,war,war_regret,force,force_regret,autonomy,");
    assert_non_null(strstr(printed, "\nhistory,"));
    assert_non_null(strstr(printed, "\nA,"));

    char *one = strdup(printed);

    expect(SMALL "--csv --threads 3", 0, "");
    assert_string_equal(printed, one);
    free(one);
    expect(SMALL "--json", 0, "\"least_regret\": \"");
    expect(SMALL "--lang zh --course presets --periods 3", 0, "历史");
    expect(SMALL "--course presets --date 2004-06 --war 0.5", 0, "; 2004-06 ");
}

/* One set from a file holds in every world, and is not varied by default. */
static void a_set_of_constants_is_used(void **state)
{
    (void)state;
    put_text("best.yaml", "set:\n  k.encircle: 11\n  k.noise: 0.02\n");
    expect(ROBUST "--constants best.yaml --vary neighbour.greed=0:1 --csv", 0, "");
    char *of_file = strdup(printed);

    expect(ROBUST "--constants point --set k.encircle=11 --set k.noise=0.02 --csv "
                  "--vary neighbour.greed=0:1",
           0, "");
    assert_string_equal(printed, of_file);
    expect(ROBUST "--constants point --vary neighbour.greed=0:1 --csv", 0, "");
    assert_string_not_equal(printed, of_file);
    free(of_file);

    expect(ROBUST "--constants best.yaml --csv", 0, "");
    of_file = strdup(printed);
    expect(ROBUST "--constants point --set k.encircle=11 --set k.noise=0.02 --csv "
                  "--vary neighbour.greed=0:1 --vary offshore.resolve=0:1",
           0, "");
    assert_string_equal(printed, of_file);
    free(of_file);
}

/* Stopped, and resumed: what one go finds. A chart draws what is finished, and only that. */
static void a_search_resumes(void **state)
{
    (void)state;
    expect(SMALL "--csv --store whole.db --out whole.csv", 0, "");
    expect(SMALL "--csv --store parts.db --limit 9", 1, "`spiral robust --resume parts.db`");
    expect("chart robust parts.db --out parts.svg", 2, "the search is not finished");
    expect("robust --resume parts.db --quiet --csv --limit 10", 1, "stopped on request");
    expect("robust --resume parts.db --quiet --csv --out parts.csv", 0, "");

    char command[500];

    snprintf(command, sizeof command, "cmp '%s' '%s'", at("whole.csv"), at("parts.csv"));
    assert_int_equal(system(command), 0);

    snprintf(command, sizeof command, "grep -q 'share of the worlds' '%s-metadata.json'",
             at("whole.csv"));
    assert_int_equal(system(command), 0);

    /* what the store has of a course is the mean of its worlds */
    assert_true(number_of("parts.db", "SELECT count(*) FROM robust_course") == 40.0);
    assert_true(number_of("parts.db", "SELECT count(*) FROM robust_value") == 160.0);
    assert_true(number_of("parts.db",
                          "SELECT max(abs(course.war - mean)) FROM robust_course AS course JOIN "
                          "(SELECT genes, avg(war) AS mean FROM robust_value GROUP BY genes) USING "
                          "(genes)") < 1e-12);
    expect("chart robust whole.db --out whole.svg", 0, "");
    expect("robust --resume whole.db --quiet", 0, "least regret: ");
    edit("whole.db", "UPDATE robust_world SET value = 0.5 WHERE world = 1");
    expect("robust --resume whole.db --quiet", 2, "its worlds are not those of its design");
}

static void a_game_is_played(void **state)
{
    (void)state;
    expect("game north --runs 32 --greed 0,1 --resamples 20 --constants point --quiet --csv "
           "--threads 1",
           0, "greed,small,neighbour,patron,player,payoff,security,gain,cost,war,equilibrium,");

    char *one = strdup(printed);

    expect("game north --runs 32 --greed 0,1 --resamples 20 --constants point --quiet --csv "
           "--threads 3",
           0, "");
    assert_string_equal(printed, one);
    free(one);
    expect(
        "game north --runs 8 --greed 0 --players 2 --resamples 5 --constants point --quiet --csv "
        "--out g.csv && cat g.csv-metadata.json",
        0, "payoffs and equilibria of a game of doctrines");
    expect("game north --runs 32 --greed 0.5 --players 2 --quiet --constants point", 0,
           "logit equilibrium, precision 20");
    expect("game north --runs 32 --greed 0.5 --players 2 --quiet --constants point --json", 0,
           "\"equilibria\": [");
    expect("game north --runs 8 --greed 0.5 --from 2004-06 --quiet --constants point --lang zh", 0,
           "强邻");
    expect("chart game north --runs 8 --out game.svg", 0, "");
}

/* A payoff is its weighted parts. */
static void payoffs_are_their_parts(void **state)
{
    (void)state;
    expect("game north --runs 16 --greed 0.5 --players 2 --quiet --constants point --security 2 "
           "--gain 0.3 --cost 0.7 --csv",
           0, "payoff");
    int rows = 0;

    for (const char *line = strchr(printed, '\n') + 1; *line != '\0';
         line = strchr(line, '\n') + 1) {
        double value[4];
        assert_int_equal(sscanf(line, "%*[^,],%*[^,],%*[^,],%*[^,],%lf,%lf,%lf,%lf", &value[0],
                                &value[1], &value[2], &value[3]),
                         4);
        const double sum = 2.0 * value[1] + 0.3 * value[2] - 0.7 * value[3];
        assert_true(sum - value[0] < 1e-8 && value[0] - sum < 1e-8);
        rows++;
    }

    assert_true(rows > 0 && rows % 2 == 0);
}

static void bad_input_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *arguments, *says;
    } bad[] = {
        {"robust", "which scenario?"},
        {"robust north south", "one scenario at a time"},
        {"robust nroth", "north"},
        {"robust north --course number", "numbers"},
        {"robust north --vary k.encircel=1:2", "did you mean 'k.encircle'?"},
        {"robust north --periods 9", "--periods"},
        {"robust north --date 2003 --date 2005", "give --date for each, or none"},
        {"robust north --date 2030", "within the run of north"},
        {"robust north --json --csv", "not both"},
        {"robust --resume none.db", "none.db cannot be read"},
        {"robust --resume whole.csv --war 0.1", "--war: the store whole.csv already says"},
        {"robust north --evaluations 3", "--evaluations"},
        {"chart robust points.csv --out x.svg", "is not a store"},
        {"game", "which scenario?"},
        {"game north --greed 0.5,0.2", "in ascending order"},
        {"game north --greed 2", "not a list of values"},
        {"game north --players 4", "--players"},
        {"game nroth", "north"},
        {"game north --json --csv", "not both"},
        {"game north --set NBR.gred=1", "did you mean 'NBR.greed'?"},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect(bad[i].arguments, 2, bad[i].says);

    expect("robust --help", 0, "Objectives are the risk of war");
    expect("game --help", 0, "Strategies are the doctrines");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_front_is_found),        cmocka_unit_test(a_set_of_constants_is_used),
        cmocka_unit_test(a_search_resumes),        cmocka_unit_test(a_game_is_played),
        cmocka_unit_test(payoffs_are_their_parts), cmocka_unit_test(bad_input_is_named),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
