/* SPDX-License-Identifier: MIT */
#include "tests/support/made_up_results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/labels.h"
#include "tests/support/build_scenario.h"

enum { RUNS = 100 };

static void say(struct spiral_text *text, const char *en, const char *zh)
{
    text->items = calloc(2, sizeof *text->items);
    text->count = 2;
    strcpy(text->items[0].language, "en");
    strcpy(text->items[1].language, "zh");
    text->items[0].text = strdup(en);
    text->items[1].text = strdup(zh);
}

static void name_all(struct spiral_scenario *scenario)
{
    static const char *const captions[][2] = {{"Ties broken off", "断绝往来"},
                                              {"Partnership", "伙伴关系"},
                                              {"Treaty of friendship", "友好条约"},
                                              {"Assertive course", "强势进取"},
                                              {"Befriends the distant", "远交近攻"},
                                              {"Asks to join", "申请加入"},
                                              {"Greed", "贪婪"},
                                              {"Sanctions", "制裁"},
                                              {"Arms", "军援"},
                                              {"Resolve", "决心"}};

    say(&scenario->title, "A triad", "三方");
    say(&scenario->states[TRIAD_SMALL].name, "Small", "小国");
    say(&scenario->states[TRIAD_NEIGHBOUR].name, "Neighbour", "强邻");
    say(&scenario->states[TRIAD_OFFSHORE].name, "Offshore", "离岸大国");
    for (size_t e = 0; e < scenario->entry_count && e < sizeof captions / sizeof *captions; e++)
        say(&scenario->entries[e].caption, captions[e][0], captions[e][1]);
}

/* Where a run stands on its way, 0..1: it rises around 2008, the more the higher its number and
 * the less on later courses. */
static double course_of(const struct spiral_plan *plan, int course, int run, long step)
{
    const double t = (spiral_plan_date(plan, step) - 2008.0) / 4.0;
    const double rise = 0.5 + 0.5 * t / (1.0 + fabs(t));
    const double own = (run + 0.5) / RUNS;

    return 0.08 + 0.9 * rise * own * (1.0 - 0.3 * course) +
           0.02 * (double)((step * 7 + run * 3) % 11) / 11.0;
}

static void add_run(struct spiral_made_up *scene, int course, int run)
{
    struct spiral_tally *tally = scene->tally[course];
    struct spiral_fan *fan = scene->fan[course];
    long war = -1, force = -1;

    for (long step = 0; step < scene->plan->steps; step++) {
        const double at = course_of(scene->plan, course, run, step + 1);
        for (int q = 0; q < SPIRAL_QUANTITIES; q++) {
            const size_t place = (size_t)step * SPIRAL_QUANTITIES + (size_t)q;
            fan->count[place * SPIRAL_FAN_BINS + (size_t)(at * (SPIRAL_FAN_BINS - 1))]++;
            fan->sum[place] += (uint64_t)(at * 1048576.0);
        }

        const int level = at < 0.2 ? 0 : at < 0.4 ? 1 : at < 0.5 ? 2 : at < 0.6 ? 3 : 4;
        tally->ladder[(step + 1) * SPIRAL_LEVELS + level]++;
        force = force < 0 && level >= 3 ? step + 1 : force;
        war = war < 0 && level >= 4 ? step + 1 : war;
    }

    if (force >= 0)
        tally->force_by_step[force]++;
    if (war >= 0)
        tally->war_by_step[war]++;
    tally->runs++;
    fan->runs++;
}

void spiral_made_up_results(struct spiral_made_up *scene)
{
    spiral_test_triad(&scene->scenario);
    name_all(&scene->scenario);
    scene->plan = spiral_test_plan(&scene->scenario, NULL, NULL);

    const size_t steps = (size_t)scene->plan->steps;

    for (int course = 0; course < SPIRAL_MADE_UP_COURSES; course++) {
        if (spiral_tally_create(&scene->tally[course], scene->plan) != SPIRAL_OK ||
            spiral_fan_create(&scene->fan[course], scene->plan) != SPIRAL_OK)
            abort();
        for (int run = 0; run < RUNS; run++)
            add_run(scene, course, run);
    }

    for (int branch = 0; branch + 1 < SPIRAL_MADE_UP_COURSES; branch++) {
        scene->difference[branch] = calloc(steps + 1, sizeof **scene->difference);
        for (size_t step = 0; step <= steps; step++) {
            const double here = (double)spiral_tally_wars(scene->tally[branch + 1], (long)step);
            const double there = (double)spiral_tally_wars(scene->tally[0], (long)step);
            const double less = (here - there) / RUNS;
            scene->difference[branch][step] =
                (struct spiral_interval){1.2 * less - 0.02, 0.8 * less + 0.02};
        }
    }

    scene->singles = calloc(2 * steps, sizeof *scene->singles);
    for (size_t i = 0; i < 2 * steps; i++)
        scene->singles[i] =
            100.0 * course_of(scene->plan, 0, i < steps ? 30 : 80, (long)(i % steps) + 1);
}

void spiral_made_up_clear(struct spiral_made_up *scene)
{
    for (int course = 0; course < SPIRAL_MADE_UP_COURSES; course++) {
        spiral_tally_destroy(scene->tally[course]);
        spiral_fan_destroy(scene->fan[course]);
        if (course + 1 < SPIRAL_MADE_UP_COURSES)
            free(scene->difference[course]);
    }

    free(scene->singles);
    spiral_plan_destroy(scene->plan);
    spiral_scenario_clear(&scene->scenario);
}
