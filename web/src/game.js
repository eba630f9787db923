// SPDX-License-Identifier: MIT
//
// A game of sides on this device. One worker has it: the page knows what is shown in the present phase, and nothing of what another seat
// has written or sees. After every turn the game's file is kept for this tab, so that a reload loses nothing.
import { dateOf } from './model.js';

const KEPT = 'spiral-game';

// The file of a game that begins.
export function setupText({ facts, seed, from, years, rounds, seats, policies }) {
    const ids = facts.states.map((state) => state.id);
    const others = ids.filter((id) => !seats.includes(id)).map((id) => `${id}: ${policies[id] ?? 'history'}`);
    return [
        'play: 1', `case: ${facts.name}`, `seed: ${seed}`, `from: ${dateOf(facts, from)}`, `years: ${years}`, `rounds: ${rounds}`,
        `seats: [${seats.join(', ')}]`, ...(others.length > 0 ? [`policies: {${others.join(', ')}}`] : []), '',
    ].join('\n');
}

// How many rounds fit between a step and the end of a case.
export const mostRounds = (facts, from, years) => Math.min(60, Math.floor((facts.steps - from) * facts.dt / years + 1e-6));

// A phrase of render/live/play_words.def with its arguments: %s, %d, or numbered as %2$s.
export function fillIn(format, ...values) {
    let next = 0;
    return format.replace(/%(?:(\d)\$)?[sd]/g, (_, number) => values[number ? number - 1 : next++]);
}

// A tab may not be allowed to keep anything: then it goes without.
function kept() {
    try {
        return sessionStorage.getItem(KEPT);
    } catch {
        return null;
    }
}
function keep(text) {
    try {
        if (text === null) sessionStorage.removeItem(KEPT);
        else sessionStorage.setItem(KEPT, text);
    } catch {
        // as above
    }
}

export class Game {
    constructor(store) {
        this.store = store;
    }

    // The words of a game, when they are first needed.
    async prepare() {
        if (this.store.state.phrases === null) this.store.set({ phrases: await this.store.team.call('phrases') });
    }

    get kept() {
        return kept();
    }

    // Whether the page shows the game and nothing else.
    get isOn() {
        const { game } = this.store.state;
        return game !== null && game.phase !== 'end';
    }

    // Begins a game, or goes on with one, from its file. Returns what is wrong with it.
    async begin(text, events) {
        this.member = this.store.team.members.at(-1);
        try {
            await this.show(['game', text, events]);
            return [];
        } catch (error) {
            return error.errors.length > 0 ? error.errors : [{ message: error.message }];
        }
    }

    async show(call) {
        const [game, { text }] = await this.member.calls(call, ['saved']);
        keep(text);
        if (this.facts?.name !== game.case) this.facts = await this.store.team.call('facts', game.case);
        this.store.set({ game, status: '', playing: false });
    }

    proceed() {
        return this.show(['proceed']);
    }

    // Ends a turn. `moves` are of those that are shown, `accepts` of the proposals.
    decide({ intention, course, moves, accepts }) {
        const { states } = this.facts;
        const pairs = (list, stateOf) => list.map((one) => `${one.move}:${states[stateOf(one)]?.id ?? ''}`).join(' ');
        return this.show(['decide', intention, course, pairs(moves, (one) => one.target), pairs(accepts, (one) => one.from)]);
    }

    async file() {
        return (await this.member.calls(['saved']))[0].text;
    }

    async debrief(language, theme) {
        return (await this.member.calls(['debrief', language, theme]))[0];
    }

    leave() {
        keep(null);
        this.store.set({ game: null });
    }
}
