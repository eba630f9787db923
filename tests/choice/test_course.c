/* SPDX-License-Identifier: MIT */
/* Courses: genes and doctrines, what falls in which period; autonomy; the stylised triad as a
 * file. */
#include <math.h>

#include "scenarios/loader/scenario_load.h"
#include "sim/ensemble.h"
#include "tests/support/sweeps.h"
#include "tools/choice/autonomy.h"
#include "tools/choice/course.h"
#include "tools/stylised/triad.h"

static void load_case(struct spiral_scenario *scenario, const char *path)
{
    static struct spiral_diagnostics diagnostics;

    spiral_diagnostics_init(&diagnostics);
    if (spiral_scenario_load(scenario, path, &diagnostics) != SPIRAL_OK)
        fail_msg("%s: %s", path, diagnostics.errors[0].message);
}

static void presets_are_courses(void **state)
{
    (void)state;
    struct spiral_scenario north;
    struct spiral_error error;

    load_case(&north, SPIRAL_SOURCE_DIR "/tests/experiment/cases/north.yaml");
    assert_true(spiral_course_preset_count() >= 2);

    for (int form = 0; form < SPIRAL_COURSE_FORMS; form++)
        for (size_t p = 0; p < spiral_course_preset_count(); p++) {
            const struct spiral_doctrine *preset = spiral_course_preset(p);
            struct spiral_course_space space;
            int gene[SPIRAL_MOST_GENES];
            char text[200];
            double distance;

            assert_int_equal(spiral_course_space_init(&space, &north, (enum spiral_course_form)form,
                                                      2, NULL, &error),
                             SPIRAL_OK);
            spiral_course_preset_genes(&space, p, gene);
            for (size_t g = 0; g < space.genes; g++)
                assert_in_range(gene[g], 0, space.levels[g] - 1);

            const struct spiral_course course = spiral_course_of(&space, gene);
            assert_true(course.count == 2 && course.periods[0].date == 2000.0);
            assert_true(course.periods[1].date > 2001.0 && course.periods[1].date < 2009.0 + 1e-9);
            assert_ptr_equal(spiral_course_nearest(course.periods[1].doctrine.number, &distance),
                             preset);
            assert_true(distance < 1e-9);
            spiral_course_describe(&course, false, text, sizeof text);
            assert_int_equal(strncmp(text, preset->label_en, strlen(preset->label_en)), 0);
        }

    struct spiral_course_space space;
    const double outside[1] = {2010.0};

    assert_int_equal(spiral_course_space_init(&space, &north, SPIRAL_COURSE_presets, 2, outside,
                                              &error),
                     SPIRAL_BAD_INPUT);
    assert_int_equal(spiral_course_space_init(&space, &north, SPIRAL_COURSE_presets, 9, NULL,
                                              &error),
                     SPIRAL_BAD_INPUT);
    spiral_scenario_clear(&north);
}

/* North signs a treaty in 2003, turns in 2004, aligns in 2006. A course of confrontation until 2005
 * and neutrality after it drops the treaty and the alignment, each against the doctrine of its
 * time; the other way round both stay. The turn always falls. */
static void acts_fall_by_the_doctrine_of_their_time(void **state)
{
    (void)state;
    struct spiral_course course = {.count = 2, .periods = {{.date = 2000.0}, {.date = 2005.0}}};
    const struct spiral_doctrine *bold = spiral_doctrine_find("confront_near");
    const struct spiral_doctrine *calm = spiral_doctrine_find("neutrality");

    for (int way = 0; way < 2; way++) {
        struct spiral_scenario north;
        size_t moves = 0;
        size_t turns = 0;
        load_case(&north, SPIRAL_SOURCE_DIR "/tests/experiment/cases/north.yaml");
        course.periods[0].doctrine = way == 0 ? *bold : *calm;
        course.periods[1].doctrine = way == 0 ? *calm : *bold;
        assert_int_equal(spiral_course_apply(&north, &course), SPIRAL_OK);

        for (size_t e = 0; e < north.entry_count; e++) {
            moves += north.entries[e].kind == SPIRAL_ENTRY_MOVE;
            turns += north.entries[e].kind == SPIRAL_ENTRY_DOCTRINE;
        }

        assert_int_equal(moves, way == 0 ? 0 : 2);
        assert_int_equal(turns, 1);
        assert_memory_equal(north.states[north.small].doctrine, course.periods[0].doctrine.number,
                            sizeof north.states[0].doctrine);
        spiral_scenario_clear(&north);
    }
}

/* The objectives of runs that a plan gives. */
static void measure(const struct spiral_scenario *scenario, double mean[SPIRAL_OBJECTIVES])
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_batch *batch = spiral_batch_create();
    const struct spiral_plan *lanes[SPIRAL_LANES];
    uint64_t streams[SPIRAL_LANES];
    double value[SPIRAL_LANES][SPIRAL_OBJECTIVES];
    struct spiral_plan *plan;
    struct spiral_error error;

    assert_int_equal(spiral_plan_create(&plan, scenario, &constants, &options, &error), SPIRAL_OK);
    for (int l = 0; l < SPIRAL_LANES; l++) {
        lanes[l] = plan;
        streams[l] = (uint64_t)l;
    }

    spiral_batch_start(batch, lanes, 1, streams);
    spiral_objectives_run(batch, SPIRAL_LANES, value, NULL);
    for (int o = 0; o < SPIRAL_OBJECTIVES; o++) {
        mean[o] = 0.0;
        for (int l = 0; l < SPIRAL_LANES; l++) {
            assert_true(value[l][o] >= 0.0 && value[l][o] <= 1.0);
            mean[o] += value[l][o] / SPIRAL_LANES;
        }
    }

    /* war comes by way of force, and as often as the outcomes say */
    union spiral_outcome outcomes[SPIRAL_LANES];
    double wars = 0.0;

    spiral_ensemble_run_lanes(batch, lanes, 1, streams, SPIRAL_LANES, outcomes);
    for (int l = 0; l < SPIRAL_LANES; l++) {
        assert_true(value[l][SPIRAL_OBJECTIVE_war] == outcomes[l].war &&
                    value[l][SPIRAL_OBJECTIVE_force] == outcomes[l].force);
        wars += outcomes[l].war;
    }
    assert_true(fabs(mean[SPIRAL_OBJECTIVE_war] - wars / SPIRAL_LANES) < 1e-12);

    spiral_plan_destroy(plan);
    spiral_batch_destroy(batch);
}

/* Nobody to depend on, nobody's forces, nothing conceded: all autonomy is kept. Foreign forces and
 * concessions take from it. */
static void autonomy_is_lost_to_what_it_names(void **state)
{
    (void)state;
    struct spiral_scenario triad;
    double kept[SPIRAL_OBJECTIVES];
    double conceded[SPIRAL_OBJECTIVES];
    double based[SPIRAL_OBJECTIVES];

    assert_int_equal(spiral_triad_init(&triad), SPIRAL_OK);

    double *doctrine = triad.states[SPIRAL_TRIAD_S].doctrine;

    doctrine[SPIRAL_DOCTRINE_align] = doctrine[SPIRAL_DOCTRINE_empathy] = 0.0;
    triad.states[SPIRAL_TRIAD_O].doctrine[SPIRAL_DOCTRINE_extend] = 0.0;
    measure(&triad, kept);
    assert_true(kept[SPIRAL_OBJECTIVE_autonomy] < 1e-9);

    doctrine[SPIRAL_DOCTRINE_empathy] = 1.0;
    doctrine[SPIRAL_DOCTRINE_reassure] = 0.5;
    doctrine[SPIRAL_DOCTRINE_arm] = 0.2;
    measure(&triad, conceded);
    assert_true(fabs(conceded[SPIRAL_OBJECTIVE_autonomy] - 0.5 * 0.8) < 1e-9);

    doctrine[SPIRAL_DOCTRINE_empathy] = 0.0;
    assert_int_equal(spiral_triad_move(&triad, 2000.0, SPIRAL_TRIAD_O, SPIRAL_TRIAD_S,
                                       SPIRAL_MOVE_deploy, 2.0),
                     SPIRAL_OK);
    measure(&triad, based);
    assert_true(based[SPIRAL_OBJECTIVE_autonomy] > 0.05);
    spiral_scenario_clear(&triad);
}

static uint64_t hash_of(const struct spiral_scenario *scenario)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_batch *batch = spiral_batch_create();
    struct spiral_collector collector;
    struct spiral_plan *plan;
    struct spiral_error error;

    assert_int_equal(spiral_plan_create(&plan, scenario, &constants, &options, &error), SPIRAL_OK);
    assert_int_equal(spiral_collector_init(&collector, plan, false, false), SPIRAL_OK);
    spiral_ensemble_run(batch, plan, 1, 0, 64, &collector);

    const uint64_t hash = collector.hash;

    spiral_collector_clear(&collector);
    spiral_plan_destroy(plan);
    spiral_batch_destroy(batch);

    return hash;
}

/* docs/examples/triad.yaml has the bits of the triad that the stylised facts are measured on. */
static void the_triad_is_a_file_too(void **state)
{
    (void)state;
    struct spiral_scenario made;
    struct spiral_scenario loaded;

    assert_int_equal(spiral_triad_init(&made), SPIRAL_OK);
    load_case(&loaded, SPIRAL_SOURCE_DIR "/docs/examples/triad.yaml");
    loaded.dt = made.dt;
    assert_true(hash_of(&loaded) == hash_of(&made));
    spiral_scenario_clear(&made);
    spiral_scenario_clear(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presets_are_courses),
        cmocka_unit_test(acts_fall_by_the_doctrine_of_their_time),
        cmocka_unit_test(autonomy_is_lost_to_what_it_names),
        cmocka_unit_test(the_triad_is_a_file_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
