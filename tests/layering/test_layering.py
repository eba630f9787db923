#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the tree that no compiler checks: which folder includes which, that neither folders nor files need each other
in a cycle, and what libspiral_sim.a exports and needs.

Usage: test_layering.py --source FOLDER [--objects BUILD] [--nm NM LIBSPIRAL_SIM [LIBRARY...]]
"""
import argparse
import pathlib
import re
import subprocess
import sys

C_LIBRARY = {name + ".h" for name in (
    "assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef "
    "stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype").split()}

# What each folder may include, itself aside: folders, or single files. A folder that is not here may not exist. From the bottom to the top: no folder
# includes one that is listed below it.
ARROWS = {
    "include/spiral": "",
    "sim": "include/spiral sim/stages",
    "sim/stages": "sim",
    "parallel": "sim",
    "device": "sim sim/stages",
    "device/language": "", # what a device has of the C library, for the preprocessor
    "why": "sim parallel",
    "tables": "sim",
    "scenarios/loader/yaml": "sim",
    "scenarios/loader": "sim scenarios/loader/yaml",
    "library": "include/spiral sim parallel scenarios/loader scenarios/loader/yaml",
    "r/src": "", # R's package: the installed header alone
    "render/chart": "sim/hash.h", # nothing else of ours: what it draws comes as plain arrays
    "render/figure": "sim render/chart why",
    "render/live": "sim tables why parallel scenarios/loader scenarios/loader/yaml",
    "render/debrief": "sim parallel why scenarios/loader render/chart render/figure render/live",
    "render/window/ui": "sim render/chart render/figure",
    "render/window/plot": "sim render/chart render/figure render/live render/window/ui",
    "render/window": "sim why scenarios/loader render/chart render/figure render/live render/debrief render/window/plot render/window/ui",
    "tools/farm": "sim parallel device",
    "tools/design": "sim",
    "tools/analysis": "sim",
    "tools/json": "sim",
    "tools/result": "sim tables tools/farm",
    "tools/why": "sim why tools/farm",
    "tools/stylised": "sim scenarios/loader tools/farm tools/panel tools/result",
    "tools/experiment": "sim scenarios/loader scenarios/loader/yaml tools/design",
    "tools/sweep": "sim scenarios/loader tools/design tools/experiment",
    "tools/claims": "sim scenarios/loader/yaml tools/analysis tools/design tools/experiment tools/farm tools/stylised",
    "tools/choice": "sim parallel tables tools/analysis tools/design tools/experiment tools/farm",
    "tools/fit": "sim scenarios/loader tools/design tools/experiment tools/farm tools/result tools/stylised",
    "tools/panel": "sim scenarios/loader scenarios/loader/yaml tools/analysis tools/farm",
    "tools/inference": "sim scenarios/loader tools/analysis tools/design tools/farm tools/panel tools/stylised",
    "tools/store": "sim scenarios/loader tools/choice tools/claims tools/design tools/experiment tools/fit tools/inference tools/json tools/sweep",
    "tools/runner": "sim scenarios/loader tools/farm tools/store tools/sweep",
    "tools/findings": "sim tables tools/analysis tools/design tools/experiment tools/json tools/store tools/sweep",
    "tools/cli": "sim tables scenarios/loader scenarios/loader/yaml tools/experiment tools/farm tools/json tools/store",
}
ARROWS["web/core"] = "sim scenarios/loader scenarios/loader/yaml render/live render/debrief parallel why"
TOOLS = " ".join(folder for folder in ARROWS if not folder.startswith(("render", "library", "include", "web")))
ARROWS["tools/spiral"] = TOOLS + " render/live"
ARROWS["tools/export"] = TOOLS
ARROWS["tools/draw"] = TOOLS + " render/chart render/figure render/live render/debrief render/window"

# Folders whose files include each other both ways, and are one room: the parts of a step.
ROOMS = {"sim/stages": "sim"}

# The one place for each library: the folder, or the beginning of the file's path.
ONE_PLACE_EACH = {
    "sqlite3.h": "tools/store/", "mpi.h": "tools/runner/ranks", "omp.h": "parallel/", "netcdf.h": "tools/export/",
    "nlopt.h": "tools/fit/search", "lapacke.h": "tools/analysis/linear", "yaml.h": "scenarios/loader/", "SDL.h": "render/window/", "pthread.h": ("render/live/ensemble", "render/live/account"),
    "immintrin.h": "sim/number",
}

# What libspiral_sim.a may need: of the C library no files, time, locale, threads or mathematics; and what compilers add by themselves.
NEEDED = re.compile(r"""^(
    malloc | calloc | realloc | free | aligned_alloc | abort | qsort | __assert_fail
    | mem\w+ | bcmp | str(cat|chr|cmp|cpy|cspn|dup|len|ncat|ncmp|ncpy|ndup|nlen|rchr|spn|str)
    | v?snprintf | __v?snprintf_chk | __(mem|str)\w+_chk
    | sqrt | exp | log | log1p | lgamma_r                          # of intervals (sim/intervals.c), outside the step
    | __stack_chk_fail | _GLOBAL_OFFSET_TABLE_
    | __cpu_model | __cpu_features2 | __cpu_indicator_init         # which clone of the step fits the processor
    | __float(un)?ti[ds]f | __u?(div|mod)ti[34]                    # whole numbers of 128 bits
)$""", re.VERBOSE)

SOURCES = (".c", ".h", ".cpp", ".def", ".py")


def sources(root):
    for folder in ("include", "sim", "parallel", "device", "why", "tables", "scenarios", "library", "render", "tools", "web/core", "docs", "tests",
                   "python", "r"):
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


def folder_of(name):
    return name.rpartition("/")[0]


def check_include_arrows(root):
    for name, path in sources(root):
        if path.suffix not in (".c", ".h", ".cpp", ".def") or name.startswith("docs/"):
            continue
        folder = folder_of(name)
        if folder not in ARROWS and not name.startswith("tests/"):
            yield f"{name}:1: the folder {folder} has no arrows in ARROWS"
            continue
        for number, quoted, included in includes(path):
            if included.endswith((".c", ".cpp")):
                yield f"{name}:{number}: includes the source file {included}"
            elif not quoted and name.startswith("sim/") and included not in C_LIBRARY | {"immintrin.h"}:
                yield f"{name}:{number}: sim may include the C library only, not <{included}>"
            elif not quoted:
                continue
            elif name.startswith("tests/"):
                if folder_of(included) not in ARROWS and not included.startswith("tests/"):
                    yield f"{name}:{number}: there is no folder of {included} (paths start at the root)"
            elif not {folder_of(included), included} & {folder, *ARROWS[folder].split()}:
                yield f"{name}:{number}: {folder} may not include {included}"


def check_libraries_kept_in_one_place(root):
    for name, path in sources(root):
        if name.startswith("tests/") or path.suffix not in (".c", ".h"):
            continue
        for number, _, included in includes(path):
            place = ONE_PLACE_EACH.get(included.removeprefix("SDL2/"))
            if place and not name.startswith(place):
                yield f"{name}:{number}: <{included}> belongs in {place}"


def circles(needs):
    """The groups of what needs each other, of a dictionary from each to the set of what it needs (Tarjan 1972)."""
    index, low, stack, found = {}, {}, [], []

    def visit(one):
        index[one] = low[one] = len(index)
        stack.append(one)
        for other in sorted(needs.get(one, ())):
            if other not in index:
                visit(other)
                low[one] = min(low[one], low[other])
            elif other in stack:
                low[one] = min(low[one], index[other])
        if low[one] == index[one]:
            group = stack[stack.index(one):]
            del stack[-len(group):]
            if len(group) > 1:
                found.append(sorted(group))

    for one in sorted(needs):
        if one not in index:
            visit(one)
    return found


def check_no_circle_of_folders(_):
    needs = {}
    for folder, allowed in ARROWS.items():
        room = ROOMS.get(folder, folder)
        needs.setdefault(room, set()).update({ROOMS.get(to, to) for to in allowed.split() if to in ARROWS} - {room})
    for circle in circles(needs):
        yield f"a cycle of folders: {', '.join(circle)}"


def check_no_circle_of_files(root, build, nm):
    """Of object files by what they define and need; of objects whose source is gone nothing is said."""
    defines, needs = {}, {}
    objects = sorted((build / "CMakeFiles").glob("*.dir/**/*.c.o"))
    for path in objects:
        name = path.relative_to(build / "CMakeFiles").as_posix().partition(".dir/")[2].removesuffix(".o")
        if not (root / name).is_file():
            continue
        needs[name] = set()
        for symbol, kind in symbols(nm, path, "--extern-only"):
            if kind == "U":
                needs[name].add(symbol)
            else:
                defines[symbol] = name
    if not needs:
        yield f"{build}: no object files; build first"
    graph = {name: {defines[symbol] for symbol in wanted if symbol in defines} - {name} for name, wanted in needs.items()}
    for circle in circles(graph):
        yield f"a cycle of files: {', '.join(circle)}"


# Where the equations of the model are: their numbers have names.
EQUATIONS = ["sim/stages/*.h", "sim/plan.c", "sim/batch.c", "sim/timeline.c", "sim/outcome.c", "sim/quantities.[ch]", "sim/reliance.h"]

# What is no number of an equation: comments, strings, directives, shifts and masks of bits, the loop over the two sides of a pair, rounding,
# and the tolerance of dates.
NOT_OF_EQUATIONS = re.compile(
    r"""/\*.*?\*/ | "[^"\n]*" | ^[ ]*\#(?!define)(\\\n|[^\n])* | (<<|>>)[ ]*\d+ | UINT(32|64)_C\(\w+\) | int[ ]side[ ]=[ ]0;[ ]side[ ]<[ ]2;
    | \(long\)\([^;]*\+[ ]0\.5\) | _Pragma\([^)]*\) | -[ ]1e-6; | \+[ ]1e-9\)""", re.VERBOSE | re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"(?<![\w.])(?:0x[0-9a-fA-F.]+(?:p[-+]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)[fFlLuU]*(?![\w.])")


def unnamed_numbers(name, text):
    """The lines and numbers of a source other than 0 and 1; outside the stages, other than whole numbers of sizes and places."""
    text = NOT_OF_EQUATIONS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)
    for number, line in enumerate(text.splitlines(), 1):
        for literal in NUMBER.findall(line):
            whole = literal.isdigit()
            if not (whole and not name.startswith("sim/stages/")) and literal not in ("0", "1", "0.0", "1.0"):
                yield number, literal


def check_numbers_of_equations_have_names(root):
    for pattern in EQUATIONS:
        paths = sorted(root.glob(pattern))
        if not paths:
            yield f"{pattern}: there is no such file"
        for path in paths:
            name = path.relative_to(root).as_posix()
            for number, literal in unnamed_numbers(name, path.read_text(encoding="utf-8")):
                yield f"{name}:{number}: the number {literal} has no name: sim/model_form.def or sim/constants.def"
    for planted in ("x = 0.25 * y;", "x = 2 * y;", "#define WEIGHT 0.8", "x = .5;", "x = 0x1p-2;", "x = 1e-3;", "x = 3.f;"):
        if not list(unnamed_numbers("sim/stages/planted.h", planted)):
            yield f"finds nothing in {planted!r}"


FORM_ROW = re.compile(r'^SPIRAL_FORM_NUMBER\((\w+),\s*([^,]+?),\s*"([^"]*)",\s*"([^"]*)"\)', re.MULTILINE)
PAGE_ROW = re.compile(r"^\| `(\w+)` \| (\S+) \| (.*?) \| (.*?) \|$", re.MULTILINE)


def check_numbers_of_the_form(root):
    """Each row of the table is used by the model, and is in section 7.9 of docs/model.md as it is here."""
    rows = FORM_ROW.findall((root / "sim/model_form.def").read_text(encoding="utf-8"))
    page = (root / "docs/model.md").read_text(encoding="utf-8").partition("### 7.9 ")[2].partition("\n## ")[0]
    shown = {name: tuple(cells) for name, *cells in PAGE_ROW.findall(page)}
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "sim").rglob("*.[ch]")))
    for name, value, doc, source in rows:
        if f"FORM({name})" not in code:
            yield f"sim/model_form.def: nothing uses {name}"
        value = value.replace("1.0 / 3.0", "1/3").replace("-1/", "−1/")
        if shown.pop(name, None) != (value, doc, source):
            yield f"docs/model.md: section 7.9 should have | `{name}` | {value} | {doc} | {source} |"
    for name in shown:
        yield f"docs/model.md: section 7.9 has {name}, which sim/model_form.def has not"
    if not rows:
        yield "sim/model_form.def: no rows"


def check_licence_lines(root):
    for name, path in sources(root):
        if path.suffix in SOURCES or path.name == "CMakeLists.txt" or (path.suffix == "" and is_script(path)):
            head = path.read_text(encoding="utf-8").splitlines()[:2]
            if not any("SPDX-License-Identifier: MIT" in line for line in head):
                yield f"{name}:1: no SPDX-License-Identifier: MIT"


def check_width(root):
    for name, path in sources(root):
        if path.suffix in (".c", ".h", ".cpp"):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if len(line) > 100:
                    yield f"{name}:{number}: {len(line)} columns"


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
    parser.add_argument("--objects", type=pathlib.Path, metavar="BUILD")
    parser.add_argument("--nm", nargs="+", metavar="NM LIBRARY")
    options = parser.parse_args()
    checks = [(check, (options.source,)) for check in (
        check_include_arrows, check_libraries_kept_in_one_place, check_no_circle_of_folders, check_licence_lines,
        check_width, check_numbers_of_equations_have_names, check_numbers_of_the_form)]
    if options.nm:
        checks += [(check, options.nm[:2]) for check in (check_exported_names, check_needed_names)]
        checks += [(check_names_defined_once, options.nm)]
    if options.nm and options.objects:
        checks += [(check_no_circle_of_files, (options.source, options.objects, options.nm[0]))]
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
