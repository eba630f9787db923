# SPDX-License-Identifier: MIT
"""The model in Python: the eight stages of sim/step.c, one source for three ways to run it (algebra.py).

A number of a run is a float (plain Python, Numba) or an array over runs (NumPy); the stages use + - * / and the algebra's least, most and select, which
take both. The order of sums, products and draws is that of sim/stages/*.h, so that the numbers are the program's. Left out is what no step reads:
attribution and outcomes. Every number comes from the program's own plan (plan.py).
"""
from collections import namedtuple

ALIGN, EMPATHY, ARM, REASSURE, IDENTITY, EXTEND, CAUTION, COERCE = range(8)
SMALL, NEIGHBOUR, OFFSHORE = range(3)
MOVE, DOCTRINE, GREED, RESOLVE = range(4)
COMMITMENT, ASPIRATION, FLOOR, PRESENCE, AID, ARMS, CALM, TRADE, OTHERING, GRIEVANCE = range(10)

Model = namedtuple("Model", "act survey threat othering grievance arms alliance aid reassurance orientation pressure contested step")
Survey = namedtuple("Survey", "felt caused worst disputed median allowed course kinship polarisation")


def build(algebra):
    """The model of one thing each (a perception p, a state i, a patron, a tie t, a public m, a rival pair q), which agents.py gives to agents, and of a whole
    step; made of functions that the algebra compiles, or leaves as they are."""
    compiled, least, most, select = algebra.compiled, algebra.least, algebra.most, algebra.select
    noise, uniform = algebra.noise, algebra.uniform

    @compiled
    def unit(x):
        return least(most(x, 0.0), 1.0)

    # 1 facts

    @compiled
    def move(plan, e, now, choices):
        effect, actor, k = plan.event_effect[e], plan.event_actor[e], plan.event_patron[e]
        now.arms[actor] = unit(now.arms[actor] + effect[ARMS])
        if k >= 0:
            choices.floor[k] = 0.0 if effect[FLOOR] < 0.0 else min(max(choices.floor[k], effect[FLOOR], 0.0), 1.0)
            now.commitment[k] = most(unit(now.commitment[k] + effect[COMMITMENT]), choices.floor[k])
            now.aspiration[k] = unit(now.aspiration[k] + effect[ASPIRATION])
            now.presence[k] = unit(now.presence[k] + effect[PRESENCE])
            now.aid[k] = unit(now.aid[k] + effect[AID])
        t = plan.event_tie[e]
        if t >= 0:
            own, other = plan.event_by_actor[e], plan.event_by_target[e]
            now.reassurance[t] = unit(now.reassurance[t] + effect[CALM])
            now.interdependence[t] = unit(now.interdependence[t] + effect[TRADE])
            now.othering[own] = unit(now.othering[own] + effect[OTHERING])
            now.grievance[other] = least(most(now.grievance[other] + effect[GRIEVANCE], 0.0), 5.0)

    @compiled
    def act(plan, at, now, choices):
        for e in range(plan.event_first[at], plan.event_first[at + 1]):
            kind, actor = plan.event_kind[e], plan.event_actor[e]
            if kind == MOVE:
                move(plan, e, now, choices)
            elif kind == DOCTRINE:
                for n in range(8):
                    choices.doctrine[actor][n] = plan.event_doctrine[e][n]
            elif kind == GREED:
                choices.greed[actor] = plan.event_value[e]
            else:
                choices.resolve[actor] = plan.event_value[e]

    @compiled
    def publics(plan, now):
        if len(plan.weight) == 0:
            return 0.0, 0.0, 0.0
        median, mean, kinship, polarisation = 1.0, 0.0, 0.0, 0.0
        for m in range(len(plan.weight)):
            below = 0.0
            for other in range(len(plan.weight)):
                below = below + select(now.orientation[other] <= now.orientation[m], 1.0, 0.0) * plan.weight[other]
            median = least(median, select(below >= 0.5, now.orientation[m], 1.0))
            mean = mean + plan.weight[m] * now.orientation[m]
            kinship = kinship + plan.weight[m] * plan.kin[m]
        for m in range(len(plan.weight)):
            apart = now.orientation[m] - mean
            polarisation = polarisation + plan.weight[m] * apart * apart
        return median, kinship, polarisation

    @compiled
    def survey(plan, now, choices):
        felt, caused, worst, disputed = 0.0, 0.0, 1.0, 0.0
        for q in range(len(plan.rival_state)):
            felt = most(felt, now.threat[plan.rival_felt[q]])
            caused = most(caused, now.threat[plan.rival_caused[q]])
            worst = most(worst, now.hostility[q])
            disputed = most(disputed, now.contested[q])
        own = choices.doctrine[plan.small]
        median, kinship, polarisation = publics(plan, now)
        return Survey(felt, caused, worst, disputed, median, 1.0 - 0.5 * most(median, 0.0), own[ALIGN] * (1.0 - own[EMPATHY]), kinship, polarisation)

    @compiled
    def largest_fear(plan, now, state):
        fear = 0.0
        for p in range(len(plan.perception_of)):
            if plan.perception_of[p] == state:
                fear = most(fear, now.threat[p])
        return fear

    # 2 threat

    @compiled
    def encirclement(plan, k, at, now, choices, course, p):
        of, about, felt = plan.perception_of[p], plan.perception_about[p], 0.0
        q = plan.rival_of[of]
        if q < 0:
            return felt
        for patron in range(len(plan.patron_state)):
            state = plan.patron_state[patron]
            if state == of or (about != plan.small and about != state):
                continue
            prospect = course * choices.doctrine[state][EXTEND]
            tie = now.commitment[patron] + 0.8 * now.presence[patron] + k.declared * now.aspiration[patron] + k.foresight * prospect
            weight = k.encircle * plan.border[q] * tie * plan.patron_share[at][q][patron]
            if about == state:
                felt = felt + k.benign * weight
            else:
                felt = felt + weight * (k.benign + (1.0 - k.benign) * now.threat[plan.rival_about_patron[q][patron]])
        return felt

    @compiled
    def threat(plan, k, at, now, next, choices, random, seen, p):
        t, level = plan.perception_tie[p], now.threat[p]
        calm = now.reassurance[t]
        about = plan.perception_about[p]
        meaning = k.benign + (1.0 - k.benign) * level
        posture = (0.5 + plan.offence[t]) * (1.0 - plan.distinguish[t] * (1.0 - choices.doctrine[about][COERCE]))
        capable = k.capability * plan.near[t] * 2.0 * plan.share[at][p] * now.arms[about] * meaning * posture
        circled = encirclement(plan, k, at, now, choices, seen.course, p)
        error = k.noise_scale * (1.0 - calm) * level * (1.0 - level) * noise(random)
        damped = 1.0 - k.reassure * calm
        cause = (capable + circled + k.conduct * now.grievance[p] + k.othering * now.othering[p]) * damped
        gap = cause * (1.0 / (1.0 + cause)) - level
        next.threat[p] = unit(level + select(gap > 0.0, k.rise_share, k.fall_share) * gap + error)

    # 3 arms

    @compiled
    def arms(plan, k, now, next, choices, i):
        supplied = 0.0
        if i == plan.small:
            for patron in range(len(plan.patron_state)):
                supplied = supplied + k.aid_arms * now.aid[patron]
        reaction = k.arms_react * choices.doctrine[i][ARM] * largest_fear(plan, now, i)
        next.arms[i] = now.arms[i] + k.arms_share * (unit(k.arms_base + reaction + supplied) - now.arms[i])

    # 4 alliance

    @compiled
    def credibility(k, now, patron):
        c = now.commitment[patron]
        return unit(c * c * (c * c) + k.tripwire * now.presence[patron] * c)

    @compiled
    def consent(plan, k, now, choices, seen, patron, believed):
        state, own = plan.patron_state[patron], choices.doctrine[plan.small]
        far = choices.doctrine[state]
        wish = k.demand_base + k.demand_threat * seen.felt * believed
        demand = own[ALIGN] * wish - k.empathy * own[EMPATHY] * seen.caused
        entrapment = 0.125 * (seen.worst - 1.0) + 0.5 * seen.disputed
        supply = far[EXTEND] * (k.supply_base + k.supply_threat * largest_fear(plan, now, state)) - k.entrapment * far[CAUTION] * entrapment
        return unit(least(demand, supply))

    @compiled
    def alliance(plan, k, now, next, choices, seen, patron):
        c, state, own = now.commitment[patron], plan.patron_state[patron], choices.doctrine[plan.small]
        disowned = k.disown * own[EMPATHY] * (1.0 - own[ALIGN])
        real = choices.resolve[state] * credibility(k, now, patron)
        hoped = k.belief_base + (1.0 - k.belief_base) * c
        believed = real + now.credulity[patron] * most(hoped - real, 0.0)
        gap = choices.floor[patron] - c
        if plan.role[state] != NEIGHBOUR:
            gap = most(consent(plan, k, now, choices, seen, patron, believed), choices.floor[patron]) - c
        next.guarantee[patron] = real
        next.commitment[patron] = c + select(gap > 0.0, k.commit_rise_share, min(k.commit_fall_share * (1.0 + disowned), 1.0)) * gap
        next.aspiration[patron] = now.aspiration[patron] * (1.0 - min(k.aspiration_share * (1.0 + disowned), 1.0))
        next.presence[patron] = now.presence[patron]
        next.credulity[patron] = now.credulity[patron] * (1.0 - k.belief_share * select(seen.worst >= 4.0, 1.0 - real, 0.0))

    # 5 reassurance

    @compiled
    def offer(plan, now, choices, seen, p):
        i = plan.perception_of[p]
        damped = choices.doctrine[i][REASSURE] * ((1.0 - now.othering[p]) * (1.0 - 0.5 * now.threat[p]))
        if i == plan.small:
            return damped * seen.allowed
        return damped

    @compiled
    def reassurance(plan, k, at, now, next, choices, seen, t):
        one, two, base = plan.tie_one_about_two[t], plan.tie_two_about_one[t], plan.institution[t]
        target = base + (1.0 - base) * least(offer(plan, now, choices, seen, one), offer(plan, now, choices, seen, two))
        given, q = plan.trade[at][t], plan.perception_rival[one]
        next.reassurance[t] = now.reassurance[t] + k.reassure_share * (target - now.reassurance[t])
        if q >= 0:
            next.interdependence[t] = now.interdependence[t] + k.trade_share * (given * (1.25 - 0.25 * now.hostility[q]) - now.interdependence[t])
        else:
            next.interdependence[t] = now.interdependence[t] + k.trade_share * (given - now.interdependence[t])

    # 6 identity

    @compiled
    def othering(plan, k, now, next, choices, p):
        z, q = now.othering[p], plan.perception_rival[p]
        policy = choices.doctrine[plan.perception_of[p]][IDENTITY]
        fed = k.identity * policy * now.threat[p]
        if q >= 0:
            fed = fed + k.coercion * (0.25 * (now.hostility[q] - 1.0))
        up = fed * (1.0 - z) * (1.0 + k.lock_in * z)
        next.othering[p] = unit(z + plan.dt * (up - k.heal * (1.0 - policy) * z * (1.0 - z)))

    @compiled
    def orientation(plan, k, now, next, choices, seen, m):
        own, x = choices.doctrine[plan.small], now.orientation[m]
        apart = own[ALIGN] - own[EMPATHY] - x
        pull = most(1.0 - apart * apart * k.inverse_reach, -1.0 / 3.0)
        led = k.public_rate * own[IDENTITY] * apart * pull
        rallied = k.rally * 0.25 * (seen.worst - 1.0) * (1.0 - plan.kin[m]) * (1.0 - x)
        next.orientation[m] = least(most(x + plan.dt * (led + rallied), -1.0), 1.0)

    # 7 pressure

    @compiled
    def will(plan, k, choices, q, i, threat, urgency, excuse):
        motive = ((1.0 - choices.greed[i]) * threat + choices.greed[i] * k.prize) * (1.0 + urgency)
        return plan.stake[q] * motive * (k.coerce_base + choices.doctrine[i][COERCE]) * (1.0 + k.pretext * excuse)

    @compiled
    def happen(k, level, incidents, wars, draw):
        risen, forced, shown = draw * (1.0 + incidents), incidents * k.force, incidents * (k.force + k.display)
        incident = select(risen < forced, 4.0, select(risen < shown, 3.0, select(risen < incidents, 2.0, 1.0)))
        war = select(draw * (1.0 + wars) < wars, 5.0, 1.0)
        after = most(level, select(level >= 4.0, war, incident))
        settled = k.settle_chance * select(level < 5.0, 1.0, k.war_share)
        calm = select((1.0 - draw) * (1.0 + settled) <= settled, 1.0, after)
        return select(after > level, after, calm)

    @compiled
    def pressure(plan, k, at, now, next, choices, random, seen, q):
        small, other, t = plan.small, plan.rival_state[q], plan.rival_tie[q]
        shield, nuclear, limbo = 0.0, 0.0, 0.0
        for patron in range(len(plan.patron_state)):
            if patron == plan.rival_patron[q]:
                continue
            state, real = plan.patron_state[patron], next.guarantee[patron]
            shield = shield + real * plan.power[at][state] * now.arms[state] * plan.reach[patron]
            nuclear = most(nuclear, real * plan.nuclear[state])
            limbo = most(limbo, now.commitment[patron] * (1.0 - credibility(k, now, patron)))
        turn = seen.course - now.accustomed[q]
        next.accustomed[q] = now.accustomed[q] + select(turn > 0.0, k.resent_share, k.accustom_share) * turn
        peace = 1.0 + k.trade * now.interdependence[t] + k.talk * now.reassurance[t] + k.democracy * (plan.democracy[small] * plan.democracy[other])
        part = plan.share[at][plan.rival_felt[q]]
        even = 1.0 - k.preponderance * (1.0 - 4.0 * part * (1.0 - part))
        defence = k.defence * 2.0 * (1.0 - plan.offence[t])
        ours, theirs = plan.power[at][small] * now.arms[small], plan.power[at][other] * now.arms[other]
        excuse = now.contested[q] + 0.5 * seen.polarisation * seen.kinship
        urgency = k.window * limbo + k.loss * most(turn, 0.0)
        their_will = will(plan, k, choices, q, other, now.threat[plan.rival_caused[q]], urgency, excuse)
        our_will = will(plan, k, choices, q, small, now.threat[plan.rival_felt[q]], 0.0, now.contested[q])
        their_cost = peace + k.nuclear * most(nuclear, plan.nuclear[small]) * plan.nuclear[other]
        our_cost = peace + k.nuclear * plan.nuclear[small] * plan.nuclear[other]
        their_push = their_will * theirs / (most(theirs + defence * ours + shield, 1e-300) * their_cost)
        our_push = our_will * ours / (most(ours + defence * theirs, 1e-300) * our_cost)
        push = their_push + our_push
        incidents = even * (k.incident_chance * plan.stake[q] / peace + k.press_chance * push)
        next.hostility[q] = happen(k, now.hostility[q], incidents, k.slip_chance + k.war_chance * push * push, uniform(random))

    # 8 feedback

    @compiled
    def grievance(plan, k, now, next, p):
        h, q, part = now.grievance[p], plan.perception_rival[p], 1.0
        kept = h - k.grievance_share * h
        if q < 0 and plan.role[plan.perception_of[p]] == OFFSHORE:
            q, part = plan.rival_of[plan.perception_about[p]], k.indignation
        if q >= 0:
            kept = kept + plan.dt * k.grievance * part * (0.25 * (now.hostility[q] - 1.0))
        next.grievance[p] = least(kept, 5.0)

    @compiled
    def aid(plan, k, now, next, choices, seen, patron):
        state, left = plan.patron_state[patron], now.aid[patron] - k.aid_share * now.aid[patron]
        if plan.role[state] == OFFSHORE:
            left = left + plan.dt * (k.aid_rise * choices.doctrine[state][EXTEND] * 0.25 * (seen.worst - 1.0)) * now.commitment[patron]
        next.aid[patron] = unit(left)

    @compiled
    def contested(plan, k, now, next, q):
        c = now.contested[q]
        next.contested[q] = unit(c - k.contest_share * c + select(now.hostility[q] >= 4.0, plan.dt * k.contest * (1.0 - c), 0.0))

    @compiled
    def step(plan, k, at, now, next, choices, random):
        act(plan, at, now, choices)
        seen = survey(plan, now, choices)
        for p in range(len(plan.perception_of)):
            threat(plan, k, at, now, next, choices, random, seen, p)
            othering(plan, k, now, next, choices, p)
            grievance(plan, k, now, next, p)
        for i in range(len(plan.role)):
            arms(plan, k, now, next, choices, i)
        for patron in range(len(plan.patron_state)):
            alliance(plan, k, now, next, choices, seen, patron)
            aid(plan, k, now, next, choices, seen, patron)
        for t in range(len(plan.tie_one)):
            reassurance(plan, k, at, now, next, choices, seen, t)
        for m in range(len(plan.weight)):
            orientation(plan, k, now, next, choices, seen, m)
        for q in range(len(plan.rival_state)):
            pressure(plan, k, at, now, next, choices, random, seen, q)
            contested(plan, k, now, next, q)

    return Model(act, survey, threat, othering, grievance, arms, alliance, aid, reassurance, orientation, pressure, contested, step)
