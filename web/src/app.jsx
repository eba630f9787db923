// SPDX-License-Identifier: MIT
import { Classroom } from './classroom.jsx';
import { Editor } from './editor.jsx';
import { Explore } from './explore.jsx';
import { Lessons } from './lesson.jsx';
import { dateOf, percent } from './model.js';
import { Meaning, Page, usePage } from './parts.jsx';
import { startOf } from './recipe.js';
import { Sides } from './sides.jsx';
import { Story } from './story.jsx';
import { about } from './words.js';

function About() {
    const { store, state, words, language } = usePage();
    const { facts, whole, tables } = state;
    return (
        <article class="about">
            <h1>{words('about_title')}</h1>
            {about[language].map((paragraph, i) => <p key={i}>{paragraph}</p>)}
            {facts && whole && !store.hidden && (
                <>
                    <h2>{words('record')}: {facts.title[language]}</h2>
                    <p>{words('risk_of_war')} {words('by_end', dateOf(facts, facts.steps))}: {percent(whole.war.share)}; {words('risk_of_force')}: {percent(whole.force.share)}.</p>
                    <ul>
                        {facts.rivals.map((rival) => {
                            const highest = Math.max(0, ...rival.observed.map(([, level]) => level));
                            return <li key={rival.state}>{words('observed')}, {facts.states[rival.state].name[language]}: {tables.levels[highest - 1]?.[language]}</li>;
                        })}
                    </ul>
                </>
            )}
            <p class="small-print">spiral {tables?.version}. MIT.</p>
        </article>
    );
}

const screens = { story: Story, explore: Explore, lessons: Lessons, sides: Sides, classroom: Classroom, edit: Editor, about: About };

function Head() {
    const { store, state, words } = usePage();
    // an unanswered question and a game that is on are the only screens that can be seen
    const [only, reason] = store.game.isOn ? ['sides', 'game_locked'] : state.lesson?.pending ? ['lessons', 'lesson_locked'] : [null, ''];
    const go = (screen) => (only && screen !== only ? store.say(words(reason)) : store.show(screen));
    const other = state.theme === 'dark' ? 'light' : 'dark';
    return (
        <header class="head">
            <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content').focus(); }}>{words('skip')}</a>
            <div class="brand">
                <span class="name">{words('title')}</span>
                {!state.lesson && !store.game.isOn && state.facts && (
                    <label class="case"><span class="visually-hidden">{words('choose_case')}</span>
                        <select value={state.facts.name} onChange={(event) => store.open(startOf(event.currentTarget.value))}>
                            {store.cases.map((name) => <option key={name} value={name}>{store.titleOf(name)}</option>)}
                        </select>
                    </label>
                )}
                <span class="switches">
                    <button type="button" lang={state.language === 'en' ? 'zh' : 'en'} onClick={() => store.set({ language: state.language === 'en' ? 'zh' : 'en' })}>{words('language')}</button>
                    <button type="button" aria-label={words(other)} title={words(other)} onClick={() => store.set({ theme: other })}><span aria-hidden="true">{other === 'dark' ? '☾' : '☀'}</span></button>
                </span>
            </div>
            <nav aria-label={words('title')}>
                {Object.keys(screens).map((name) => (
                    <button key={name} type="button" aria-current={state.screen === name ? 'page' : undefined} aria-disabled={only !== null && name !== only} onClick={() => go(name)}>{words(name)}</button>
                ))}
            </nav>
        </header>
    );
}

function Body() {
    const { state } = usePage();
    const Screen = screens[state.screen];
    document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset.theme = state.theme;
    return (
        <>
            <Head />
            <main id="content" tabindex="-1">
                {state.error && <p class="error" role="alert">{state.error}</p>}
                {state.tables && <Screen key={state.screen} />}
            </main>
            <p class="visually-hidden status" role="status" aria-live="polite">{state.status}</p>
            <Meaning />
        </>
    );
}

export const App = ({ store }) => <Page.Provider value={store}><Body /></Page.Provider>;
