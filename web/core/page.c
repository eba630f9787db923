/* SPDX-License-Identifier: MIT */
#include "web/core/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scenarios/loader/constant_sets.h"
#include "scenarios/loader/scenario_load.h"
#include "scenarios/loader/text_stream.h"
#include "scenarios/loader/yaml/numbers.h"
#include "scenarios/loader/yaml/whole_input.h"
#include "web/core/parts.h"
#include "web/core/texts.h"

enum { MOST_ARGUMENTS = 8 };

static struct page page;

static const struct page_entry {
    const char *name;
    size_t arguments;
    page_function *function;
} entries[] = {
#define PAGE_CALL(name, arguments, usage, doc) {#name, arguments, page_##name},
#include "web/core/calls.def"
};

/* --- helpers of the calls --------------------------------------------------------------------- */

void page_return(struct page *of, const char *name, const void *bytes, size_t size, long element)
{
    of->arrays[of->array_count++] = (struct page_array){name, bytes, size, element};
}

enum spiral_status page_whole(const char *text, uint64_t most, uint64_t *number,
                              struct spiral_error *error)
{
    return spiral_whole_parse(text, number) && *number <= most
               ? SPIRAL_OK
               : spiral_error_set(error, SPIRAL_BAD_INPUT, "'%.40s'; expected 0 to %llu", text,
                                  (unsigned long long)most);
}

void page_write_text(struct json *json, const char *key, const struct spiral_text *text)
{
    json_open(json, key, '{');
    json_text(json, "en", spiral_text_get(text, "en"));
    json_text(json, "zh", spiral_text_get(text, "zh"));
    json_close(json, '}');
}

void page_write_rounded(struct json *json, const char *key, double value)
{
    const double unit = 1e-6;
    json_number(json, key, floor(value / unit + 0.5) * unit);
}

/* Reads the posterior, where its text was kept and it has not been read yet. */
static enum spiral_status read_posterior(struct page *of, struct spiral_error *error)
{
    static const char path[] = "scenarios/posterior.csv";
    size_t length;
    char *text;

    if (of->posterior.count > 0 || !web_text_is_kept(path))
        return SPIRAL_OK;

    enum spiral_status status = spiral_whole_input_read(path, &text, &length, error);

    if (status != SPIRAL_OK)
        return status;

    status = spiral_constant_sets_load_text(&of->posterior, text, length, path, error);
    free(text);

    return status;
}

static bool is_of_case(const struct spiral_session *session, const char *name)
{
    return session != NULL && strcmp(session->base.name, name) == 0;
}

/* Fills a scenario, which the caller clears: a copy of one that a session has of this case, since
 * reading the text takes longer than all else that is done before the first fan. */
static enum spiral_status find_case(struct page *of, const char *name,
                                    struct spiral_scenario *scenario, struct spiral_error *error)
{
    struct spiral_session *const sessions[] = {of->session, of->other};
    char path[128];

    for (size_t i = 0; i < sizeof sessions / sizeof *sessions; i++)
        if (is_of_case(sessions[i], name))
            return spiral_scenario_copy(scenario, &sessions[i]->base) == SPIRAL_OK
                       ? SPIRAL_OK
                       : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a case");

    snprintf(path, sizeof path, "scenarios/%.64s.yaml", name);
    spiral_diagnostics_init(&of->diagnostics);

    const enum spiral_status status = spiral_scenario_load(scenario, path, &of->diagnostics);

    of->has_diagnostics = status != SPIRAL_OK;

    return status == SPIRAL_OK
               ? SPIRAL_OK
               : spiral_error_set(error, status, "the case '%.64s' cannot be loaded", name);
}

enum spiral_status page_open(struct page *of, const char *name, bool point,
                             struct spiral_session **session, struct spiral_error *error)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;
    struct spiral_session *fresh;
    enum spiral_status status = point ? SPIRAL_OK : read_posterior(of, error);

    if (!point && of->posterior.count > 0)
        options.posterior = &of->posterior;
    if (status == SPIRAL_OK && is_of_case(*session, name) &&
        (*session)->options.posterior == options.posterior)
        return SPIRAL_OK;
    if (status == SPIRAL_OK)
        status = find_case(of, name, &scenario, error);
    if (status != SPIRAL_OK)
        return status;

    status = spiral_session_create(&fresh, &scenario, &constants, &options, 1, error);
    spiral_scenario_clear(&scenario);
    if (status != SPIRAL_OK)
        return status;

    spiral_session_destroy(*session);
    *session = fresh;

    return SPIRAL_OK;
}

enum spiral_status page_apply(struct page *of, const char *recipe, struct spiral_session **session,
                              struct spiral_error *error)
{
    enum spiral_status status = spiral_recipe_read(&of->recipe, recipe, error);

    if (status == SPIRAL_OK)
        status = page_open(of, of->recipe.scenario, of->recipe.point, session, error);
    if (status == SPIRAL_OK)
        status = spiral_recipe_apply(&of->recipe, *session, error);

    return status;
}

/* --- texts ------------------------------------------------------------------------------------ */

enum spiral_status page_keep(struct page *of, const char *const *argument, struct json *json,
                             struct spiral_error *error)
{
    (void)json;
    if (!web_text_keep(argument[0], argument[1]))
        return spiral_error_set(error, SPIRAL_NO_MEMORY, "no room for the text %.80s", argument[0]);

    /* a session of the text that was kept before no longer holds */
    spiral_session_destroy(of->session);
    spiral_session_destroy(of->other);
    of->session = of->other = NULL;
    spiral_constant_sets_clear(&of->posterior);
    of->lesson_name[0] = '\0';

    return SPIRAL_OK;
}

static void write_diagnostics(struct json *json, const struct spiral_diagnostics *diagnostics)
{
    json_open(json, "errors", '[');

    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct spiral_error *error = &diagnostics->errors[i];
        json_open(json, NULL, '{');
        json_whole(json, "line", error->line);
        json_whole(json, "column", error->column);
        json_text(json, "path", error->path);
        json_text(json, "message", error->message);
        json_close(json, '}');
    }

    json_close(json, ']');
}

enum spiral_status page_check(struct page *of, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    const struct spiral_constants constants = spiral_constants_defaults();
    const struct spiral_plan_options options = spiral_plan_options_defaults();
    struct spiral_scenario scenario;
    struct spiral_plan *plan;
    const char *text = argument[1];

    spiral_diagnostics_init(&of->diagnostics);

    if (spiral_scenario_load_text(&scenario, text, strlen(text), argument[0], &of->diagnostics) ==
        SPIRAL_OK) {
        if (spiral_plan_create(&plan, &scenario, &constants, &options, error) == SPIRAL_OK)
            json_text(json, "name", scenario.name);
        else
            spiral_diagnostics_add(&of->diagnostics, error);
        spiral_plan_destroy(plan);
        spiral_scenario_clear(&scenario);
    }

    write_diagnostics(json, &of->diagnostics);

    return SPIRAL_OK;
}

/* --- files ------------------------------------------------------------------------------------ */

/* Ends a text that was written into memory, and makes it the member "text". */
static enum spiral_status add_file(FILE *out, char **text, struct json *json,
                                   struct spiral_error *error)
{
    const bool whole = spiral_text_stream_close(out, text);

    if (whole)
        json_text(json, "text", *text);
    free(*text);

    return whole ? SPIRAL_OK : spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the file");
}

static enum spiral_status no_session(struct spiral_error *error)
{
    return spiral_error_set(error, SPIRAL_BAD_INPUT, "there is no run yet");
}

enum spiral_status page_save(struct page *of, const char *const *argument, struct json *json,
                             struct spiral_error *error)
{
    char *text = NULL;
    size_t size;

    (void)argument;
    if (of->session == NULL)
        return no_session(error);

    FILE *out = spiral_text_stream_open(&text, &size);
    const enum spiral_status status =
        out == NULL ? SPIRAL_OK : spiral_session_write(of->session, out, error);
    const enum spiral_status added = add_file(out, &text, json, error);

    return status != SPIRAL_OK ? status : added;
}

enum spiral_status page_curves(struct page *of, const char *const *argument, struct json *json,
                               struct spiral_error *error)
{
    char *text = NULL;
    size_t size;

    (void)argument;
    if (of->session == NULL)
        return no_session(error);

    FILE *out = spiral_text_stream_open(&text, &size);
    const enum spiral_status status =
        out == NULL ? SPIRAL_OK : spiral_session_write_curves(of->session, out, error);
    const enum spiral_status added = add_file(out, &text, json, error);

    return status != SPIRAL_OK ? status : added;
}

enum spiral_status page_bands(struct page *of, const char *const *argument, struct json *json,
                              struct spiral_error *error)
{
    char *text = NULL;
    size_t size;

    (void)argument;
    if (of->session == NULL || of->result == NULL)
        return no_session(error);

    FILE *out = spiral_text_stream_open(&text, &size);

    if (out != NULL)
        spiral_live_result_write(of->result, of->session, out);

    return add_file(out, &text, json, error);
}

/* --- calls ------------------------------------------------------------------------------------ */

/* Splits a block into the texts that it has; how many there are. */
static size_t split_block(const char *block, size_t length, const char *texts[MOST_ARGUMENTS + 1])
{
    size_t count = 0;

    if (length == 0 || block[length - 1] != '\0')
        return 0;

    for (const char *at = block; at < block + length; at += strlen(at) + 1) {
        if (count <= MOST_ARGUMENTS)
            texts[count] = at;
        count++;
    }

    return count;
}

static const struct page_entry *find_entry(const char *name)
{
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

/* Names the arrays of the call and the bytes of their elements. */
static void write_arrays(struct json *json)
{
    json_open(json, "arrays", '{');
    for (size_t i = 0; i < page.array_count; i++)
        json_whole(json, page.arrays[i].name, page.arrays[i].element);
    json_close(json, '}');
}

static const char *finish_call(FILE *out)
{
    spiral_text_stream_close(out, &page.text);

    return page.text;
}

/* Begins the text of a call. NULL where there is no memory. */
static FILE *begin_call(struct json *json)
{
    static size_t size;

    free(page.text);
    page.text = NULL;
    page.array_count = 0;
    page.has_diagnostics = false;
    *json = (struct json){.out = spiral_text_stream_open(&page.text, &size)};

    return json->out;
}

/* What a call returns that failed: nothing else of it. */
static const char *fail_call(struct json *json, const struct spiral_error *error)
{
    spiral_text_stream_close(json->out, &page.text);

    const bool has_diagnostics = page.has_diagnostics;

    if (begin_call(json) == NULL)
        return NULL;
    json_open(json, NULL, '{');
    json_text(json, "error", error->message);
    if (has_diagnostics)
        write_diagnostics(json, &page.diagnostics);
    json_close(json, '}');

    return finish_call(json->out);
}

const char *page_call(const char *block, size_t length)
{
    const char *texts[MOST_ARGUMENTS + 1];
    const size_t count = split_block(block, length, texts);
    const struct page_entry *entry = count == 0 ? NULL : find_entry(texts[0]);
    struct spiral_error error = {.message = "unknown call"};
    struct json json;

    if (begin_call(&json) == NULL)
        return NULL;
    if (entry == NULL || count != entry->arguments + 1)
        return fail_call(&json, &error);

    json_open(&json, NULL, '{');
    if (entry->function(&page, texts + 1, &json, &error) != SPIRAL_OK)
        return fail_call(&json, &error);

    write_arrays(&json);
    json_close(&json, '}');

    return finish_call(json.out);
}

size_t page_array_count(void) { return page.array_count; }

const struct page_array *page_array_at(size_t i) { return &page.arrays[i]; }

/* --- merging ---------------------------------------------------------------------------------- */

const char *page_merge(const void *counts, size_t size)
{
    struct spiral_error error;
    struct json json;

    if (begin_call(&json) == NULL)
        return NULL;
    if (page_merge_counts(&page, counts, size, &error) != SPIRAL_OK)
        return fail_call(&json, &error);
    json_open(&json, NULL, '{');
    json_whole(&json, "runs", (long)page.fan.tally->runs);
    json_close(&json, '}');

    return finish_call(json.out);
}
