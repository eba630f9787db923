# SPDX-License-Identifier: MIT
"""One run, step by step."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _library, tables
from ._library import ffi, lib

if TYPE_CHECKING:
    import pandas
    from .scenario import Scenario


class Simulation:
    """A run of a case that is advanced step by step, copied, and branched.

    >>> run = Scenario.load("ukraine").simulate(seed=1, run=0)
    >>> run.advance(12)
    12
    """

    def __init__(self, handle: Any) -> None:
        self._handle = handle

    @classmethod
    def _start(cls, scenario: "Scenario", seed: int, run: int) -> "Simulation":
        return cls(_library.create(lib.spiral_simulation_create, "spiral_simulation",
                                   lib.spiral_simulation_free, scenario._handle, seed, run))

    def copy(self) -> "Simulation":
        """A second simulation in the same state, which goes on to the bit as this one would."""
        return Simulation(_library.create(lib.spiral_simulation_copy, "spiral_simulation",
                                          lib.spiral_simulation_free, self._handle))

    def branch(self, scenario: "Scenario") -> "Simulation":
        """A second simulation in the same state that goes on under another case: other
        parameters of the same states, over the same time."""
        return Simulation(_library.create(lib.spiral_simulation_branch, "spiral_simulation",
                                          lib.spiral_simulation_free, self._handle,
                                          scenario._handle))

    def redraw(self, seed: int, run: int) -> None:
        """Lets the rest draw the numbers of another run: many futures of one present."""
        lib.spiral_simulation_redraw(self._handle, seed, run)

    def advance(self, steps: int | None = None) -> int:
        """Advances by `steps` steps, or to the end; returns the number of steps done."""
        left = lib.spiral_simulation_step_count(self._handle) - self.step
        return lib.spiral_simulation_advance(self._handle, left if steps is None else steps)

    @property
    def step(self) -> int:
        """Steps done so far."""
        return lib.spiral_simulation_step(self._handle)

    @property
    def date(self) -> float:
        """The date that was reached, in years."""
        return lib.spiral_simulation_date(self._handle)

    @property
    def quantities(self) -> "pandas.Series":
        """The quantities of `spiral.quantities()` now. Those that a step derives (guarantee,
        pressure) are 0 before the first step."""
        names = [row["name"] for row in tables.quantity_rows()]
        return self._series(lib.spiral_simulation_quantities, names)

    @property
    def outcomes(self) -> "pandas.Series":
        """The outcomes of a run that has reached its end; a date is NaN where the event did not
        come."""
        names = [row["name"] for row in tables.outcome_rows()]
        return self._series(lib.spiral_simulation_outcomes, names)

    @property
    def variables(self) -> "pandas.Series":
        """All variables of the state now, by name: "threat.UKR.RUS" (of the first about the
        second), "commitment.UKR-USA" ..."""
        names = [_library.describe(lib.spiral_simulation_variable, i, self._handle)["name"]
                 for i in range(lib.spiral_simulation_variable_count(self._handle))]
        return self._series(lib.spiral_simulation_variables, names)

    def hostility(self, rival: int = 0) -> int:
        """The present hostility towards a rival, 1 to 5."""
        return lib.spiral_simulation_hostility(self._handle, rival)

    def hash(self) -> str:
        """Names the state, the doctrines in force and the generator: equal runs have equal
        hashes."""
        return f"{lib.spiral_simulation_hash(self._handle):016x}"

    def _series(self, function: Any, names: list[str]) -> "pandas.Series":
        import pandas
        values = np.empty(len(names))
        _library.call(function, self._handle, ffi.from_buffer("double[]", values), len(values))
        return pandas.Series(values, names)

    def __repr__(self) -> str:
        return f"<Simulation at {self.date:.2f}, step {self.step}>"
