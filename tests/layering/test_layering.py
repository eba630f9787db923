#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the tree that no compiler checks: who includes whom, what libspiral_sim.a exports and needs, how long files and functions are.

Usage: test_layering.py --source FOLDER [--nm NM LIBSPIRAL_SIM [LIBRARY...]]
"""
import argparse
import pathlib
import re
import subprocess
import sys

C_LIBRARY = {name + ".h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef "
    "stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype").split()}

# Folder, longest first: what of ours it may include, and what of others' it may not.
ARROWS = [
    ("sim/", ("sim/",), "all but the C library"),
    ("scenarios/", ("sim/", "scenarios/"), r"cairo|pango|SDL|sqlite3|mpi\.h|omp\.h|jansson"),
    ("render/chart/", ("render/chart/", "sim/hash.h"), r"yaml|SDL|sqlite3|mpi\.h|omp\.h|jansson"),
    ("render/", ("sim/", "scenarios/", "render/"), r"yaml|sqlite3|mpi\.h|omp\.h|jansson"),
    ("tools/", ("sim/", "scenarios/", "render/", "tools/"), r"yaml|SDL"),
    ("tests/", ("sim/", "scenarios/", "render/", "tools/", "tests/"), None),
]
# A library that stays in one place: the beginning of the paths that may include its header.
ONE_PLACE_EACH = {"sqlite3.h": "tools/experiment/store", "mpi.h": "tools/experiment/ranks", "omp.h": "tools/farm",
                  "netcdf.h": "tools/export/", "nlopt.h": "tools/experiment/calibrate", "SDL.h": "render/window/",
                  "lapacke.h": "tools/panel/logit"}

# What libspiral_sim.a may need: of the C library no files, time, locale, threads or mathematics; and what compilers add by themselves.
NEEDED = re.compile(r"""^(
    malloc | calloc | realloc | free | aligned_alloc | abort | qsort | __assert_fail
    | mem\w+ | bcmp | str(cat|chr|cmp|cpy|cspn|dup|len|ncat|ncmp|ncpy|ndup|nlen|rchr|spn|str)
    | v?snprintf | __v?snprintf_chk | __(mem|str)\w+_chk
    | sqrt                                                         # of intervals, outside the step; an instruction where optimised
    | __stack_chk_fail | _GLOBAL_OFFSET_TABLE_
    | __cpu_model | __cpu_features2 | __cpu_indicator_init         # which clone of the step fits the processor
    | __float(un)?ti[ds]f | __u?(div|mod)ti[34]                    # whole numbers of 128 bits
)$""", re.VERBOSE)

LONGEST_FILE = 399
LONGEST_FUNCTION = 59
SOURCES = (".c", ".h", ".cpp", ".def", ".py")


def sources(root):
    for folder in ("sim", "scenarios", "render", "tools", "tests"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                yield path.relative_to(root).as_posix(), path


def is_script(path):
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
        if found:
            yield number, found.group(1) == '"', found.group(2)


def check_include_arrows(root):
    for name, path in sources(root):
        if path.suffix not in (".c", ".h", ".cpp", ".def"):
            continue
        arrow = next((arrow for arrow in ARROWS if name.startswith(arrow[0])), None)
        if arrow is None:
            continue
        _, ours, theirs = arrow
        for number, quoted, included in includes(path):
            if included.endswith((".c", ".cpp")):
                yield f"{name}:{number}: includes the source file {included}"
            elif quoted and not included.startswith(ours):
                yield f"{name}:{number}: may not include {included}; only {', '.join(ours)} (paths start at the root)"
            elif not quoted and name.startswith("sim/") and included not in C_LIBRARY:
                yield f"{name}:{number}: sim may include the C library only, not <{included}>"
            elif not quoted and theirs and re.search(theirs, included):
                yield f"{name}:{number}: may not include <{included}>"


def check_libraries_kept_in_one_place(root):
    for name, path in sources(root):
        if name.startswith("tests/") or path.suffix not in (".c", ".h"):
            continue
        for number, _, included in includes(path):
            place = ONE_PLACE_EACH.get(included.removeprefix("SDL2/"))
            if place and not name.startswith(place):
                yield f"{name}:{number}: <{included}> belongs in {place}"


def check_file_lengths(root):
    for name, path in sources(root):
        if path.suffix in SOURCES or path.name == "CMakeLists.txt" or (path.suffix == "" and is_script(path)):
            length = len(path.read_text(encoding="utf-8").splitlines())
            if length > LONGEST_FILE:
                yield f"{name}: {length} lines; at most {LONGEST_FILE}"


def functions(lines):
    """First and last line (from 1) of every function: its body opens at the left margin, or at the end of a line that starts there."""
    start = 0  # of the declaration that is being read
    opened = None
    for number, line in enumerate(lines, 1):
        if opened is not None:
            if line.startswith("}"):
                if opened > 0:
                    yield opened, number
                opened, start = None, number
        elif line == "{" or re.match(r"[A-Za-z_].*\)\s*\{$", line):
            opened = start + 1
        elif re.match(r"[A-Za-z_].*\{$", line):
            opened = 0  # a struct, a table
        elif not line.strip() or line.startswith(("#", "/*", " *", "//")) or line.rstrip().endswith((";", "*/", "\\")):
            start = number


def check_function_lengths(root):
    for name, path in sources(root):
        if path.suffix in (".c", ".h", ".cpp"):
            lines = path.read_text(encoding="utf-8").splitlines()
            for first, last in functions(lines):
                if last - first + 1 > LONGEST_FUNCTION:
                    yield f"{name}:{first}: a function of {last - first + 1} lines; at most {LONGEST_FUNCTION}: {lines[first - 1]}"


def check_licence_lines(root):
    for name, path in sources(root):
        if path.suffix in SOURCES or path.name == "CMakeLists.txt" or (path.suffix == "" and is_script(path)):
            head = path.read_text(encoding="utf-8").splitlines()[:2]
            if not any("SPDX-License-Identifier: MIT" in line for line in head):
                yield f"{name}:1: no SPDX-License-Identifier: MIT"


def symbols(nm, library, *options):
    text = subprocess.run([nm, "-P", *options, library], check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        fields = line.split()
        if len(fields) >= 2 and not line.endswith(":"):
            yield fields[0], fields[1]


def check_exported_names(nm, library):
    for symbol, kind in symbols(nm, library, "--defined-only", "--extern-only"):
        # Clang exports the clones of a static function's resolver under the function's name.
        if not symbol.startswith("spiral_") and not symbol.endswith((".resolver", ".ifunc")):
            yield f"exports {symbol} ({kind}): names that sim exports start with spiral_"


def check_needed_names(nm, library):
    defined = {symbol for symbol, _ in symbols(nm, library, "--defined-only")}
    for symbol in sorted({symbol for symbol, _ in symbols(nm, library, "--undefined-only")} - defined):
        if not NEEDED.match(symbol):
            yield f"needs {symbol}, which is not on the list of what sim may use"


def check_names_defined_once(nm, *libraries):
    """Of two functions of one name in static libraries the linker takes the first that it meets, without a word."""
    where = {}
    for library in libraries:
        for symbol, kind in symbols(nm, library, "--defined-only", "--extern-only"):
            if symbol.startswith("spiral_"):
                where.setdefault(symbol, []).append(pathlib.Path(library).name)
    for symbol, found in sorted(where.items()):
        if len(found) > 1:
            yield f"{symbol} is defined in {' and in '.join(found)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--nm", nargs="+", metavar="NM LIBRARY")
    options = parser.parse_args()
    checks = [(check, (options.source,)) for check in (
        check_include_arrows, check_libraries_kept_in_one_place, check_file_lengths, check_function_lengths, check_licence_lines)]
    if options.nm:
        checks += [(check, options.nm[:2]) for check in (check_exported_names, check_needed_names)]
        checks += [(check_names_defined_once, options.nm)]
    failed = 0
    for check, arguments in checks:
        faults = list(check(*arguments))
        print(f"[ RUN      ] {check.__name__}")
        for fault in faults:
            print(f"  {fault}")
        print(f"[{'  FAILED  ' if faults else '       OK '}] {check.__name__}")
        failed += bool(faults)
    print(f"[  PASSED  ] {len(checks) - failed} test(s).")
    if failed:
        print(f"[  FAILED  ] {failed} test(s), listed below: see above")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
