# SPDX-License-Identifier: MIT
"""The program `spiral`, for what is its own: charts, accounts of why, panels and stores.

Runs need the library alone. The program is looked for in $SPIRAL_PROGRAM, in the package, in the
build or the installation that the package belongs to, and on PATH; the first one of the library's
version is taken.
"""
from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile
from functools import lru_cache
from typing import Iterable, Iterator, Sequence

from . import _library, errors
from ._library import lib


def _candidates() -> Iterator[str]:
    here = pathlib.Path(__file__).resolve().parent
    if os.environ.get("SPIRAL_PROGRAM"):
        yield os.environ["SPIRAL_PROGRAM"]
    yield str(here / "installed" / "bin" / "spiral")
    yield str(here.parents[1] / "spiral")            # a build: build/release/python/spiral
    yield str(here.parents[3] / "bin" / "spiral")    # a prefix: lib/python3.11/site-packages/spiral
    found = shutil.which("spiral")
    if found:
        yield found


@lru_cache(maxsize=None)
def find() -> str | None:
    """The path of the program; None where there is none of the library's version."""
    wanted = f"spiral {_library.text(lib.spiral_version())}"
    for path in _candidates():
        if not os.access(path, os.X_OK) or os.path.isdir(path):
            continue
        try:
            shown = subprocess.run([path, "--version"], capture_output=True, text=True,
                                   stdin=subprocess.DEVNULL, check=False).stdout
        except OSError:
            continue
        if shown.strip() == wanted:
            return path
    return None


def run(*arguments: str | os.PathLike, text: bool = True) -> str:
    """Runs a command of the program and returns what it prints. Ctrl-C ends both.

    Raises
    ------
    InputError : the program refuses its input; ProgramError : it is missing, or fails
    """
    program = find()
    if program is None:
        raise errors.ProgramError(
            f"this needs the program spiral {_library.text(lib.spiral_version())}, which was not "
            "found in the package or on PATH; SPIRAL_PROGRAM may name it")
    done = subprocess.run([program, *map(os.fspath, arguments)], capture_output=True, text=text,
                          encoding="utf-8", stdin=subprocess.DEVNULL, check=False)
    if done.returncode == 0:
        return done.stdout
    raise errors.of_program(done.stderr, done.returncode == 2)


class Figure:
    """A chart as SVG. Jupyter shows it; `save` writes it as .svg, .pdf or .png."""

    def __init__(self, arguments: Sequence[str], yaml: str | None = None) -> None:
        self._arguments = tuple(arguments)
        self._yaml = yaml
        self._svg: str | None = None

    def save(self, path: str | os.PathLike, **options: object) -> None:
        """Draws to a file; its name ends with .svg, .pdf or .png. Options as of `spiral chart`:
        size="1200x900", theme="print", lang="zh", scale=1.6, density=2."""
        extra = [text for name, value in options.items()
                 for text in (f"--{name}", str(value))]
        with case_file(self._yaml) as replaced:
            run("chart", *_with_case(self._arguments, replaced), *extra, "--out", path)

    @property
    def svg(self) -> str:
        """The text of the SVG."""
        if self._svg is None:
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "chart.svg"
                self.save(path)
                self._svg = path.read_text(encoding="utf-8")
        return self._svg

    def _repr_svg_(self) -> str:
        return self.svg


#: Where the arguments of a command name the case: its file, or a text that is written to one.
CASE = "\0case"


def _with_case(arguments: Iterable[str], path: str | None) -> list[str]:
    return [path if argument == CASE and path is not None else argument for argument in arguments]


class case_file:
    """A temporary file with a case's text, for as long as a command runs; None without a text."""

    def __init__(self, yaml: str | None) -> None:
        self._yaml = yaml
        self._folder: tempfile.TemporaryDirectory | None = None

    def __enter__(self) -> str | None:
        if self._yaml is None:
            return None
        self._folder = tempfile.TemporaryDirectory()
        path = pathlib.Path(self._folder.name) / "case.yaml"
        path.write_text(self._yaml, encoding="utf-8")
        return str(path)

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()


def run_case(arguments: Sequence[str], yaml: str | None) -> str:
    """Runs a command whose arguments may contain CASE."""
    with case_file(yaml) as path:
        return run(*_with_case(arguments, path))
