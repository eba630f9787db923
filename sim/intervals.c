/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE /* lgamma_r: lgamma() writes to a global variable */
#include "sim/intervals.h"

#include <math.h>

static const double z = 1.959963984540054; /* the normal's 97.5 % point */

struct spiral_interval spiral_wilson(uint64_t events, uint64_t runs)
{
    if (runs == 0)
        return (struct spiral_interval){0.0, 1.0};
    const double n = (double)runs;
    const double p = (double)events / n;
    const double centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    const double half = z / (1.0 + z * z / n) * sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));

    return (struct spiral_interval){events == 0 ? 0.0 : centre - half,
                                    events == runs ? 1.0 : centre + half};
}

struct spiral_interval spiral_paired_difference(uint64_t only_first, uint64_t only_second,
                                                uint64_t runs)
{
    if (runs == 0)
        return (struct spiral_interval){-1.0, 1.0};
    const double first = (double)only_first + 0.5;
    const double second = (double)only_second + 0.5;
    const double n = (double)runs + 2.0;
    const double difference = (first - second) / n;
    const double half = z * sqrt(first + second - (first - second) * (first - second) / n) / n;

    return (struct spiral_interval){difference - half, difference + half};
}

/* --- between sets ----------------------------------------------------------------------------- */

void spiral_set_variance_add_values(struct spiral_set_variance *variance, double runs, double sum,
                                    double square)
{
    if (!(runs > 0.0))
        return;
    variance->sets++;
    variance->runs += runs;
    variance->runs_squared += runs * runs;
    variance->sum += sum;
    variance->square += square;
    variance->explained += sum * sum / runs;
}

void spiral_set_variance_add(struct spiral_set_variance *variance, uint64_t runs, uint64_t up,
                             uint64_t down)
{
    spiral_set_variance_add_values(variance, (double)runs, (double)up - (double)down,
                                   (double)up + (double)down);
}

/* The continued fraction of the incomplete beta function, by Lentz's method (Press et al. 2007,
 * section 6.4). It converges fast where x is below the distribution's mean. */
static double beta_fraction(double a, double b, double x)
{
    enum { MOST_TERMS = 10000 };
    const double tiny = 1e-300;
    double c = 1.0;
    double d = 1.0 - (a + b) * x / (a + 1.0);

    d = 1.0 / (fabs(d) < tiny ? tiny : d);

    double fraction = d;

    for (int m = 1; m <= MOST_TERMS; m++) {
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        const double terms[2] = {even, odd};
        double factor = 1.0;

        for (int i = 0; i < 2; i++) {
            d = 1.0 + terms[i] * d;
            c = 1.0 + terms[i] / c;
            d = 1.0 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            factor = c * d;
            fraction *= factor;
        }

        if (fabs(factor - 1.0) < 1e-14)
            break;
    }

    return fraction;
}

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

double spiral_beta_below(double a, double b, double x)
{
    if (x <= 0.0 || x >= 1.0)
        return x <= 0.0 ? 0.0 : 1.0;

    const double front =
        exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));

    return x < (a + 1.0) / (a + b + 2.0) ? front * beta_fraction(a, b, x) / a
                                         : 1.0 - front * beta_fraction(b, a, 1.0 - x) / b;
}

double spiral_beta_quantile(double a, double b, double share)
{
    double low = 0.0;
    double high = 1.0;

    while (high - low > 1e-9) {
        const double middle = 0.5 * (low + high);
        if (spiral_beta_below(a, b, middle) < share)
            low = middle;
        else
            high = middle;
    }

    return 0.5 * (low + high);
}

bool spiral_constants_interval(const struct spiral_set_variance *variance,
                               struct spiral_interval *interval)
{
    const double sets = (double)variance->sets;
    const double runs = variance->runs;

    if (sets < 2.0 || runs < 2.0 * sets)
        return false;

    const double mean = variance->sum / runs;
    const double between = (variance->explained - variance->sum * mean) / (sets - 1.0);
    const double within = (variance->square - variance->explained) / (runs - sets);
    const double size = (runs - variance->runs_squared / runs) / (sets - 1.0);
    const double estimate = (between - within) / size;

    /* An estimate below its own standard error (Searle, Casella and McCulloch 1992, section 3.6;
     * of sets without a variance of their own) tells no more than that the variance is not above
     * it. */
    const double error =
        within / size * sqrt(2.0 / (sets - 1.0) + (runs > sets ? 2.0 / (runs - sets) : 0.0));
    const double own = estimate > error ? estimate : error;

    /* on the beta's scale, 0 to 1 */
    const double span = 1.0 - variance->lowest;
    const double place = (mean - variance->lowest) / span;
    const double spread = own / (span * span);
    const double concentration = spread > 0.0 ? place * (1.0 - place) / spread - 1.0 : INFINITY;

    /* A beta this narrow is a point to four digits; one without concentration has all sets at the
     * ends. */
    const double narrowest = 1e8;
    const double widest = 1e-2;

    if (concentration > narrowest) {
        *interval = (struct spiral_interval){mean, mean};
        return true;
    }

    const double shapes = concentration > widest ? concentration : widest;

    interval->low = variance->lowest +
                    span * spiral_beta_quantile(place * shapes, (1.0 - place) * shapes, 0.05);
    interval->high = variance->lowest +
                     span * spiral_beta_quantile(place * shapes, (1.0 - place) * shapes, 0.95);

    return true;
}
