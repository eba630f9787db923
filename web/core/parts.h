/* SPDX-License-Identifier: MIT
 *
 * What the files of the page's core share with each other. Inner header.
 */
#ifndef SPIRAL_WEB_PARTS_H
#define SPIRAL_WEB_PARTS_H

#include "render/debrief/debrief.h"
#include "render/live/ensemble_work.h"
#include "render/live/lesson.h"
#include "render/live/recipe.h"
#include "web/core/json.h"
#include "web/core/page.h"

enum { PAGE_SLOTS = 64, PAGE_MOST_RUNS = 100000 };

/* The marks of a measure: which runs had war and force. */
struct page_marks {
    uint64_t runs;
    uint64_t
        sets; /* of constants, over which the runs are spread: run i has set i modulo sets; 0: one
                      for all */
    unsigned char *of_run; /* [runs]: bit 0: war, bit 1: force; owned */
};

/* All that a page holds. */
struct page {
    struct spiral_session *session;        /* what is on the page; NULL: none yet */
    struct spiral_session *other;          /* of recipes that are only measured */
    struct spiral_recipe recipe;           /* that was read last */
    struct spiral_constant_sets posterior; /* empty where no text of one was kept */
    struct spiral_lesson lesson;
    char lesson_name[64]; /* "" where none is loaded */
    struct spiral_batch *batch;
    struct spiral_live_job *job; /* the present that the fan is of */
    struct spiral_collector fan;
    struct spiral_live_result *result; /* of the fan */
    char *counts;                      /* of the fan as bytes, owned */
    struct page_marks marks[PAGE_SLOTS];
    double *curves[3];             /* of a measure: mean escalation, war, force by step; owned */
    struct spiral_game *game;      /* of sides; NULL: none */
    char game_case[64];            /* as its file names the case */
    struct spiral_debrief debrief; /* of the game; of none where it has not been asked for */
    double *drawn;                 /* curves of a turn or of the debrief, owned */
    char *text;                    /* of the last call, owned */
    size_t array_count;
    struct page_array arrays[8];
    struct spiral_diagnostics diagnostics;
    bool has_diagnostics; /* of a text that could not be loaded */
};

/* Says that the call returns an array too; the page owns its bytes. */
void page_return(struct page *page, const char *name, const void *bytes, size_t size, long element);

/* The calls, as calls.def lists them: `argument` has as many texts as it says. They write the
 * members of the resulting object. */
typedef enum spiral_status page_function(struct page *page, const char *const *argument,
                                         struct json *json, struct spiral_error *error);
#define PAGE_CALL(name, arguments, usage, doc) page_function page_##name;
#include "web/core/calls.def"

/* page_merge() of a page. */
enum spiral_status page_merge_counts(struct page *page, const void *counts, size_t size,
                                     struct spiral_error *error);

/* Those of the page, which do one part after the other. */
extern const struct spiral_workers page_workers;

/* Reads a whole number within 0 .. most. */
enum spiral_status page_whole(const char *text, uint64_t most, uint64_t *number,
                              struct spiral_error *error);

/* Makes *session one of this case, whose text was kept, with the default constants (point) or the
 * posterior where its text was kept, unless it is one already. spiral_recipe_apply() brings it to a
 * recipe then. */
enum spiral_status page_open(struct page *page, const char *name, bool point,
                             struct spiral_session **session, struct spiral_error *error);
/* Reads a recipe into page->recipe and brings *session to it. */
enum spiral_status page_apply(struct page *page, const char *recipe,
                              struct spiral_session **session, struct spiral_error *error);

/* A text in the languages that it has: {"en": ..., "zh": ...}. */
void page_write_text(struct json *json, const char *key, const struct spiral_text *text);

/* The members of an entry of a timeline. */
void page_write_entry(struct json *json, const struct spiral_entry *entry);

/* A number that libm had a part in, to a millionth: the last digits differ between machines. */
void page_write_rounded(struct json *json, const char *key, double value);

/* The recipe of a session as the member "recipe". */
enum spiral_status page_write_recipe(struct json *json, const struct spiral_session *session,
                                     struct spiral_error *error);

#endif
