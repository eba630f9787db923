# SPDX-License-Identifier: MIT
"""Many runs of a case and of its what-if branches, with what they show."""
from __future__ import annotations

import base64
import html
import os
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

import numpy as np

from . import _library, dates, errors, program, tables
from ._library import ffi, lib

if TYPE_CHECKING:
    import pandas
    import xarray
    from .scenario import Scenario

#: What the branch without a what-if is called in tables.
BASELINE = "baseline"

#: Trajectories are run in parts of so many runs, so that Ctrl-C is noticed between them.
_PART = 256


class Ensemble:
    """The result of `Scenario.run`: outcomes of every run, distributions by date, risks.

    Branch 0 is the case itself, "baseline"; the others are its what-ifs. Run i drew the same
    random numbers in each, so that differences are of pairs.
    """

    def __init__(self, handle: Any, scenario: "Scenario", seed: int, first: int, asked: int,
                 branches: Sequence[str]) -> None:
        self._handle = handle
        self.scenario = scenario
        self.seed = seed
        self.first = first
        self._asked = asked
        #: "baseline", then the what-ifs.
        self.branches: list[str] = [BASELINE, *branches]
        self._figure: program.Figure | None = None

    @classmethod
    def _run(cls, scenario: "Scenario", runs: int, seed: int, branches: Sequence[str], first: int,
             threads: int, fans: bool, progress: Callable[[int, int], Any] | None) -> "Ensemble":
        options = ffi.new("spiral_ensemble_options *")
        lib.spiral_ensemble_options_init(options)
        texts = [ffi.new("char[]", branch.encode()) for branch in branches]
        list_of_texts = ffi.new("char *[]", texts or [ffi.NULL])
        options.runs, options.seed, options.first = runs, seed, first
        options.threads = threads if not _forked else 1
        options.fans = fans
        options.what_if, options.what_if_count = list_of_texts, len(texts)
        options.progress = _library.PROGRESS

        made = ffi.new("spiral_ensemble **")
        error = ffi.new("spiral_error *")
        with _library.Watch(progress) as watch:
            status = lib.spiral_ensemble_create(scenario._handle, options, made, error)
        handle = ffi.gc(made[0], lib.spiral_ensemble_free) if made[0] != ffi.NULL else None
        if watch.raised is not None:
            raise watch.raised
        if status not in (lib.SPIRAL_OK, lib.SPIRAL_STOPPED):
            raise _library.exception(error)
        return cls(handle, scenario, seed, first, runs, branches)

    # --- runs ------------------------------------------------------------------------------------

    @property
    def runs(self) -> int:
        """Finished runs of the baseline."""
        return lib.spiral_ensemble_runs(self._handle, 0)

    @property
    def complete(self) -> bool:
        """Whether all runs of all branches were finished; False after `progress` stopped them."""
        return all(lib.spiral_ensemble_runs(self._handle, i) == self._asked
                   for i in range(len(self.branches)))

    def _branch(self, what_if: str | int) -> int:
        if isinstance(what_if, int):
            return what_if
        if what_if in self.branches:
            return self.branches.index(what_if)
        raise errors.InputError(f"unknown branch '{what_if}'; there are {', '.join(self.branches)}")

    def _finished(self) -> list[int]:
        """The branches that have runs."""
        return [i for i in range(len(self.branches)) if lib.spiral_ensemble_runs(self._handle, i)]

    def hash(self, what_if: str | int = 0) -> str:
        """Names the bits of a branch's runs: equal runs have equal hashes on every machine."""
        return f"{lib.spiral_ensemble_hash(self._handle, self._branch(what_if)):016x}"

    def values(self, what_if: str | int = 0) -> np.ndarray:
        """The outcomes of every run of a branch as the library holds them, without a copy:
        [run, outcome], read-only, in the order of `spiral.outcomes()`. The date of an event that did
        not come is NaN. The array keeps the memory alive."""
        branch = self._branch(what_if)
        pointer = lib.spiral_ensemble_values(self._handle, branch)
        runs = lib.spiral_ensemble_runs(self._handle, branch)
        width = lib.spiral_outcome_count()
        if pointer == ffi.NULL:
            return np.empty((0, width))
        return _library.view(pointer, (runs, width), self._handle)

    @property
    def outcomes(self) -> "pandas.DataFrame":
        """The outcomes of every run: a column for each of `spiral.outcomes()`, a row for each run.
        With what-ifs the rows are (what_if, run). A date is in years, NaN where the event did not
        come."""
        import pandas
        names = [row["name"] for row in tables.outcome_rows()]
        frames = []
        for branch in self._finished():
            values = self.values(branch).copy()  # the frame is the user's to change
            index = pandas.RangeIndex(self.first, self.first + len(values), name="run")
            frames.append(pandas.DataFrame(values, index, names, copy=False))
        if len(self.branches) == 1:
            return frames[0]
        return pandas.concat(frames, keys=[self.branches[i] for i in self._finished()],
                             names=["what_if"])

    @property
    def events(self) -> "pandas.DataFrame":
        """The first use of force and the first war of every run that had one: what_if, run, event
        ("force", "war"), date (years), time (calendar), in the order of the runs."""
        import pandas
        names = [row["name"] for row in tables.outcome_rows()]
        frames = []
        for branch in self._finished():
            values = self.values(branch)
            for event in ("force", "war"):
                had = np.flatnonzero(values[:, names.index(event)] > 0.0)
                date = values[had, names.index(f"{event}_date")]
                frames.append(pandas.DataFrame({
                    "what_if": self.branches[branch], "run": self.first + had, "event": event,
                    "date": date, "time": dates.times(date), "branch": branch}))
        return pandas.concat(frames).sort_values(
            ["branch", "run", "date"], kind="stable").drop(columns="branch").reset_index(drop=True)

    # --- estimates -------------------------------------------------------------------------------

    def _estimate(self, function: Any, branch: int, outcome: int) -> Any:
        mean = ffi.new("spiral_sample_mean *")
        _library.call(function, self._handle, branch, outcome, mean)
        return mean

    @property
    def summary(self) -> "pandas.DataFrame":
        """The mean of each outcome over the runs of each branch, by (what_if, outcome): mean,
        deviation (standard deviation over runs), low and high (95 % interval of the mean), runs
        (that it is of: a date is of the runs that have one), unit."""
        import pandas
        rows = []
        for branch in self._finished():
            for i, row in enumerate(tables.outcome_rows()):
                mean = self._estimate(lib.spiral_ensemble_outcome, branch, i)
                numbers = [mean.mean, mean.deviation, mean.low, mean.high]
                if mean.runs == 0:
                    numbers = [np.nan] * 4
                rows.append([self.branches[branch], row["name"], *numbers, mean.runs, row["unit"]])
        return pandas.DataFrame(rows, columns=[
            "what_if", "outcome", "mean", "deviation", "low", "high", "runs", "unit"]).set_index(
                ["what_if", "outcome"])

    @property
    def risk(self) -> "pandas.DataFrame":
        """The risk of war and of force by the end, by (what_if, outcome): risk, low and high (95 %
        interval of the sampled runs, Wilson), constants_low and constants_high (what the constants
        may be: 90 % interval of the risks of their sets, NaN for one set), median_date (of the runs
        that have the event); change, change_low and change_high beside the baseline (95 % interval
        of paired runs), change_constants_low and change_constants_high; NaN for the baseline."""
        import pandas
        rows = []
        for branch in self._finished():
            for name in ("war", "force"):
                outcome = lib.spiral_outcome_index(name.encode())
                mean = self._estimate(lib.spiral_ensemble_outcome, branch, outcome)
                change = [np.nan] * 5
                if branch > 0:
                    other = self._estimate(lib.spiral_ensemble_difference, branch, outcome)
                    change = [other.mean, other.low, other.high, *self._over_constants(
                        lib.spiral_ensemble_difference_by_constants, branch, outcome)]
                spread = self._over_constants(lib.spiral_ensemble_outcome_by_constants, branch,
                                              outcome)
                values = self.values(branch)[:, lib.spiral_outcome_index(f"{name}_date".encode())]
                came = values[values > 0.0]
                median = dates.times([np.median(came) if len(came) else np.nan])[0]
                rows.append([self.branches[branch], name, mean.mean, mean.low, mean.high, *spread,
                             median, *change])
        return pandas.DataFrame(rows, columns=[
            "what_if", "outcome", "risk", "low", "high", "constants_low", "constants_high",
            "median_date", "change", "change_low", "change_high", "change_constants_low",
            "change_constants_high"]).set_index(["what_if", "outcome"])

    def _over_constants(self, function: Any, branch: int, outcome: int) -> list[float]:
        """An interval over the sets of constants; NaN where there is one set, or too few runs."""
        low, high = ffi.new("double *"), ffi.new("double *")
        known = function(self._handle, branch, outcome, low, high, ffi.NULL) == lib.SPIRAL_OK
        return [low[0], high[0]] if known else [np.nan, np.nan]

    # --- by date ---------------------------------------------------------------------------------

    def _dates(self) -> np.ndarray:
        years = np.empty(lib.spiral_ensemble_step_count(self._handle))
        _library.call(lib.spiral_ensemble_dates, self._handle, _library.doubles(years), len(years))
        return years

    def _dataset(self, variables: dict[str, Any], years: np.ndarray, branches: Sequence[int],
                 coordinates: dict[str, Any] | None = None) -> "xarray.Dataset":
        import xarray
        return xarray.Dataset(variables, {
            "what_if": ("what_if", [self.branches[i] for i in branches],
                        {"long_name": "branch: the case, or what if"}),
            "time": dates.time_coordinate(years),
            "year": ("time", years, {"long_name": "date of the state", "units": "years"}),
            **(coordinates or {})}, self._attributes())

    def _attributes(self) -> dict[str, Any]:
        return {"Conventions": "CF-1.8", "title": self.scenario.title(),
                "source": f"spiral {_library.text(lib.spiral_version())}",
                "scenario": self.scenario.name,
                "constant_sets": self.scenario.constant_sets, "seed": self.seed, "runs": self.runs,
                "first_run": self.first, "settings": ", ".join(
                    f"{name}={value!r}" for name, value in self.scenario.settings.items())}

    def _quantities(self, names: str | Sequence[str] | None) -> list[int]:
        rows = tables.quantity_rows()
        if names is None:
            return list(range(len(rows)))
        return [tables.index_of(name, rows, "quantity")
                for name in ([names] if isinstance(names, str) else names)]

    def fan(self, quantities: str | Sequence[str] | None = None,
            shares: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95)) -> "xarray.Dataset":
        """Quantiles of quantities over the runs after each step: a variable for each quantity,
        [what_if, time, share], right to a 400th of the quantity's range; and NAME_mean, [what_if,
        time]. Quantities: all, or the names of some of `spiral.quantities()`."""
        years = self._dates()
        branches = self._finished()
        asked = np.asarray(shares, dtype=np.float64)
        variables: dict[str, Any] = {}
        for i in self._quantities(quantities):
            row = tables.quantity_rows()[i]
            band = np.empty((len(branches), len(years), len(asked)))
            mean = np.empty((len(branches), len(years)))
            for place, branch in enumerate(branches):
                _library.call(lib.spiral_ensemble_fan, self._handle, branch, i,
                              ffi.from_buffer("double[]", asked), len(asked),
                              _library.doubles(band[place]), band[place].size)
                _library.call(lib.spiral_ensemble_mean, self._handle, branch, i,
                              _library.doubles(mean[place]), len(years))
            attributes = tables.quantity_attributes(row)
            variables[row["name"]] = (("what_if", "time", "share"), band, attributes)
            variables[f"{row['name']}_mean"] = (("what_if", "time"), mean, {
                **attributes, "long_name": f"mean of {row['label']}",
                "cell_methods": "realization: mean"})
        return self._dataset(variables, years, branches, {
            "share": ("share", asked, {"long_name": "share of runs at or below", "units": "1"})})

    def risk_by_date(self) -> "xarray.Dataset":
        """The share of runs that had come to war and to force by each date, [what_if, time], with
        95 % intervals (Wilson): war, war_low, war_high, force, force_low, force_high; and levels,
        [what_if, time, level], the share of runs at each level of the worst pair."""
        years = self._dates()
        branches = self._finished()
        shape = (len(branches), len(years))
        variables: dict[str, Any] = {}
        for name, level in (("war", 5), ("force", 4)):
            share, low, high = (np.empty(shape) for _ in range(3))
            for place, branch in enumerate(branches):
                had = np.empty(len(years), dtype=np.uint64)
                _library.call(lib.spiral_ensemble_reached, self._handle, branch, level,
                              _library.counts(had), len(had))
                runs = lib.spiral_ensemble_runs(self._handle, branch)
                share[place] = had / runs
                low[place], high[place] = _wilson(share[place], runs)
            long_name = f"share of runs that have come to {name}"
            variables[name] = (("what_if", "time"), share, {"long_name": long_name, "units": "1"})
            for end, values in (("low", low), ("high", high)):
                variables[f"{name}_{end}"] = (("what_if", "time"), values, {
                    "long_name": f"{long_name}: {end} end of the 95 % interval", "units": "1"})
        at = np.empty((*shape, 5))
        for place, branch in enumerate(branches):
            count = np.empty((len(years), 5), dtype=np.uint64)
            _library.call(lib.spiral_ensemble_levels, self._handle, branch,
                          _library.counts(count), count.size)
            at[place] = count / lib.spiral_ensemble_runs(self._handle, branch)
        variables["levels"] = (("what_if", "time", "level"), at, {
            "long_name": "share of runs at a level of hostility", "units": "1"})
        level = ("level", np.arange(1, 6), {
            "long_name": "hostility", "flag_values": np.arange(1, 6),
            "flag_meanings": " ".join(name.replace(" ", "_") for name in tables.levels())})
        return self._dataset(variables, years, branches, {"level": level})

    def trajectories(self, runs: int | None = None, *,
                     quantities: str | Sequence[str] | None = None) -> "xarray.Dataset":
        """The course of single runs, from the start on: a variable for each quantity, [what_if,
        run, time]. `runs`: the first so many (default: at most 100). The runs are made again, with
        the same bits. All variables are views of one array."""
        asked = min(self._asked, 100) if runs is None else runs
        wanted = self._quantities(quantities)
        branches = list(range(len(self.branches)))
        steps, width = self.scenario.steps, lib.spiral_quantity_count()
        values = np.empty((len(branches), asked, steps + 1, width))
        for place, branch in enumerate(branches):
            handle = self._case(branch)
            for done in range(0, asked, _PART):
                part = values[place, done:done + _PART]
                _library.call(lib.spiral_case_histories, handle, self.seed, self.first + done,
                              len(part), _library.doubles(part), part.size)
        start = self.scenario.start
        years = np.concatenate([[start], self._dates()])
        variables = {}
        for i in wanted:
            row = tables.quantity_rows()[i]
            variables[row["name"]] = (("what_if", "run", "time"), values[..., i],
                                      tables.quantity_attributes(row))
        return self._dataset(variables, years, branches, {
            "run": ("run", np.arange(self.first, self.first + asked), {
                "long_name": "index of the run", "cf_role": "trajectory_id"})})

    def measure(self, outcomes: Mapping[str, str] | Sequence[str] | str) -> "pandas.DataFrame":
        """Outcomes of your own of every run, by expression: {"early": "war by 2014", "fear":
        "threat RUS UKR in 2008"}, or the expressions alone. The rows are those of `outcomes`; an
        event is 1 or 0. docs/experiments.md has the words. The runs are made again, with the same
        bits."""
        import pandas
        named = outcomes if isinstance(outcomes, Mapping) else {
            text: text for text in ([outcomes] if isinstance(outcomes, str) else outcomes)}
        frames = [
            pandas.DataFrame(self._measure(branch, list(named.values())),
                             pandas.RangeIndex(self.first, self.first + lib.spiral_ensemble_runs(
                                 self._handle, branch), name="run"), list(named), copy=False)
            for branch in self._finished()]
        if len(self.branches) == 1:
            return frames[0]
        return pandas.concat(frames, keys=[self.branches[i] for i in self._finished()],
                             names=["what_if"])

    def _measure(self, branch: int, expressions: Sequence[str]) -> np.ndarray:
        """The values of expressions for the runs of a branch: [run, expression]."""
        texts = [ffi.new("char[]", text.encode()) for text in expressions]
        list_of_texts = ffi.new("char *[]", texts or [ffi.NULL])
        runs = lib.spiral_ensemble_runs(self._handle, branch)
        values = np.empty((runs, len(texts)))
        handle = self._case(branch)
        for done in range(0, runs, _PART):
            part = values[done:done + _PART]
            _library.call(lib.spiral_case_measure, handle, list_of_texts, len(texts), self.seed,
                          self.first + done, len(part), _library.doubles(part), part.size)
        return values

    def _case(self, branch: int) -> Any:
        """The library's case of a branch."""
        return self.scenario._handle if branch == 0 else _library.create(
            lib.spiral_case_branch, "spiral_case", lib.spiral_case_free, self.scenario._handle,
            self.branches[branch].encode())

    # --- the program -----------------------------------------------------------------------------

    def why(self, runs: int | None = None, subsets: int = 512):
        """Why these runs come to war and force; see `Why`. `runs`: default as many as here, at
        most 2048. Uses the program `spiral`."""
        self._check_first()
        return self.scenario.why(min(self._asked, 2048) if runs is None else runs, subsets,
                                 seed=self.seed)

    def panel(self, windows: "pandas.DataFrame | str | os.PathLike", **options: Any):
        """Forecasts of many pairs with these runs' constants and seed; see `spiral.panel`."""
        return self.scenario.panel(windows, **{"seed": self.seed, **options})

    def chart(self, kind: str | None = None, **options: Any) -> program.Figure:
        """The program's chart of these runs: "timeline", or "whatif" where there are branches.
        Options as of `Scenario.chart`."""
        self._check_first()
        branches = self.branches[1:]
        kind = kind or ("whatif" if branches else "timeline")
        if kind == "whatif":
            options.setdefault("what_if", branches)
        return self.scenario.chart(kind, **{"runs": self._asked, "seed": self.seed, **options})

    def _check_first(self) -> None:
        if self.first != 0:
            raise errors.InputError("the program runs from run 0 on; this ensemble begins with "
                                    f"run {self.first}")

    # --- display ---------------------------------------------------------------------------------

    def _chart_or_none(self) -> str | None:
        """The chart's SVG; None where it cannot be drawn here: tables then say what there is."""
        try:
            self._figure = self._figure or self.chart()
            return self._figure.svg
        except errors.SpiralError:
            return None

    def __repr__(self) -> str:
        risk = self.risk.loc[(BASELINE, "war")]
        return (f"<Ensemble of {self.scenario.name}: {self.runs} runs, seed {self.seed}, "
                f"{len(self.branches) - 1} what-ifs; war {risk['risk']:.3f} "
                f"[{risk['low']:.3f}, {risk['high']:.3f}]>")

    def _repr_svg_(self) -> str | None:
        return self._chart_or_none()

    def _repr_html_(self) -> str:
        # An image has names of its own; two charts in one page would share theirs.
        svg = self._chart_or_none()
        picture = "" if svg is None else (
            '<img alt="{}" style="max-width: 100%" src="data:image/svg+xml;base64,{}">'.format(
                html.escape(f"chart of {self.scenario.title()}"),
                base64.b64encode(svg.encode()).decode()))
        return f"<p>{html.escape(repr(self)[1:-1])}</p>{self.risk.to_html()}{picture}"


def _wilson(share: np.ndarray, runs: int) -> tuple[np.ndarray, np.ndarray]:
    z = 1.959963984540054
    middle = (share + z * z / (2 * runs)) / (1 + z * z / runs)
    half = z * np.sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs)) / (1 + z * z / runs)
    low = np.where(share == 0.0, 0.0, middle - half)  # exact at the ends
    return low, np.where(share == 1.0, 1.0, middle + half)


# A child of fork() has the memory of OpenMP's threads, but not the threads: it would wait for them.
_forked = False


def _note_fork() -> None:
    global _forked
    _forked = True


os.register_at_fork(after_in_child=_note_fork)
