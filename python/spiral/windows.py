# SPDX-License-Identifier: MIT
"""Forecasts of hundreds of pairs, and their scores beside regressions."""
from __future__ import annotations

import json
import os
import pathlib
import tempfile
from typing import TYPE_CHECKING, Any, Mapping

from . import program

if TYPE_CHECKING:
    import pandas


class Panel:
    """The result of `spiral.panel`.

    Attributes
    ----------
    predictions : a frame by window with dyad, start, end, runs, force and war (chances)
    raw : the program's JSON object, with all scores
    """

    def __init__(self, raw: dict[str, Any], predictions: "pandas.DataFrame") -> None:
        self.raw = raw
        self.predictions = predictions

    @property
    def scores(self) -> "pandas.DataFrame":
        """By (event, split, rows, model, score): value, low and high (95 % interval)."""
        import pandas
        rows = []
        for table in self.raw["tables"]:
            for model, scores in table["scores"].items():
                for score, number in scores.items():
                    if isinstance(number, dict) and "value" in number:
                        rows.append([table["event"], table["split"], table["rows"], model, score,
                                     number["value"], number.get("lo"), number.get("hi")])
        return pandas.DataFrame(rows, columns=[
            "event", "split", "rows", "model", "score", "value", "low", "high"]).set_index(
                ["event", "split", "rows", "model", "score"])

    def __repr__(self) -> str:
        return f"<Panel of {len(self.predictions)} windows>"


def panel(windows: "pandas.DataFrame | str | os.PathLike", *, runs: int = 2048, seed: int = 1,
          constants: Mapping[str, float] | None = None, resamples: int = 1000,
          split: int | None = None) -> Panel:
    """Forecasts every window of a table of pairs and scores the forecasts beside regressions, as
    `spiral panel` does. docs/panel.md has the table's columns.

    Parameters
    ----------
    windows : a frame, or a CSV file
    runs : of each window
    constants : values of the model's constants, by name as "k.encircle"
    resamples : of pairs, for intervals; 0 for none
    split : fit the regressions to windows that end by this year, forecast those from it
    """
    import pandas
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "windows.csv"
        if isinstance(windows, pandas.DataFrame):
            windows.to_csv(table, index=False)
        else:
            table = pathlib.Path(windows)
        predictions = pathlib.Path(folder) / "predictions.csv"
        arguments = ["panel", str(table), "--json", "--quiet", "--runs", str(runs), "--seed",
                     str(seed), "--resamples", str(resamples), "--predictions", str(predictions)]
        if split is not None:
            arguments += ["--split", str(split)]
        for name, value in (constants or {}).items():
            arguments += ["--set", f"{name}={value!r}"]
        raw = json.loads(program.run(*arguments))
        frame = pandas.read_csv(predictions, comment="#", dtype={"window": str, "dyad": str})
    return Panel(raw, frame.set_index("window"))
