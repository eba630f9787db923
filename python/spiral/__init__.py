# SPDX-License-Identifier: MIT
"""Simulation of security-dilemma spirals: a small state, a strong neighbour, an offshore power.

>>> import spiral
>>> ukraine = spiral.Scenario.load("ukraine")
>>> run = ukraine.run(runs=1000, seed=1, what_if=["UKR:limited_balance@2004-12"])
>>> run.risk

Units: shares and indices are without unit ("1"); dates are years as numbers, a month being exactly
1/12, and calendar dates beside them. docs/python.md shows more.
"""
from . import _library
from .dates import times, year
from .ensemble import Ensemble
from .errors import FileError, InputError, OutOfMemory, ProgramError, SpiralError
from .model import Model
from .windows import Panel, panel
from .program import Figure
from .scenario import Scenario, cases
from .simulation import Simulation
from .store import open_store
from .tables import levels, outcomes, quantities
from .why import Why

__version__ = _library.text(_library.lib.spiral_version())


def params(scenario: "Scenario | str", match: str | None = None):
    """Everything of a case that can be set: see `Scenario.params`."""
    loaded = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
    return loaded.params(match)


__all__ = ["Ensemble", "Figure", "FileError", "InputError", "Model", "OutOfMemory", "Panel",
           "ProgramError", "Scenario", "Simulation", "SpiralError", "Why", "cases", "levels",
           "open_store", "outcomes", "panel", "params", "quantities", "times", "year"]
