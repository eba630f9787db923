/* SPDX-License-Identifier: MIT */
#include "tools/runner/ranks.h"
#include "scenarios/loader/text_stream.h"

#ifndef SPIRAL_MPI

int spiral_ranks_begin(void) { return 0; }
int spiral_ranks_count(void) { return 1; }
void spiral_ranks_end(void) {}

enum spiral_status spiral_ranks_share_sweep(const struct spiral_sweep *sweep,
                                            struct spiral_error *error)
{
    (void)sweep;
    (void)error;
    return SPIRAL_OK;
}

void spiral_ranks_send_unit(int rank, const struct spiral_work_unit *unit)
{
    (void)rank;
    (void)unit;
}

bool spiral_ranks_receive_result(bool wait, int *rank, struct spiral_work_result **result,
                                 struct spiral_error *error)
{
    (void)wait;
    (void)rank;
    (void)result;
    (void)error;
    return false;
}

int spiral_ranks_serve(void) { return 0; }

#else

#include <mpi.h>
#include <stdlib.h>
#include <string.h>

enum tag { TAG_UNIT, TAG_RESULT, TAG_FAILURE, TAG_DISMISSAL };
enum { UNIT_HEAD = 5 }; /* round, number, first, count, cells; the cells follow */

static int count = 1;
static int number;
static bool shared; /* the other ranks have the sweep */

int spiral_ranks_begin(void)
{
    /* MPI_Init costs a tenth of a second and more: only where a launcher started several
     * processes */
    static const char *const launchers[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"};
    bool launched = false;

    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++)
        launched = launched || getenv(launchers[i]) != NULL;

    if (launched) {
        MPI_Init(NULL, NULL);
        MPI_Comm_size(MPI_COMM_WORLD, &count);
        MPI_Comm_rank(MPI_COMM_WORLD, &number);
    }

    return number;
}

int spiral_ranks_count(void) { return count; }

/* Dismisses the other ranks from the sweep that they have, if any: they then wait for the next. */
static void dismiss_ranks(void)
{
    for (int rank = 1; rank < count && shared; rank++)
        MPI_Send(NULL, 0, MPI_BYTE, rank, TAG_DISMISSAL, MPI_COMM_WORLD);
    shared = false;
}

void spiral_ranks_end(void)
{
    int initialised = 0;
    uint64_t no_sweep = 0; /* the length of the sweep's text that ranks wait for */

    MPI_Initialized(&initialised);
    if (!initialised)
        return;
    dismiss_ranks();
    MPI_Bcast(&no_sweep, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    MPI_Finalize();
}

/* --- the sweep as bytes ----------------------------------------------------------------------- */

static void write_piece(FILE *out, const void *bytes, uint64_t size)
{
    fwrite(&size, sizeof size, 1, out);
    fwrite(bytes, 1, size, out);
}

/* False where there is no memory. */
static bool write_sweep(const struct spiral_sweep *sweep, FILE *out)
{
    const struct spiral_design *design = sweep->design;
    const uint64_t head[6] = {(uint64_t)sweep->shard,
                              (uint64_t)sweep->shards,
                              sweep->experiment.case_count,
                              design->points,
                              design->axes,
                              design->factors};
    char *text = NULL;
    size_t length = 0;
    FILE *memory = spiral_text_stream_open(&text, &length);

    if (memory != NULL)
        spiral_experiment_write(&sweep->experiment, memory);
    if (!spiral_text_stream_close(memory, &text)) {
        free(text);
        return false;
    }

    write_piece(out, head, sizeof head);
    write_piece(out, text, length);
    free(text);
    for (size_t c = 0; c < sweep->experiment.case_count; c++)
        write_piece(out, sweep->experiment.cases[c].text, sweep->experiment.cases[c].length + 1);

    const char *sets = sweep->experiment.sets_text;

    write_piece(out, sets != NULL ? sets : "", sets != NULL ? strlen(sets) : 0);

    write_piece(out, design->factor_of, design->axes * sizeof *design->factor_of);
    write_piece(out, design->value, design->points * design->axes * sizeof *design->value);
    write_piece(out, design->coordinate,
                design->points * design->factors * sizeof *design->coordinate);

    return true;
}

/* The next piece of a message, in memory of its own. */
static void *read_piece(const char **at, uint64_t *size)
{
    uint64_t length;

    memcpy(&length, *at, sizeof length);
    void *piece = malloc(length + 1);

    if (piece != NULL) {
        memcpy(piece, *at + sizeof length, length);
        ((char *)piece)[length] = '\0';
    }

    *at += sizeof length + length;
    if (size != NULL)
        *size = length;

    return piece;
}

static struct spiral_design *read_design(const char **at, const uint64_t head[6])
{
    struct spiral_design *design = calloc(1, sizeof *design);

    if (design == NULL)
        return NULL;
    design->points = head[3];
    design->axes = head[4];
    design->factors = head[5];
    design->factor_of = read_piece(at, NULL);
    design->value = read_piece(at, NULL);
    design->coordinate = read_piece(at, NULL);

    return design;
}

static enum spiral_status read_sweep(struct spiral_sweep *sweep, const char *at,
                                     struct spiral_error *error)
{
    static struct spiral_diagnostics diagnostics;
    struct spiral_experiment experiment = spiral_experiment_defaults();
    uint64_t length = 0;
    uint64_t *head = read_piece(&at, NULL);
    char *text = read_piece(&at, &length);
    char *cases[SPIRAL_MAX_CASES] = {NULL};
    char *sets = NULL;
    struct spiral_design *design = NULL;
    enum spiral_status status = SPIRAL_NO_MEMORY;

    if (head != NULL && text != NULL) {
        for (uint64_t c = 0; c < head[2]; c++)
            cases[c] = read_piece(&at, NULL);

        sets = read_piece(&at, NULL);
        design = read_design(&at, head);

        const struct spiral_experiment_given given = {.is_all = true,
                                                      .case_count = head[2],
                                                      .case_texts = cases,
                                                      .sets_text = sets != NULL && sets[0] != '\0'
                                                                       ? sets
                                                                       : NULL};
        spiral_diagnostics_init(&diagnostics);
        status =
            spiral_experiment_load_text(&experiment, text, length, "rank 0", &given, &diagnostics);
        if (status == SPIRAL_OK)
            status =
                spiral_sweep_create(sweep, &experiment, design, (int)head[0], (int)head[1], error);
        else
            spiral_error_set(error, status, "the experiment of rank 0 cannot be read");
    }

    for (size_t c = 0; c < SPIRAL_MAX_CASES; c++)
        free(cases[c]);

    free(sets);
    free(head);
    free(text);

    return status;
}

enum spiral_status spiral_ranks_share_sweep(const struct spiral_sweep *sweep,
                                            struct spiral_error *error)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *memory = spiral_text_stream_open(&bytes, &size);

    if (memory == NULL)
        return spiral_error_set(error, SPIRAL_NO_MEMORY,
                                "no memory to send the experiment to the ranks");
    const bool complete = write_sweep(sweep, memory);

    if (!spiral_text_stream_close(memory, &bytes) || !complete || size > INT32_MAX) {
        free(bytes);
        return spiral_error_set(error, SPIRAL_NO_MEMORY,
                                "the experiment is too large to be sent to the ranks; use --shard");
    }

    uint64_t length = size;

    dismiss_ranks();
    MPI_Bcast(&length, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    MPI_Bcast(bytes, (int)size, MPI_BYTE, 0, MPI_COMM_WORLD);
    shared = true;
    free(bytes);

    return SPIRAL_OK;
}

/* --- units ------------------------------------------------------------------------------------ */

void spiral_ranks_send_unit(int rank, const struct spiral_work_unit *unit)
{
    uint64_t *message = malloc((UNIT_HEAD + unit->cell_count) * sizeof *message);

    if (message == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    message[0] = unit->round;
    message[1] = unit->number;
    message[2] = unit->first;
    message[3] = unit->count;
    message[4] = unit->cell_count;
    for (size_t i = 0; i < unit->cell_count; i++)
        message[UNIT_HEAD + i] = unit->cells[i];

    MPI_Send(message, (int)(UNIT_HEAD + unit->cell_count), MPI_UINT64_T, rank, TAG_UNIT,
             MPI_COMM_WORLD);
    free(message);
}

bool spiral_ranks_receive_result(bool wait, int *rank, struct spiral_work_result **result,
                                 struct spiral_error *error)
{
    MPI_Status status;
    int arrived = 1;
    int size;

    if (wait)
        MPI_Probe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &status);
    else
        MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &arrived, &status);
    if (!arrived)
        return false;

    *rank = status.MPI_SOURCE;
    *result = NULL;

    if (status.MPI_TAG == TAG_FAILURE) {
        MPI_Recv(error, (int)sizeof *error, MPI_BYTE, *rank, TAG_FAILURE, MPI_COMM_WORLD,
                 MPI_STATUS_IGNORE);
        return true;
    }

    MPI_Get_count(&status, MPI_BYTE, &size);
    *result = malloc((size_t)size);
    if (*result == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Recv(*result, size, MPI_BYTE, *rank, TAG_RESULT, MPI_COMM_WORLD, MPI_STATUS_IGNORE);

    return true;
}

/* Receives a unit, runs it, and sends its result. */
static void serve_unit(struct spiral_workspace *workspace, int length)
{
    struct spiral_error error;
    struct spiral_work_result *result = NULL;
    uint64_t *message = malloc((size_t)length * sizeof *message);
    size_t *cells = malloc((size_t)length * sizeof *cells);

    if (message == NULL || cells == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Recv(message, length, MPI_UINT64_T, 0, TAG_UNIT, MPI_COMM_WORLD, MPI_STATUS_IGNORE);

    const struct spiral_work_unit unit = {.round = message[0],
                                          .number = message[1],
                                          .cells = cells,
                                          .cell_count = message[4],
                                          .first = message[2],
                                          .count = message[3]};

    for (size_t i = 0; i < unit.cell_count; i++)
        cells[i] = message[UNIT_HEAD + i];

    enum spiral_status status = spiral_work_unit_run(workspace, &unit, &result, &error);

    if (status == SPIRAL_OK && result->size > INT32_MAX) /* MPI counts bytes by an int */
        status = spiral_error_set(
            &error, SPIRAL_NO_MEMORY,
            "a result of %llu bytes is too large to be sent; keep fewer trajectories",
            (unsigned long long)result->size);
    if (status == SPIRAL_OK)
        MPI_Send(result, (int)result->size, MPI_BYTE, 0, TAG_RESULT, MPI_COMM_WORLD);
    else
        MPI_Send(&error, (int)sizeof error, MPI_BYTE, 0, TAG_FAILURE, MPI_COMM_WORLD);
    free(result);
    free(message);
    free(cells);
}

/* Runs units in the order in which they come, until dismissed. */
static void serve_units(struct spiral_workspace *workspace)
{
    for (;;) {
        MPI_Status status;
        int length;
        MPI_Probe(0, MPI_ANY_TAG, MPI_COMM_WORLD, &status);

        if (status.MPI_TAG == TAG_DISMISSAL) {
            MPI_Recv(NULL, 0, MPI_BYTE, 0, TAG_DISMISSAL, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
            return;
        }

        MPI_Get_count(&status, MPI_UINT64_T, &length);
        serve_unit(workspace, length);
    }
}

/* Serves one sweep, which comes as `length` bytes. */
static void serve_sweep(uint64_t length)
{
    struct spiral_sweep sweep = {.experiment = spiral_experiment_defaults()};
    struct spiral_workspace *workspace = NULL;
    struct spiral_error error;
    char *bytes = malloc(length + 1);

    if (bytes == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    MPI_Bcast(bytes, (int)length, MPI_BYTE, 0, MPI_COMM_WORLD);

    enum spiral_status status = read_sweep(&sweep, bytes, &error);

    free(bytes);
    if (status == SPIRAL_OK)
        status = spiral_workspace_create(&workspace, &sweep, &error);

    if (status != SPIRAL_OK) {
        spiral_error_print(&error, stderr);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }

    serve_units(workspace);
    spiral_workspace_destroy(workspace);
    spiral_sweep_clear(&sweep);
}

int spiral_ranks_serve(void)
{
    for (;;) {
        uint64_t length = 0;
        MPI_Bcast(&length, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
        if (length == 0)
            break;
        serve_sweep(length);
    }

    MPI_Finalize();

    return 0;
}

#endif
