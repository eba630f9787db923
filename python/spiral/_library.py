# SPDX-License-Identifier: MIT
"""Calls of libspiral: strings, errors, interrupts, and arrays that stay with their owner."""
from __future__ import annotations

import threading
from typing import Any, Callable

import numpy as np

from ._spiral import ffi, lib
from .errors import FileError, InputError, OutOfMemory, SpiralError

_KINDS = {lib.SPIRAL_BAD_INPUT: InputError, lib.SPIRAL_NO_MEMORY: OutOfMemory,
          lib.SPIRAL_IO: FileError}


def text(pointer: Any) -> str:
    """A string of the library; "" for NULL."""
    return "" if pointer == ffi.NULL else ffi.string(pointer).decode("utf-8")


def exception(error: Any) -> SpiralError:
    """The exception that tells of a spiral_error."""
    line = ffi.new("char[1024]")
    lib.spiral_error_text(error, line, 1024)
    return _KINDS.get(error.status, SpiralError)(
        text(line), message=text(error.message), file=text(error.file), line=error.line,
        column=error.column, path=text(error.path))


def call(function: Callable, *arguments: Any) -> None:
    """Calls a function that takes an error last; raises what it reports."""
    error = ffi.new("spiral_error *")
    if function(*arguments, error) != lib.SPIRAL_OK:
        raise exception(error)


def create(function: Callable, kind: str, free: Callable, *arguments: Any) -> Any:
    """Calls a function that makes a handle; the handle is freed with its last user."""
    made = ffi.new(f"{kind} **")
    call(function, *arguments, made)
    return ffi.gc(made[0], free)


def doubles(array: np.ndarray) -> Any:
    """The numbers of a C-contiguous array of float64, for the library to write to."""
    return ffi.from_buffer("double[]", array, require_writable=True)


def counts(array: np.ndarray) -> Any:
    """The numbers of a C-contiguous array of uint64, for the library to write to."""
    return ffi.from_buffer("uint64_t[]", array, require_writable=True)


def view(pointer: Any, shape: tuple[int, ...], owner: Any) -> np.ndarray:
    """A read-only array over the library's own memory. It keeps the owner alive."""
    held = ffi.gc(pointer, lambda _, owner=owner: None)
    size = int(np.prod(shape)) * 8
    array = np.frombuffer(ffi.buffer(held, size), dtype=np.float64).reshape(shape)
    array.flags.writeable = False
    return array


def describe(function: Callable, index: int, *before: Any) -> dict[str, Any]:
    """A row of one of the library's tables."""
    row = ffi.new("spiral_description *")
    call(function, *before, index, row)
    return {"name": text(row.name), "unit": text(row.unit), "low": row.low, "high": row.high,
            "value": row.value, "label": text(row.label_en), "label_zh": text(row.label_zh),
            "meaning": text(row.doc), "source": text(row.source)}


# --- interrupts ----------------------------------------------------------------------------------

class Watch:
    """What a running ensemble asks now and then: whether to go on.

    The question is Python code in the thread that called, so that Ctrl-C is noticed there.
    """

    _current = threading.local()

    def __init__(self, progress: Callable[[int, int], Any] | None) -> None:
        self.progress = progress
        self.raised: BaseException | None = None

    def __enter__(self) -> "Watch":
        self._outer = getattr(Watch._current, "watch", None)
        Watch._current.watch = self
        return self

    def __exit__(self, *_: Any) -> None:
        Watch._current.watch = self._outer


def _keep_exception(_kind: Any, value: BaseException, _traceback: Any) -> int:
    Watch._current.watch.raised = value
    return 1


@ffi.def_extern(name="spiral_python_progress", error=1, onerror=_keep_exception)
def _progress(_context: Any, done: int, total: int) -> int:
    progress = Watch._current.watch.progress
    return 1 if progress is not None and progress(done, total) else 0


PROGRESS = lib.spiral_python_progress
