# SPDX-License-Identifier: MIT
"""Usage: load_library.py LIBRARY. Runs a case through ctypes, from several threads at once."""
import ctypes
import sys
import threading

library = ctypes.CDLL(sys.argv[1])


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int), ("file", ctypes.c_char * 256), ("line", ctypes.c_int),
                ("column", ctypes.c_int), ("path", ctypes.c_char * 128), ("message", ctypes.c_char * 512)]


class SampleMean(ctypes.Structure):
    _fields_ = [("runs", ctypes.c_uint64), ("mean", ctypes.c_double), ("deviation", ctypes.c_double),
                ("low", ctypes.c_double), ("high", ctypes.c_double)]


library.spiral_ensemble_hash.restype = ctypes.c_uint64
library.spiral_ensemble_hash.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
library.spiral_quantity_count.restype = library.spiral_case_step_count.restype = ctypes.c_size_t
error = Error()


def check(status):
    if status != 0:
        sys.exit(f"load_library: {error.message.decode()}")


def run_ensemble(case, into):
    ensemble = ctypes.c_void_p()
    mean = SampleMean()
    check(library.spiral_ensemble_create(case, None, ctypes.byref(ensemble), ctypes.byref(error)))
    check(library.spiral_ensemble_outcome(ensemble, ctypes.c_size_t(0), ctypes.c_size_t(0), ctypes.byref(mean),
                                          ctypes.byref(error)))
    into.append((mean.runs, mean.mean, library.spiral_ensemble_hash(ensemble, 0)))
    library.spiral_ensemble_free(ensemble)


finland = ctypes.c_void_p()
check(library.spiral_case_load(b"finland", ctypes.byref(finland), ctypes.byref(error)))  # beside the library
results = []
threads = [threading.Thread(target=run_ensemble, args=(finland, results)) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if len(results) != 2 or results[0] != results[1] or results[0][0] != 1000 or not 0.0 < results[0][1] < 1.0:
    sys.exit(f"load_library: unexpected results {results}")

count = library.spiral_quantity_count() * library.spiral_case_step_count(finland)
values = (ctypes.c_double * count)()
check(library.spiral_case_trajectories(finland, ctypes.c_uint64(1), ctypes.c_uint64(0), ctypes.c_uint64(1), values,
                                       ctypes.c_size_t(count), ctypes.byref(error)))
if not all(0.0 <= value <= 100.0 for value in values) or max(values) <= 1.0:
    sys.exit("load_library: a trajectory out of bounds")
library.spiral_case_free(finland)
