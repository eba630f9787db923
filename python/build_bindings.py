# SPDX-License-Identifier: MIT
"""The module that calls libspiral, made from its header by cffi.

Usage: build_bindings.py MODULE.c writes the source of the module, for CMake. setuptools takes
`bindings` from here.
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys

import cffi

INCLUDE = pathlib.Path(__file__).resolve().parents[1] / "include"

# Called back in the thread that asked for an ensemble.
CALLBACKS = 'extern "Python" int spiral_python_progress(void *, uint64_t, uint64_t);\n'


def declarations():
    """The header as cffi reads it: preprocessed, without attributes."""
    header = (INCLUDE / "spiral" / "spiral.h").read_text(encoding="utf-8")
    header = re.sub(r"^#include .*$", "", header, flags=re.MULTILINE)
    compiler = shlex.split(os.environ.get("CC", "cc"))
    text = subprocess.run([*compiler, "-E", "-P", "-x", "c", "-"], input=header, check=True,
                          capture_output=True, text=True).stdout
    return re.sub(r"__attribute__\(\(.*?\)\)\)", "", text)


bindings = cffi.FFI()
bindings.cdef(declarations() + CALLBACKS)
bindings.set_source("spiral._spiral", "#include <spiral/spiral.h>", include_dirs=[str(INCLUDE)])

if __name__ == "__main__":
    bindings.emit_c_code(sys.argv[1])
