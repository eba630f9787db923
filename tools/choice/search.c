/* SPDX-License-Identifier: MIT */
#include "tools/choice/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sim/random.h"

/* The settings of Deb et al. (2002), section V, for real-coded genes; of Kollat and Reed (2006) a
 * population of four times the archive, of which a quarter is the archive's. */
static const double crossover_chance = 0.9;
static const double crossover_index = 15.0;
static const double mutation_index = 20.0;

enum {
    EPOCH = 12,        /* generations after which a search that stands still is restarted */
    INJECTION = 4,     /* a population is so many times the archive */
    MOST_FAILURES = 50 /* generations in a row that find no solution that is new */
};

/* A search in progress: a population is a list of indices into the solutions. */
struct state {
    struct spiral_search *search;
    const struct spiral_search_problem *problem;
    const struct spiral_search_options *options;
    struct spiral_random random;
    struct spiral_error *error;
    size_t size; /* of the population */
    size_t *members;
    size_t *rank;
    double *crowding;
};

static double draw(struct state *state)
{
    return spiral_uniform(spiral_random_next(&state->random));
}

/* A whole number 0 .. below - 1. */
static size_t draw_index(struct state *state, size_t below)
{
    const size_t index = (size_t)(draw(state) * (double)below);
    return index < below ? index : below - 1;
}

void spiral_search_clear(struct spiral_search *search)
{
    free(search->gene);
    free(search->value);
    spiral_archive_clear(&search->archive);
    memset(search, 0, sizeof *search);
}

/* --- solutions -------------------------------------------------------------------------------- */

/* The index of a solution that was evaluated; the count where it is new. */
static size_t find_solution(const struct spiral_search *search, const int *gene)
{
    for (size_t s = 0; s < search->count; s++)
        if (memcmp(&search->gene[s * search->genes], gene, search->genes * sizeof *gene) == 0)
            return s;
    return search->count;
}

static bool make_room(struct spiral_search *search, size_t more)
{
    if (search->count + more <= search->room)
        return true;

    const size_t room = 2 * search->room + more + 64;
    int *gene = realloc(search->gene, room * search->genes * sizeof *gene);

    if (gene != NULL)
        search->gene = gene;

    double *value = realloc(search->value, room * search->objectives * sizeof *value);

    if (value != NULL)
        search->value = value;
    if (gene == NULL || value == NULL)
        return false;
    search->room = room;

    return true;
}

/* Evaluates the solutions that are new, as far as there are evaluations left, and notes the index
 * of each; those beyond get that of the first in the archive. */
static enum spiral_status evaluate(struct state *state, const int *gene, size_t count,
                                   size_t *index)
{
    struct spiral_search *search = state->search;
    const size_t genes = search->genes;
    const size_t before = search->count;

    if (!make_room(search, count))
        return spiral_error_set(state->error, SPIRAL_NO_MEMORY, "no memory for a search");

    for (size_t i = 0; i < count; i++) {
        index[i] = find_solution(search, &gene[i * genes]);
        if (index[i] < search->count)
            continue;

        if (search->count == state->options->evaluations) {
            index[i] = search->archive.count > 0 ? search->archive.id[0] : 0;
            continue;
        }
        memcpy(&search->gene[search->count++ * genes], &gene[i * genes], genes * sizeof *gene);
    }

    const enum spiral_status status =
        search->count == before
            ? SPIRAL_OK
            : state->problem->evaluate(state->problem->context, &search->gene[before * genes],
                                       search->count - before,
                                       &search->value[before * search->objectives], state->error);

    if (status != SPIRAL_OK) {
        search->count = before;
        return status;
    }

    for (size_t s = before; s < search->count; s++) {
        bool kept;
        if (spiral_archive_offer(&search->archive, s, &search->value[s * search->objectives],
                                 &kept) != SPIRAL_OK)
            return spiral_error_set(state->error, SPIRAL_NO_MEMORY, "no memory for an archive");
    }

    return SPIRAL_OK;
}

/* --- variation -------------------------------------------------------------------------------- */

static int nearest_level(double value, int levels)
{
    const long level = lround(value);
    return (int)(level < 0 ? 0 : level > levels - 1 ? levels - 1 : level);
}

/* Simulated binary crossover of two parents, gene by gene (Deb and Agrawal 1995). */
static void cross(struct state *state, const int *one, const int *other, int *child, int *twin)
{
    const struct spiral_search_problem *problem = state->problem;
    const bool crossed = draw(state) < crossover_chance;

    for (size_t g = 0; g < problem->genes; g++) {
        const double u = draw(state);
        const bool chosen = draw(state) < 0.5;
        child[g] = one[g];
        twin[g] = other[g];
        if (!crossed || !chosen || one[g] == other[g])
            continue;

        const double power = 1.0 / (crossover_index + 1.0);
        const double spread = u <= 0.5 ? pow(2.0 * u, power) : pow(0.5 / (1.0 - u), power);
        const double middle = 0.5 * (one[g] + other[g]);
        const double half = 0.5 * spread * (other[g] - one[g]);
        child[g] = nearest_level(middle - half, problem->levels[g]);
        twin[g] = nearest_level(middle + half, problem->levels[g]);

        /* Between neighbouring levels, rounding undoes the crossover: exchange them then. */
        if (draw(state) < 0.5) {
            const int exchanged = child[g];
            child[g] = twin[g];
            twin[g] = exchanged;
        }
    }
}

/* Polynomial mutation (Deb and Goyal 1996), of at least one level. */
static void mutate(struct state *state, int *gene)
{
    const struct spiral_search_problem *problem = state->problem;

    for (size_t g = 0; g < problem->genes; g++) {
        const bool chosen = draw(state) < 1.0 / (double)problem->genes;
        const double u = draw(state);
        const int levels = problem->levels[g];
        if (!chosen || levels < 2)
            continue;

        const double power = 1.0 / (mutation_index + 1.0);
        const double step = u < 0.5 ? pow(2.0 * u, power) - 1.0 : 1.0 - pow(2.0 * (1.0 - u), power);
        const double moved = step * (levels - 1);
        const double least = moved < 0.0 ? fmin(moved, -1.0) : fmax(moved, 1.0);
        gene[g] = nearest_level(gene[g] + least, levels);
    }
}

/* --- generations ------------------------------------------------------------------------------ */

static enum spiral_status rank_members(struct state *state, const size_t *members, size_t count)
{
    const struct spiral_search *search = state->search;
    double *value = calloc(count + 1, search->objectives * sizeof *value);
    size_t worst = 0;

    if (value == NULL)
        return spiral_error_set(state->error, SPIRAL_NO_MEMORY, "no memory for a search");

    for (size_t i = 0; i < count; i++)
        memcpy(&value[i * search->objectives], &search->value[members[i] * search->objectives],
               search->objectives * sizeof *value);

    enum spiral_status status = spiral_front_ranks(state->rank, value, count, search->objectives);

    for (size_t i = 0; i < count && status == SPIRAL_OK; i++)
        worst = state->rank[i] > worst ? state->rank[i] : worst;
    for (size_t rank = 0; rank <= worst && status == SPIRAL_OK; rank++)
        status = spiral_front_crowding(state->crowding, state->rank, rank, value, count,
                                       search->objectives);

    free(value);

    return status == SPIRAL_OK
               ? status
               : spiral_error_set(state->error, SPIRAL_NO_MEMORY, "no memory for a search");
}

/* Whether the i-th member comes before the j-th: a better rank, then more room around it. */
static bool is_better(const struct state *state, size_t i, size_t j)
{
    return state->rank[i] != state->rank[j]           ? state->rank[i] < state->rank[j]
           : state->crowding[i] != state->crowding[j] ? state->crowding[i] > state->crowding[j]
                                                      : i < j;
}

static size_t win_tournament(struct state *state)
{
    const size_t one = draw_index(state, state->size);
    const size_t other = draw_index(state, state->size);
    return state->members[is_better(state, one, other) ? one : other];
}

/* Keeps the best `size` of the members of two generations. */
static enum spiral_status select_members(struct state *state, size_t count)
{
    const enum spiral_status status = rank_members(state, state->members, count);

    if (status != SPIRAL_OK)
        return status;

    /* A selection sort of what is kept: populations are small. */
    for (size_t i = 0; i < state->size; i++) {
        size_t best = i;
        for (size_t j = i + 1; j < count; j++)
            best = is_better(state, j, best) ? j : best;

        const size_t member = state->members[best];
        const size_t rank = state->rank[best];
        const double crowding = state->crowding[best];
        state->members[best] = state->members[i];
        state->rank[best] = state->rank[i];
        state->crowding[best] = state->crowding[i];
        state->members[i] = member;
        state->rank[i] = rank;
        state->crowding[i] = crowding;
    }

    return SPIRAL_OK;
}

static enum spiral_status breed(struct state *state, int *children)
{
    const struct spiral_search *search = state->search;
    const size_t genes = search->genes;

    for (size_t i = 0; i + 1 < state->size; i += 2) {
        const int *one = &search->gene[win_tournament(state) * genes];
        const int *other = &search->gene[win_tournament(state) * genes];
        cross(state, one, other, &children[i * genes], &children[(i + 1) * genes]);
        mutate(state, &children[i * genes]);
        mutate(state, &children[(i + 1) * genes]);
    }

    const enum spiral_status status =
        evaluate(state, children, state->size, state->members + state->size);

    return status == SPIRAL_OK ? select_members(state, 2 * state->size) : status;
}

static bool resize(struct state *state, size_t size)
{
    size_t *members = realloc(state->members, 2 * size * sizeof *members);

    if (members != NULL)
        state->members = members;

    size_t *rank = realloc(state->rank, 2 * size * sizeof *rank);

    if (rank != NULL)
        state->rank = rank;

    double *crowding = realloc(state->crowding, 2 * size * sizeof *crowding);

    if (crowding != NULL)
        state->crowding = crowding;
    state->size = size;

    return members != NULL && rank != NULL && crowding != NULL;
}

static void draw_solution(struct state *state, int *gene)
{
    for (size_t g = 0; g < state->problem->genes; g++)
        gene[g] = (int)draw_index(state, (size_t)state->problem->levels[g]);
}

/* A population of given solutions and random ones. */
static enum spiral_status found(struct state *state, const int *given, size_t given_count,
                                int *children)
{
    const size_t genes = state->problem->genes;

    for (size_t i = 0; i < state->size; i++)
        if (i < given_count)
            memcpy(&children[i * genes], &given[i * genes], genes * sizeof *given);
        else
            draw_solution(state, &children[i * genes]);

    const enum spiral_status status = evaluate(state, children, state->size, state->members);

    return status == SPIRAL_OK ? rank_members(state, state->members, state->size) : status;
}

/* One run of NSGA-II, until its archive stands still for an epoch. */
static enum spiral_status run_epochs(struct state *state, int *children)
{
    const struct spiral_search *search = state->search;
    enum spiral_status status = SPIRAL_OK;
    size_t improved = search->archive.improved;
    size_t failures = 0;

    for (size_t generation = 1; status == SPIRAL_OK; generation++) {
        const size_t before = search->count;

        if (search->count == state->options->evaluations || failures == MOST_FAILURES)
            return SPIRAL_OK;
        status = breed(state, children);
        state->search->generations++;
        failures = search->count == before ? failures + 1 : 0;

        if (generation % EPOCH == 0) {
            if (search->archive.improved == improved)
                return status;
            improved = search->archive.improved;
        }
    }

    return status;
}

enum spiral_status spiral_search_run(struct spiral_search *search,
                                     const struct spiral_search_problem *problem,
                                     const struct spiral_search_options *options, const int *first,
                                     size_t first_count, struct spiral_error *error)
{
    struct state state = {.search = search,
                          .problem = problem,
                          .options = options,
                          .random = spiral_random_seed(options->seed, 0),
                          .error = error};
    enum spiral_status status = SPIRAL_OK;
    int *children = NULL;
    int *given = NULL;
    size_t stalled = 0; /* restarts in a row that evaluated nothing new */

    memset(search, 0, sizeof *search);
    search->genes = problem->genes;
    search->objectives = search->archive.objectives = problem->objectives;
    memcpy(search->archive.epsilon, problem->epsilon, sizeof problem->epsilon);

    for (size_t run = 0; status == SPIRAL_OK && search->count < options->evaluations && stalled < 3;
         run++) {
        const size_t wanted = run == 0 ? options->population : INJECTION * search->archive.count;
        const size_t size = (wanted < options->population ? options->population : wanted) / 2 * 2;
        const size_t before = search->count;
        int *room = realloc(children, size * problem->genes * sizeof *room);
        int *archived =
            realloc(given, (search->archive.count + 1) * problem->genes * sizeof *given);

        children = room != NULL ? room : children;
        given = archived != NULL ? archived : given;

        if (room == NULL || archived == NULL || !resize(&state, size)) {
            status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a search");
            break;
        }

        for (size_t i = 0; i < search->archive.count; i++)
            memcpy(&given[i * problem->genes],
                   &search->gene[search->archive.id[i] * problem->genes],
                   problem->genes * sizeof *given);

        status = run == 0 ? found(&state, first, first_count, children)
                          : found(&state, given, search->archive.count, children);
        if (status == SPIRAL_OK)
            status = run_epochs(&state, children);
        search->restarts = run;
        stalled = search->count == before ? stalled + 1 : 0;
    }

    free(children);
    free(given);
    free(state.members);
    free(state.rank);
    free(state.crowding);

    return status;
}
