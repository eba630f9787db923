# SPDX-License-Identifier: MIT
"""Three ways to run the model (model.py): plain Python, NumPy with arrays over runs, Numba with machine code for one run after another.

A way gives the model its algebra, and runs it: `start(streams)` and `step(at)` for those who look at every step, `highest(first, count)` for the
highest level of hostility that each of `count` runs reached. Draws are PCG32's (sim/random.h), of the run's own stream.
"""
import copy
import functools
from types import SimpleNamespace

import numpy

import model

MULTIPLIER, LOW64, LOW32 = 6364136223846793005, 2**64 - 1, 2**32 - 1
NOISE_SCALE = 0.0067658750867932276


class Plain:
    """Floats and lists, one run at a time."""
    name = "plain Python"

    def __init__(self, plan, seed):
        def next_draw(random):
            state = random[0]
            random[0] = (state * MULTIPLIER + random[1]) & LOW64
            folded, turn = (((state >> 18) ^ state) >> 27) & LOW32, state >> 59
            return ((folded >> turn) | (folded << ((32 - turn) & 31))) & LOW32

        def noise(random):
            draw = next_draw(random)
            return ((draw & 255) + (draw >> 8 & 255) + (draw >> 16 & 255) + (draw >> 24) - 510) * NOISE_SCALE

        self.plan, self.seed = plan, seed
        self.facts, self.k = SimpleNamespace(**plan.facts), SimpleNamespace(**plan.constants)
        self.model = model.build(SimpleNamespace(
            compiled=lambda function: function, least=lambda a, b: a if a < b else b, most=lambda a, b: a if a > b else b,
            select=lambda condition, a, b: a if condition else b, noise=noise, uniform=lambda random: next_draw(random) * 2.0**-32))

    def start(self, streams):
        stream, = streams
        increment = (stream << 1 | 1) & LOW64
        self.random = [((increment + self.seed) * MULTIPLIER + increment) & LOW64, increment]
        self.choices = SimpleNamespace(**copy.deepcopy(self.plan.choices))
        self.now, self.next = (SimpleNamespace(**copy.deepcopy(self.plan.state)) for _ in range(2))

    def step(self, at):
        self.model.step(self.facts, self.k, at, self.now, self.next, self.choices, self.random)
        self.now, self.next = self.next, self.now

    def highest(self, first, count):
        highest = numpy.ones(count)
        for run in range(count):
            self.start([first + run])
            for at in range(self.plan.steps):
                self.step(at)
                highest[run] = max(highest[run], *self.now.hostility)
        return highest


class Numpy(Plain):
    """An array over runs in place of every float, CHUNK runs at a time, so that the arrays stay in the cache."""
    name = "NumPy, arrays over runs"
    CHUNK = 4096

    def __init__(self, plan, seed):
        multiplier, bytes_02 = numpy.uint64(MULTIPLIER), numpy.uint32(0x00ff00ff)
        u18, u27, u59 = (numpy.uint64(bits) for bits in (18, 27, 59))

        def next_draw(random):
            state, increment = random
            folded, turn = (((state >> u18) ^ state) >> u27).astype(numpy.uint32), (state >> u59).astype(numpy.uint32)
            state *= multiplier
            state += increment
            return (folded >> turn) | (folded << ((numpy.uint32(32) - turn) & numpy.uint32(31)))

        def noise(random):
            draw = next_draw(random)
            pairs = (draw & bytes_02) + (draw >> numpy.uint32(8) & bytes_02)
            total = (pairs & numpy.uint32(0xffff)) + (pairs >> numpy.uint32(16))
            return (total.astype(numpy.int32) - 510) * NOISE_SCALE

        self.plan, self.seed = plan, seed
        self.facts = SimpleNamespace(**plan.facts)
        self.k = SimpleNamespace(**plan.constants)
        self.model = model.build(SimpleNamespace(
            compiled=lambda function: function, least=numpy.minimum, most=numpy.maximum, select=numpy.where, noise=noise,
            uniform=lambda random: next_draw(random) * 2.0**-32))

    def start(self, streams):
        increment = numpy.array(streams, dtype=numpy.uint64) << numpy.uint64(1) | numpy.uint64(1)
        self.random = (increment + numpy.uint64(self.seed)) * numpy.uint64(MULTIPLIER) + increment, increment
        self.choices = SimpleNamespace(**copy.deepcopy(self.plan.choices))
        self.now, self.next = (SimpleNamespace(**{name: numpy.repeat(numpy.array(value)[:, None], len(streams), axis=1)
                                                  for name, value in self.plan.state.items()}) for _ in range(2))

    def highest(self, first, count):
        highest = numpy.ones(count)
        for begin in range(0, count, self.CHUNK):
            chunk = highest[begin:begin + self.CHUNK]
            self.start(range(first + begin, first + begin + len(chunk)))
            for at in range(self.plan.steps):
                self.step(at)
                numpy.maximum(chunk, self.now.hostility.max(axis=0), out=chunk)
        return highest


def record(values):
    """A NumPy record with a field of each name: to Numba what a struct is to C."""
    arrays = {name: numpy.asarray(value) for name, value in values.items()}
    table = numpy.zeros(1, dtype=[(name, array.dtype, array.shape) for name, array in arrays.items()])
    for name, array in arrays.items():
        table[name][0] = array
    return table


@functools.lru_cache
def compile_model(parallel):
    """A step, the beginning of a run, and the runs of an ensemble: machine code once they are first called, the same for every plan."""
    import numba
    njit = functools.partial(numba.njit, error_model="numpy")   # as in C, no check before a division
    multiplier = numpy.uint64(MULTIPLIER)
    u1, u18, u27, u59 = (numpy.uint64(bits) for bits in (1, 18, 27, 59))
    i8, i16, i24, byte, all_ones = (numpy.uint32(bits) for bits in (8, 16, 24, 255, LOW32))

    @njit
    def next_draw(random):
        state = random[0]
        random[0] = state * multiplier + random[1]
        folded, turn = numpy.uint32(((state >> u18) ^ state) >> u27), numpy.uint32(state >> u59)
        return numpy.uint32((folded >> turn) | (folded << ((numpy.uint32(32) - turn) & numpy.uint32(31))))

    @njit
    def noise(random):
        draw = next_draw(random)
        total = numpy.int64(draw & byte) + numpy.int64(draw >> i8 & byte) + numpy.int64(draw >> i16 & byte) + numpy.int64(draw >> i24)
        return (total - 510) * NOISE_SCALE

    @njit
    def uniform(random):
        return numpy.int64(next_draw(random)) * 2.0**-32

    @njit
    def least(a, b):
        return a if a < b else b

    @njit
    def most(a, b):
        return a if a > b else b

    @njit
    def select(condition, a, b):
        return a if condition else b

    advance = model.build(SimpleNamespace(compiled=njit, least=least, most=most, select=select, noise=noise, uniform=uniform)).step

    @njit
    def begin(random, stream, seed):
        random[1] = stream << u1 | u1
        random[0] = (random[1] + seed) * multiplier + random[1]

    @njit
    def run_one(facts, k, steps, now, next, choices, random):
        highest = 1.0
        for at in range(steps):
            advance(facts, k, at, now[0], next[0], choices[0], random)
            now, next = next, now
            for q in range(len(facts.rival_state)):
                highest = max(highest, now[0].hostility[q])
        return highest

    @functools.partial(njit, parallel=parallel)
    def run_all(facts, k, steps, initial, given, first, seed, highest):
        for run in numba.prange(len(highest)):
            random = numpy.empty(2, numpy.uint64)
            begin(random, numpy.uint64(first + run), seed)
            highest[run] = run_one(facts[0], k[0], steps, initial.copy(), initial.copy(), given.copy(), random)

    return advance, begin, run_all


class Numba:
    """Compiled by Numba, one run after another: on one core, or (parallel) the runs over all."""
    name = "Numba, @njit"

    def __init__(self, plan, seed, parallel=False):
        self.plan, self.seed = plan, numpy.uint64(seed)
        self.facts, self.k, self.initial, self.given = record(plan.facts), record(plan.constants), record(plan.state), record(plan.choices)
        self.advance, self.begin, self.run_all = compile_model(parallel)

    def start(self, streams):
        stream, = streams
        self.records, self.choices, self.random = (self.initial.copy(), self.initial.copy()), self.given.copy(), numpy.zeros(2, numpy.uint64)
        self.begin(self.random, numpy.uint64(stream), self.seed)

    def step(self, at):
        now, after = self.records[at % 2], self.records[1 - at % 2]
        self.advance(self.facts[0], self.k[0], at, now[0], after[0], self.choices[0], self.random)
        self.now = SimpleNamespace(**{name: after[name][0] for name in after.dtype.names})

    def highest(self, first, count):
        highest = numpy.ones(count)
        self.run_all(self.facts, self.k, self.plan.steps, self.initial, self.given, first, self.seed, highest)
        return highest
