/* SPDX-License-Identifier: MIT */
#include "tools/panel/logit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tools/analysis/linear.h"

static double logistic(double eta) { return 1.0 / (1.0 + exp(-eta)); }

enum { MOST_ITERATIONS = 60, MOST_HALVINGS = 30 };

static const double score_tolerance = 1e-9; /* of the score equations */
static const double step_tolerance = 1e-6;  /* of the linear predictor's last change */
static const double rank_tolerance = 1e-10; /* of singular values against the largest */

/* A fit on standardised columns. Matrices are stored by column, as LAPACK has them. */
struct problem {
    const double *y;
    size_t rows;
    size_t terms; /* terms: the constant and the columns */
    double ridge;
    double *design; /* [terms * rows]: 1, and the standardised columns */
    double *mean;
    double *scale; /* [terms]; scale 0: the column does not vary */
    double *beta;
    double *trial; /* [terms] */
    double *eta;
    double *chance; /* [rows]: linear predictor and what follows from it */
    double *matrix;
    double *right;
    double *singular; /* of the least squares: [(rows + terms) * terms], ... */
    double *all;      /* the block that holds all of these */
    size_t rank;      /* of the last least squares */
};

/* log(1 + exp(x)) without overflow. */
static double softplus(double x) { return x > 0.0 ? x + log1p(exp(-x)) : log1p(exp(x)); }

static bool allocate(struct problem *problem)
{
    const size_t rows = problem->rows;
    const size_t terms = problem->terms;
    const size_t tall = rows + terms;
    const size_t total = terms * rows + 5 * terms + 2 * rows + tall * terms + tall;
    double *at = problem->all = calloc(total, sizeof *at);

    if (at == NULL)
        return false;
    problem->design = at;
    problem->mean = at += terms * rows;
    problem->scale = at += terms;
    problem->beta = at += terms;
    problem->trial = at += terms;
    problem->singular = at += terms;
    problem->eta = at += terms;
    problem->chance = at += rows;
    problem->matrix = at += rows;
    problem->right = at + tall * terms;
    return true;
}

/* Fills the design with columns of mean 0 and deviation 1. False where a number is not finite. */
static bool standardise(struct problem *problem, const double *x)
{
    const size_t rows = problem->rows;
    const size_t columns = problem->terms - 1;

    for (size_t r = 0; r < rows; r++)
        problem->design[r] = 1.0;
    for (size_t c = 0; c < columns; c++) {
        double *to = &problem->design[(c + 1) * rows];
        double sum = 0.0;
        double square = 0.0;

        for (size_t r = 0; r < rows; r++)
            sum += x[r * columns + c];
        const double mean = problem->mean[c + 1] = sum / (double)rows;
        for (size_t r = 0; r < rows; r++)
            square += (x[r * columns + c] - mean) * (x[r * columns + c] - mean);
        const double scale = sqrt(square / (double)rows);
        if (!isfinite(scale))
            return false;

        const bool varies = scale > 1e-12 * (1.0 + fabs(mean));
        problem->scale[c + 1] = varies ? scale : 0.0;
        for (size_t r = 0; r < rows; r++)
            to[r] = varies ? (x[r * columns + c] - mean) / scale : 0.0;
    }
    return true;
}

/* The linear predictor and the chances of coefficients; returns the log likelihood less the
 * penalty. */
static double predict(struct problem *problem, const double *beta)
{
    double likelihood = 0.0;

    memset(problem->eta, 0, problem->rows * sizeof *problem->eta);
    for (size_t t = 0; t < problem->terms; t++) {
        const double *column = &problem->design[t * problem->rows];
        for (size_t r = 0; r < problem->rows; r++)
            problem->eta[r] += beta[t] * column[r];
        if (t > 0)
            likelihood -= 0.5 * problem->ridge * beta[t] * beta[t];
    }
    for (size_t r = 0; r < problem->rows; r++) {
        problem->chance[r] = logistic(problem->eta[r]);
        likelihood += problem->y[r] * problem->eta[r] - softplus(problem->eta[r]);
    }
    return likelihood;
}

/* The largest of the score equations, X' (y - p) - ridge b. */
static double largest_score(const struct problem *problem)
{
    double largest = 0.0;

    for (size_t t = 0; t < problem->terms; t++) {
        const double *column = &problem->design[t * problem->rows];
        double score = t > 0 ? -problem->ridge * problem->beta[t] : 0.0;
        for (size_t r = 0; r < problem->rows; r++)
            score += column[r] * (problem->y[r] - problem->chance[r]);
        largest = fmax(largest, fabs(score));
    }
    return largest;
}

/* The weighted least squares whose solution is Newton's next point: into problem->trial. */
static bool solve(struct problem *problem)
{
    const size_t rows = problem->rows;
    const size_t terms = problem->terms;
    const size_t tall = rows + terms;

    memset(problem->matrix, 0, tall * terms * sizeof *problem->matrix);
    memset(problem->right, 0, tall * sizeof *problem->right);
    for (size_t r = 0; r < rows; r++) {
        const double weight = fmax(problem->chance[r] * (1.0 - problem->chance[r]), 1e-300);
        const double root = sqrt(weight);

        for (size_t t = 0; t < terms; t++)
            problem->matrix[t * tall + r] = root * problem->design[t * rows + r];
        problem->right[r] = root * problem->eta[r] + (problem->y[r] - problem->chance[r]) / root;
    }

    /* The penalty is a row a column: sqrt(ridge) b = 0. */
    for (size_t t = 1; t < terms; t++)
        problem->matrix[t * tall + rows + t] = sqrt(problem->ridge);

    if (!spiral_linear_least_squares(problem->matrix, problem->right, tall, terms, rank_tolerance,
                                     problem->singular, &problem->rank))
        return false;
    memcpy(problem->trial, problem->right, terms * sizeof *problem->trial);
    return true;
}

/* Goes from beta to the trial point, or by half of the way, a quarter, ... until the likelihood is
 * not below `likelihood`. Returns the new one; *change is the largest change of a linear predictor.
 */
static double step(struct problem *problem, double likelihood, double *change)
{
    double share = 1.0;
    double next = 0.0;

    for (int halving = 0; halving <= MOST_HALVINGS; halving++, share *= 0.5) {
        for (size_t t = 0; t < problem->terms; t++)
            problem->right[t] = problem->beta[t] + share * (problem->trial[t] - problem->beta[t]);
        next = predict(problem, problem->right);
        if (next >= likelihood - 1e-12 * fabs(likelihood))
            break;
    }

    *change = 0.0;
    for (size_t r = 0; r < problem->rows; r++) {
        double by = 0.0;
        for (size_t t = 0; t < problem->terms; t++)
            by += (problem->right[t] - problem->beta[t]) * problem->design[t * problem->rows + r];
        *change = fmax(*change, fabs(by));
    }
    memcpy(problem->beta, problem->right, problem->terms * sizeof *problem->beta);
    return next;
}

/* Newton's steps until the score equations hold and nothing moves. In a separable problem the
 * scores vanish too, while the predictor of some rows goes on growing by about 1 a step. */
static enum spiral_status iterate(struct problem *problem, struct spiral_logit *fit,
                                  struct spiral_error *error)
{
    double share = 0.0;
    double change = INFINITY;
    double likelihood;

    for (size_t r = 0; r < problem->rows; r++)
        share += problem->y[r] / (double)problem->rows;
    problem->beta[0] = log(share / (1.0 - share));
    likelihood = predict(problem, problem->beta);

    while (largest_score(problem) > score_tolerance || change > step_tolerance) {
        fit->separated = fit->iterations == MOST_ITERATIONS;
        if (fit->separated)
            break;
        if (!solve(problem))
            return spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for the least squares");
        likelihood = step(problem, likelihood, &change);
        fit->iterations++;
    }

    fit->log_likelihood = likelihood;
    for (size_t t = 1; t < problem->terms; t++)
        fit->log_likelihood += 0.5 * problem->ridge * problem->beta[t] * problem->beta[t];
    return SPIRAL_OK;
}

/* The information matrix X' W X + ridge, of the terms that vary; the others get a 1. */
static void information(const struct problem *problem, double *matrix)
{
    const size_t rows = problem->rows;
    const size_t terms = problem->terms;

    for (size_t s = 0; s < terms; s++)
        for (size_t t = 0; t <= s; t++) {
            const double *one = &problem->design[s * rows];
            const double *other = &problem->design[t * rows];
            double sum = s == t && s > 0 ? problem->ridge : 0.0;
            for (size_t r = 0; r < rows; r++)
                sum += one[r] * other[r] * problem->chance[r] * (1.0 - problem->chance[r]);
            if (s == t && s > 0 && problem->scale[s] == 0.0)
                sum = 1.0;
            matrix[s * terms + t] = matrix[t * terms + s] = sum;
        }
}

/* Standard errors, from the inverse of the information, taken back to the columns' own units. */
static void put_deviations(struct problem *problem, struct spiral_logit *fit)
{
    const size_t terms = problem->terms;
    double *matrix = problem->matrix;
    double constant = 0.0;

    size_t varying = 1;
    for (size_t t = 1; t < terms; t++)
        varying += problem->scale[t] > 0.0 ? 1 : 0;

    information(problem, matrix);
    const bool inverted = problem->rank >= varying && spiral_linear_factor(matrix, terms) &&
                          spiral_linear_invert(matrix, terms);
    for (size_t t = 0; t < terms; t++)
        problem->trial[t] = t == 0                    ? 1.0
                            : problem->scale[t] > 0.0 ? -problem->mean[t] / problem->scale[t]
                                                      : 0.0;

    for (size_t s = 0; s < terms; s++)
        for (size_t t = 0; t <= s; t++) /* by column, the lower triangle: row s of column t */
            constant += (s == t ? 1.0 : 2.0) * problem->trial[s] * problem->trial[t] *
                        matrix[t * terms + s];
    fit->deviation[0] = inverted ? sqrt(constant) : NAN;
    for (size_t t = 1; t < terms; t++)
        fit->deviation[t] = !inverted ? NAN
                            : problem->scale[t] > 0.0
                                ? sqrt(matrix[t * terms + t]) / problem->scale[t]
                                : 0.0;
}

static void put_coefficients(const struct problem *problem, struct spiral_logit *fit)
{
    fit->coefficient[0] = problem->beta[0];
    for (size_t t = 1; t < problem->terms; t++) {
        const bool varies = problem->scale[t] > 0.0;
        fit->coefficient[t] = varies ? problem->beta[t] / problem->scale[t] : 0.0;
        fit->coefficient[0] -= fit->coefficient[t] * problem->mean[t];
    }
}

enum spiral_status spiral_logit_fit(struct spiral_logit *fit, const double *x, const double *y,
                                    size_t rows, size_t columns, double ridge,
                                    struct spiral_error *error)
{
    struct problem problem = {
        .y = y, .rows = rows, .terms = columns + 1, .ridge = ridge, .rank = columns + 1};
    const char *missing = spiral_linear_missing();
    enum spiral_status status = SPIRAL_OK;
    size_t ones = 0;

    *fit = (struct spiral_logit){.columns = columns, .ridge = ridge};
    if (missing != NULL)
        return spiral_error_set(error, SPIRAL_IO, "%s", missing);

    for (size_t r = 0; r < rows; r++) {
        if (y[r] != 0.0 && y[r] != 1.0)
            return spiral_error_set(error, SPIRAL_BAD_INPUT, "outcome %zu is neither 0 nor 1", r);
        ones += y[r] == 1.0;
    }
    if (ones == 0 || ones == rows)
        return spiral_error_set(error, SPIRAL_BAD_INPUT,
                                "all %zu outcomes are alike: there is nothing to fit", rows);

    fit->coefficient = calloc(columns + 1, sizeof *fit->coefficient);
    fit->deviation = calloc(columns + 1, sizeof *fit->deviation);
    if (fit->coefficient == NULL || fit->deviation == NULL || !allocate(&problem))
        status = spiral_error_set(error, SPIRAL_NO_MEMORY, "no memory for a regression");
    else if (!standardise(&problem, x))
        status =
            spiral_error_set(error, SPIRAL_BAD_INPUT, "a column has a number that is not finite");
    else
        status = iterate(&problem, fit, error);
    if (status == SPIRAL_OK) {
        put_coefficients(&problem, fit);
        put_deviations(&problem, fit);
    }
    free(problem.all);
    return status;
}

void spiral_logit_clear(struct spiral_logit *fit)
{
    free(fit->coefficient);
    free(fit->deviation);
    *fit = (struct spiral_logit){.columns = 0};
}

double spiral_logit_chance(const struct spiral_logit *fit, const double *row)
{
    double eta = fit->coefficient[0];

    for (size_t c = 0; c < fit->columns; c++)
        eta += fit->coefficient[c + 1] * row[c];
    return logistic(eta);
}
