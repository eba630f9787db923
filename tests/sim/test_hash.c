/* SPDX-License-Identifier: MIT */
/* FNV-1a against the vectors that its authors publish, and the order of bytes of numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/hash.h"

static void test_published_vectors(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        uint64_t hash;
    } vectors[] = {
        {"", UINT64_C(0xcbf29ce484222325)},
        {"a", UINT64_C(0xaf63dc4c8601ec8c)},
        {"foobar", UINT64_C(0x85944171f73967e8)},
    };

    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
        const size_t length = strlen(vectors[i].text);
        assert_true(spiral_hash_bytes(SPIRAL_HASH_START, vectors[i].text, length) ==
                    vectors[i].hash);
    }

    assert_true(spiral_hash_bytes(SPIRAL_HASH_START, NULL, 0) == SPIRAL_HASH_START);
}

static void test_parts_are_as_the_whole(void **unused)
{
    (void)unused;
    const uint64_t part = spiral_hash_bytes(SPIRAL_HASH_START, "foo", 3);

    assert_true(spiral_hash_bytes(part, "bar", 3) == UINT64_C(0x85944171f73967e8));
}

static void test_numbers_are_hashed_lowest_byte_first(void **unused)
{
    (void)unused;
    static const unsigned char word[8] = {8, 7, 6, 5, 4, 3, 2, 1};
    static const unsigned char half[8] = {0, 0, 0, 0, 0, 0, 0xe0, 0x3f}; /* 0.5 in IEEE 754 */
    const uint64_t start = 17;

    assert_true(spiral_hash_bits(start, UINT64_C(0x0102030405060708)) ==
                spiral_hash_bytes(start, word, sizeof word));
    assert_true(spiral_hash_number(start, 0.5) == spiral_hash_bytes(start, half, sizeof half));
    assert_true(spiral_hash_number(start, 0.0) != spiral_hash_number(start, -0.0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_vectors),
        cmocka_unit_test(test_parts_are_as_the_whole),
        cmocka_unit_test(test_numbers_are_hashed_lowest_byte_first),
    };

    return cmocka_run_group_tests_name("sim/hash", tests, NULL, NULL);
}
