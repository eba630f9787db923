# SPDX-License-Identifier: MIT
"""What there is to read of a run: the outcomes, the quantities, the levels."""
from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from . import _library
from ._library import lib

@lru_cache(maxsize=None)
def outcome_rows() -> tuple[dict[str, Any], ...]:
    return tuple(_library.describe(lib.spiral_outcome_describe, i)
                 for i in range(lib.spiral_outcome_count()))


@lru_cache(maxsize=None)
def quantity_rows() -> tuple[dict[str, Any], ...]:
    return tuple(_library.describe(lib.spiral_quantity_describe, i)
                 for i in range(lib.spiral_quantity_count()))


def _frame(rows):
    import pandas
    return pandas.DataFrame(list(rows)).set_index("name").drop(
        columns=["value", "source"], errors="ignore")


def outcomes():
    """The outcomes of a run, one number each: a frame by name with unit ("1": a share or an index;
    "y": a date in years), low and high (bounds), label, label_zh and meaning."""
    return _frame(outcome_rows())


def quantities():
    """The quantities of a run at a date, what fans and trajectories show: a frame by name with
    unit, low and high (bounds), label, label_zh and meaning."""
    return _frame(quantity_rows())


def levels() -> list[str]:
    """The levels of the hostility ladder from 1 to 5."""
    return [_library.text(lib.spiral_level_name(level)) for level in range(1, 6)]


def index_of(name: str, rows, what: str) -> int:
    """The index of a row by name; InputError with the nearest name where there is none."""
    names = [row["name"] for row in rows]
    if name in names:
        return names.index(name)
    import difflib
    from .errors import InputError
    near = difflib.get_close_matches(name, names, 1, 0.5)
    raise InputError(f"unknown {what} '{name}'" +
                     (f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(names)}"))


def quantity_attributes(row: dict[str, Any]) -> dict[str, Any]:
    """Attributes of CF conventions."""
    return {"long_name": row["label"], "units": row["unit"] or "1", "comment": row["meaning"],
            "valid_min": np.float64(row["low"]), "valid_max": np.float64(row["high"])}
