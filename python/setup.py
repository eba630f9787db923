# SPDX-License-Identifier: MIT
"""Builds libspiral, the programs and the cases with CMake and puts them into the package, then the
module that calls the library. SPIRAL_BUILD names a build folder of CMake's that is finished already.
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

from setuptools import setup
from setuptools.command.build_ext import build_ext

ROOT = pathlib.Path(__file__).resolve().parents[1]

# What of an installation the package carries, and where: the same folders, so that the library and
# the programs find each other and the cases.
CARRIED = ("bin/spiral", "lib/libspiral.so.*", "libexec/spiral/*", "share/spiral/scenarios/**/*")


def build_tree():
    """The finished build folder, made where none is given."""
    if "SPIRAL_BUILD" in os.environ:
        return ROOT / os.environ["SPIRAL_BUILD"]
    build = ROOT / "build" / "python" / "cmake"
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    subprocess.run(["cmake", "-S", ROOT, "-B", build, *generator, "-DCMAKE_BUILD_TYPE=Release",
                    "-DSPIRAL_TESTS=OFF", "-DSPIRAL_PYTHON=OFF"], check=True)
    subprocess.run(["cmake", "--build", build, "--parallel", str(os.cpu_count() or 1)], check=True)
    return build


def carry(build, package):
    """Copies what users need of an installation into the package; returns the library's folder."""
    with tempfile.TemporaryDirectory() as prefix:
        subprocess.run(["cmake", "--install", build, "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        installed = pathlib.Path(prefix)
        library = next(installed.rglob("libspiral.so")).parent  # lib, or lib/x86_64-linux-gnu
        for pattern in CARRIED:
            folder, _, rest = pattern.partition("/")
            base = library if folder == "lib" else installed / folder
            for source in base.glob(rest):
                # of the library, the name that is asked for when it is loaded
                if source.is_dir() or (folder == "lib" and source.name.count(".") != 2):
                    continue
                target = package / "installed" / folder / source.relative_to(base)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, target)
    return package / "installed" / "lib"


class BuildLibraryAndModule(build_ext):
    def build_extension(self, extension):
        package = pathlib.Path(__file__).resolve().parent / "spiral"
        if not self.inplace:
            package = pathlib.Path(self.build_lib).resolve() / "spiral"
        library = carry(build_tree(), package)
        extension.extra_link_args = [str(next(library.glob("libspiral.so.*"))),
                                     "-Wl,-rpath,$ORIGIN/installed/lib"]
        super().build_extension(extension)


setup(version=(ROOT / "VERSION").read_text(encoding="utf-8").split()[0],
      cffi_modules=["build_bindings.py:bindings"],
      cmdclass={"build_ext": BuildLibraryAndModule})
