/* SPDX-License-Identifier: MIT
 *
 * Pictures compared as an eye would: by blocks, not by pixels.
 *
 * Two versions of a font or of Cairo set the same text with edges that differ by a fraction of a
 * pixel. The mean of a block of 8 x 8 pixels feels that little: an edge of full contrast through
 * the whole block that moves by a quarter of a pixel changes it by 1/32, 8 of 255; small Chinese
 * type, many edges in a block, by up to 20. A curve that moves by 3 pixels leaves one block and
 * enters another, a lost word of five letters empties half a dozen blocks, a wrong colour shows
 * in one channel wherever it is used: each changes a dozen blocks and more by over 22. So two
 * pictures are the same where no more than SPIRAL_PICTURE_STRAY blocks differ by more than
 * SPIRAL_PICTURE_TOLERANCE in any of red, green and blue. Blocks lie at every fourth pixel, so
 * that nothing hides on the border of two. test_golden.c tries the comparison on such harms, and
 * on a shift of a quarter pixel.
 */
#ifndef SPIRAL_TEST_PICTURE_H
#define SPIRAL_TEST_PICTURE_H

#include <cairo.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SPIRAL_PICTURE_BLOCK = 8,
    SPIRAL_PICTURE_STRIDE = 4,
    SPIRAL_PICTURE_TOLERANCE = 22, /* of 255, the mean of a block */
    SPIRAL_PICTURE_STRAY = 5 /* blocks that may differ by more: a glyph that is drawn otherwise */
};

/* The means of red, green and blue over a block. */
static inline void spiral_picture_block(cairo_surface_t *picture, int left, int top, double mean[3])
{
    const unsigned char *pixels = cairo_image_surface_get_data(picture);
    const int stride = cairo_image_surface_get_stride(picture);

    mean[0] = mean[1] = mean[2] = 0.0;

    for (int y = top; y < top + SPIRAL_PICTURE_BLOCK; y++)
        for (int x = left; x < left + SPIRAL_PICTURE_BLOCK; x++) {
            const uint32_t pixel =
                ((const uint32_t *)(const void *)(pixels + (ptrdiff_t)y * stride))[x];
            for (int channel = 0; channel < 3; channel++)
                mean[channel] += (double)(pixel >> (8 * channel) & 255) /
                                 (SPIRAL_PICTURE_BLOCK * SPIRAL_PICTURE_BLOCK);
        }
}

/* How many blocks of two pictures (image surfaces, RGB24) of one size differ by more than the
 * tolerance; -1 where the sizes differ. `worst` (may be NULL) gets the largest difference. */
static inline int spiral_picture_differences(cairo_surface_t *first, cairo_surface_t *second,
                                             double *worst)
{
    const int width = cairo_image_surface_get_width(first);
    const int height = cairo_image_surface_get_height(first);
    double largest = 0.0;
    int count = 0;

    if (cairo_image_surface_get_width(second) != width ||
        cairo_image_surface_get_height(second) != height)
        return -1;

    for (int top = 0; top + SPIRAL_PICTURE_BLOCK <= height; top += SPIRAL_PICTURE_STRIDE)
        for (int left = 0; left + SPIRAL_PICTURE_BLOCK <= width; left += SPIRAL_PICTURE_STRIDE) {
            double a[3];
            double b[3];
            double difference = 0.0;
            spiral_picture_block(first, left, top, a);
            spiral_picture_block(second, left, top, b);
            for (int channel = 0; channel < 3; channel++)
                difference = fmax(difference, fabs(a[channel] - b[channel]));

            largest = fmax(largest, difference);
            count += difference > SPIRAL_PICTURE_TOLERANCE;
        }
    if (worst != NULL)
        *worst = largest;

    return count;
}

static inline bool spiral_picture_same(cairo_surface_t *first, cairo_surface_t *second)
{
    const int differences = spiral_picture_differences(first, second, NULL);
    return differences >= 0 && differences <= SPIRAL_PICTURE_STRAY;
}

#endif
