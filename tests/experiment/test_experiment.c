/* SPDX-License-Identifier: MIT */
/* An experiment and its canonical text say the same; roles mean states; what options say is what
 * a file says. */
#include "tests/support/sweeps.h"

#include "sim/random.h"
#include "tools/spiral/sweep_request.h"

static char *canonical(const struct spiral_experiment *experiment)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    spiral_experiment_write(experiment, out);
    fclose(out);
    return text;
}

static void assert_same_axis(const struct spiral_axis *one, const struct spiral_axis *other)
{
    assert_string_equal(one->name, other->name);
    assert_memory_equal(&one->low, &other->low, sizeof one->low);
    assert_memory_equal(&one->high, &other->high, sizeof one->high);
    assert_memory_equal(&one->correlation, &other->correlation, sizeof one->correlation);
    assert_true(one->log == other->log && one->integer == other->integer &&
                one->count == other->count && one->group == other->group);
    if (one->count > 0)
        assert_memory_equal(one->values, other->values, one->count * sizeof *one->values);
}

static void assert_same(const struct spiral_experiment *one, const struct spiral_experiment *other)
{
    assert_string_equal(one->name, other->name);
    assert_true(one->case_count == other->case_count && one->axis_count == other->axis_count &&
                one->group_count == other->group_count);
    for (size_t c = 0; c < one->case_count; c++)
        assert_string_equal(one->cases[c].text, other->cases[c].text);
    for (size_t a = 0; a < one->axis_count; a++)
        assert_same_axis(&one->axes[a], &other->axes[a]);
    for (size_t g = 0; g < one->group_count; g++)
        assert_true(strcmp(one->groups[g].name, other->groups[g].name) == 0 &&
                    one->groups[g].correlation == other->groups[g].correlation);

    assert_int_equal(one->setting_count, other->setting_count);
    for (size_t s = 0; s < one->setting_count; s++)
        assert_true(strcmp(one->settings[s].name, other->settings[s].name) == 0 &&
                    one->settings[s].value == other->settings[s].value);

    assert_true(one->design.kind == other->design.kind &&
                one->design.points == other->design.points &&
                one->design.levels == other->design.levels);
    assert_true(one->design.second_order == other->design.second_order &&
                one->design.seed == other->design.seed);
    assert_true(one->design.list_points == other->design.list_points &&
                (one->list_file == NULL) == (other->list_file == NULL));
    assert_true(one->replicates == other->replicates && one->seed == other->seed &&
                one->independent == other->independent);
    assert_string_equal(one->until, other->until);
    assert_true(one->run.until == other->run.until && one->run.dt == other->run.dt &&
                one->run.free_running == other->run.free_running);
    assert_true(one->run.war_ends == other->run.war_ends &&
                one->run.assimilate == other->run.assimilate);
    assert_true(one->stop.outcome == other->stop.outcome &&
                one->stop.half_width == other->stop.half_width &&
                one->stop.replicates == other->stop.replicates);
    assert_memory_equal(one->kept, other->kept, sizeof one->kept);
    assert_int_equal(one->own_count, other->own_count);

    for (size_t o = 0; o < one->own_count; o++) {
        assert_string_equal(one->own[o].name, other->own[o].name);
        assert_string_equal(one->own[o].expression, other->own[o].expression);
        assert_true((one->own[o].label_zh == NULL) == (other->own[o].label_zh == NULL));
    }

    assert_true(one->keep_runs == other->keep_runs && one->trajectories == other->trajectories);
}

static uint32_t draw(struct spiral_random *random, uint32_t below)
{
    return (uint32_t)(spiral_uniform(spiral_random_next(random)) * below);
}

/* Writes an experiment in which everything that can be said is said in one of its ways. */
static void write_any(struct spiral_random *random, FILE *out)
{
    static const char *const names[] = {"k.encircle",
                                        "neighbour.greed",
                                        "small.resolve",
                                        "small-neighbour.ties",
                                        "doctrine.small.align",
                                        "k.noise",
                                        "neighbour-small.initial.threat"};
    static const char *const designs[] = {"grid",  "zip",      "random", "latin",
                                          "sobol", "saltelli", "morris", "oat"};
    static const char *const scenarios[] = {"north", "south", "north, south"};
    const uint32_t axes = 1 + draw(random, 6);

    fprintf(out, "experiment: any\nscenarios: [%s]\nvary:\n", scenarios[draw(random, 3)]);

    for (uint32_t a = 0; a < axes; a++) {
        const double low = 0.3 * spiral_uniform(spiral_random_next(random)) + 1e-3,
                     high = low + 0.2 * spiral_uniform(spiral_random_next(random)) + 1e-3;
        fprintf(out, "  - {name: %s", names[a]);
        switch (draw(random, 4)) {
        case 0: fprintf(out, ", values: [%.17g, %.17g, %.6g]", low, high, low); break;
        case 1:
            fprintf(out, ", range: [%.17g, %.17g], scale: log%s", low, high,
                    draw(random, 2) ? ", steps: 5" : "");
            break;
        case 2: fprintf(out, ", range: [0, %s], integer: true", a == 5 ? "0" : "1"); break;
        default:
            fprintf(out, ", range: [%.17g, %.17g]%s", low, high,
                    draw(random, 2) ? ", steps: 3" : "");
            break;
        }

        fprintf(out, "%s}\n", a < 2 ? ", group: pair" : "");
    }

    fprintf(out, "groups: {pair: {correlation: %.17g}}\n",
            2.0 * spiral_uniform(spiral_random_next(random)) - 1.0);
    fprintf(out, "design: {kind: %s, points: %u%s%s}\n", designs[draw(random, 8)],
            1 + draw(random, 100), draw(random, 2) ? ", seed: 18446744073709551615" : "",
            draw(random, 2) ? ", levels: 6, second_order: yes" : "");
    fprintf(out, "replicates: %u\nseed: %u\n%s", 1 + draw(random, 100), draw(random, 1000),
            draw(random, 2) ? "independent: true\n" : "");
    fprintf(out, "%s",
            draw(random, 2) ? "set: {k.loss: 2.3456789012345678, small.greed: 0.1}\n" : "");
    fprintf(out, "%s",
            draw(random, 2) ? "run: {until: 1999-06, dt: 1/24, war_ends: true}\n"
                            : "run: {free: yes, assimilate: True}\n");
    fprintf(out, "%s",
            draw(random, 2) ? "stop: {outcome: force, half_width: 0.0123, replicates: 5000}\n"
                            : "");
    fprintf(out, "%s",
            draw(random, 2)
                ? "outcomes: {early: war, fear: {is: max threat neighbour small, zh: \"怕 "
                  "\\\"a\\\"\"}}\n"
                : "");
    fprintf(out, "%s",
            draw(random, 2) ? "keep: {outcomes: [highest, war_date], runs: true, trajectories: 3}\n"
                            : "keep: {outcomes: all}\n");
}

static void test_canonical_text_says_the_same(void **state)
{
    (void)state;
    static struct spiral_diagnostics diagnostics;
    struct spiral_random random = spiral_random_seed(20260101, 0);
    int loaded = 0;

    for (int i = 0; i < 400; i++) {
        struct spiral_experiment one;
        struct spiral_experiment two;
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);
        write_any(&random, out);
        fclose(out);
        spiral_diagnostics_init(&diagnostics);

        if (spiral_experiment_load_text(&one, text, size, "any", NULL, &diagnostics) ==
            SPIRAL_OK) { /* some ends are before the start, some ranges empty */
            char *first = canonical(&one);
            load_experiment(&two, first);

            char *second = canonical(&two);
            assert_string_equal(first, second);
            assert_same(&one, &two);
            spiral_experiment_clear(&two);
            free(first);
            free(second);
            loaded++;
        }

        spiral_experiment_clear(&one);
        free(text);
    }

    assert_true(loaded > 100);
}

static void test_defaults_and_lists(void **state)
{
    (void)state;
    struct spiral_experiment experiment;

    load_experiment(&experiment, SEVEN_POINTS);
    assert_true(experiment.replicates == 64 && experiment.seed == 1 &&
                experiment.design.seed == 1 && !experiment.independent &&
                experiment.stop.outcome == -1);
    assert_true(experiment.kept[SPIRAL_OUTCOME_war] && experiment.kept[SPIRAL_OUTCOME_force] &&
                experiment.kept[SPIRAL_OUTCOME_highest]);
    assert_int_equal(experiment.design.list_points, 7);
    assert_true(experiment.design.list[4] == 8.0 && experiment.design.list[5] == 0.9 &&
                experiment.design.list[6 * 4 + 3] == 0.5);
    spiral_experiment_clear(&experiment);
    spiral_experiment_clear(&experiment); /* legal twice */
}

static void test_steps_are_values(void **state)
{
    (void)state;
    struct spiral_experiment experiment;

    load_experiment(
        &experiment,
        "experiment: steps\nscenarios: [north]\nvary:\n  - {name: k.encircle, range: [1, 3], "
        "steps: 5}\n"
        "  - {name: k.threat_fall, range: [1, 16], scale: log, steps: 5}\ndesign: {kind: grid}\n");

    for (int i = 0; i < 5; i++) {
        assert_true(experiment.axes[0].values[i] == 1.0 + 0.5 * i);
        assert_true(experiment.axes[1].values[i] - (1 << i) < 1e-12 &&
                    experiment.axes[1].values[i] - (1 << i) > -1e-12);
    }

    spiral_experiment_clear(&experiment);
}

static void test_roles(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *north;
        const char *south;
    } cases[] = {
        {"neighbour.greed", "NBR.greed", "N.greed"}, /* the first of two */
        {"small-neighbour.ties", "SML-NBR.ties", "S-N.ties"},
        {"neighbour-small.initial.threat", "NBR-SML.initial.threat", "N-S.initial.threat"},
        {"doctrine.small.align", "doctrine.SML.align", "doctrine.S.align"},
        {"small.power", "SML.power", "S.power"},
        {"k.small", "k.small", "k.small"},
        {"move.2003-05.weight", "move.2003-05.weight", "move.2003-05.weight"},
        {"S-FAR.reach", "S-FAR.reach", "S-FAR.reach"}, /* states' own names stay */
    };

    struct spiral_experiment experiment;
    struct spiral_error error;
    char resolved[SPIRAL_NAME_SIZE];

    load_experiment(&experiment, "experiment: roles\nscenarios: [north, south]\nvary: [{name: "
                                 "k.noise, values: [0.1]}]\ndesign: {kind: grid}\n");

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(spiral_experiment_resolve(&experiment.cases[0].scenario, cases[i].name,
                                                   resolved, &error),
                         SPIRAL_OK);
        assert_string_equal(resolved, cases[i].north);
        assert_int_equal(spiral_experiment_resolve(&experiment.cases[1].scenario, cases[i].name,
                                                   resolved, &error),
                         SPIRAL_OK);
        assert_string_equal(resolved, cases[i].south);
    }

    assert_int_equal(spiral_experiment_resolve(&experiment.cases[1].scenario, "offshore.resolve",
                                               resolved, &error),
                     SPIRAL_BAD_INPUT);
    strcpy(experiment.cases[0].scenario.states[2].id,
           "small"); /* a state of that name is meant, not the role */
    assert_int_equal(spiral_experiment_resolve(&experiment.cases[0].scenario, "small.greed",
                                               resolved, &error),
                     SPIRAL_OK);
    assert_string_equal(resolved, "small.greed");
    spiral_experiment_clear(&experiment);
}

static void test_options_say_the_same(void **state)
{
    (void)state;
    struct spiral_sweep_request request = {
        .design = "morris",
        .points = "8",
        .levels = "6",
        .replicates = "32",
        .seed = "5",
        .until = "2009",
        .dt = "1/24",
        .stop = "war:0.05:512",
        .keep = "war,highest",
        .trajectories = "2",
        .independent = true,
        .free_running = true,
        .war_ends = true,
        .runs = true,
        .vary = {3, {"k.encircle=1:8:log", "NBR.greed=0:1:3", "k.noise=0.1,0.2"}},
        .set = {2, {"k.loss=2", "small.resolve=0.5"}},
    };
    static const char file[] =
        "experiment: sweep\nscenarios: [north]\nvary:\n  - {name: k.encircle, range: [1, 8], "
        "scale: log}\n  - {name: NBR.greed, values: "
        "[0, 0.5, 1]}\n"
        "  - {name: k.noise, values: [0.1, 0.2]}\ndesign: {kind: morris, points: 8, levels: 6, "
        "seed: 5}\nreplicates: 32\nseed: "
        "5\nindependent: true\n"
        "set: {k.loss: 2, small.resolve: 0.5}\nrun: {until: 2009, dt: 1/24, free: true, war_ends: "
        "true}\n"
        "stop: {outcome: war, half_width: 0.05, replicates: 512}\nkeep: {outcomes: [war, highest], "
        "runs: true, trajectories: 2}\n";
    char north[] = "north";
    char *scenarios[] = {north};
    char *text = NULL;
    size_t size = 0;
    struct spiral_experiment said;
    struct spiral_experiment written;
    FILE *out = open_memstream(&text, &size);

    assert_true(spiral_sweep_request_write(&request, scenarios, 1, out));
    fclose(out);
    load_experiment(&said, text);
    load_experiment(&written, file);
    assert_same(&said, &written);
    spiral_experiment_clear(&said);
    spiral_experiment_clear(&written);
    free(text);
}

/* The file that docs/experiments.md shows, on the cases that come with the program. */
static void test_the_example_of_the_docs(void **state)
{
    (void)state;
    static char text[1 << 16];
    struct spiral_experiment experiment;
    FILE *file = fopen(SPIRAL_SOURCE_DIR "/docs/experiments.md", "r");

    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);

    char *begin = strstr(text, "```yaml\n");
    char *end = begin == NULL ? NULL : strstr(begin + 8, "```");

    assert_non_null(end);
    *end = '\0';
    assert_int_equal(setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/scenarios", 1), 0);
    load_experiment(&experiment, begin + 8);
    assert_int_equal(setenv("SPIRAL_SCENARIOS", SPIRAL_SOURCE_DIR "/tests/experiment/cases", 1), 0);
    assert_true(experiment.case_count == 4 && experiment.policy_count == 2 &&
                experiment.axis_count == 9 && experiment.group_count == 1 &&
                experiment.stop.replicates == 4096);
    spiral_experiment_clear(&experiment);
}

/* An axis is called by its field and by whose it is; in Chinese roles have their Chinese names,
 * and states their own. */
static void test_labels(void **state)
{
    (void)state;
    static const struct {
        const char *name, *en, *zh;
    } cases[] = {
        {"k.encircle", "label", "label"},
        {"RUS.greed", "label (RUS)", "label（RUS）"},
        {"neighbour.greed", "label (neighbour)", "label（强邻）"},
        {"small-neighbour.ties", "label (small-neighbour)", "label（小国-强邻）"},
        {"doctrine.offshore.align", "label (offshore)", "label（域外大国）"},
        {"move.2008-04.weight", "label (2008-04)", "label（2008-04）"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[SPIRAL_AXIS_LABEL_SIZE];
        spiral_axis_label(text, "label", cases[i].name, false);
        assert_string_equal(text, cases[i].en);
        spiral_axis_label(text, "label", cases[i].name, true);
        assert_string_equal(text, cases[i].zh);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_canonical_text_says_the_same),
        cmocka_unit_test(test_defaults_and_lists),
        cmocka_unit_test(test_steps_are_values),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_options_say_the_same),
        cmocka_unit_test(test_the_example_of_the_docs),
        cmocka_unit_test(test_labels),
    };

    return cmocka_run_group_tests(tests, make_folder_of_points, drop_folder);
}
