// SPDX-License-Identifier: MIT
//
// Playing sides: the setup, the curtain between seats, a turn, the news after a round, the debrief.
import { useEffect, useRef, useState } from 'preact/hooks';
import { PlayedCurves } from './figures.jsx';
import { fillIn, mostRounds, setupText } from './game.js';
import { dateOf, saveFile } from './model.js';
import { Sentence, usePage } from './parts.jsx';
import { readRecipe } from './recipe.js';

// What the game says, from the program's own table.
function usePhrases() {
    const { store, state, language } = usePage();
    useEffect(() => void store.game.prepare().catch((error) => store.fail(error)), []);
    return state.phrases && ((name, ...values) => fillIn(state.phrases.phrases[name][language], ...values));
}

const labelOf = (rows, name, language) => rows.find((row) => row.name === name)[language];

// The text of a phase: "# ", "## " and "### " begin headings, "- " an item.
function Told({ text }) {
    const parts = [];
    for (const line of text.split('\n')) {
        if (line.startsWith('# ')) parts.push(<h1 key={parts.length} tabindex="-1">{line.slice(2)}</h1>);
        else if (line.startsWith('### ')) parts.push(<h3 key={parts.length}>{line.slice(4)}</h3>);
        else if (line.startsWith('## ')) parts.push(<h2 key={parts.length}>{line.slice(3)}</h2>);
        else if (line.startsWith('- ') && Array.isArray(parts.at(-1))) parts.at(-1).push(line.slice(2));
        else if (line.startsWith('- ')) parts.push([line.slice(2)]);
        else if (line !== '') parts.push(<p key={parts.length}>{line}</p>);
    }
    return parts.map((part, i) => (Array.isArray(part) ? <ul key={i}>{part.map((item, j) => <li key={j}>{item}</li>)}</ul> : part));
}

// Goes to the heading of what has just come onto the screen.
function useHeading() {
    const at = useRef(null);
    useEffect(() => {
        scrollTo(0, 0);
        at.current.querySelector('h1')?.focus({ preventScroll: true });
    }, []);
    return at;
}

// --- the setup ---------------------------------------------------------------------------------------------------------------------

function Choice({ label, value, options, onChange }) {
    return (
        <label>{label}
            <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
                {options.map(([name, text]) => <option key={name} value={name}>{text}</option>)}
            </select>
        </label>
    );
}

const fileOf = async (event) => (event.currentTarget.files.length > 0 ? event.currentTarget.files[0].text() : '');

function Setup() {
    const { store, state, words, language } = usePage();
    const { facts, session, phrases } = state;
    const every = Math.round(1 / facts.dt);
    const [from, setFrom] = useState(Math.min(session?.present ?? 0, facts.steps - 2 * every));
    const [years, setYears] = useState(2);
    const [asked, setRounds] = useState(5);
    const [seats, setSeats] = useState(() => ['small', 'neighbour', 'offshore'].flatMap((role) => facts.states.filter((one) => one.role === role).slice(0, 1)).map((one) => one.id));
    const [policies, setPolicies] = useState({});
    const [events, setEvents] = useState('');
    const [errors, setErrors] = useState([]);
    const most = mostRounds(facts, from, years);
    const rounds = Math.min(asked, most);
    const begin = async (text, news) => setErrors(await store.game.begin(text, news));
    const toggle = (id) => setSeats(seats.includes(id) ? seats.filter((one) => one !== id) : [...seats, id]);
    const dates = [];
    for (let step = from % every; step + every <= facts.steps; step += every) dates.push([step, dateOf(facts, step)]);
    const { kept } = store.game;
    return (
        <article class="sides">
            <h1>{words('headed', words('sides'), store.titleOf(facts.name))}</h1>
            <p>{words('sides_text')}</p>
            <h2>{words('seats')}</h2>
            {facts.states.map((one) => (
                <div key={one.id} class="row seat" data-state={one.id}>
                    <label class="check"><input type="checkbox" checked={seats.includes(one.id)} onChange={() => toggle(one.id)} /> {one.name[language]}</label>
                    {!seats.includes(one.id) && (
                        <Choice label={words('plays_itself')} value={policies[one.id] ?? 'history'} options={phrases.policies.map((policy) => [policy.name, policy[language]])}
                            onChange={(name) => setPolicies({ ...policies, [one.id]: name })} />
                    )}
                </div>
            ))}
            <h2>{words('rounds')}</h2>
            <p class="row">
                <Choice label={words('first_round')} value={from} options={dates} onChange={(step) => setFrom(Number(step))} />
                <Choice label={words('round_years')} value={years} options={[[1, 1], [2, 2]]} onChange={(value) => setYears(Number(value))} />
                <Choice label={words('rounds')} value={rounds} options={Array.from({ length: most }, (_, i) => [i + 1, i + 1])} onChange={(value) => setRounds(Number(value))} />
            </p>
            <details>
                <summary>{words('events')}</summary>
                <p class="small-print">{words('events_text')}</p>
                <p><label class="file">{words('load_file')}<input type="file" accept=".yaml,.yml,text/yaml" onChange={async (event) => setEvents(await fileOf(event))} /></label> {events && words('no_errors_yet', events.split('\n').filter((line) => /^\s*- \{?\s*date:/.test(line)).length)}</p>
            </details>
            {errors.length > 0 && <ul class="error" role="alert">{errors.map((error, i) => <li key={i} lang="en">{error.message}</li>)}</ul>}
            <p class="buttons">
                <button type="button" class="primary begin-game" disabled={seats.length === 0 || most < 1} onClick={() => begin(setupText({ facts, seed: readRecipe(state.recipe).seed, from, years, rounds, seats, policies }), events)}>{words('begin_game')}</button>
                <label class="file">{words('open_game')}<input type="file" class="open-game" accept=".yaml,.yml,text/yaml" onChange={async (event) => begin(await fileOf(event), '')} /></label>
                {kept && <button type="button" onClick={() => begin(kept, '')}>{words('resume_game')}</button>}
            </p>
        </article>
    );
}

// --- the curtain, and the news -----------------------------------------------------------------------------------------------------

function Keeping() {
    const { store, words } = usePage();
    return (
        <p class="buttons">
            <button type="button" onClick={async () => saveFile('game.yaml', await store.game.file(), 'text/yaml')}>{words('save_game')}</button>
            <button type="button" class="plain" onClick={() => store.game.leave()}>{words('leave_game')}</button>
        </p>
    );
}

function Curtain({ game, phrase }) {
    const { store, language } = usePage();
    const at = useHeading();
    return (
        <article class="sides curtain" ref={at}>
            <Told text={game.text[language]} />
            <p class="buttons"><button type="button" class="primary" onClick={() => store.game.proceed()}>{game.phase === 'news' ? phrase('go_on') : phrase('i_am', store.game.facts.states[game.state].name[language])}</button></p>
            <Keeping />
        </article>
    );
}

// --- a turn ------------------------------------------------------------------------------------------------------------------------

// The curves that the seat sees: what it fears, and what it has.
function Sight({ game, phrase }) {
    const { store, language } = usePage();
    const { states } = store.game.facts;
    const { sight } = game.arrays;
    const row = (i) => sight.subarray(i * game.points, (i + 1) * game.points);
    const kinds = { arms: phrase('arms_panel'), pledged: phrase('pledged_curve'), believed: phrase('believed_curve') };
    const curves = game.curves.map(({ kind, state }, i) => ({
        x: row(0), y: row(i), group: kind === 'threat' ? 'your_fear' : 'your_means', dashed: kind === 'believed', role: kind === 'arms' ? 'index' : states[state]?.role,
        name: kind === 'threat' ? states[state].name[language] : kind === 'arms' ? kinds.arms : store.words('headed', kinds[kind], states[state]?.name[language]),
    })).slice(1);
    if (game.points < 2) return null; // nothing has happened yet
    const all = (group) => curves.filter((curve) => curve.group === group);
    return ['your_fear', 'your_means'].filter((group) => all(group).length > 0).map((group) => (
        <PlayedCurves key={group} name={phrase(group)} from={row(0)[0]} until={row(0)[game.points - 1]} low={0} high={1} ticks={[0, 0.5, 1]} curves={all(group)} begins={[]} height={150} />
    ));
}

function Moves({ game, phrase, moves, setMoves }) {
    const { store, state, language } = usePage();
    const { states } = store.game.facts;
    const [chosen, setChosen] = useState(0);
    const nameOf = ({ move, target, consent }) =>
        `${labelOf(state.tables.moves, move, language)}${target >= 0 ? ` → ${states[target].name[language]}` : ''}${consent ? ` (${phrase('is_proposal', states[target].name[language])})` : ''}`;
    return (
        <>
            <h2>{phrase('your_moves', state.phrases.most_moves)}</h2>
            <ul class="chosen">
                {moves.map((index) => (
                    <li key={index}>{nameOf(game.moves[index])} <button type="button" onClick={() => setMoves(moves.filter((one) => one !== index))}>{phrase('remove')}<span class="visually-hidden">: {nameOf(game.moves[index])}</span></button></li>
                ))}
            </ul>
            {moves.length < state.phrases.most_moves && game.moves.length > 0 && (
                <div class="row">
                    <label>{phrase('move')}
                        <select id="play-move" value={chosen} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
                            {game.moves.map((one, i) => <option key={i} value={i}>{nameOf(one)}</option>)}
                        </select>
                    </label>
                    <button type="button" class="add-move" disabled={moves.includes(chosen)} onClick={() => setMoves([...moves, chosen])}>{phrase('add_move')}</button>
                </div>
            )}
            {game.moves.length > 0 && <Sentence field={state.tables.moves.find((one) => one.name === game.moves[chosen].move)} />}
        </>
    );
}

function Turn({ game, phrase }) {
    const { store, state, words, language } = usePage();
    const { states } = store.game.facts;
    const [intention, setIntention] = useState('');
    const [course, setCourse] = useState('');
    const [moves, setMoves] = useState([]);
    const [accepts, setAccepts] = useState({});
    const [error, setError] = useState('');
    const at = useHeading();
    const courses = state.tables.doctrines.filter((one) => one.role === states[game.state].role);
    const done = () => store.game.decide({ intention, course, moves: moves.map((index) => game.moves[index]), accepts: game.proposals.filter((_, i) => accepts[i]) })
        .catch((failed) => setError(failed.message));
    const most = 599;
    const tooLong = new TextEncoder().encode(intention).length > most;
    return (
        <article class="sides turn" ref={at}>
            <div class="columns">
                <section>
                    <Told text={game.text[language]} />
                    <Sight game={game} phrase={phrase} />
                </section>
                <section>
                    <h2><label for="play-intention">{phrase('intention')}</label></h2>
                    <textarea id="play-intention" class="words" rows="3" value={intention} autocomplete="off" onInput={(event) => setIntention(event.currentTarget.value)} />
                    {tooLong && <p class="error" role="alert">{phrase('too_long', most)}</p>}
                    {game.proposals.map((one, i) => (
                        <fieldset key={i} class="question">
                            <legend>{labelOf(state.tables.moves, one.move, language)} ({states[one.from].name[language]})</legend>
                            {[true, false].map((yes) => (
                                <label key={yes} class="choice-row"><input type="radio" name={`proposal-${i}`} checked={Boolean(accepts[i]) === yes} onChange={() => setAccepts({ ...accepts, [i]: yes })} /> <span>{phrase(yes ? 'accept' : 'refuse')}</span></label>
                            ))}
                        </fieldset>
                    ))}
                    <h2><label for="play-course">{words('doctrine')}</label></h2>
                    <select id="play-course" value={course} onChange={(event) => setCourse(event.currentTarget.value)}>
                        <option value="">{phrase('keep_course')} ({game.course[language]})</option>
                        {courses.map((one) => <option key={one.name} value={one.name}>{one[language]}</option>)}
                    </select>
                    {course && <Sentence field={courses.find((one) => one.name === course)} />}
                    <Moves game={game} phrase={phrase} moves={moves} setMoves={setMoves} />
                    {error && <p class="error" role="alert" lang="en">{error}</p>}
                    <p><button type="button" class="primary done" disabled={tooLong} onClick={done}>{phrase('done')}</button></p>
                </section>
            </div>
        </article>
    );
}

// --- the debrief -------------------------------------------------------------------------------------------------------------------

function Debrief({ game, phrase }) {
    const { store, state, words, language } = usePage();
    const [found, setFound] = useState(null);
    const at = useHeading();
    useEffect(() => {
        let late = false;
        store.game.debrief(language, state.theme).then((debrief) => late || setFound(debrief), (error) => store.fail(error));
        return () => (late = true);
    }, [language, state.theme]);
    let place = 0;
    const curveOf = (curve) => {
        const x = found.arrays.curves.subarray(place, place + curve.count);
        const y = found.arrays.curves.subarray(place + curve.count, place + 2 * curve.count);
        place += 2 * curve.count;
        return { ...curve, x, y };
    };
    const panels = found?.panels.map((panel) => ({ ...panel, curves: panel.curves.map(curveOf) }));
    const ticks = ({ whole, high }) => (whole ? [1, 2, 3, 4, 5] : high > 1 ? [0, 0.5, 1, 1.5, 2, 2.5, 3].filter((tick) => tick <= high) : [0, 0.5, 1]);
    return (
        <article class="sides debrief" ref={at}>
            <h1 tabindex="-1">{words('headed', phrase('debrief'), store.titleOf(game.case))}</h1>
            {!found && <p>{words('calculating')}…</p>}
            {found && (
                <>
                    {['summary', 'luck', 'gain'].filter((key) => found[key]).map((key) => (
                        <section key={key}><h2>{phrase(key === 'summary' ? 'what_happened' : key)}</h2><p>{found[key]}</p></section>
                    ))}
                    <h2>{phrase('discuss')}</h2>
                    <ul>{phrase('questions').split('\n').map((line) => <li key={line}>{line.slice(2)}</li>)}</ul>
                    <h2>{phrase('all_curves')}</h2>
                    <div class="panels">
                        {panels.map((panel) => <PlayedCurves key={panel.name} {...panel} from={found.from} until={found.until} begins={found.begins} ticks={ticks(panel)} height={200} />)}
                    </div>
                    <h2>{phrase('rounds')}</h2>
                    <Told text={game.text[language].split('\n').slice(2).join('\n').replace(/^## /gm, '### ')} />
                </>
            )}
            <p class="buttons">
                <button type="button" onClick={async () => saveFile('game.yaml', await store.game.file(), 'text/yaml')}>{words('save_game')}</button>
                <button type="button" onClick={() => print()}>{words('print')}</button>
                <button type="button" onClick={() => store.game.leave()}>{words('new_game')}</button>
            </p>
        </article>
    );
}

export function Sides() {
    const { store, state } = usePage();
    const phrase = usePhrases();
    const { game, facts } = state;
    if (!phrase || !facts) return <article class="sides"><h1>…</h1></article>;
    if (!game) return <Setup key={facts.name} />;
    const Phase = { handover: Curtain, news: Curtain, turn: Turn, end: Debrief }[game.phase];
    return <Phase key={`${game.phase} ${game.round} ${game.state}`} game={game} phrase={phrase} />;
}
