# SPDX-License-Identifier: MIT
"""Dates: years as numbers in the model, calendar dates and CF time in tables."""
from __future__ import annotations

import datetime
from typing import Iterable

import numpy as np

from . import _library
from ._library import ffi, lib


def year(date: float | str | datetime.date | np.datetime64) -> float:
    """A date as the model counts it: years, a month being exactly 1/12 and a day its share of its
    month. Takes a number, "2004", "2004-12", "2004-12-26", a date of datetime or of NumPy."""
    if isinstance(date, (int, float, np.integer, np.floating)):
        return float(date)
    if isinstance(date, np.datetime64):
        date = str(date.astype("datetime64[D]"))
    elif isinstance(date, datetime.date):
        date = date.strftime("%Y-%m-%d")
    value = ffi.new("double *")
    _library.call(lib.spiral_date_read, date.encode(), value)
    return value[0]


def times(years: Iterable[float] | np.ndarray) -> np.ndarray:
    """The calendar dates (datetime64[ns]) of dates in years; NaT for NaN."""
    years = np.asarray(years, dtype=np.float64)
    known = np.isfinite(years)
    months = np.where(known, years, 0.0) * 12.0
    whole = np.floor(months + 1e-6)  # a whole month may be off by the last bits
    share = np.clip(months - whole, 0.0, None)
    share[share < 1e-6] = 0.0
    begin = (whole.astype(np.int64) - 1970 * 12).astype("datetime64[M]")
    length = (begin + 1).astype("datetime64[s]") - begin.astype("datetime64[s]")
    seconds = np.round(share * length.astype(np.int64)).astype("timedelta64[s]")
    found = (begin.astype("datetime64[s]") + seconds).astype("datetime64[ns]")
    found[~known] = np.datetime64("NaT")
    return found


def time_coordinate(years: np.ndarray):
    """The dimension coordinate `time` of CF conventions, from dates in years."""
    import xarray
    variable = xarray.Variable("time", times(years), {
        "standard_name": "time", "long_name": "date of the state", "axis": "T"})
    variable.encoding = {"units": "days since 1900-01-01", "calendar": "standard",
                         "dtype": "float64"}
    return variable
