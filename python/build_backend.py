# SPDX-License-Identifier: MIT
"""setuptools' backend, with the packages of this interpreter in reach.

pip builds in an environment of its own and fills it from the network. Where setuptools, wheel and
cffi are installed already (Debian: python3-setuptools, python3-wheel, python3-cffi), this backend
asks for nothing and takes them from there, so that `pip install ./python` works without a network.
Where they are missing, it asks pip for them.
"""
import os
import pathlib
import subprocess
import sys

NEEDED = ("setuptools", "wheel", "cffi")
BUILD = pathlib.Path(__file__).resolve().parents[1] / "build" / "python"


def _installed_paths():
    """The search path of this interpreter outside of pip's environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    printed = subprocess.run([sys.executable, "-c", "import sys; print('\\n'.join(sys.path[1:]))"],
                             env=clean, capture_output=True, text=True, check=True).stdout
    return [path for path in printed.splitlines() if path and path not in sys.path]


def _missing():
    from importlib.util import find_spec
    return [name for name in NEEDED if find_spec(name) is None]


if _missing():
    sys.path.extend(_installed_paths())


def get_requires_for_build_wheel(config_settings=None):
    return _missing()


def get_requires_for_build_editable(config_settings=None):
    return _missing()


def prepare_metadata_for_build_wheel(directory, config_settings=None):
    from setuptools import build_meta
    BUILD.mkdir(parents=True, exist_ok=True)
    return build_meta.prepare_metadata_for_build_wheel(directory, config_settings)


def build_wheel(directory, config_settings=None, metadata_directory=None):
    from setuptools import build_meta
    BUILD.mkdir(parents=True, exist_ok=True)
    return build_meta.build_wheel(directory, config_settings, metadata_directory)


def build_editable(directory, config_settings=None, metadata_directory=None):
    from setuptools import build_meta
    BUILD.mkdir(parents=True, exist_ok=True)
    return build_meta.build_editable(directory, config_settings, metadata_directory)
