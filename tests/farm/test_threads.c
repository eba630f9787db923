/* SPDX-License-Identifier: MIT
 *
 * How many threads there are: those asked for, else what OMP_NUM_THREADS says, as job scripts do.
 * The variable is read when a program starts, so the suite starts itself again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/farm/farm.h"

static void test_threads(void **state)
{
    (void)state;
#ifdef _OPENMP
    assert_int_equal(spiral_farm_threads(0), 3);
    assert_int_equal(spiral_farm_threads(5), 5);
#else
    assert_int_equal(spiral_farm_threads(0), 1);
#endif
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};

    (void)argc;

    if (getenv("SPIRAL_TEST_THREADS") == NULL) {
        setenv("SPIRAL_TEST_THREADS", "set", 1);
        setenv("OMP_NUM_THREADS", "3", 1);
        execv("/proc/self/exe", argv);
        return EXIT_FAILURE;
    }

    return cmocka_run_group_tests(tests, NULL, NULL);
}
