/* SPDX-License-Identifier: MIT
 *
 * A calibration in a store of its own (tables `posterior*` of schema.sql): the request, and every
 * generation of particles, each committed in one transaction. Everything in it but host and times
 * is a function of the request.
 */
#ifndef SPIRAL_STORE_POSTERIOR_H
#define SPIRAL_STORE_POSTERIOR_H

#include "tools/fit/calibration.h"
#include "tools/store/store.h"

/* Makes a new store of a prepared calibration, complete or not at all. SPIRAL_BAD_INPUT where the
 * file exists; SPIRAL_IO. */
enum spiral_status spiral_posterior_create(const char *path,
                                           const struct spiral_calibration *calibration,
                                           struct spiral_error *error);

/* The calibration that a store holds, prepared. SPIRAL_BAD_INPUT where it holds none, or where
 * this program would not give the same results: another version, other constants, an edited
 * file. To be cleared in any case. */
enum spiral_status spiral_posterior_open(struct spiral_store *store,
                                         struct spiral_calibration *calibration, int threads,
                                         bool quiet, struct spiral_error *error);

/* A hash (FNV-1a, hexadecimal) of everything that determines the results. */
enum spiral_status spiral_posterior_hash(const struct spiral_calibration *calibration,
                                         char hash[17], struct spiral_error *error);

/* Keeps the generations of a fit in a store, which must stay open. Its load is SPIRAL_BAD_INPUT
 * where the store is damaged. */
struct spiral_fit_keeper spiral_posterior_keeper(struct spiral_store *store);

/* Notes the time at which the calibration ended. */
enum spiral_status spiral_posterior_end(struct spiral_store *store, struct spiral_error *error);

/* The sample of the fit to all cases, for charts and reports. */
struct spiral_posterior_sample {
    size_t axis_count;
    struct spiral_posterior_axis {
        char name[SPIRAL_NAME_SIZE];
        char label_en[200];
        char label_zh[200];
        double low;
        double high;
        bool log;
        double present; /* NaN: none */
        double truth;   /* NaN: none */
    } axes[SPIRAL_MAX_AXES];
    char scenarios[400]; /* their names, with commas */
    size_t generation;
    size_t count;
    double *weight;   /* [particle] */
    double *distance; /* [particle] */
    double *value;    /* [particle * axes + axis] */
    double tolerance;
};
/* Reads it, of any version's store. SPIRAL_BAD_INPUT where there is none or it is damaged;
 * SPIRAL_IO; SPIRAL_NO_MEMORY. To be cleared in any case. */
enum spiral_status spiral_posterior_read(struct spiral_posterior_sample *sample, const char *path,
                                         struct spiral_error *error);
void spiral_posterior_sample_clear(struct spiral_posterior_sample *sample);

#endif
