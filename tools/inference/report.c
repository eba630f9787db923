/* SPDX-License-Identifier: MIT */
#include "tools/inference/report.h"

#include <math.h>
#include <string.h>

static const double shares[] = {0.05, 0.5, 0.95};
enum { SHARES = sizeof shares / sizeof *shares };

static const char *name_of(const struct spiral_inference *inference, size_t axis)
{
    return spiral_constant_fields[inference->prior.axes[axis].constant].name;
}

static unsigned long long base_hash(const struct spiral_inference *inference)
{
    return (unsigned long long)spiral_constants_hash(&inference->constants);
}

void spiral_inference_describe(const struct spiral_inference *inference, size_t samples, FILE *out)
{
    const struct spiral_inference_settings *settings = &inference->settings;

    fprintf(out, "version: %s\n", SPIRAL_VERSION);
    fprintf(out, "table: %016llx\n", (unsigned long long)inference->panel->hash);
    fprintf(out, "windows: %zu\n", inference->panel->count);
    fprintf(out, "constants: %016llx\n", base_hash(inference));
    for (size_t a = 0; a < inference->prior.count; a++) {
        const struct spiral_prior_axis *axis = &inference->prior.axes[a];
        fprintf(out, "free: k.%s %.17g to %.17g%s\n", name_of(inference, a), axis->low, axis->high,
                axis->log ? ", log" : "");
    }
    fprintf(out, "runs: %llu\n", (unsigned long long)settings->runs);
    fprintf(out, "runs of facts: %llu\n", (unsigned long long)settings->facts);
    fprintf(out, "step: %.17g\n", settings->dt);
    fprintf(out, "seed: %llu\n", (unsigned long long)settings->seed);
    fprintf(out, "training sets of each constant: %zu\n", settings->training);
    fprintf(out, "samples: %zu\n", samples);
}

/* The least effective size over the constants. */
static double least_effective(const struct spiral_inference *inference,
                              const struct spiral_inference_sample *sample)
{
    double least = INFINITY;

    for (size_t a = 0; a < inference->prior.count; a++)
        least = fmin(least, spiral_inference_effective(inference, sample, a));
    return least;
}

static double mean_likelihood(const struct spiral_inference_sample *sample)
{
    double sum = 0.0;

    for (size_t i = 0; i < sample->count; i++)
        sum += sample->likelihood[i];
    return sum / (double)sample->count;
}

void spiral_inference_print(const struct spiral_inference *inference,
                            const struct spiral_inference_sample *sample, FILE *out)
{
    const struct spiral_inference_settings *settings = &inference->settings;

    fprintf(out, "posterior of %zu constants: %llu runs a window, seed %llu, ",
            inference->prior.count, (unsigned long long)settings->runs,
            (unsigned long long)settings->seed);
    if (settings->facts > 0)
        fprintf(out, "held to the stylised facts (%llu runs)\n",
                (unsigned long long)settings->facts);
    else
        fputs("not held to the stylised facts\n", out);
    fprintf(out, "  training     sets  accepted  off by    sd  residual\n");
    for (int r = 0; r < SPIRAL_INFERENCE_ROUNDS; r++) {
        const struct spiral_inference_round *round = &inference->rounds[r];
        fprintf(out, "  round %d %10zu%10.2f%8.2f%6.2f%10.3f\n", r + 1, round->points,
                round->acceptance, round->difference, round->deviation, round->residual);
    }
    fprintf(
        out,
        "  sample of %zu sets, %.0f %% of proposals accepted, worth %.0f independent sets; mean "
        "log likelihood %.1f\n",
        sample->count, 100.0 * sample->acceptance, least_effective(inference, sample),
        mean_likelihood(sample));

    fprintf(out, "\n  %-18s%18s%11s%11s%11s%11s\n", "constant", "prior", "reference", "5 %",
            "median", "95 %");
    for (size_t a = 0; a < inference->prior.count; a++) {
        const struct spiral_prior_axis *axis = &inference->prior.axes[a];
        struct spiral_constants constants = inference->constants;
        char range[40];
        char name[40];

        snprintf(range, sizeof range, "%.4g to %.4g", axis->low, axis->high);
        snprintf(name, sizeof name, "k.%s", name_of(inference, a));
        fprintf(out, "  %-18s%18s%11.4g", name, range,
                *spiral_constant_at(&constants, axis->constant));
        for (int s = 0; s < SHARES; s++)
            fprintf(out, "%11.4g", spiral_inference_quantile(inference, sample, a, shares[s]));
        fputc('\n', out);
    }

    fputs("\n  width of the posterior over the prior's, smallest first:", out);
    bool told[SPIRAL_CONSTANTS] = {false};
    for (size_t k = 0; k < inference->prior.count; k++) {
        size_t next = inference->prior.count;
        double least = INFINITY;
        for (size_t a = 0; a < inference->prior.count; a++) {
            const double width = spiral_inference_deviation(inference, sample, a);
            if (!told[a] && (width < least || next == inference->prior.count)) {
                least = width;
                next = a;
            }
        }
        told[next] = true;
        fprintf(out, "%s%s %.2f",
                k == 0       ? "\n    "
                : k % 6 == 0 ? ",\n    "
                             : ", ",
                name_of(inference, next), least / spiral_prior_deviation);
    }
    fputc('\n', out);
}

static json_t *constants_json(const struct spiral_inference *inference,
                              const struct spiral_inference_sample *sample)
{
    json_t *array = json_array();

    for (size_t a = 0; a < inference->prior.count; a++) {
        const struct spiral_prior_axis *axis = &inference->prior.axes[a];
        struct spiral_constants constants = inference->constants;
        char name[96];
        double quantile[SHARES];

        snprintf(name, sizeof name, "k.%s", name_of(inference, a));
        for (int s = 0; s < SHARES; s++)
            quantile[s] = spiral_inference_quantile(inference, sample, a, shares[s]);
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "name", name, "scale",
                      axis->log ? "log" : "linear", "low", axis->low, "high", axis->high,
                      "reference", *spiral_constant_at(&constants, axis->constant), "p5",
                      quantile[0], "median", quantile[1], "p95", quantile[2], "width",
                      spiral_inference_deviation(inference, sample, a) / spiral_prior_deviation,
                      "effective", spiral_inference_effective(inference, sample, a)));
    }
    return array;
}

json_t *spiral_inference_json(const struct spiral_inference *inference,
                              const struct spiral_inference_sample *sample)
{
    json_t *rounds = json_array();

    for (int r = 0; r < SPIRAL_INFERENCE_ROUNDS; r++) {
        const struct spiral_inference_round *round = &inference->rounds[r];
        json_array_append_new(rounds,
                              json_pack("{s:I, s:f, s:f, s:f, s:f}", "sets",
                                        (json_int_t)round->points, "accepted", round->acceptance,
                                        "difference", round->difference, "deviation",
                                        round->deviation, "residual", round->residual));
    }
    return json_pack("{s:I, s:I, s:I, s:o, s:I, s:f, s:f, s:f, s:o}", "runs",
                     (json_int_t)inference->settings.runs, "facts_runs",
                     (json_int_t)inference->settings.facts, "seed",
                     (json_int_t)inference->settings.seed, "training", rounds, "sets",
                     (json_int_t)sample->count, "accepted", sample->acceptance, "effective",
                     least_effective(inference, sample), "log_likelihood", mean_likelihood(sample),
                     "constants", constants_json(inference, sample));
}

static void write_set(const struct spiral_inference *inference, const double *u, FILE *out)
{
    const size_t axes = inference->prior.count;

    for (size_t a = 0; a < axes; a++)
        fprintf(out, "%s%.4g", a > 0 ? "," : "",
                spiral_prior_value(&inference->prior.axes[a], u[a]));
    fputc('\n', out);
}

/* The last `bits` binary digits of a number, in reverse. */
static size_t reverse_digits(size_t number, int bits)
{
    size_t reverse = 0;

    for (int bit = 0; bit < bits; bit++)
        reverse |= (number >> bit & 1) << (bits - 1 - bit);
    return reverse;
}

void spiral_inference_write_sets(const struct spiral_inference *inference,
                                 const struct spiral_inference_sample *sample, size_t sets,
                                 FILE *out)
{
    const size_t axes = inference->prior.count;

    fprintf(out, "# posterior of %zu constants from a panel, by spiral %s\n", axes, SPIRAL_VERSION);
    fprintf(out, "# table %016llx, %zu windows; other constants as in the set %016llx\n",
            (unsigned long long)inference->panel->hash, inference->panel->count,
            base_hash(inference));
    fprintf(out, "# %llu runs a window, facts by %llu, seed %llu; %zu sets of a sample of %zu\n",
            (unsigned long long)inference->settings.runs,
            (unsigned long long)inference->settings.facts,
            (unsigned long long)inference->settings.seed, sets, sample->count);
    for (size_t a = 0; a < axes; a++)
        fprintf(out, "%sk.%s", a > 0 ? "," : "", name_of(inference, a));
    fputc('\n', out);

    /* Neighbours in the chain are alike, and few runs have the first sets alone: in the order of van
     * der Corput the first ones are spread over the chain as all are. */
    int bits = 0;

    while ((size_t)1 << bits < sets)
        bits++;
    for (size_t n = 0; n < (size_t)1 << bits; n++) {
        const size_t s = reverse_digits(n, bits);
        const size_t i = sets > 1 ? s * (sample->count - 1) / (sets - 1) : sample->count - 1;
        if (s < sets)
            write_set(inference, spiral_inference_point(inference, sample, i), out);
    }
}
