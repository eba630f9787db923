# SPDX-License-Identifier: MIT
"""The program's plan (tests/bench/bench_plan) as the peers want it: names to numbers and lists, the same for every way of running the model."""
import json
import math
import subprocess

VARIABLES = ("arms threat grievance othering commitment aspiration presence aid credulity reassurance interdependence contested hostility accustomed "
             "orientation").split()


def shares(k, dt, war_ends):
    """What the program makes of the constants once a run (sim/batch.c): shares of the way a step, and chances."""
    times = {"rise_share": "threat_rise", "fall_share": "threat_fall", "arms_share": "arms_time", "commit_rise_share": "commit_rise",
             "commit_fall_share": "commit_fall", "aspiration_share": "aspiration_time", "aid_share": "aid_time", "belief_share": "belief_time",
             "accustom_share": "accustom", "resent_share": "resent", "reassure_share": "reassure_time", "trade_share": "trade_time", "grievance_share": "grievance_time",
             "contest_share": "contest_time"}
    made = {share: dt / (k[time] + dt) for share, time in times.items()}
    made.update(noise_scale=k["noise"] * 4.0 * math.sqrt(dt), inverse_reach=1.0 / (k["public_reach"] * k["public_reach"]), incident_chance=k["incident"] * dt,
                press_chance=k["press"] * dt, war_chance=k["war"] * dt, slip_chance=k["slip"] * dt, settle_chance=k["settle"] * dt, war_share=1.0 if war_ends else 0.0)
    return made


class Plan:
    """facts: layout, facts and events by name; constants; choices and state: what a run starts with."""

    def __init__(self, program, scenario):
        given = json.loads(subprocess.run([program, scenario], check=True, capture_output=True, text=True).stdout)
        self.steps, self.states = given["steps"], given["layout"].pop("states")
        rivals, events = len(given["layout"]["rival_state"]), given["events"]
        shares_by_step = given["facts"].pop("patron_share")
        self.facts = {"dt": given["dt"], **given["layout"], **given["facts"],
                      "patron_share": [shares_by_step[at * rivals:(at + 1) * rivals] for at in range(self.steps)],
                      "event_first": [sum(event["step"] < at for event in events) for at in range(self.steps + 1)]}
        for name in ("kind", "actor", "patron", "tie", "by_actor", "by_target", "effect", "doctrine", "value"):
            self.facts[f"event_{name}"] = [event[name] for event in events]
        self.constants = {**given["constants"], **shares(given["constants"], given["dt"], given["war_ends"])}
        patrons = len(self.facts["patron_state"])
        self.choices = {**given["choices"], "floor": [0.0] * patrons}
        self.state = {**{name: given["initial"][name] for name in VARIABLES}, "guarantee": [0.0] * patrons}
