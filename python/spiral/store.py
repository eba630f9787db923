# SPDX-License-Identifier: MIT
"""Stores of sweeps as labelled arrays."""
from __future__ import annotations

import os
import pathlib
import tempfile
from typing import TYPE_CHECKING

from . import program

if TYPE_CHECKING:
    import xarray


def open_store(path: str | os.PathLike, what: str = "points") -> "xarray.Dataset":
    """A store that `spiral sweep` wrote, as a Dataset in memory.

    It is what `spiral export --format netcdf` writes, so that both have the same numbers and names.

    Parameters
    ----------
    what : "points" (means by point), "runs" (outcomes of each run, where they were kept) or
        "trajectories" (where they were kept)
    """
    import xarray
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "store.nc"
        program.run("export", path, "--what", what, "--format", "netcdf", "--out", file)
        with xarray.open_dataset(file) as dataset:
            return dataset.load()
