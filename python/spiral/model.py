# SPDX-License-Identifier: MIT
"""A case as a function of parameters to outcomes, for EMA Workbench, SALib and their like."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Sequence

import numpy as np

from . import errors, tables
from .scenario import Scenario

if TYPE_CHECKING:
    from .ensemble import Ensemble


class Model:
    """A function of a case's parameters to the means of outcomes over runs.

    Every call uses the same random numbers, so that what differs comes from the parameters.

    Parameters
    ----------
    scenario : a case, or what `Scenario.load` takes
    bounds : the ranges of the parameters that vary, {"k.encircle": (1, 8), ...}; a sequence of
        names takes the whole of each parameter's bounds
    outcomes : names of `spiral.outcomes()`, or expressions, as "war by 2014" (Ensemble.measure)
    runs, seed : of each call
    what_if : a branch, as "UKR:limited_balance@2004-12"; its outcomes are returned

    For EMA Workbench: `Model("ukraine", function=spiral.Model(...))`; it is called with named
    values ("k.encircle", or "k_encircle") and returns a dict. For SALib: `model.problem`, and
    `model.evaluate(X)` with a row for each point.
    """

    def __init__(self, scenario: Scenario | str, bounds: Mapping[str, tuple[float, float]]
                 | Sequence[str], outcomes: Sequence[str] | str = ("war", "force"),
                 runs: int = 200, seed: int = 1, what_if: str | None = None,
                 threads: int = 0) -> None:
        self.scenario = scenario if isinstance(scenario, Scenario) else Scenario.load(scenario)
        if not isinstance(bounds, Mapping):
            table = self.scenario.params()
            known = {self.scenario._resolve(name): name for name in bounds}
            bounds = {name: tuple(table.loc[resolved, ["low", "high"]])
                      for resolved, name in known.items()}
        self.bounds = {name: (float(low), float(high)) for name, (low, high) in bounds.items()}
        for name in self.bounds:
            self.scenario.get(name)  # an unknown one is told at once
        self.outcomes = [outcomes] if isinstance(outcomes, str) else list(outcomes)
        names = [row["name"] for row in tables.outcome_rows()]
        self._columns = [names.index(name) if name in names else None for name in self.outcomes]
        self._own = [name for name in self.outcomes if name not in names]
        self.runs, self.seed, self.what_if, self.threads = runs, seed, what_if, threads
        if self._own:
            self._check_own()
        self._names = {alias: name for name in self.bounds
                       for alias in (name, name.replace(".", "_").replace("-", "_"))}

    def _check_own(self) -> None:
        """Says at once what is wrong with an expression; a word alone was to be an outcome."""
        ensemble = self.scenario.run(1, self.seed, what_if=self.what_if or (), fans=False)
        try:
            ensemble.measure(self._own)
        except errors.InputError:
            for name in self._own:
                if name.isidentifier():
                    tables.index_of(name, tables.outcome_rows(), "outcome")
            raise

    @property
    def __name__(self) -> str:
        return self.scenario.name

    @property
    def problem(self) -> dict[str, Any]:
        """SALib's description of the parameters: num_vars, names, bounds, outputs."""
        return {"num_vars": len(self.bounds), "names": list(self.bounds),
                "bounds": [list(ends) for ends in self.bounds.values()],
                "outputs": list(self.outcomes)}

    def run(self, values: Mapping[str, float]) -> "Ensemble":
        """The ensemble at a point."""
        named = {}
        for name, value in values.items():
            if name not in self._names:
                raise errors.InputError(f"unknown parameter '{name}'; there are "
                                        f"{', '.join(self.bounds)}")
            named[self._names[name]] = float(value)
        return self.scenario.set(named).run(
            self.runs, self.seed, what_if=self.what_if or (), threads=self.threads, fans=False)

    def means(self, values: Mapping[str, float]) -> np.ndarray:
        """The means of the outcomes at a point; a date is of the runs that have one, NaN without."""
        ensemble, branch = self.run(values), 1 if self.what_if else 0
        of_table = ensemble.values(branch)
        own = iter(ensemble._measure(branch, self._own).T) if self._own else iter(())
        runs = np.column_stack([next(own) if column is None else of_table[:, column]
                                for column in self._columns])
        known = ~np.isnan(runs)
        with np.errstate(invalid="ignore"):  # no run has a date: none is their mean
            return np.where(known, runs, 0.0).sum(axis=0) / known.sum(axis=0)

    def __call__(self, *points: Any, **values: float) -> Any:
        """With named values: a dict of the outcomes' means. With an array: as `evaluate`."""
        if points:
            return self.evaluate(points[0])
        return dict(zip(self.outcomes, map(float, self.means(values))))

    def run_point(self, values: Mapping[str, float]) -> dict[str, float]:
        """As a call with these named values: for pools of processes, which take one argument."""
        return self(**values)

    def evaluate(self, points: Any) -> np.ndarray:
        """The outcomes' means at points, [point, parameter] in the order of `problem`: [point] for
        one outcome, else [point, outcome]. One point alone, [parameter], is taken as well."""
        points = np.asarray(points, dtype=np.float64)
        rows = np.atleast_2d(points)
        if rows.shape[1] != len(self.bounds):
            raise errors.InputError(f"points of {rows.shape[1]} numbers; expected "
                                    f"{len(self.bounds)}: {', '.join(self.bounds)}")
        found = np.array([self.means(dict(zip(self.bounds, row))) for row in rows])
        if len(self.outcomes) == 1:
            found = found[:, 0]
        return found if points.ndim > 1 else found[0]
