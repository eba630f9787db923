/* SPDX-License-Identifier: MIT
 *
 * Lessons as JSON. What would give an answer away, the measures and the reveals, is told by
 * `reveal` alone.
 */
#include <stdlib.h>
#include <string.h>

#include "web/core/parts.h"

/* Loads a lesson unless it is the one that was loaded last. */
static enum spiral_status load_lesson(struct page *page, const char *name,
                                      struct spiral_error *error)
{
    char path[128];

    if (strcmp(page->lesson_name, name) == 0)
        return SPIRAL_OK;

    snprintf(path, sizeof path, "scenarios/lessons/%.60s.yaml", name);
    spiral_lesson_clear(&page->lesson);
    page->lesson_name[0] = '\0';
    spiral_diagnostics_init(&page->diagnostics);

    const enum spiral_status status = spiral_lesson_load(&page->lesson, path, &page->diagnostics);

    if (status != SPIRAL_OK) {
        page->has_diagnostics = true;
        return spiral_error_set(error, status, "the lesson '%.60s' cannot be loaded", name);
    }

    snprintf(page->lesson_name, sizeof page->lesson_name, "%.60s", name);

    return SPIRAL_OK;
}

static void write_step(struct json *json, const struct spiral_lesson_step *step)
{
    json_open(json, NULL, '{');
    json_flag(json, "levers", step->levers.given);
    json_flag(json, "play", step->levers.play);
    json_number(json, "speed", step->levers.speed);
    if (step->text.count > 0)
        page_write_text(json, "text", &step->text);
    if (step->question.count > 0)
        page_write_text(json, "question", &step->question);

    json_open(json, "choices", '[');
    for (size_t c = 0; c < step->choice_count; c++)
        page_write_text(json, NULL, &step->choices[c].text);
    json_close(json, ']');
    json_close(json, '}');
}

enum spiral_status page_lesson(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    const enum spiral_status status = load_lesson(page, argument[0], error);

    if (status != SPIRAL_OK)
        return status;
    page_write_text(json, "title", &page->lesson.title);
    page_write_text(json, "summary", &page->lesson.summary);
    json_text(json, "case", page->lesson.scenarios[0].name);
    json_open(json, "steps", '[');
    for (size_t s = 0; s < page->lesson.step_count; s++)
        write_step(json, &page->lesson.steps[s]);
    json_close(json, ']');

    return SPIRAL_OK;
}

/* Loads a lesson and reads the number of one of its steps, from 0. */
static enum spiral_status find_step(struct page *page, const char *const *argument, uint64_t *step,
                                    struct spiral_error *error)
{
    const enum spiral_status status = load_lesson(page, argument[0], error);

    return status == SPIRAL_OK ? page_whole(argument[1], page->lesson.step_count - 1, step, error)
                               : status;
}

/* Brings the other session to a recipe, or takes it away where the recipe is empty. It has one set of
 * constants, as a lesson's answers have. */
static enum spiral_status apply_recipe(struct page *page, const char *recipe,
                                       struct spiral_error *error)
{
    if (recipe[0] == '\0') {
        spiral_session_destroy(page->other);
        page->other = NULL;
        return SPIRAL_OK;
    }

    enum spiral_status status = spiral_recipe_read(&page->recipe, recipe, error);

    if (status == SPIRAL_OK)
        status = page_open(page, page->recipe.scenario, true, &page->other, error);

    return status == SPIRAL_OK ? spiral_recipe_apply(&page->recipe, page->other, error) : status;
}

enum spiral_status page_levers(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    uint64_t step;
    enum spiral_status status = find_step(page, argument, &step, error);

    if (status == SPIRAL_OK)
        status = apply_recipe(page, argument[2], error);
    if (status == SPIRAL_OK)
        status = spiral_lesson_apply(&page->lesson, (size_t)step, &page->other, error);
    if (status != SPIRAL_OK)
        return status;

    return page_write_recipe(json, page->other, error);
}

enum spiral_status page_reveal(struct page *page, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    static const char *const languages[] = {"en", "zh"};
    struct spiral_lesson_answer answer;
    uint64_t index;
    uint64_t runs;
    enum spiral_status status = find_step(page, argument, &index, error);

    if (status == SPIRAL_OK)
        status = page_whole(argument[2], PAGE_MOST_RUNS, &runs, error);
    if (status == SPIRAL_OK)
        status = spiral_lesson_reveal(&page->lesson, (size_t)index, runs, 1, &answer, error);
    if (status != SPIRAL_OK)
        return status;

    const struct spiral_lesson_step *step = &page->lesson.steps[index];

    json_open(json, "holds", '[');
    for (size_t c = 0; c < step->choice_count; c++)
        if (step->choices[c].measure >= 0 || step->choices[c].otherwise)
            json_flag(json, NULL, answer.holds[c]);
        else
            json_text(json, NULL, NULL);
    json_close(json, ']');

    json_open(json, "measures", '[');
    for (size_t m = 0; m < step->measure_count; m++) {
        json_open(json, NULL, '{');
        json_text(json, "name", step->measures[m].name);
        json_number(json, "value", answer.value[m]);
        json_close(json, '}');
    }
    json_close(json, ']');

    json_open(json, "text", '{');
    for (size_t i = 0; i < 2; i++) {
        char *told = spiral_lesson_tell(step, &answer, languages[i]);
        json_text(json, languages[i], told);
        free(told);
    }
    json_close(json, '}');

    return SPIRAL_OK;
}
