/* SPDX-License-Identifier: MIT */
#include "render/chart/theme.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define RGB(hex) \
    { \
        ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0 \
    }

const struct spiral_theme spiral_themes[SPIRAL_THEMES] = {
    [SPIRAL_THEME_light] = {.name = "light",
                            .background = RGB(0xffffff),
                            .ink = RGB(0x1f2430),
                            .muted = RGB(0x636b78),
                            .grid = RGB(0xe4e7eb),
                            .series = {[SPIRAL_COLOR_NEIGHBOUR] = RGB(0xd55e00),
                                       [SPIRAL_COLOR_SMALL] = RGB(0x0072b2),
                                       [SPIRAL_COLOR_OFFSHORE] = RGB(0x009e73),
                                       [SPIRAL_COLOR_INDEX] = RGB(0x34558b),
                                       [SPIRAL_COLOR_WAR] = RGB(0x6d1233),
                                       [SPIRAL_COLOR_FORCE] = RGB(0xd1495b),
                                       [SPIRAL_COLOR_OTHER] = RGB(0x8a8f98)},
                            .branch = {RGB(0x009e73), RGB(0xd55e00), RGB(0x3aa0dc), RGB(0xa6468f)},
                            .level = {RGB(0xe9edf0), RGB(0xf5d69b), RGB(0xeb9a55), RGB(0xc8434f),
                                      RGB(0x56142f)},
                            .ramp_dark_is_high = 1,
                            .font_size = 11.0,
                            .line_width = 1.6},
    [SPIRAL_THEME_dark] = {.name = "dark",
                           .background = RGB(0x14171c),
                           .ink = RGB(0xe7e9ec),
                           .muted = RGB(0x9ba4af),
                           .grid = RGB(0x2c323a),
                           .series = {[SPIRAL_COLOR_NEIGHBOUR] = RGB(0xf0803c),
                                      [SPIRAL_COLOR_SMALL] = RGB(0x56b4e9),
                                      [SPIRAL_COLOR_OFFSHORE] = RGB(0x2fc79a),
                                      [SPIRAL_COLOR_INDEX] = RGB(0x8fb2ea),
                                      [SPIRAL_COLOR_WAR] = RGB(0xffc9d2),
                                      [SPIRAL_COLOR_FORCE] = RGB(0xe8707f),
                                      [SPIRAL_COLOR_OTHER] = RGB(0x8a929c)},
                           .branch = {RGB(0x2fc79a), RGB(0xf0803c), RGB(0x56b4e9), RGB(0xb565a7)},
                           .level = {RGB(0x272d35), RGB(0x5e4a35), RGB(0x9f6337), RGB(0xea8d7a),
                                     RGB(0xffdcd8)},
                           .ramp_dark_is_high = 0,
                           .font_size = 11.0,
                           .line_width = 1.6},
    [SPIRAL_THEME_print] = {.name = "print",
                            .background = RGB(0xffffff),
                            .ink = RGB(0x000000),
                            .muted = RGB(0x444444),
                            .grid = RGB(0xdcdcdc),
                            .series = {[SPIRAL_COLOR_NEIGHBOUR] = RGB(0x5a5a5a),
                                       [SPIRAL_COLOR_SMALL] = RGB(0x000000),
                                       [SPIRAL_COLOR_OFFSHORE] = RGB(0x8c8c8c),
                                       [SPIRAL_COLOR_INDEX] = RGB(0x222222),
                                       [SPIRAL_COLOR_WAR] = RGB(0x000000),
                                       [SPIRAL_COLOR_FORCE] = RGB(0x767676),
                                       [SPIRAL_COLOR_OTHER] = RGB(0x9a9a9a)},
                            .branch = {RGB(0x6e6e6e), RGB(0x3a3a3a), RGB(0x808080), RGB(0x545454)},
                            .level = {RGB(0xf5f5f5), RGB(0xb7b7b7), RGB(0x7c7c7c), RGB(0x464646),
                                      RGB(0x111111)},
                            .ramp_dark_is_high = 1,
                            .grey = 1,
                            .font_size = 10.5,
                            .line_width = 1.3},
};

const struct spiral_theme *spiral_theme_find(const char *name)
{
    for (int i = 0; i < SPIRAL_THEMES; i++)
        if (strcmp(spiral_themes[i].name, name) == 0)
            return &spiral_themes[i];
    return NULL;
}

struct spiral_color spiral_color_mix(struct spiral_color first, struct spiral_color second,
                                     double share)
{
    return (struct spiral_color){first.red + share * (second.red - first.red),
                                 first.green + share * (second.green - first.green),
                                 first.blue + share * (second.blue - first.blue)};
}

static double linear_light(double value)
{
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

/* Relative luminance, 0..1 (IEC 61966-2-1). */
static double luminance_of(struct spiral_color color)
{
    return 0.2126 * linear_light(color.red) + 0.7152 * linear_light(color.green) +
           0.0722 * linear_light(color.blue);
}

static struct spiral_color grey_as_light_as(struct spiral_color color)
{
    const double light = luminance_of(color);
    const double value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1.0 / 2.4) - 0.055;

    return (struct spiral_color){value, value, value};
}

struct spiral_color spiral_theme_ramp(const struct spiral_theme *theme, double share)
{
    static const struct spiral_color points[9] = {RGB(0x081d58), RGB(0x253494), RGB(0x225ea8),
                                                  RGB(0x1d91c0), RGB(0x41b6c4), RGB(0x7fcdbb),
                                                  RGB(0xc7e9b4), RGB(0xedf8b1), RGB(0xffffd9)};
    double at = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;

    if (theme->ramp_dark_is_high)
        at = 1.0 - at;

    const int i = at >= 1.0 ? 7 : (int)(at * 8.0);
    const struct spiral_color color = spiral_color_mix(points[i], points[i + 1], at * 8.0 - i);

    return theme->grey ? grey_as_light_as(color) : color;
}

double spiral_color_lightness(struct spiral_color color)
{
    const double y = luminance_of(color);

    return y > 0.008856 ? 116.0 * cbrt(y) - 16.0 : 903.3 * y;
}
