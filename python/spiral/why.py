# SPDX-License-Identifier: MIT
"""Why runs come to war and force, by intervention on the same draws."""
from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from . import program

if TYPE_CHECKING:
    import pandas
    from .scenario import Scenario


class Why:
    """The account of `spiral why`: eight mechanisms switched off and each dated act left out, on
    the same draws and constants as the runs of the case. docs/model.md says what each mechanism is.

    Attributes
    ----------
    raw : the program's JSON object
    """

    def __init__(self, raw: dict[str, Any], scenario: "Scenario", runs: int, seed: int) -> None:
        self.raw = raw
        self._scenario = scenario
        self._runs = runs
        self._seed = seed
        self._figures: dict[str, program.Figure] = {}

    @classmethod
    def _run(cls, scenario: "Scenario", runs: int, subsets: int, seed: int) -> "Why":
        arguments, yaml = scenario._program_arguments("until", "constants")
        printed = program.run_case(["why", *arguments, "--runs", str(runs), "--subsets",
                                    str(subsets), "--seed", str(seed), "--json"], yaml)
        return cls(json.loads(printed), scenario, runs, seed)

    @property
    def risk(self) -> "pandas.DataFrame":
        """By outcome ("war", "force"): runs with it, its risk with low and high, the risk with all
        mechanisms (all) and with none (chance). Intervals of chance (_low, _high) are of 95 %,
        those of what the constants may be (_constants_low, _constants_high) of 90 %."""
        import pandas
        rows = [{"outcome": account["outcome"], "runs": account["events"],
                 **_spread("risk", account["risk"]), **_spread("all", account["all"]),
                 **_spread("chance", account["chance"])} for account in self.raw["accounts"]]
        return pandas.DataFrame(rows).set_index("outcome")

    @property
    def mechanisms(self) -> "pandas.DataFrame":
        """By (outcome, mechanism): but_for (the share of the runs with the outcome that are without
        it once the mechanism is off), change (what the mechanism adds to the risk), shapley (its
        share of the risk; with chance they add up), gone and added (runs), with low and high."""
        return self._effects("mechanisms", ["outcome", "mechanism"])

    @property
    def acts(self) -> "pandas.DataFrame":
        """By outcome, the dated acts in the order of the timeline: date, act, and but_for, change,
        gone and added as of mechanisms."""
        return self._effects("acts", ["outcome"])

    def _effects(self, part: str, index: list[str]) -> "pandas.DataFrame":
        import pandas
        rows = []
        for account in self.raw["accounts"]:
            for effect in account[part]:
                row: dict[str, Any] = {"outcome": account["outcome"]}
                for key, value in effect.items():
                    if key in ("but_for", "change", "shapley"):
                        row.update(_spread(key, value))
                    else:
                        row[key] = value
                rows.append(row)
        return pandas.DataFrame(rows).set_index(index)

    def chart(self, outcome: str = "war", **options: Any) -> program.Figure:
        """The program's chart of the account of an outcome, "war" or "force"."""
        return self._scenario.chart("why", runs=self._runs, seed=self._seed, outcome=outcome,
                                    **options)

    def gain(self) -> "pandas.DataFrame":
        """The gain of the loop of fear by date: how much of a small rise of fear between rivals is
        there a year later (above 1 it grows by itself); around; without_ROUTE, with a route
        closed."""
        import pandas
        arguments, yaml = self._scenario._program_arguments("until", "constants")
        printed = program.run_case(["why", *arguments, "--runs", str(self._runs), "--seed",
                                    str(self._seed), "--gain", "--json"], yaml)
        rows = [{"date": row["date"], "gain": row["gain"], "around": row["around"],
                 "gain_constants_low": (row["constants"] or {}).get("lo", np.nan),
                 "gain_constants_high": (row["constants"] or {}).get("hi", np.nan),
                 **{f"without_{route}": value for route, value in row["without"].items()}}
                for row in json.loads(printed)]
        frame = pandas.DataFrame(rows).set_index("date")
        frame.index = pandas.to_datetime(frame.index)
        return frame

    def __repr__(self) -> str:
        war = self.risk.loc["war"]
        return f"<Why {self.raw['scenario']}: {self._runs} runs, war {war['risk']:.3f}>"

    def _repr_svg_(self) -> str:
        return self.chart().svg


def _spread(name: str, value: dict[str, Any] | None) -> dict[str, float]:
    """A number with its intervals, of chance and of what the constants may be, as five cells; NaN
    where there is none."""
    value = value or {"value": np.nan, "lo": np.nan, "hi": np.nan}
    constants = value.get("constants") or {"lo": np.nan, "hi": np.nan}
    return {name: value["value"], f"{name}_low": value["lo"], f"{name}_high": value["hi"],
            f"{name}_constants_low": constants["lo"], f"{name}_constants_high": constants["hi"]}
