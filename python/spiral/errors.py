# SPDX-License-Identifier: MIT
"""What goes wrong, as exceptions that say where."""
from __future__ import annotations

import re


class SpiralError(Exception):
    """Base of all errors of spiral.

    Attributes
    ----------
    message : what was expected, with the nearest valid name
    file, line, column : the place in a file, from 1; "" and 0 where no file is to blame
    path : the path of the key, as "pairs[0].ties"; "" where there is none
    """

    def __init__(self, text: str, *, message: str | None = None, file: str = "", line: int = 0,
                 column: int = 0, path: str = "") -> None:
        super().__init__(text)
        self.message = text if message is None else message
        self.file = file
        self.line = line
        self.column = column
        self.path = path

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self):
        return _rebuild, (type(self), self.args[0], self.message, self.file, self.line,
                          self.column, self.path)


class InputError(SpiralError, ValueError):
    """A case, a name or a value that is not valid."""


class FileError(SpiralError, OSError):
    """A file that cannot be read or written."""


class OutOfMemory(SpiralError, MemoryError):
    """The library could not allocate memory."""


class ProgramError(SpiralError, RuntimeError):
    """The program `spiral` is missing, or failed."""


def _rebuild(kind, text, message, file, line, column, path):
    return kind(text, message=message, file=file, line=line, column=column, path=path)


def of_program(text: str, bad_input: bool) -> SpiralError:
    """The error that the program printed, with its place where it names one."""
    last = text.strip().splitlines()[-1] if text.strip() else "the program failed"
    last = last.removeprefix("spiral: ")
    place = re.match(r"(?P<file>[^:\s]+):(?P<line>\d+):(?P<column>\d+): (?P<message>.*)", last)
    kind = InputError if bad_input else ProgramError
    if place is None:
        return kind(last)
    return kind(last, message=place["message"], file=place["file"], line=int(place["line"]),
                column=int(place["column"]))
