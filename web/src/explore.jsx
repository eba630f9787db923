// SPDX-License-Identifier: MIT
//
// The curves, and the levers below them (on a wide screen: beside them).
import { useMemo, useState } from 'preact/hooks';
import { curveNames, Figure } from './figures.jsx';
import { dateOf, figureText, interval, percent, QUANTITIES, saveFile, signedInterval, signedPoints, yearlyRows } from './model.js';
import { Lever, Pace, Page, Segments, Sentence, Term, usePage } from './parts.jsx';
import { doctrineItem, moveItem, numberItem, withPoint } from './recipe.js';
import { Why } from './why.jsx';

const QUANTITIES_OF = {
    index: ['escalation'], risk: [], fear: ['threat_neighbour', 'threat_small'],
    alliance: ['commitment', 'believed', 'guarantee'], ladder: ['hostility'], map: ['constraint', 'dependence'],
};
// The constants that a class needs: those of the mechanisms.
const MAIN = ['encircle', 'arms_react', 'noise', 'loss', 'othering', 'incident', 'talk', 'reassure'];

export function useView() {
    const { state, language } = usePage();
    const { facts, session, fan, whole, ghosts } = state;
    return { facts, session, fan, whole, ghosts, nameOf: (index) => facts.states[index].name[language] };
}

// --- figures -----------------------------------------------------------------------------------------------------------------------

// The values of a curve by year, for those who read rather than see.
function CurveTable({ kind, view }) {
    const { state, words, language } = usePage();
    const [open, setOpen] = useState(false);
    const fields = state.tables.quantities;
    const names = QUANTITIES_OF[kind];
    return (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
            <summary>{words('table')}</summary>
            {open && names.map((name) => (
                <div class="scroll" key={name} tabindex="0" role="region" aria-label={fields[QUANTITIES[name]][language]}>
                    <table>
                        <caption><Term field={fields[QUANTITIES[name]]} /></caption>
                        <thead><tr><th scope="col">{words('date')}</th><th scope="col">{words('median')}</th><th scope="col">{words('half')}</th><th scope="col">{words('most')}</th></tr></thead>
                        <tbody>
                            {yearlyRows(view, QUANTITIES[name]).map(({ date, values }) => (
                                <tr key={date}>
                                    <th scope="row">{date}</th>
                                    <td>{values[0].toFixed(2)}</td>
                                    <td>{values.length > 1 ? `${values[1].toFixed(2)} – ${values[2].toFixed(2)}` : ''}</td>
                                    <td>{values.length > 1 ? `${values[3].toFixed(2)} – ${values[4].toFixed(2)}` : ''}</td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            ))}
            {open && kind === 'risk' && <RiskTable view={view} />}
        </details>
    );
}

function RiskTable({ view }) {
    const { words } = usePage();
    const { facts, session, fan, whole } = view;
    const every = Math.max(1, Math.round(1 / facts.dt));
    const rows = [];
    for (let step = 0; step <= facts.steps; step += every) {
        const from = step < session.present ? 0 : fan?.from;
        const source = step < session.present ? whole : fan;
        if (source) rows.push([dateOf(facts, step), source.arrays.war[step - from], source.arrays.force[step - from]]);
    }
    return (
        <div class="scroll" tabindex="0" role="region" aria-label={words('curve_risk')}>
            <table>
                <thead><tr><th scope="col">{words('date')}</th><th scope="col">{words('risk_of_war')}</th><th scope="col">{words('risk_of_force')}</th></tr></thead>
                <tbody>{rows.map(([date, war, force]) => <tr key={date}><th scope="row">{date}</th><td>{percent(war)}</td><td>{percent(force)}</td></tr>)}</tbody>
            </table>
        </div>
    );
}

// The names of the series of a figure, in their colours; each opens its meaning.
function Legend({ kind, view }) {
    const { state, words, language } = usePage();
    const fields = state.tables.quantities;
    const classes = { escalation: 'index', threat_neighbour: 'neighbour', threat_small: 'small', commitment: 'offshore', believed: 'small dashed', guarantee: 'offshore dotted' };
    return (
        <div class="legend">
            {QUANTITIES_OF[kind].filter((name) => classes[name]).map((name) => (
                <span key={name} class={`key ${classes[name]}`}><Term field={fields[QUANTITIES[name]]} /></span>
            ))}
            {kind === 'risk' && ['war', 'force'].map((name) => <span key={name} class={`key ${name}`}><Term field={state.tables.outcomes.find((one) => one.name === name)} /></span>)}
            {kind === 'ladder' && state.tables.levels.map((level, i) => <span key={level.name} class={`key level level${i + 1}`}>{level[language]}</span>)}
            {kind === 'index' && view.ghosts.map((ghost, i) => <span key={i} class={`key ghost${i}`}>{ghost.name}</span>)}
        </div>
    );
}

export function Panel({ kind, height, title }) {
    const { store, state, words, language } = usePage();
    const view = useView();
    return (
        <figure class={`panel panel-${kind}`}>
            <figcaption>
                {title && <h2>{words(`curve_${kind}`)}</h2>}
                <Legend kind={kind} view={view} />
            </figcaption>
            <Figure kind={kind} height={height} view={view} onSeek={kind === 'map' || store.hidden ? undefined : (step) => store.seek(step)}
                label={`${words(`curve_${kind}`)}: ${words(`legend_${kind}`)}`} words={words} tables={state.tables} language={language} />
            <p class="small-print">{store.hidden && kind !== 'map' && kind !== 'ladder' ? words('hidden') : words(`legend_${kind}`)}</p>
            {!store.hidden && <CurveTable kind={kind} view={view} />}
        </figure>
    );
}

// The risk by the end, and what the last choice did to it.
export function Headline() {
    const { store, state, words } = usePage();
    const { facts, fan, compared, guess } = state;
    const end = dateOf(facts, facts.steps);
    if (store.hidden || !fan) return <p class="headline">{words('risk_of_war')} <strong class="number">{store.hidden ? '?' : '…'}</strong></p>;
    const outcome = (name) => state.tables.outcomes.find((one) => one.name === name);
    return (
        <div class="headline" data-runs-hash={fan.complete ? fan.hash : undefined}>
            <p>
                <Term field={outcome('war')}>{words('risk_of_war')}</Term> {words('by_end', end)}{' '}
                <strong class="number war">{percent(fan.war.share)}</strong>
                <Intervals chance={fan.war} constants={fan.war_by_constants} />
            </p>
            <p>
                <Term field={outcome('force')}>{words('risk_of_force')}</Term>{' '}
                <strong class="number force">{percent(fan.force.share)}</strong>
                <Intervals chance={fan.force} constants={fan.force_by_constants} />
            </p>
            {compared && (
                <p class="compared">
                    {words('before_after', percent(compared.before.war.share), percent(compared.after.war.share))}{' '}
                    ({words('change', words('points', signedPoints(compared.difference.war.change)))}, {signedInterval(compared.difference.war)}
                    {compared.difference.war.by_constants && `; ${words('by_constants')} ${signedInterval(compared.difference.war.by_constants)}`})
                </p>
            )}
            {guess && !guess.pending && <p class="compared">{words('you_said', `${guess.value} %`, percent(fan.war.share))}</p>}
        </div>
    );
}

// The two intervals of a risk: what chance does with so many runs, and what the constants may be.
function Intervals({ chance, constants }) {
    const { words } = usePage();
    return (
        <span class="interval">
            {words('by_chance')} {interval(chance)}{constants && `; ${words('by_constants')} ${interval(constants)}`}
        </span>
    );
}

// --- time --------------------------------------------------------------------------------------------------------------------------

export function Clock() {
    const { store, state, words } = usePage();
    const { facts, session, playing } = state;
    const year = Math.max(1, Math.round(1 / facts.dt));
    const date = dateOf(facts, session.present);
    return (
        <div class="clock">
            <div class="clock-head">
                <label for="present">{words('present')}</label>
                <strong class="date">{date}</strong>
            </div>
            <input id="present" type="range" min="0" max={facts.steps} step="1" value={session.present} aria-valuetext={date} onInput={(event) => store.seek(Number(event.currentTarget.value))} />
            <div class="buttons">
                <button type="button" onClick={() => store.seek(0)}>{words('restart')}</button>
                <button type="button" onClick={() => store.seek(session.present - year)} aria-label={words('year_back')}>−1</button>
                <button type="button" class="play" onClick={() => store.play()}>{playing ? words('pause') : words('play')}</button>
                <button type="button" onClick={() => store.seek(session.present + year)} aria-label={words('year_on')}>+1</button>
                <button type="button" onClick={() => store.seek(facts.steps)}>{words('to_end')}</button>
            </div>
            <Caption />
        </div>
    );
}

// The latest event before the present.
function Caption() {
    const { state, language } = usePage();
    const { facts, session } = state;
    const now = facts.start + session.present * facts.dt;
    const fallen = new Set(session.fallen);
    const past = facts.entries.filter((entry, i) => entry.year <= now && !fallen.has(i) && entry.caption[language]);
    const last = past.reduce((latest, one) => (latest === null || one.year >= latest.year ? one : latest), null);
    return <p class="caption">{last ? `${last.date} ${last.caption[language]}` : ' '}</p>;
}

// --- levers ------------------------------------------------------------------------------------------------------------------------

function DoctrineLevers({ index }) {
    const { store, state, words, language } = usePage();
    const { facts, session, tables } = state;
    const given = facts.states[index];
    const inForce = session.states[index];
    const now = dateOf(facts, session.present);
    const atEnd = session.present >= facts.steps;
    const id = `doctrine-${given.id}`;
    const doctrine = tables.doctrines.find((one) => one.name === inForce.doctrine);
    const choose = (item) => store.choose(item);
    const fact = (name) => tables.facts.find((one) => one.name === name);
    const field = (row) => ({ ...row, shown: row[language], full: `${given.name[language]}: ${row[language]}` });
    return (
        <section class={`levers role-${given.role}`}>
            <h2>{given.name[language]}</h2>
            <div class="lever">
                <div class="lever-head">
                    <label for={id}>{words('doctrine')}</label>
                    {doctrine && <Term field={doctrine}>?<span class="visually-hidden">{doctrine[language]}</span></Term>}
                </div>
                <select id={id} value={inForce.doctrine ?? ''} disabled={atEnd} onChange={(event) => choose(doctrineItem(given.id, event.currentTarget.value, session.present))}>
                    {!inForce.doctrine && <option value="">{words('own_numbers')}</option>}
                    {tables.doctrines.filter((one) => one.role === given.role || one.name === inForce.doctrine).map((one) => <option key={one.name} value={one.name}>{one[language]}</option>)}
                </select>
            </div>
            {['greed', 'resolve'].map((name) => (
                <Lever key={name} name={`${given.id}.${name}`} field={field(fact(name))} value={inForce[name]} note={words('from_now', now)} disabled={atEnd}
                    onChange={(value) => choose(numberItem(`${given.id}.${name}`, value, session.present))} />
            ))}
            <details>
                <summary>{words('numbers_of')}</summary>
                {tables.numbers.map((row, i) => (
                    <Lever key={row.name} name={`doctrine.${given.id}.${row.name}`} field={field(row)} value={inForce.numbers[i]} note={words('from_now', now)} disabled={atEnd}
                        onChange={(value) => choose(numberItem(`doctrine.${given.id}.${row.name}`, value, session.present))} />
                ))}
            </details>
        </section>
    );
}

export function ConstantLever({ name }) {
    const { store, state, words, language } = usePage();
    const { tables, session } = state;
    const index = tables.constants.findIndex((one) => one.name === name);
    const row = tables.constants[index];
    return (
        <Lever name={`k.${name}`} field={{ ...row, shown: row[language], full: row[language] }} value={session.constants[index]} note={words('whole_run')}
            onChange={(value) => store.choose(numberItem(`k.${name}`, value, session.present))} />
    );
}

function Moves() {
    const { store, state, words, language } = usePage();
    const { facts, session, tables } = state;
    const [actor, setActor] = useState(facts.small);
    const [target, setTarget] = useState(facts.rivals[0].state);
    const [move, setMove] = useState('partner');
    const [weight, setWeight] = useState(1);
    const alone = move === 'arm' || move === 'disarm';
    const paired = facts.pairs.some(([one, two]) => (one === actor && two === target) || (two === actor && one === target));
    const stateOptions = facts.states.map((one, i) => <option key={one.id} value={i}>{one.name[language]}</option>);
    const pick = (set) => (event) => set(Number(event.currentTarget.value));
    const meaning = tables.moves.find((one) => one.name === move);
    return (
        <section class="levers">
            <h2>{words('moves')}</h2>
            <div class="row">
                <label>{words('who')}<select value={actor} onChange={pick(setActor)}>{stateOptions}</select></label>
                <label>{words('move')}<select value={move} onChange={(event) => setMove(event.currentTarget.value)}>{tables.moves.map((one) => <option key={one.name} value={one.name}>{one[language]}</option>)}</select></label>
                <label>{words('towards')}<select value={alone ? '' : target} disabled={alone} onChange={pick(setTarget)}>{alone && <option value="">{words('nobody')}</option>}{stateOptions}</select></label>
            </div>
            <Sentence field={meaning} />
            <Lever name="weight" field={{ en: words('weight'), zh: words('weight'), doc: words('weight_text'), sentence: words('weight_text'), unit: '1', low: 0, high: 2, value: 1, source: '', shown: words('weight'), full: words('weight') }} value={weight} onChange={setWeight} />
            <button type="button" disabled={(!alone && !paired) || session.present >= facts.steps}
                onClick={() => store.choose(moveItem(facts.states[actor].id, alone ? '' : facts.states[target].id, move, weight, session.present))}>{words('make_move')}</button>
            {!alone && !paired && <p class="small-print">{words('no_pair')}</p>}
        </section>
    );
}

function Model() {
    const { store, state, words } = usePage();
    const { recipe, session } = state;
    return (
        <section class="levers">
            <h2>{words('model')}</h2>
            <label class="check"><input type="checkbox" id="spread" checked={session.sets > 0} onChange={(event) => store.go(withPoint(recipe, !event.currentTarget.checked))} /> {words('spread')}</label>
            <p class="small-print">{words('whole_run')}</p>
            {MAIN.map((name) => <ConstantLever key={name} name={name} />)}
            <details>
                <summary>{words('all_constants')}</summary>
                {state.tables.constants.filter((one) => !MAIN.includes(one.name)).map((one) => <ConstantLever key={one.name} name={one.name} />)}
            </details>
        </section>
    );
}

// --- log, ghosts -------------------------------------------------------------------------------------------------------------------

function Ghosts() {
    const { store, state, words } = usePage();
    return (
        <section class="levers">
            <h2>{words('branches')}</h2>
            <p><button type="button" onClick={() => store.keepGhost()} disabled={store.hidden}>{words('keep_branch')}</button></p>
            {state.ghosts.length === 0 && <p class="small-print">{words('no_branches')}</p>}
            <ul class="ghost-list">
                {state.ghosts.map((ghost, i) => (
                    <li key={i}>
                        <span class={`key ghost${i}`}>{ghost.name}</span>
                        {!store.hidden && <span>{words('war_here')} {percent(ghost.war.share)}</span>}
                        {!store.hidden && ghost.difference && (
                            <span class="small-print">
                                {words('points', signedPoints(ghost.difference.war.change))} {signedInterval(ghost.difference.war)}
                                {ghost.difference.war.by_constants && `; ${words('by_constants')} ${signedInterval(ghost.difference.war.by_constants)}`} {words('against')}
                            </span>
                        )}
                        <span class="buttons">
                            <button type="button" onClick={() => store.go(ghost.recipe)}>{words('open')}<span class="visually-hidden"> {ghost.name}</span></button>
                            <button type="button" onClick={() => store.dropGhost(i)}>{words('drop')}<span class="visually-hidden"> {ghost.name}</span></button>
                        </span>
                    </li>
                ))}
            </ul>
        </section>
    );
}

// What an entry of the timeline says.
export function entryText(entry, { facts, tables, language }, words) {
    const row = entry.kind === 'move' ? tables.moves.find((one) => one.name === entry.move) : tables.doctrines.find((one) => one.name === entry.doctrine);
    return entry.caption[language] || `${facts.states[entry.actor].name[language]}: ${row ? row[language] : words(entry.kind === 'move' ? 'move' : 'doctrine')}`;
}

function Log() {
    const { store, state, words, language } = usePage();
    const { facts, session } = state;
    const fallen = new Set(session.fallen);
    const now = facts.start + session.present * facts.dt;
    const later = facts.entries.filter((entry) => entry.year > now).length;
    const fallenLater = facts.entries.filter((entry, i) => entry.year > now && fallen.has(i)).length;
    const labelOf = (entry) => entryText(entry, state, words);
    return (
        <section class="levers">
            <h2>{words('choices')}</h2>
            {session.choices.length === 0 && <p class="small-print">{words('no_choice_yet')}</p>}
            <ol class="choices">
                {session.choices.map((choice, i) => (
                    <li key={i}>
                        {choice.step >= 0 ? <button type="button" class="term" onClick={() => store.seek(choice.step)}>{dateOf(facts, choice.step)}</button> : <span class="small-print">{words('whole_run')}</span>}{' '}
                        {choice[language]}
                    </li>
                ))}
            </ol>
            {fallen.size > 0 && <p>{words('falls_count', fallenLater, later - fallenLater)}</p>}
            <p class="buttons">
                <button type="button" disabled={session.choices.length === 0} onClick={() => store.undo()}>{words('undo')}</button>
                <button type="button" disabled={session.choices.length === 0} onClick={() => store.forget()}>{words('redo_history')}</button>
                <button type="button" onClick={() => store.reseed()}>{words('new_seed')}</button>
            </p>
            <details>
                <summary>{words('timeline')}</summary>
                <ol class="timeline">
                    {facts.entries.map((entry, i) => (
                        <li key={i} class={fallen.has(i) ? 'fallen' : ''}>
                            <span class="date">{entry.date}</span> <Term field={{ en: labelOf(entry), zh: labelOf(entry), doc: '', source: entry.source ?? '', unit: '1' }}>{labelOf(entry)}</Term>
                            {fallen.has(i) && <span class="small-print"> ({words('fallen')})</span>}
                        </li>
                    ))}
                </ol>
            </details>
        </section>
    );
}

// --- keeping and sharing -----------------------------------------------------------------------------------------------------------

function Share() {
    const { store, state, words } = usePage();
    const { facts } = state;
    const fileName = (end) => `spiral-${facts.name}${end}`;
    const saveText = async (call, end, type) => saveFile(fileName(end), (await store.team.members[0].calls([call]))[0].text, type);
    const saveFigure = () => saveFile(fileName('.svg'), figureText(document.querySelector('.curves svg.figure')), 'image/svg+xml');
    const copy = async () => {
        await navigator.clipboard?.writeText(location.href.split('#')[0] + state.recipe).catch(() => {});
        store.say(words('copied'));
    };
    return (
        <section class="levers">
            <h2>{words('share')}</h2>
            <p class="buttons">
                <button type="button" onClick={copy}>{words('copy_link')}</button>
                <button type="button" disabled={store.hidden} onClick={saveFigure}>{words('export_svg')}</button>
                <button type="button" onClick={() => saveText('curves', '.csv', 'text/csv')}>{words('export_run')}</button>
                <button type="button" disabled={store.hidden || !state.fan} onClick={() => saveText('bands', '-ensemble.csv', 'text/csv')}>{words('export_fan')}</button>
                <button type="button" onClick={() => saveText('save', '.yaml', 'text/yaml')}>{words('save_case')}</button>
                <button type="button" onClick={() => print()}>{words('print')}</button>
            </p>
            <p class="small-print recipe"><span>{words('recipe')}</span> <code>{state.recipe}</code></p>
        </section>
    );
}

// --- prediction --------------------------------------------------------------------------------------------------------------------

export function Prediction() {
    const { store, state, words } = usePage();
    const [value, setValue] = useState(50);
    if (!state.guess?.pending) return null;
    return (
        <section class="prediction" aria-live="off">
            <label for="prediction">{words('your_prediction')}</label>
            <div class="row">
                <input id="prediction" type="range" min="0" max="100" step="1" value={value} aria-valuetext={`${value} %`} onInput={(event) => setValue(Number(event.currentTarget.value))} />
                <output for="prediction">{value} %</output>
                <button type="button" class="primary" onClick={() => store.predict(value)}>{words('show')}</button>
            </div>
        </section>
    );
}

// On paper, in place of the levers: what was chosen, and how to come back to it.
function Paper() {
    const { state, words, language } = usePage();
    const { facts, session } = state;
    return (
        <section class="paper">
            <h2>{words('choices')}</h2>
            {session.choices.length === 0 && <p>{words('no_choice_yet')}</p>}
            <ol>{session.choices.map((choice, i) => <li key={i}>{choice.step >= 0 ? dateOf(facts, choice.step) : words('whole_run')}: {choice[language]}</li>)}</ol>
            <p class="small-print">{words('recipe')}: <code>{state.recipe}</code></p>
        </section>
    );
}

// --- the screen --------------------------------------------------------------------------------------------------------------------

// The curves that a case has: without a distant power there is no alliance.
const curvesOf = (facts) => curveNames.filter((name) => name !== 'alliance' || facts.states.some((one) => one.role === 'offshore'));

const TABS = ['levers', 'moves', 'model', 'branches', 'log', 'why', 'share'];

// Figures that stay in sight while levers scroll.
export function Curves({ compact }) {
    const { store, state, words } = usePage();
    return (
        <div class="curves">
            <Headline />
            <Segments label={words('which_curve')} value={state.curve} onChange={(curve) => store.set({ curve })} options={curvesOf(state.facts).map((name) => [name, words(`curve_${name}`)])} />
            <Panel kind={state.curve} height={compact ? 190 : 240} />
        </div>
    );
}

function SeekerLevers() {
    const { store, state, words, language } = usePage();
    const { session, facts, tables } = state;
    const [which, setWhich] = useState('arms_react');
    const state0 = facts.states[0];
    const reassure = tables.numbers.findIndex((one) => one.name === 'reassure');
    const options = ['arms_react', 'noise', 'othering', 'reassure'];
    const row = (name) => (name === 'reassure' ? tables.numbers[reassure] : tables.constants.find((one) => one.name === name));
    return (
        <section class="levers">
            <h2>{words('one_lever')}</h2>
            <p>{words('seekers_text')}</p>
            <Segments label={words('one_lever')} value={which} onChange={async (name) => {
                setWhich(name);
                await store.forget();
            }} options={options.map((name) => [name, row(name)[language]])} />
            {which === 'reassure' ? (
                <Lever name="seeker" field={{ ...row('reassure'), shown: row('reassure')[language], full: `${state0.name[language]}: ${row('reassure')[language]}` }} value={session.states[0].numbers[reassure]}
                    onChange={(value) => store.choose(numberItem(`doctrine.${state0.id}.reassure`, value, session.present))} />
            ) : <ConstantLever name={which} />}
        </section>
    );
}

// The other curves.
function OtherCurves() {
    const { state } = usePage();
    return (
        <div class="more-curves">
            {curvesOf(state.facts).filter((kind) => kind !== state.curve).map((kind) => <Panel key={kind} kind={kind} height={170} title />)}
        </div>
    );
}

const MoreCurves = () => <Pace.Provider value={200}><OtherCurves /></Pace.Provider>;

export function Explore() {
    const { store, state, words } = usePage();
    const [tab, setTab] = useState('levers');
    const more = useMemo(() => <MoreCurves />, []);
    const { facts, session } = state;
    if (!session) return <p>{words('loading')}…</p>;
    const panes = {
        levers: () => facts.states.map((one, i) => <DoctrineLevers key={`${facts.name}${one.id}`} index={i} />),
        moves: () => <Moves key={facts.name} />, model: () => <Model />, branches: () => <Ghosts />, log: () => <Log />, why: () => <Why />, share: () => <Share />,
    };
    return (
        <div class="explore">
            <h1 class="visually-hidden">{facts.title[state.language]}</h1>
            <Curves />
            <div class="side">
                <Clock />
                <label class="check"><input type="checkbox" checked={state.predicting} onChange={(event) => store.set({ predicting: event.currentTarget.checked })} /> {words('predict_first')} <span class="small-print">{words('predict_help')}</span></label>
                <Prediction />
                {facts.name === 'seekers' && <SeekerLevers key="seekers" />}
                <Segments label={words('levers')} value={tab} onChange={setTab} options={TABS.map((name) => [name, words(name)])} />
                {panes[tab]()}
                <Paper />
            </div>
            {more}
        </div>
    );
}

export { Page };
