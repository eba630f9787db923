/* SPDX-License-Identifier: MIT
 *
 * The tables of schema.sql, as the SQL that makes them. Inner header of the store.
 */
#ifndef SPIRAL_STORE_SCHEMA_H
#define SPIRAL_STORE_SCHEMA_H

extern const char spiral_store_sweep_tables[];     /* of a sweep */
extern const char spiral_store_claims_tables[];    /* of a trial of claims */
extern const char spiral_store_posterior_tables[]; /* of a calibration */
extern const char spiral_store_robust_tables[];    /* of robust choice */
extern const char spiral_store_inference_tables[]; /* of a posterior from a panel */

#endif
