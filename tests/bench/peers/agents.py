# SPDX-License-Identifier: MIT
"""The model as agents: every state is one, and works out its own perceptions, arms, ties and pressure, a stage at a time (Mesa's staged activation).

With Mesa (3 or later) the agents are Mesa's, called by its AgentSet; without it the same agents are called by a loop over a list, the least that any
framework of agents in Python does.
"""

from ways import Plain

try:
    import mesa
    BASE_MODEL, BASE_AGENT = mesa.Model, mesa.Agent
except ImportError:
    mesa = None

    class BASE_MODEL:
        def __init__(self):
            self.agents = AgentList()

    class BASE_AGENT:
        def __init__(self, model):
            self.model = model
            model.agents.append(self)

    class AgentList(list):
        def do(self, method):
            for agent in self:
                getattr(agent, method)()


class State(BASE_AGENT):
    def __init__(self, model, i):
        super().__init__(model)
        facts = model.way.facts
        self.i, self.equations = i, model.way.model
        self.perceptions, self.ties, self.patrons, self.rivals = (
            [at for at, owner in enumerate(owners) if owner == i]
            for owners in (facts.perception_of, facts.tie_one, facts.patron_state, facts.rival_state))
        self.publics = range(len(facts.weight) if i == facts.small else 0)

    def perceive(self):
        w, seen = self.model.way, self.model.seen
        for p in self.perceptions:
            self.equations.threat(w.facts, w.k, self.model.at, w.now, w.next, w.choices, w.random, seen, p)
            self.equations.othering(w.facts, w.k, w.now, w.next, w.choices, p)
            self.equations.grievance(w.facts, w.k, w.now, w.next, p)
        for m in self.publics:
            self.equations.orientation(w.facts, w.k, w.now, w.next, w.choices, seen, m)

    def provide(self):
        w, seen = self.model.way, self.model.seen
        self.equations.arms(w.facts, w.k, w.now, w.next, w.choices, self.i)
        for patron in self.patrons:
            self.equations.alliance(w.facts, w.k, w.now, w.next, w.choices, seen, patron)
            self.equations.aid(w.facts, w.k, w.now, w.next, w.choices, seen, patron)
        for t in self.ties:
            self.equations.reassurance(w.facts, w.k, self.model.at, w.now, w.next, w.choices, seen, t)

    def press(self):
        w = self.model.way
        for q in self.rivals:
            self.equations.pressure(w.facts, w.k, self.model.at, w.now, w.next, w.choices, w.random, self.model.seen, q)
            self.equations.contested(w.facts, w.k, w.now, w.next, q)


class World(BASE_MODEL):
    def __init__(self, way):
        super().__init__()
        self.way, self.at = way, 0
        for i in range(len(way.plan.states)):
            State(self, i)

    def step(self):
        w = self.way
        w.model.act(w.facts, self.at, w.now, w.choices)
        self.seen = w.model.survey(w.facts, w.now, w.choices)
        for stage in ("perceive", "provide", "press"):
            self.agents.do(stage)
        w.now, w.next = w.next, w.now
        self.at += 1


class Agents(Plain):
    name = f"Mesa {mesa.__version__}" if mesa else "agents in a plain loop"

    def start(self, streams):
        super().start(streams)
        self.world = World(self)

    def step(self, at):
        self.world.step()
