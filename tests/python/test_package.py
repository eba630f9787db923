# SPDX-License-Identifier: MIT
"""The package for Python: the same bits as the program, arrays without copies, errors with their
place, interrupts, tables that label themselves.

Usage: test_package.py, with the package on PYTHONPATH and the program in SPIRAL_PROGRAM.
"""
import gc
import io
import json
import multiprocessing
import os
import pathlib
import pickle
import re
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
from unittest import mock

import numpy as np
import pandas
import xarray

import spiral
from spiral import program

WHAT_IF = "UKR:limited_balance@2004-12"
RUNS = 600


def of_program(*arguments):
    """What a command of the program prints."""
    return subprocess.run([program.find(), *map(str, arguments)], check=True, capture_output=True,
                          text=True, stdin=subprocess.DEVNULL).stdout


class SameBits(unittest.TestCase):
    """What Python gives is what the program writes, to the bit."""

    @classmethod
    def setUpClass(cls):
        cls.scenario = spiral.Scenario.load("ukraine").set({"RUS.greed": 0.3, "k.encircle": 1.7})
        cls.run_ = cls.scenario.run(RUNS, seed=7, what_if=[WHAT_IF])
        cls.shown = json.loads(of_program(
            "run", "ukraine", "--set", "RUS.greed=0.3", "--set", "k.encircle=1.7", "--runs", RUNS,
            "--seed", 7, "--what-if", WHAT_IF, "--json"))

    def test_hash(self):
        self.assertEqual(self.run_.hash(), self.shown["runs_hash"])
        self.assertNotEqual(self.run_.hash(WHAT_IF), self.shown["runs_hash"])

    def test_risks(self):
        for event in ("war", "force"):
            row = self.run_.risk.loc[("baseline", event)]
            shown = self.shown["risk"][event]
            self.assertEqual([row.risk, row.low, row.high],
                             [shown["p"], shown["lo"], shown["hi"]])
            self.assertEqual(f"{row.median_date:%Y-%m}", shown["median_date"])
        branch = self.run_.risk.loc[(WHAT_IF, "war")]
        shown = self.shown["what_if"][0]
        self.assertEqual(branch.change, shown["war_difference"])
        self.assertEqual([branch.change_low, branch.change_high], [shown["lo"], shown["hi"]])

    def test_outcomes(self):
        for name, shown in self.shown["outcomes"].items():
            if name not in ("war_date", "force_date"):
                mean = self.run_.summary.loc[("baseline", name)]
                self.assertEqual([mean["mean"], mean.deviation], [shown["mean"], shown["sd"]])

    def test_fans(self):
        fan = self.run_.fan()
        for name, bands in self.shown["bands"].items():
            for band in bands:
                at = fan.sel(what_if="baseline", time=f"{band['date']}-01")
                self.assertEqual(float(at[f"{name}_mean"]), band["mean"])
                self.assertEqual([float(at[name].sel(share=share)) for share in fan.share],
                                 [band[key] for key in ("q05", "q25", "q50", "q75", "q95")])

    def test_trajectories(self):
        course = self.scenario.run(2, seed=7, constants="point").trajectories().isel(what_if=0)
        table = pandas.read_csv(io.StringIO(of_program(
            "run", "ukraine", "--set", "RUS.greed=0.3", "--set", "k.encircle=1.7", "--seed", 7,
            "--constants", "point")), float_precision="round_trip")
        for name in spiral.quantities().index:
            self.assertEqual(list(course[name].values[0]), list(table[name]))
        self.assertEqual([str(month) for month in course.time.dt.strftime("%Y-%m").values],
                         [date[:7] for date in table["date"].astype(str)])

    def test_threads_and_parts_do_not_matter(self):
        whole = self.scenario.run(300, threads=1)
        self.assertEqual(whole.hash(), self.scenario.run(300, threads=2).hash())
        parts = [self.scenario.run(150, first=first, fans=False) for first in (0, 150)]
        joined = np.concatenate([part.values() for part in parts])
        self.assertTrue(np.array_equal(joined, whole.values(), equal_nan=True))
        self.assertEqual(list(parts[1].outcomes.index), list(range(150, 300)))

    def test_single_runs(self):
        single = self.scenario.simulate(seed=7, run=5)
        single.advance(100)
        copy = single.copy()
        single.advance()
        copy.advance()
        self.assertEqual(single.hash(), copy.hash())
        pandas.testing.assert_series_equal(
            single.outcomes, self.run_.outcomes.loc[("baseline", 5)], check_names=False)
        self.assertIn("threat.UKR.RUS", single.variables.index)
        other = self.scenario.simulate(seed=7, run=5).branch(self.scenario.set("k.encircle", 3))
        other.advance()
        self.assertNotEqual(single.hash(), other.hash())


class Arrays(unittest.TestCase):
    def test_outcomes_are_not_copied_and_outlive_their_ensemble(self):
        run = spiral.Scenario.load("finland").run(400, what_if=["FIN:limited_balance@1990"])
        values = run.values()
        self.assertTrue(np.shares_memory(values, run.values()))
        self.assertFalse(np.shares_memory(values, run.values(1)))
        self.assertFalse(values.flags.writeable)
        kept = values.copy()
        del run
        gc.collect()
        others = [spiral.Scenario.load("finland").set("k.encircle", 3).run(400) for _ in range(3)]
        self.assertTrue(np.array_equal(values, kept, equal_nan=True))
        self.assertFalse(np.array_equal(values, others[0].values(), equal_nan=True))

    def test_outcomes_of_ones_own(self):
        run = spiral.Scenario.load("ukraine").run(40, seed=7, what_if=[WHAT_IF], fans=False)
        own = run.measure({"early": "war by 2014", "whole": "war", "fear": "max threat_small",
                           "late": "last threat RUS UKR"})
        self.assertEqual(list(own.columns), ["early", "whole", "fear", "late"])
        self.assertTrue(own.index.equals(run.outcomes.index))
        self.assertTrue((own.whole == run.outcomes.war).all())
        self.assertTrue((own.fear == run.outcomes.peak_threat_small).all())
        dates = run.outcomes.war_date
        self.assertTrue((own.early[dates < 2015] == 1).all())
        self.assertTrue((own.early[~(dates < 2015 + 1e-6)] == 0).all())
        course = run.trajectories(40)
        baseline = course.threat_neighbour.sel(what_if="baseline").values[:, -1]
        np.testing.assert_array_equal(own.late["baseline"].values, baseline)
        self.assertEqual(list(run.measure("war by 2014").columns), ["war by 2014"])
        with self.assertRaises(spiral.InputError) as caught:
            run.measure(["war by 2014", "threat RUS UKX in 2008"])
        self.assertEqual(caught.exception.column, 12)
        self.assertIn("unknown state 'UKX'; did you mean 'UKR'?", str(caught.exception))

    def test_trajectories_are_views_of_one_array(self):
        course = spiral.Scenario.load("finland").run(40).trajectories()
        bases = {id(course[name].values.base) for name in course.data_vars}
        self.assertEqual(len(bases), 1)
        self.assertEqual(course.sizes["run"], 40)
        self.assertEqual(float(course.year[0]), spiral.Scenario.load("finland").start)

    def test_an_event_that_did_not_come_has_no_date(self):
        run = spiral.Scenario.load("ukraine").run(200)
        outcomes = run.outcomes
        self.assertTrue((outcomes.war_date.isna() == (outcomes.war == 0)).all())
        events = run.events
        self.assertEqual((events.event == "war").sum(), outcomes.war.sum())
        war = events[events.event == "war"].set_index("run")
        self.assertTrue((war.date == outcomes.war_date[war.index]).all())
        self.assertTrue((events.date.diff()[events.run.diff() == 0] >= 0).all())

    def test_labels_survive_a_netcdf_file(self):
        run = spiral.Scenario.load("ukraine").run(100, what_if=WHAT_IF)
        for dataset in (run.fan(), run.risk_by_date(), run.trajectories(3)):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "run.nc"
                dataset.to_netcdf(path)
                with xarray.open_dataset(path, decode_times=False) as raw:
                    self.assertEqual(raw.time.attrs["units"], "days since 1900-01-01")
                    self.assertEqual(raw.time.attrs["calendar"], "standard")
                with xarray.open_dataset(path) as back:
                    xarray.testing.assert_equal(back.load(), dataset)
            for name, variable in dataset.data_vars.items():
                self.assertIn("units", variable.attrs, name)
                self.assertLessEqual(set(variable.dims), set(dataset.coords))
        self.assertEqual(float(dataset.sel(time="2004-12-01", what_if=WHAT_IF).year),
                         2004 + 11 / 12)

    def test_dates(self):
        self.assertEqual(spiral.year("2004-07"), 2004.5)
        self.assertEqual(spiral.year(np.datetime64("2004-07-01")), 2004.5)
        self.assertEqual(str(spiral.times([2004.5])[0])[:10], "2004-07-01")
        self.assertEqual(str(spiral.times([spiral.year("2004-02-15")])[0])[:10], "2004-02-15")
        self.assertTrue(np.isnat(spiral.times([np.nan])[0]))
        with self.assertRaises(spiral.InputError):
            spiral.year("July")

    def test_shares_by_date_end_with_the_risk(self):
        run = spiral.Scenario.load("ukraine").run(300, what_if=WHAT_IF)
        last = run.risk_by_date().isel(time=-1)
        for event in ("war", "force"):
            row = run.risk.loc[(WHAT_IF, event)]
            at = last.sel(what_if=WHAT_IF)
            np.testing.assert_allclose(
                [at[event], at[f"{event}_low"], at[f"{event}_high"]],
                [row.risk, row.low, row.high], atol=1e-12)
        np.testing.assert_allclose(run.risk_by_date().levels.sum("level"), 1.0)


class Cases(unittest.TestCase):
    def setUp(self):
        self.ukraine = spiral.Scenario.load("ukraine")

    def test_what_there_is(self):
        self.assertIn("ukraine", spiral.cases())
        self.assertEqual(list(self.ukraine.states.role[:2]), ["small", "neighbour"])
        self.assertEqual(len(self.ukraine.acts), self.ukraine.acts.time.notna().sum())
        self.assertTrue(spiral.outcomes().meaning.str.len().gt(0).all())
        self.assertEqual(spiral.levels()[4], "war")
        params = spiral.params("ukraine", "k.*")
        self.assertTrue((params.value == params.default).all())
        self.assertTrue(params.index.str.startswith("k.").all())
        self.assertEqual(spiral.__version__, of_program("--version").split()[1])

    def test_set_leaves_the_original(self):
        before = self.ukraine["RUS.greed"]
        changed = self.ukraine.set({"neighbour.greed": 0.9}, **{"RUS-UKR.ties": 0.5})
        self.assertEqual((changed["RUS.greed"], changed["UKR-RUS.ties"]), (0.9, 0.5))
        self.assertEqual(self.ukraine["RUS.greed"], before)
        self.assertEqual(changed.settings, {"RUS.greed": 0.9, "RUS-UKR.ties": 0.5})
        again = pickle.loads(pickle.dumps(changed.configure(until="2010")))
        self.assertEqual(again.run(50).hash(), changed.configure(until="2010").run(50).hash())

    def test_ways_of_running(self):
        short = self.ukraine.configure(until="2000-01", step=1 / 24)
        self.assertEqual((short.end, short.steps), (2000.0, round((2000 - short.start) * 24)))
        free = self.ukraine.configure(free_running=True).run(100).hash()
        self.assertNotEqual(free, self.ukraine.run(100).hash())
        self.assertEqual(self.ukraine.run(50, constants={"encircle": 2}).hash(),
                         self.ukraine.set("k.encircle", 2).run(50).hash())

    def test_sets_of_constants(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "sets.csv"
            table.write_text("encircle,press\n1,0.9\n2,0.8\n3,0.7\n", encoding="utf-8")
            spread = self.ukraine.configure(constants=table)
            run = spread.run(300, seed=3, what_if=WHAT_IF)
            shown = json.loads(of_program("run", "ukraine", "--constants", table, "--runs", 300,
                                          "--seed", 3, "--what-if", WHAT_IF, "--json"))
            kept = spread.set("k.encircle", 2)
            self.assertEqual(kept.configure(constants=table)["k.encircle"], 2)
            self.assertEqual(kept.run(60).hash(), self.ukraine.set("k.encircle", 2).run(
                60, constants=table).hash())
            self.assertIn("<svg", run.chart().svg)
            self.assertEqual(run.why(runs=30, subsets=0).raw["posterior"]["sets"], 3)
        self.assertEqual((spread.constant_sets, run.hash()), (3, shown["runs_hash"]))
        row = run.risk.loc[("baseline", "war")]
        self.assertEqual([row.constants_low, row.constants_high],
                         [shown["risk"]["war"]["constants"][end] for end in ("lo", "hi")])
        self.assertTrue(np.isfinite(run.risk.loc[(WHAT_IF, "war"), "change_constants_low"]))
        self.assertTrue(np.isnan(self.ukraine.run(50, constants="point").risk.constants_low).all())

    def test_errors_say_where(self):
        with self.assertRaises(spiral.InputError) as caught:
            self.ukraine.set("RUS.gred", 1)
        self.assertIn("greed", str(caught.exception))
        with self.assertRaises(ValueError):
            self.ukraine.set("RUS.greed", 7)
        with self.assertRaises(spiral.FileError) as caught:
            spiral.Scenario.load("ukrain")
        self.assertIn("'ukraine'", str(caught.exception))
        with self.assertRaises(spiral.InputError):
            self.ukraine.run(10, what_if="UKR:no_such@2004")
        with self.assertRaises(spiral.InputError):
            self.ukraine.run(0)
        with self.assertRaises(spiral.InputError):
            self.ukraine.run(10).fan("escalatoin")

        text = "spiral: 1\nname: mine\nstart: 2000\nend: 1990\nstatse: []\n"
        with self.assertRaises(spiral.InputError) as caught:
            spiral.Scenario.from_yaml(text, "mine.yaml")
        self.assertEqual(caught.exception.file, "mine.yaml")
        self.assertIn(caught.exception.line, range(1, 6))
        self.assertGreater(caught.exception.column, 0)
        found = spiral.Scenario.check(text, "mine.yaml")
        self.assertIn((5, 1), [(error.line, error.column) for error in found])
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((str(again), again.line), (str(caught.exception), caught.exception.line))


class Interrupts(unittest.TestCase):
    def test_the_lock_is_released(self):
        """No switch is forced here: this thread gets on while the library works, or not at all."""
        scenario = spiral.Scenario.load("ukraine")
        before = sys.getswitchinterval()
        sys.setswitchinterval(1000)
        try:
            begun = threading.Event()
            worker = threading.Thread(target=lambda: (begun.set(), scenario.run(5000, threads=1)))
            worker.start()
            begun.wait()
            ticks = 0
            while worker.is_alive():
                ticks += 1
                worker.join(0.001)
            self.assertGreater(ticks, 2)
        finally:
            sys.setswitchinterval(before)

    def test_threads_give_the_same_bits(self):
        scenario = spiral.Scenario.load("finland")
        found = []
        threads = [threading.Thread(target=lambda: found.append(scenario.run(300).hash()))
                   for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [scenario.run(300).hash()] * 4)

    def test_control_c(self):
        code = ("import spiral\n"
                "def tell(done, total):\n"
                "    print('running', flush=True)\n"
                "try:\n"
                "    spiral.Scenario.load('ukraine').run(10**10, fans=False, progress=tell)\n"
                "except KeyboardInterrupt:\n"
                "    print('interrupted', flush=True)\n").replace("10**10", "50000000")
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as child:
            self.assertEqual(child.stdout.readline(), "running\n")
            child.send_signal(signal.SIGINT)
            rest, _ = child.communicate()
        self.assertEqual(child.returncode, 0)
        self.assertEqual(rest.splitlines()[-1], "interrupted")

    def test_progress_stops_and_keeps_what_was_finished(self):
        scenario = spiral.Scenario.load("ukraine")
        part = scenario.run(100000, threads=1, progress=lambda done, total: done >= 1000)
        self.assertFalse(part.complete)
        self.assertTrue(0 < part.runs < 100000)
        self.assertEqual(part.hash(), scenario.run(part.runs).hash())

        class Failed(Exception):
            pass

        def fail(done, total):
            raise Failed

        with self.assertRaises(Failed):
            scenario.run(2000, progress=fail)

    def test_children_of_a_process_that_ran_threads(self):
        scenario = spiral.Scenario.load("finland")
        expected = scenario.run(300, threads=2).hash()
        with multiprocessing.get_context("fork").Pool(2) as pool:
            self.assertEqual(pool.map(_hash_of, [scenario] * 2), [expected] * 2)


def _hash_of(scenario):
    return scenario.run(300, threads=2).hash()


class Programs(unittest.TestCase):
    """What Python asks the program for."""

    def test_why(self):
        scenario = spiral.Scenario.load("ukraine").configure(constants="point")
        run = scenario.set("RUS.greed", 0.3).run(256, seed=5)
        why = run.why(subsets=16)
        shown = json.loads(of_program("why", "ukraine", "--set", "RUS.greed=0.3", "--constants",
                                      "point", "--runs", 256, "--subsets", 16, "--seed", 5, "--json"))
        self.assertEqual(why.raw, shown)
        war = why.risk.loc["war"]
        self.assertEqual(war.risk, run.risk.loc[("baseline", "war"), "risk"])
        self.assertAlmostEqual(why.mechanisms.loc["war"].shapley.sum() + war.chance, war["all"])
        self.assertEqual(len(why.acts.loc["war"]), len(shown["accounts"][0]["acts"]))
        self.assertTrue((why.gain().gain > 0).all())

    def test_a_case_of_ones_own(self):
        path = pathlib.Path(os.environ["SPIRAL_SCENARIOS"]) / "finland.yaml"
        own = spiral.Scenario.from_yaml(path.read_text(encoding="utf-8"), "own")
        self.assertEqual(own.why(64, 4).raw, spiral.Scenario.load(path).why(64, 4).raw)
        self.assertIn("<svg", own.run(32).chart(size="600x500").svg)

    def test_panel(self):
        with tempfile.TemporaryDirectory() as folder:
            table = pathlib.Path(folder) / "windows.csv"
            of_program("panel", "--synthetic", 20, "--out", table)
            panel = spiral.panel(pandas.read_csv(table), runs=32, resamples=0)
            same = spiral.Scenario.load("ukraine").run(8).panel(table, runs=32, resamples=0)
            other = spiral.panel(table, runs=32, resamples=0, constants={"k.encircle": 3})
        pandas.testing.assert_frame_equal(panel.predictions, same.predictions)
        self.assertFalse(panel.predictions.force.equals(other.predictions.force))
        self.assertEqual(len(panel.predictions), 80)
        self.assertTrue(panel.predictions.force.between(0, 1).all())
        scores = panel.scores.loc[("force", "pairs", "all", "simulator", "auc")]
        self.assertTrue(0 <= scores.value <= 1)

    def test_store(self):
        with tempfile.TemporaryDirectory() as folder:
            store = pathlib.Path(folder) / "out.db"
            of_program("sweep", "ukraine", "--vary", "k.encircle=1:3:3", "--design", "grid",
                       "--replicates", 20, "--store", store, "--quiet")
            dataset = spiral.open_store(store)
            with self.assertRaises(spiral.InputError):
                spiral.open_store(store, "trajectories")
        scenario = spiral.Scenario.load("ukraine").configure(constants="point")
        self.assertEqual(dataset.sizes["point"], 3)
        found = sorted(dataset.war_mean.values.ravel())
        self.assertEqual(found, sorted(
            scenario.set("k.encircle", value).run(20).risk.loc[("baseline", "war"), "risk"]
            for value in (1, 2, 3)))

    def test_charts(self):
        run = spiral.Scenario.load("ukraine").run(64, what_if=WHAT_IF)
        svg = run._repr_svg_()
        self.assertTrue(svg.startswith("<?xml") and "<svg" in svg)
        page = run._repr_html_()
        self.assertIn("data:image/svg+xml;base64,", page)
        self.assertIn(WHAT_IF, page)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "chart.png"
            run.chart("timeline").save(path, size="600x500", theme="print")
            self.assertEqual(path.read_bytes()[:4], b"\x89PNG")
        with self.assertRaises(spiral.InputError) as caught:
            run.chart(size="1x1").svg
        self.assertIn("1x1", str(caught.exception))
        with self.assertRaises(spiral.InputError):
            spiral.Scenario.load("ukraine").configure(free_running=True).why()

    def test_without_the_program(self):
        with mock.patch.object(program, "find", lambda: None):
            run = spiral.Scenario.load("finland").run(32)
            self.assertIsNone(run._repr_svg_())
            self.assertIn("<table", run._repr_html_())
            with self.assertRaises(spiral.ProgramError) as caught:
                run.why()
            self.assertIn("SPIRAL_PROGRAM", str(caught.exception))


class Functions(unittest.TestCase):
    """The model as a function, called as EMA Workbench and SALib call theirs."""

    def setUp(self):
        self.model = spiral.Model("ukraine", {"k.encircle": (1, 8), "neighbour.greed": (0, 1)},
                                  outcomes=["war", "war_date"], runs=50)

    def test_named_values(self):
        by_name = self.model(**{"k.encircle": 3, "neighbour.greed": 0.5})
        self.assertEqual(by_name, self.model(k_encircle=3, neighbour_greed=0.5))
        run = spiral.Scenario.load("ukraine").set({"k.encircle": 3, "RUS.greed": 0.5}).run(50)
        self.assertEqual(by_name["war"], run.outcomes.war.mean())
        self.assertAlmostEqual(by_name["war_date"], run.outcomes.war_date.mean())
        with self.assertRaises(spiral.InputError):
            self.model(k_no_such=1)

    def test_points(self):
        problem = self.model.problem
        self.assertEqual((problem["num_vars"], problem["bounds"]), (2, [[1, 8], [0, 1]]))
        points = np.array([[1.0, 0.0], [3.0, 0.5], [8.0, 1.0]])
        found = self.model.evaluate(points)
        self.assertEqual(found.shape, (3, 2))
        self.assertEqual(found[1, 0], self.model(k_encircle=3, neighbour_greed=0.5)["war"])
        self.assertTrue(np.array_equal(self.model(points), found))
        self.assertTrue(np.array_equal(self.model.evaluate(points[1]), found[1]))
        own = spiral.Model("ukraine", {"k.encircle": (1, 8)}, ["war by 2014", "war"], runs=20)
        early, war = own.evaluate([[3.0]])[0]
        alone = own.run({"k.encircle": 3.0})
        self.assertEqual(early, alone.measure("war by 2014")["war by 2014"].mean())
        self.assertEqual(war, alone.outcomes.war.mean())
        with self.assertRaisesRegex(spiral.InputError, "unknown state 'UKX'"):
            spiral.Model("ukraine", {"k.encircle": (1, 8)}, "threat RUS UKX")
        one = spiral.Model("ukraine", ["k.encircle"], "war", runs=20, what_if=WHAT_IF)
        self.assertEqual(one.evaluate([[2.0], [3.0]]).shape, (2,))

    def test_processes(self):
        points = [{"k.encircle": value, "neighbour.greed": 0.2} for value in (1.0, 4.0)]
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            found = pool.map(self.model.run_point, points)
        self.assertEqual(found, [self.model(**point) for point in points])

    def test_salib(self):
        try:
            from SALib import ProblemSpec
        except ImportError:
            self.skipTest("SALib is not installed (Debian has no package)")
        specification = ProblemSpec(self.model.problem)
        specification.sample_sobol(4).evaluate(
            spiral.Model("ukraine", self.model.bounds, "war", runs=20)).analyze_sobol()
        self.assertEqual(len(specification.analysis["S1"]), 2)

    def test_ema_workbench(self):
        try:
            import ema_workbench
        except ImportError:
            self.skipTest("EMA Workbench is not installed (Debian has no package)")
        ema = ema_workbench.Model("ukraine", function=self.model)
        ema.uncertainties = [ema_workbench.RealParameter(name.replace(".", "_"), *ends)
                             for name, ends in self.model.bounds.items()]
        ema.outcomes = [ema_workbench.ScalarOutcome(name) for name in self.model.outcomes]
        experiments, outcomes = ema_workbench.perform_experiments(ema, scenarios=5)
        self.assertEqual(len(experiments), 5)
        row = experiments.iloc[0]
        self.assertEqual(outcomes["war"][0], self.model(
            k_encircle=row.k_encircle, neighbour_greed=row.neighbour_greed)["war"])


class Documentation(unittest.TestCase):
    def test_everything_public_is_explained(self):
        for name in spiral.__all__:
            thing = getattr(spiral, name)
            self.assertTrue(thing.__doc__, name)
            for member, value in vars(thing).items() if isinstance(thing, type) else ():
                if not member.startswith("_") and callable(getattr(value, "__func__", value)):
                    self.assertTrue(value.__doc__, f"{name}.{member}")

    def test_units_are_of_the_library(self):
        for table in (spiral.outcomes(), spiral.quantities()):
            self.assertTrue(set(table.unit) <= {"1", "y", ""}, set(table.unit))


if __name__ == "__main__":
    unittest.main()
