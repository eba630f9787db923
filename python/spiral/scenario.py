# SPDX-License-Identifier: MIT
"""Cases: loading them, setting their parameters, running them."""
from __future__ import annotations

import datetime
import fnmatch
import html
import os
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

import numpy as np

from . import _library, dates, errors, program
from ._library import ffi, lib

if TYPE_CHECKING:
    import pandas
    from .ensemble import Ensemble
    from .simulation import Simulation

Date = "float | str | datetime.date | np.datetime64"

ROLES = ("small", "neighbour", "offshore")


class Scenario:
    """A case with the values of its parameters. It does not change: `set` and `configure` return
    changed copies.

    >>> ukraine = Scenario.load("ukraine")
    >>> greedy = ukraine.set("RUS.greed", 0.9)
    """

    def __init__(self, handle: Any, source: tuple[str, str],
                 settings: Mapping[str, float] | None = None,
                 options: Mapping[str, Any] | None = None) -> None:
        self._handle = handle
        self._source = source                    # ("file", path or name) or (name, YAML)
        self._settings = dict(settings or {})    # by name, in the order in which they were set
        self._options = dict(options or {})

    # --- loading ---------------------------------------------------------------------------------

    @classmethod
    def load(cls, path_or_name: str | os.PathLike) -> "Scenario":
        """Loads a case from a YAML file, or by the name of one that is included ("ukraine").

        Raises
        ------
        InputError : the file's first error, with its line and column
        FileError : there is no such file; the message has the nearest name
        """
        name = os.fspath(path_or_name)
        handle = _library.create(lib.spiral_case_load, "spiral_case", lib.spiral_case_free,
                                 name.encode())
        return cls(handle, ("file", name))

    @classmethod
    def from_yaml(cls, text: str, name: str = "scenario") -> "Scenario":
        """A case from a text in YAML; errors use `name` as the file's name."""
        data = text.encode()
        handle = _library.create(lib.spiral_case_load_text, "spiral_case", lib.spiral_case_free,
                                 data, len(data), name.encode())
        return cls(handle, (name, text))

    @staticmethod
    def check(text: str, name: str = "scenario") -> list[errors.InputError]:
        """All errors of a text in YAML, ordered by place; empty for a valid one."""
        data = text.encode()
        count = ffi.new("size_t *")
        found = ffi.new("spiral_error[100]")
        _library.call(lib.spiral_case_check_text, data, len(data), name.encode(), found, 100, count)
        return [_library.exception(found + i) for i in range(min(count[0], 100))]

    def _copy(self) -> "Scenario":
        handle = _library.create(lib.spiral_case_copy, "spiral_case", lib.spiral_case_free,
                                 self._handle)
        return Scenario(handle, self._source, self._settings, self._options)

    def __reduce__(self):
        return _rebuild, (self._source, self._settings, self._options)

    # --- what it says ----------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """As "ukraine"."""
        return _library.text(lib.spiral_case_name(self._handle))

    def title(self, language: str = "en") -> str:
        """The title, in English ("en") or Chinese ("zh")."""
        return _library.text(lib.spiral_case_title(self._handle, language.encode()))

    def summary(self, language: str = "en") -> str:
        """What the case is about, in English ("en") or Chinese ("zh")."""
        return _library.text(lib.spiral_case_summary(self._handle, language.encode()))

    @property
    def start(self) -> float:
        """The date at which runs begin, in years."""
        return lib.spiral_case_start(self._handle)

    @property
    def end(self) -> float:
        """The date at which runs end, in years."""
        return lib.spiral_case_end(self._handle)

    @property
    def steps(self) -> int:
        """Steps of a run."""
        return lib.spiral_case_step_count(self._handle)

    @property
    def constant_sets(self) -> int:
        """Sets of constants that runs are spread over: run i has set i modulo their number."""
        return lib.spiral_case_constant_set_count(self._handle)

    @property
    def states(self) -> "pandas.DataFrame":
        """The states by identifier: name, name_zh, role ("small", "neighbour", "offshore")."""
        import pandas
        rows = []
        for i in range(lib.spiral_case_state_count(self._handle)):
            rows.append({
                "state": _library.text(lib.spiral_case_state_id(self._handle, i)),
                "name": _library.text(lib.spiral_case_state_name(self._handle, i, b"en")),
                "name_zh": _library.text(lib.spiral_case_state_name(self._handle, i, b"zh")),
                "role": _library.text(lib.spiral_case_state_role(self._handle, i))})
        return pandas.DataFrame(rows).set_index("state")

    @property
    def acts(self) -> "pandas.DataFrame":
        """The timeline: date (years), time (calendar), kind ("move", "doctrine", "greed",
        "resolve"), act, actor, target, value (weight of a move; new greed or resolve), caption,
        caption_zh, source."""
        import pandas
        rows = []
        act = ffi.new("spiral_act *")
        for i in range(lib.spiral_case_act_count(self._handle)):
            _library.call(lib.spiral_case_act, self._handle, i, act)
            rows.append({
                "date": act.date, "kind": _library.text(act.kind), "act": _library.text(act.name),
                "actor": _library.text(act.actor), "target": _library.text(act.target) or None,
                "value": np.nan if _library.text(act.kind) == "doctrine" else act.value,
                "caption": _library.text(act.caption_en),
                "caption_zh": _library.text(act.caption_zh), "source": _library.text(act.source)})
        columns = ["date", "kind", "act", "actor", "target", "value", "caption", "caption_zh",
                   "source"]
        frame = pandas.DataFrame(rows, columns=columns)
        frame.insert(1, "time", dates.times(frame["date"].to_numpy(dtype=np.float64)))
        return frame

    # --- parameters ------------------------------------------------------------------------------

    def params(self, match: str | None = None) -> "pandas.DataFrame":
        """Everything that can be set, by name: value now, default, low and high (bounds), unit,
        label, label_zh, meaning, source. `match`: a part of the name, or a pattern as "k.*"."""
        import pandas
        rows = []
        for i in range(lib.spiral_case_parameter_count(self._handle)):
            row = _library.describe(lib.spiral_case_parameter, i, self._handle)
            pattern = match if match is None or any(c in match for c in "*?[") else f"*{match}*"
            if pattern is not None and not fnmatch.fnmatchcase(row["name"], pattern):
                continue
            row["default"] = row["value"]
            row["value"] = self.get(row["name"])
            rows.append(row)
        columns = ["name", "value", "default", "low", "high", "unit", "label", "label_zh",
                   "meaning", "source"]
        return pandas.DataFrame(rows, columns=columns).set_index("name")

    def _resolve(self, name: str) -> str:
        """The name with roles replaced: "neighbour.greed" is that of the first neighbour."""
        head, dot, rest = name.partition(".")
        if head in ("k", "move") or not dot:
            return name
        if head == "doctrine":
            state, dot, number = rest.partition(".")
            return f"doctrine.{self._state(state)}{dot}{number}"
        return "-".join(self._state(word) for word in head.split("-")) + dot + rest

    def _state(self, word: str) -> str:
        if word not in ROLES:
            return word
        for i in range(lib.spiral_case_state_count(self._handle)):
            if _library.text(lib.spiral_case_state_role(self._handle, i)) == word:
                return _library.text(lib.spiral_case_state_id(self._handle, i))
        raise errors.InputError(f"no state of {self.name} has the role {word}")

    def get(self, name: str) -> float:
        """The value of a parameter; of a series ("RUS.power") the factor on it, 1 as given."""
        value = ffi.new("double *")
        _library.call(lib.spiral_case_get, self._handle, self._resolve(name).encode(), value)
        return value[0]

    def __getitem__(self, name: str) -> float:
        return self.get(name)

    def set(self, name: str | Mapping[str, float], value: float | None = None,
            **named: float) -> "Scenario":
        """A copy with other values: `set("RUS.greed", 0.9)`, `set({"RUS.greed": 0.9, "k.encircle":
        3})`. This case stays as it is. A role may stand for a state, as in "neighbour.greed".

        Raises
        ------
        InputError : an unknown name (the message has the nearest), or a value out of bounds
        """
        if isinstance(name, Mapping):
            values = {**name, **named}
        elif value is None:
            raise TypeError(f"set({name!r}) needs a value")
        else:
            values = {name: value, **named}
        copy = self._copy()
        for key, number in values.items():
            resolved = self._resolve(key)
            _library.call(lib.spiral_case_set, copy._handle, resolved.encode(), float(number))
            copy._settings.pop(resolved, None)
            copy._settings[resolved] = float(number)
        return copy

    @property
    def settings(self) -> dict[str, float]:
        """What was set, by name."""
        return dict(self._settings)

    def configure(self, *, until: "Date | None" = None, step: float | None = None,
                  free_running: bool | None = None, war_ends: bool | None = None,
                  assimilate: bool | None = None,
                  constants: "str | os.PathLike | None" = None) -> "Scenario":
        """A copy that is run in another way. What is left out stays.

        Parameters
        ----------
        until : the date at which runs end, as "2014-03", a date, or years as a number
        step : the length of a step in years, above 0 and at most 1
        free_running : no timeline: states keep the doctrines that they start with
        war_ends : hostility may fall again after war; else war ends a pair's peace for good
        assimilate : the observed hostility is imposed, not predicted
        constants : "point" for one set, the defaults; or a table in CSV, a row for each set, that
            runs are spread over. A case is loaded with the posterior that is shipped, if there is
            one. A constant that was `set` has its value in every set.
        """
        copy = self._copy()
        given = {"until": None if until is None else dates.year(until), "step": step,
                 "free_running": free_running, "war_ends": war_ends, "assimilate": assimilate,
                 "constants": None if constants is None else os.fspath(constants)}
        copy._options.update({key: value for key, value in given.items() if value is not None})
        options = copy._options
        modes = (lib.SPIRAL_FREE_RUNNING * bool(options.get("free_running"))
                 | lib.SPIRAL_WAR_ENDS * bool(options.get("war_ends"))
                 | lib.SPIRAL_ASSIMILATE * bool(options.get("assimilate")))
        _library.call(lib.spiral_case_set_modes, copy._handle, modes)
        _library.call(lib.spiral_case_set_step, copy._handle, float(options.get("step", 0.0)))
        _library.call(lib.spiral_case_set_end, copy._handle, float(options.get("until", 0.0)))
        if constants is not None:
            _library.call(lib.spiral_case_set_constants, copy._handle,
                          options["constants"].encode())
            for name, value in self._settings.items():
                if name.startswith("k."):
                    _library.call(lib.spiral_case_set, copy._handle, name.encode(), value)
        return copy

    # --- running ---------------------------------------------------------------------------------

    def run(self, runs: int = 1000, seed: int = 1, *, what_if: str | Sequence[str] = (),
            first: int = 0, threads: int = 0, fans: bool = True,
            constants: "Mapping[str, float] | str | os.PathLike | None" = None,
            progress: Callable[[int, int], Any] | None = None) -> "Ensemble":
        """Runs the case many times, and each what-if branch with the same random numbers.

        Parameters
        ----------
        runs : of each branch
        seed : of the random numbers; the same seed gives the same bits everywhere
        what_if : branches as "UKR:limited_balance@2004-12": the state follows another doctrine
            from a date on
        first : index of the first run
        threads : 0 for one per processor; they do not affect the results
        fans : collect the distribution of every quantity at every date
        constants : other constants for these runs alone: values by name ("k.encircle" or
            "encircle"), or what `configure` takes ("point", a table of sets)
        progress : called now and then with the runs done and all runs; a true result stops, and
            the ensemble then holds the runs that were finished

        Other Python threads go on meanwhile. Ctrl-C raises KeyboardInterrupt.
        """
        from .ensemble import Ensemble
        scenario = self
        if isinstance(constants, Mapping):
            scenario = self.set({name if name.startswith("k.") else f"k.{name}": value
                                 for name, value in constants.items()})
        elif constants is not None:
            scenario = self.configure(constants=constants)
        branches = [what_if] if isinstance(what_if, str) else list(what_if)
        return Ensemble._run(scenario, runs, seed, branches, first, threads, fans, progress)

    def simulate(self, seed: int = 1, run: int = 0) -> "Simulation":
        """One run, step by step: run `run` of the seed."""
        from .simulation import Simulation
        return Simulation._start(self, seed, run)

    # --- the program -----------------------------------------------------------------------------

    def _program_arguments(self, *allowed: str) -> tuple[list[str], str | None]:
        """The case, its settings and how it is run as arguments of a command, and the case's text
        where it is from no file."""
        kind, text = self._source
        arguments = [text if kind == "file" else program.CASE]
        for name, value in self._settings.items():
            arguments += ["--set", f"{name}={value!r}"]
        for key, value in self._options.items():
            if key == "constants":
                if key in allowed:
                    arguments += ["--constants", str(value)]
                elif value != "point":
                    raise errors.InputError("this is explained with the default constants alone")
                continue
            if key not in allowed and value:
                raise errors.InputError(f"this is drawn or explained without the option {key}")
            if key in ("until", "step"):
                arguments += [{"until": "--until", "step": "--dt"}[key], _option_text(key, value)]
            elif value:
                arguments.append({"free_running": "--free", "war_ends": "--war-ends",
                                  "assimilate": "--assimilate"}[key])
        return arguments, None if kind == "file" else text

    def why(self, runs: int = 2048, subsets: int = 512, *, seed: int = 1):
        """Why runs come to war and force: without each mechanism, without each dated act, on the
        same draws. See `Why`. Uses the program `spiral`."""
        from .why import Why
        return Why._run(self, runs, subsets, seed)

    def panel(self, windows: "pandas.DataFrame | str | os.PathLike", *, runs: int = 2048,
              seed: int = 1, **options: Any):
        """Forecasts of many pairs with this case's constants. See `spiral.panel`."""
        from .windows import panel
        constants = {name: value for name, value in self._settings.items()
                     if name.startswith("k.")}
        return panel(windows, runs=runs, seed=seed, constants=constants, **options)

    def chart(self, kind: str = "timeline", *, runs: int | None = None, seed: int = 1,
              **options: Any) -> program.Figure:
        """A chart of the program about this case: "timeline", "whatif" (with what_if=...),
        "phase", "why". Options as of `spiral chart`: quantity="threat_small", lang="zh",
        theme="dark", size="1200x900"."""
        arguments, yaml = self._program_arguments("until", "constants")
        what_if = options.pop("what_if", ())
        for branch in [what_if] if isinstance(what_if, str) else what_if:
            arguments += ["--what-if", branch]
        for name, value in {"runs": runs, "seed": seed, **options}.items():
            if value is not None:
                arguments += [f"--{name}", str(value)]
        return program.Figure([kind, *arguments], yaml)

    # --- display ---------------------------------------------------------------------------------

    def __repr__(self) -> str:
        changed = ", ".join(f"{name}={value:g}" for name, value in self._settings.items())
        return f"<Scenario {self.name}{': ' + changed if changed else ''}>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{html.escape(name)}</td><td>{value:g}</td></tr>"
                       for name, value in self._settings.items())
        table = f"<table><tr><th>set</th><th>value</th></tr>{rows}</table>" if rows else ""
        return (f"<b>{html.escape(self.title())}</b><p>{html.escape(self.summary())}</p>{table}")


def _option_text(key: str, value: float) -> str:
    """A date as the program reads it, to its month; a length of a step."""
    if key == "step":
        return repr(value)
    months = value * 12.0
    if abs(months - round(months)) > 1e-6:
        raise errors.InputError("the program takes ends of runs at the beginning of a month")
    return f"{round(months) // 12}-{round(months) % 12 + 1:02d}"


def _rebuild(source, settings, options) -> Scenario:
    kind, text = source
    scenario = Scenario.load(text) if kind == "file" else Scenario.from_yaml(text, kind)
    if settings:
        scenario = scenario.set(settings)
    return scenario.configure(**options) if options else scenario


def cases() -> list[str]:
    """The names of the cases that are found without a path."""
    names = ffi.new("char[100][64]")
    count = lib.spiral_case_names(names, 100)
    return [_library.text(names[i]) for i in range(min(count, 100))]
