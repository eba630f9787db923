// SPDX-License-Identifier: MIT
//
// What is on the page, and what changes it. The run is a recipe; all else about it comes from the core.
import { CallError } from './team.js';
import { Game } from './game.js';
import { dateOf, readTables } from './model.js';
import * as recipes from './recipe.js';
import { languages, sentences, word } from './words.js';

const GHOSTS = 4;
const WHOLE = '1000';
// Slots of the core's measures.
const SLOT = { now: '0', before: '1', after: '2', ghost: '10' };
// Runs of an account of why: some seconds of a worker.
const WHY = { runs: '200', subsetRuns: '48', gainRuns: '64' };

export class Store {
    constructor(team, texts, titles) {
        this.team = team;
        this.texts = texts;
        this.listeners = new Set();
        this.arrived = Promise.resolve();
        this.measured = { key: '', promise: null };
        this.state = {
            language: languages[0], theme: 'light', screen: 'story', status: '', error: '',
            tables: null, facts: null, recipe: '', session: null, fan: null, whole: null, compared: null, ghosts: [], fallsCount: null,
            story: null, curve: 'index', playing: false, term: null, predicting: false, guess: null, why: null, lesson: null, titles,
            phrases: null, game: null,
        };
        this.game = new Game(this);
    }

    set(change) {
        if (Object.keys(change).every((key) => this.state[key] === change[key])) return;
        this.state = { ...this.state, ...change };
        for (const listener of this.listeners) listener(this.state);
    }

    words(key, ...values) {
        return word(this.state.language, key, ...values);
    }

    say(text) {
        this.set({ status: text });
    }

    // Names of the cases and the lessons that the page has.
    get cases() {
        return Object.keys(this.texts).filter((path) => /^scenarios\/[^/]+\.yaml$/.test(path)).map((path) => path.slice(10, -5));
    }

    get lessons() {
        return Object.keys(this.texts).filter((path) => path.startsWith('scenarios/lessons/')).map((path) => path.slice(18, -5));
    }

    // Titles of cases and lessons, and summaries of lessons.
    titleOf(name, kind = 'facts') {
        return this.state.titles[kind + name]?.title[this.state.language] ?? name;
    }

    summaryOf(lesson) {
        return this.state.titles[`lesson${lesson}`]?.summary[this.state.language] ?? '';
    }

    async start(language, theme, fragment) {
        const asked = recipes.readRecipe(fragment);
        const known = asked && this.cases.includes(asked.name);
        this.set({ language, theme, screen: asked ? 'explore' : 'story' });
        this.tables = this.team.call('tables').then((tables) => {
            readTables(tables);
            for (const [name, rows] of Object.entries(sentences)) for (const row of tables[name]) row.sentence ??= rows[row.name];
            this.set({ tables });
        });
        await this.open(known ? fragment : recipes.startOf('ukraine'));
    }

    // Goes to a recipe of any case. What is known of the case comes from one worker while another runs the recipe.
    async open(recipe) {
        const { name } = recipes.readRecipe(recipe);
        const other = this.state.facts?.name !== name;
        if (other) {
            this.arrived = Promise.all([this.team.call('facts', name), this.tables]).then(([facts]) => {
                this.set({ facts, session: null, fan: null, whole: null, compared: null, ghosts: [], story: null, why: null, guess: null, curve: 'index' });
                if (this.state.screen === 'story') this.tellStory();
            });
            // go() says what failed; a case that is there is then not kept from being shown
            this.arrived.catch(() => (this.arrived = Promise.resolve()));
        }
        await this.go(recipe);
    }

    fail(error) {
        if (!(error instanceof CallError)) console.error(error);
        this.set({ error: error.message });
    }

    // The fears of a case as it was, for the first screen.
    async tellStory() {
        const { name } = this.state.facts;
        if (this.state.story !== null) return;
        try {
            const story = await this.measureWhole(recipes.startOf(name));
            if (this.state.facts?.name === name) this.set({ story });
        } catch (error) {
            this.fail(error);
        }
    }

    // Shows a screen.
    show(screen) {
        this.set({ screen });
        if (screen === 'story' && this.state.facts) this.tellStory();
    }

    // The runs of a recipe from its start; those that were asked for last are kept.
    measureWhole(recipe) {
        const key = recipes.readRecipe(recipe).name + choicesOf(recipe);
        if (this.measured.key !== key) this.measured = { key, promise: this.team.callsTogether(['measure', SLOT.now, recipe, 'start', WHOLE]).then(([whole]) => whole) };
        return this.measured.promise;
    }

    // Whether what follows is to be hidden: a question waits for its answer.
    get hidden() {
        const { lesson, guess } = this.state;
        return (lesson !== null && lesson.pending) || guess?.pending === true;
    }

    // --- the run --------------------------------------------------------------------------------------------------------------------

    // Brings the page to a recipe. Of many that come while one is under way, only the last is done.
    async go(recipe) {
        // nothing of it is drawn yet: that comes with the run
        this.state = { ...this.state, recipe };
        if (this.going) return;
        this.going = true;
        try {
            let done = '';
            while (done !== this.state.recipe + this.hidden) {
                done = this.state.recipe + this.hidden;
                await this.follow();
            }
        } catch (error) {
            this.fail(error);
        } finally {
            this.going = false;
        }
    }

    follow() {
        const { recipe } = this.state;
        const choices = choicesOf(recipe);
        return new Promise((resolve, reject) => {
            let shown = false;
            this.team.follow(recipe, {
                fans: !this.hidden,
                onRun: async (session, fan) => {
                    await this.arrived;
                    const whole = this.wholeOf === choices && !this.hidden ? this.state.whole : null;
                    this.set({ session, fan, whole, error: '' });
                    if (fan) markDrawn('coarse fan');
                    shown = true;
                    resolve();
                    // the other runs begin when this can be seen: a machine may have no more than two processors
                    await drawnFrame();
                    if (this.state.recipe === recipe) writeFragment(recipe);
                },
                onFan: async (fan) => {
                    this.set({ fan });
                    markDrawn('whole fan');
                    await this.measureAround(recipe, choices);
                },
            }).then(resolve, (error) => (shown ? this.fail(error) : reject(error)));
        });
    }

    // After the whole fan: the risk of the run from its start, and the ghosts' differences.
    async measureAround(recipe, choices) {
        this.say(this.tellRisk());
        if (this.wholeOf === choices && this.state.whole) return;
        const { ghosts } = this.state;
        const calls = ghosts.flatMap((ghost, i) => {
            const slot = `${Number(SLOT.ghost) + i}`;
            return [['measure', slot, ghost.recipe, 'start', WHOLE], ['differ', SLOT.now, slot]];
        });
        const [whole, ...answers] = ghosts.length > 0
            ? await this.team.callsTogether(['measure', SLOT.now, recipe, 'start', WHOLE], ...calls)
            : [await this.measureWhole(recipe)];
        if (this.state.recipe !== recipe || this.hidden) return;
        this.wholeOf = choices;
        this.set({ whole, ghosts: this.state.ghosts.map((ghost, i) => ({ ...ghost, difference: answers[1 + 2 * i] ?? null })) });
    }

    tellRisk() {
        const { fan, facts } = this.state;
        if (!fan || this.hidden) return '';
        const share = Math.round(100 * fan.war.share);
        return `${this.words('risk_of_war')} ${this.words('by_end', dateOf(facts, facts.steps))}: ${share} %`;
    }

    seek(step) {
        const { facts, recipe } = this.state;
        const to = Math.min(facts.steps, Math.max(0, step));
        return this.go(recipes.at(recipe, to));
    }

    // A choice at the present. With `predicting`, what follows is hidden until a prediction is made.
    async choose(item) {
        const { recipe, predicting, lesson } = this.state;
        const before = recipe;
        const next = recipes.addItem(recipe, item);
        this.set({ compared: null, why: null, guess: predicting && !lesson?.pending ? { pending: true, value: null } : null });
        await this.go(next);
        if (!this.hidden) this.compare(before, next);
    }

    // The risks before and after a choice, on the same random numbers.
    async compare(before, after) {
        clearTimeout(this.comparing);
        // a lever that is being dragged is compared with what was before it was touched
        const base = this.state.compareBase ?? before;
        this.set({ compareBase: base });
        this.comparing = setTimeout(async () => {
            const { at } = recipes.readRecipe(after);
            const [first, second, difference] = await this.team.callsTogether(
                ['measure', SLOT.before, recipes.at(base, at), 'present', WHOLE],
                ['measure', SLOT.after, after, 'present', WHOLE],
                ['differ', SLOT.before, SLOT.after],
            ).catch((error) => (this.fail(error), []));
            this.set({ compareBase: null });
            if (!difference || this.state.recipe !== after || this.hidden) return;
            this.set({ compared: { before: first, after: second, difference } });
        }, 250);
    }

    undo() {
        this.set({ compared: null, why: null, guess: null });
        return this.go(recipes.withoutLast(this.state.recipe));
    }

    forget() {
        const recipe = recipes.readRecipe(this.state.recipe);
        this.set({ compared: null, why: null, guess: null });
        return this.go(recipes.writeRecipe({ ...recipe, items: [] }));
    }

    reseed() {
        const recipe = recipes.readRecipe(this.state.recipe);
        return this.go(recipes.withSeed(this.state.recipe, `${Number(recipe.seed) + 1}`));
    }

    async play() {
        if (this.state.playing) return this.set({ playing: false });
        this.set({ playing: true });
        const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
        const { facts } = this.state;
        const stride = Math.max(1, Math.round((still ? 1 : 1 / 6) / facts.dt));
        if (this.state.session.present >= facts.steps) await this.seek(0);
        while (this.state.playing && this.state.facts === facts && this.state.session.present < facts.steps) {
            const due = performance.now() + (still ? 700 : 80);
            await this.seek(this.state.session.present + stride);
            await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
        }
        this.set({ playing: false });
    }

    // --- prediction -----------------------------------------------------------------------------------------------------------------

    async predict(value) {
        this.set({ guess: { pending: false, value } });
        await this.go(this.state.recipe);
    }

    // --- ghosts ---------------------------------------------------------------------------------------------------------------------

    async keepGhost() {
        const { recipe, session, ghosts, language } = this.state;
        if (ghosts.length >= GHOSTS) return this.say(this.words('branch_full'));
        const last = session.choices.at(-1);
        const name = last ? last[language] : this.words('no_choice_yet');
        const measure = await this.team.call('measure', SLOT.now, recipe, 'start', WHOLE);
        this.set({ ghosts: [...this.state.ghosts, { ...measure, name, recipe, difference: null }] });
        this.wholeOf = null;
        this.say(name);
        await this.go(recipe);
        await this.measureAround(recipe, choicesOf(recipe));
    }

    async dropGhost(index) {
        this.set({ ghosts: this.state.ghosts.filter((_, i) => i !== index) });
    }

    // --- why ------------------------------------------------------------------------------------------------------------------------

    // The account of `spiral why` for what was chosen, by the worker that does not follow the slider.
    async askWhy() {
        const { recipe } = this.state;
        this.set({ why: { recipe, busy: true } });
        this.say(this.words('calculating'));
        try {
            const [, account, { gains }] = await this.team.callsTogether(['session', recipe], ['why', WHY.runs, WHY.subsetRuns], ['gain', WHY.gainRuns]);
            if (this.state.why?.recipe === recipe) this.set({ why: { recipe, busy: false, ...account, gains } });
        } catch (error) {
            this.set({ why: null });
            this.fail(error);
        }
        this.say('');
    }

    // --- lessons --------------------------------------------------------------------------------------------------------------------

    async beginLesson(name) {
        const lesson = await this.team.call('lesson', name);
        this.set({ lesson: { ...lesson, name, step: -1, answers: {}, revealed: {}, pending: false }, screen: 'lessons', playing: false, guess: null, compared: null, why: null, ghosts: [] });
        await this.lessonStep(0);
    }

    async lessonStep(step) {
        const { lesson, recipe } = this.state;
        scrollTo(0, 0);
        const given = lesson.steps[step];
        const pending = given.question !== undefined && lesson.revealed[step] === undefined;
        this.set({ lesson: { ...lesson, step, pending }, playing: false, fan: null, whole: null, compared: null });
        this.wholeOf = null;
        let next = recipe;
        if (given.levers) next = (await this.team.call('levers', lesson.name, `${step}`, step === 0 ? '' : recipe)).recipe;
        await this.open(next);
    }

    answer(choice) {
        const { lesson } = this.state;
        if (lesson.revealed[lesson.step] !== undefined) return;
        this.set({ lesson: { ...lesson, answers: { ...lesson.answers, [lesson.step]: choice } } });
    }

    async reveal() {
        const { lesson } = this.state;
        const { step } = lesson;
        if (lesson.answers[step] === undefined) return;
        this.say(this.words('calculating'));
        this.set({ lesson: { ...lesson, revealing: true } });
        const answer = await this.team.call('reveal', lesson.name, `${step}`, WHOLE);
        const now = this.state.lesson;
        if (now?.name !== lesson.name) return;
        this.set({ lesson: { ...now, pending: false, revealing: false, revealed: { ...now.revealed, [step]: answer } } });
        this.say(answer.text[this.state.language]);
        await this.go(this.state.recipe);
    }

    async leaveLesson() {
        this.set({ lesson: null });
        await this.go(recipes.withPoint(this.state.recipe, false));
    }

    // --- cases of one's own ---------------------------------------------------------------------------------------------------------

    check(text) {
        return this.team.call('check', 'case.yaml', text);
    }

    async use(text) {
        const { name, errors } = await this.check(text);
        if (errors.length > 0) return errors;
        const path = `scenarios/${name}.yaml`;
        await this.team.keep(path, text);
        this.texts = { ...this.texts, [path]: text };
        this.set({ facts: null, lesson: null });
        this.measured = { key: '', promise: null };
        await this.open(recipes.startOf(name));
        this.set({ screen: 'explore', titles: { ...this.state.titles, [`facts${name}`]: { title: this.state.facts.title } } });
        return [];
    }
}

// What the run from its start depends on: all but the present.
function choicesOf(recipe) {
    const { seed, point, items } = recipes.readRecipe(recipe);
    return [seed, point, ...items].join(';');
}

// Waits until what was set is on the screen; a page that is out of sight is not drawn.
function drawnFrame() {
    return new Promise((resolve) => {
        setTimeout(resolve, 100);
        requestAnimationFrame(() => setTimeout(resolve));
    });
}

// A mark in the browser's own record of times, when what was set is drawn: tests tell how long a user waits.
function markDrawn(name) {
    queueMicrotask(() => {
        performance.clearMarks(name);
        performance.mark(name);
    });
}

// The recipe in the address; a page that may not change its address goes without.
function writeFragment(recipe) {
    try {
        history.replaceState(null, '', recipe);
    } catch {
        // a sandbox forbids it
    }
}
