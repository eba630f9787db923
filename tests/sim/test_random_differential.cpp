// SPDX-License-Identifier: MIT
// sim/random.h against the author's own C++ library (Debian: libpcg-cpp-dev), over many seeds,
// streams and strides.
#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include <pcg_random.hpp>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

extern "C" {
#include <cmocka.h> // last of the foreign headers: it defines fail()
}

#include "sim/random.h"

static const std::uint64_t edges[] = {0,
                                      1,
                                      2,
                                      42,
                                      54,
                                      UINT32_MAX,
                                      UINT64_C(1) << 32,
                                      INT64_MAX,
                                      UINT64_C(1) << 63,
                                      UINT64_MAX - 1,
                                      UINT64_MAX};

static void compare(std::uint64_t seed, std::uint64_t stream, std::uint64_t stride)
{
    pcg32 theirs(seed, stream);
    spiral_random ours = spiral_random_seed(seed, stream);
    for (int i = 0; i < 64; i++)
        assert_int_equal(spiral_random_next(&ours), theirs());

    theirs.advance(stride);
    spiral_random_advance(&ours, stride);
    for (int i = 0; i < 64; i++)
        assert_int_equal(spiral_random_next(&ours), theirs());

    theirs.backstep(stride);
    spiral_random_advance(&ours, 0 - stride);
    for (int i = 0; i < 64; i++)
        assert_int_equal(spiral_random_next(&ours), theirs());
}

static void test_edges(void **)
{
    for (std::uint64_t seed : edges)
        for (std::uint64_t stream : edges)
            for (std::uint64_t stride : edges)
                compare(seed, stream, stride);
}

static void test_many(void **)
{
    pcg64 chooser(2014);
    for (int i = 0; i < 20000; i++) {
        const std::uint64_t seed = chooser(), stream = chooser(), stride = chooser();
        compare(seed, stream, stride >> (i % 64));
    }
}

static void test_runs_of_an_ensemble(void **)
{
    for (std::uint64_t run = 0; run < 20000; run++)
        compare(1, run, run);
}

int main()
{
    const CMUnitTest tests[] = {
        cmocka_unit_test(test_edges),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_runs_of_an_ensemble),
    };

    return cmocka_run_group_tests_name("sim/random against pcg-cpp", tests, nullptr, nullptr);
}
