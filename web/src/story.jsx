// SPDX-License-Identifier: MIT
//
// The first screen: who fears whom, and why.
import { OUTCOMES, percent } from './model.js';
import { usePage } from './parts.jsx';
import { startOf } from './recipe.js';

const CAUSES = ['capability', 'encirclement', 'conduct', 'othering', 'noise'];

// The greatest cause of a side's rising fear, and its share.
function greatestCause(story, side) {
    const shares = CAUSES.map((cause) => [cause, story.outcomes[OUTCOMES[`${side}_by_${cause}`]]]);
    return shares.reduce((most, one) => (one[1] > most[1] ? one : most));
}

// Two lines of a name that is too long for its circle.
function Name({ text, x, y }) {
    const cut = text.length > 12 && text.includes(' ') ? text.indexOf(' ', Math.min(7, text.lastIndexOf(' '))) : -1;
    const lines = cut > 0 ? [text.slice(0, cut), text.slice(cut + 1)] : [text];
    return <text class="actor-name" x={x} y={y} text-anchor="middle">{lines.map((line, i) => <tspan key={i} x={x} dy={i === 0 ? 0 : 17}>{line}</tspan>)}</text>;
}

// The actors and their arrows: fear of the two rivals, the tie to the patron.
function Actors({ names, story, label }) {
    const outcome = (name) => (story ? story.outcomes[OUTCOMES[name]] : 0.3);
    const thick = (share) => 2 + 12 * share;
    const arrow = (from, to, y, bend, kind, width) => {
        const middle = (from + to) / 2;
        return <path class={`arrow ${kind}`} d={`M${from},${y}Q${middle},${y + bend} ${to},${y}`} stroke-width={width} marker-end={`url(#head-${kind})`} />;
    };
    return (
        <svg class="actors" viewBox="0 32 364 146" role="img" aria-label={label}>
            <defs>
                {['neighbour', 'small', 'offshore'].map((kind) => (
                    <marker key={kind} id={`head-${kind}`} viewBox="0 0 10 10" refX="6" refY="5" markerUnits="userSpaceOnUse" markerWidth="16" markerHeight="16" orient="auto">
                        <path class={`head ${kind}`} d="M0,0L10,5L0,10z" />
                    </marker>
                ))}
            </defs>
            {arrow(91, 150, 72, -34, 'neighbour', thick(outcome('mean_threat_neighbour')))}
            {arrow(150, 91, 100, 34, 'small', thick(outcome('mean_threat_small')))}
            {names.offshore && arrow(262, 212, 86, 0, 'offshore', thick(outcome('mean_commitment')))}
            <circle class="actor neighbour" cx="52" cy="86" r="40" />
            <circle class="actor small" cx="180" cy="86" r="28" />
            {names.offshore && <circle class="actor offshore" cx="302" cy="86" r="36" />}
            <Name text={names.neighbour} x={52} y={148} />
            <Name text={names.small} x={180} y={136} />
            {names.offshore && <Name text={names.offshore} x={302} y={144} />}
        </svg>
    );
}

export function Story() {
    const { store, state, words, language } = usePage();
    const { facts, story } = state;
    if (!facts) return null;
    const first = (role) => facts.states.find((one) => one.role === role)?.name[language];
    const names = { small: facts.states[facts.small].name[language], neighbour: first('neighbour'), offshore: first('offshore') };
    const cause = (side) => {
        const [name, share] = greatestCause(story, side);
        const rival = side === 'neighbour' ? names.small : names.neighbour;
        return words('most_from', words(`cause_${name}`, rival, names.offshore ?? ''), percent(share));
    };
    return (
        <article class="story">
            <h1>{facts.title[language]}</h1>
            <Actors names={names} story={story} label={`${words('fears', names.neighbour, names.small)}; ${words('fears', names.small, names.neighbour)}`} />
            <div class="fears">
                <p class="fear"><span class="dot-neighbour" aria-hidden="true" /><span><strong>{words('fears', names.neighbour, names.small)}.</strong>{' '}{story && cause('neighbour')}</span></p>
                <p class="fear"><span class="dot-small" aria-hidden="true" /><span><strong>{words('fears', names.small, names.neighbour)}.</strong>{' '}{story && cause('small')}</span></p>
            </div>
            <p class="dilemma">{words('dilemma')}</p>
            <p class="go">
                <button type="button" class="primary" onClick={() => store.set({ screen: 'explore' })}>{words('begin')}</button>
                <button type="button" class="plain" onClick={() => store.set({ screen: 'lessons' })}>{words('or_lesson')}</button>
            </p>
            <p class="small-print">{facts.summary[language]} {words('arrow_note')}</p>
            <h2>{words('other_cases')}</h2>
            <ul class="cases">
                {[...store.cases].sort((one, other) => (other === 'seekers') - (one === 'seekers')).filter((name) => name !== facts.name).map((name) => (
                    <li key={name}>
                        <button type="button" onClick={() => store.open(startOf(name))}>{name === 'seekers' ? words('seekers_link') : store.titleOf(name)}</button>
                    </li>
                ))}
            </ul>
        </article>
    );
}
