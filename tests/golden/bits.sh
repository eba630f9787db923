#!/bin/sh
# SPDX-License-Identifier: MIT
# The same bits from every compiler, level of optimisation, instruction set and number of lanes: builds sim and bits.c in each way and compares
# the hashes with those of bits.h.
#   tests/golden/bits.sh [PROGRAM...]    PROGRAM: a built bits.c as well, such as the one with clones
set -u
cd "$(dirname "$0")/../.." || exit 2
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT INT TERM
passed=0 failed=0 skipped=0

tell() { # tell STATUS NAME HASHES
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1)); echo "[       OK ] $2"
    else
        failed=$((failed + 1)); echo "[  FAILED  ] $2: $3"
    fi
}

has_processor() { # has_processor FLAG...: whether the processor knows these instructions
    for flag; do
        grep -m 1 '^flags' /proc/cpuinfo 2>/dev/null | grep -qw "$flag" || return 1
    done
}

build() { # build NAME COMPILER FLAGS...: compiles and runs
    name=$1 compiler=$2
    shift 2
    if ! command -v "$compiler" >/dev/null; then
        skipped=$((skipped + 1)); echo "[  SKIPPED ] $name: there is no $compiler here"
        return
    fi
    "$compiler" -std=gnu17 -I. -ffp-contract=off -fno-math-errno -fno-trapping-math -w "$@" \
        sim/*.c tests/support/build_scenario.c tests/golden/bits.c -o "$folder/bits" -lm || { tell 1 "$name" "does not build"; return; }
    hashes=$("$folder/bits")
    tell $? "$name" "$hashes"
}

only_with() { # only_with "FLAGS OF THE PROCESSOR" build ...
    needed=$1
    shift
    # shellcheck disable=SC2086 # one word a flag
    if has_processor $needed; then
        "$@"
    else
        skipped=$((skipped + 1)); echo "[  SKIPPED ] $2: the processor lacks one of $needed"
    fi
}

clang=clang-14
command -v "$clang" >/dev/null || clang=clang
for program; do
    hashes=$("$program")
    tell $? "built by CMake: $program" "$hashes"
done
build "gcc -O0" gcc -O0
build "gcc -O3" gcc -O3 -fopenmp-simd
only_with avx2 build "gcc -O3 -mavx2" gcc -O3 -fopenmp-simd -mavx2
only_with "avx2 fma" build "gcc -O3 -march=x86-64-v3" gcc -O3 -fopenmp-simd -march=x86-64-v3
only_with "avx512f avx512dq avx512bw avx512cd avx512vl" build "gcc -O3 -march=x86-64-v4" gcc -O3 -fopenmp-simd -march=x86-64-v4 -mprefer-vector-width=512
build "clang -O0" "$clang" -O0
build "clang -O3" "$clang" -O3 -fopenmp-simd
only_with avx2 build "clang -O3 -mavx2" "$clang" -O3 -fopenmp-simd -mavx2
only_with "avx512f avx512dq avx512bw avx512cd avx512vl" build "clang -O3 -march=x86-64-v4" "$clang" -O3 -fopenmp-simd -march=x86-64-v4
build "gcc -O2, 8 lanes" gcc -O2 -DSPIRAL_LANES=8
build "gcc -O2, 32 lanes" gcc -O2 -DSPIRAL_LANES=32

echo "[  PASSED  ] $passed test(s)."
[ "$skipped" -eq 0 ] || echo "[  SKIPPED ] $skipped test(s), listed below: see above"
[ "$failed" -eq 0 ] || echo "[  FAILED  ] $failed test(s), listed below: see above"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
