/* SPDX-License-Identifier: MIT */
#include "render/live/predictions.h"

#include <stdio.h>
#include <stdlib.h>

#include "scenarios/loader/whole_file.h"

enum spiral_status spiral_predictions_create(struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson,
                                             struct spiral_error *error)
{
    *predictions = (struct spiral_predictions){.count = lesson->step_count,
                                               .items = calloc(lesson->step_count,
                                                               sizeof(struct spiral_prediction))};
    if (predictions->items == NULL) {
        predictions->count = 0;
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the answers");
    }

    for (size_t s = 0; s < predictions->count; s++)
        predictions->items[s].chosen = -1;

    return SPIRAL_OK;
}

void spiral_predictions_clear(struct spiral_predictions *predictions)
{
    free(predictions->items);
    *predictions = (struct spiral_predictions){.items = NULL};
}

bool spiral_prediction_is_asked(const struct spiral_lesson *lesson, size_t step)
{
    return lesson->steps[step].choice_count > 0;
}

void spiral_predictions_put(struct spiral_predictions *predictions,
                            const struct spiral_lesson *lesson, size_t step, double now)
{
    if (step >= predictions->count || predictions->items[step].put ||
        !spiral_prediction_is_asked(lesson, step))
        return;
    predictions->items[step].put = true;
    predictions->items[step].put_at = now;
}

bool spiral_predictions_are_open(const struct spiral_predictions *predictions)
{
    for (size_t s = 0; s < predictions->count; s++)
        if (predictions->items[s].put && !predictions->items[s].locked)
            return true;
    return false;
}

void spiral_predictions_choose(struct spiral_predictions *predictions, size_t step, int answer)
{
    if (step < predictions->count && !predictions->items[step].locked)
        predictions->items[step].chosen = answer;
}

bool spiral_predictions_lock(struct spiral_predictions *predictions, size_t step, double now,
                             time_t when)
{
    struct spiral_prediction *prediction =
        step < predictions->count ? &predictions->items[step] : NULL;

    if (prediction == NULL || !prediction->put || prediction->locked || prediction->chosen < 0)
        return false;
    prediction->locked = true;
    prediction->seconds = now - prediction->put_at;
    prediction->when = when;

    return true;
}

enum spiral_status spiral_predictions_reveal(struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson, size_t step,
                                             uint64_t runs, uint64_t seed,
                                             struct spiral_error *error)
{
    struct spiral_prediction *prediction = &predictions->items[step];

    if (spiral_prediction_is_asked(lesson, step) && !prediction->locked)
        return spiral_error_set(error, SPIRAL_BAD_INPUT, "an answer is to be locked first");

    const enum spiral_status status =
        spiral_lesson_reveal(lesson, step, runs, seed, &prediction->answer, error);

    prediction->revealed = status == SPIRAL_OK;

    return status;
}

const char *spiral_prediction_truth(const struct spiral_prediction *prediction,
                                    const struct spiral_lesson_step *step, const char *language)
{
    for (size_t c = 0; c < step->choice_count; c++)
        if (prediction->revealed && prediction->answer.holds[c])
            return spiral_text_get(&step->choices[c].text, language);
    return "";
}

/* --- the file --------------------------------------------------------------------------------- */

/* A text in quotes, its own doubled, as CSV requires. */
static void write_quoted(const char *text, FILE *out)
{
    fputs(",\"", out);
    for (; *text != '\0'; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* Which answers the runs support, by number. */
static void write_holding(const struct spiral_prediction *prediction,
                          const struct spiral_lesson_step *step, FILE *out)
{
    bool any = false;

    fputc(',', out);
    for (size_t c = 0; c < step->choice_count && prediction->revealed; c++)
        if (prediction->answer.holds[c]) {
            fprintf(out, any ? " %zu" : "%zu", c + 1);
            any = true;
        }
}

static void write_measures(const struct spiral_prediction *prediction,
                           const struct spiral_lesson_step *step, FILE *out)
{
    char text[2048] = "";
    size_t length = 0;

    for (size_t m = 0; m < step->measure_count && prediction->revealed; m++) {
        char value[40];

        spiral_lesson_write_value(&step->measures[m], prediction->answer.value[m], value);
        length += (size_t)snprintf(text + length, sizeof text - length, "%s%s = %s",
                                   m > 0 ? "; " : "", step->measures[m].name, value);
    }

    write_quoted(text, out);
}

enum spiral_status spiral_predictions_export(const struct spiral_predictions *predictions,
                                             const struct spiral_lesson *lesson,
                                             const char *language, const char *path,
                                             struct spiral_error *error)
{
    struct spiral_whole_file output;
    const enum spiral_status status = spiral_whole_file_open(&output, path, NULL, error);

    if (status != SPIRAL_OK)
        return status;
    fputs(
        "time,lesson,step,question,answer_number,answer,seconds,holds,answers_that_hold,measured\n",
        output.file);

    for (size_t s = 0; s < predictions->count; s++) {
        const struct spiral_prediction *prediction = &predictions->items[s];
        const struct spiral_lesson_step *step = &lesson->steps[s];
        struct tm utc;
        char when[32];

        if (!prediction->locked)
            continue;
        gmtime_r(&prediction->when, &utc);
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
        fputs(when, output.file);
        write_quoted(spiral_text_get(&lesson->title, language), output.file);
        fprintf(output.file, ",%zu", s + 1);
        write_quoted(spiral_text_get(&step->question, language), output.file);
        fprintf(output.file, ",%d", prediction->chosen + 1);
        write_quoted(spiral_text_get(&step->choices[prediction->chosen].text, language),
                     output.file);
        fprintf(output.file, ",%.0f,", prediction->seconds);
        if (prediction->revealed)
            fputs(prediction->answer.holds[prediction->chosen] ? "yes" : "no", output.file);
        write_holding(prediction, step, output.file);
        write_measures(prediction, step, output.file);
        fputc('\n', output.file);
    }

    return spiral_whole_file_close(&output, SPIRAL_OK, error);
}
