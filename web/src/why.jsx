// SPDX-License-Identifier: MIT
//
// Why the runs of what was chosen come to war and to force: the account of `spiral why`.
import { useState } from 'preact/hooks';
import { entryText } from './explore.jsx';
import { GainCurve } from './figures.jsx';
import { percent, signedInterval, signedPoints } from './model.js';
import { Segments, Term, usePage } from './parts.jsx';

const MOST_ACTS = 8;

// A signed share of the risk as a bar.
const Bar = ({ share }) => <td class="why-bar"><span class={share < 0 ? 'less' : 'more'} style={{ width: `${Math.min(100, Math.abs(100 * share))}%` }} /></td>;

function Mechanisms({ account }) {
    const { state, words } = usePage();
    const rows = account.mechanisms.map((row, i) => ({ ...row, mechanism: state.tables.mechanisms[i] })).sort((one, other) => Math.abs(other.share.value) - Math.abs(one.share.value));
    return (
        <>
            <p>{words('why_sum', percent(account.all.value), percent(account.chance.value))}</p>
            <div class="scroll whole" tabindex="0" role="region" aria-label={words('why_mechanisms')}>
                <table class="why">
                    <caption>{words('why_mechanisms')}</caption>
                    <thead><tr><th scope="col">{words('mechanism')}</th><th scope="col">{words('why_share')}</th><td class="why-bar" /><th scope="col">{words('why_without')}</th></tr></thead>
                    <tbody>
                        {rows.map(({ mechanism, share, change }) => (
                            <tr key={mechanism.name}>
                                <th scope="row"><Term field={mechanism} /></th>
                                <td>{signedPoints(share.value)} {signedInterval(share)}</td>
                                <Bar share={share.value} />
                                <td>{signedPoints(-change.value)} {signedInterval({ low: -change.high, high: -change.low })}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </>
    );
}

function Acts({ account }) {
    const { state, words } = usePage();
    return (
        <div class="scroll whole" tabindex="0" role="region" aria-label={words('why_acts')}>
            <table class="why">
                <caption>{words('why_acts')}</caption>
                <thead><tr><th scope="col">{words('date')}</th><th scope="col">{words('act')}</th><th scope="col">{words('why_without')}</th></tr></thead>
                <tbody>
                    {account.acts.slice(0, MOST_ACTS).map((act, i) => (
                        <tr key={i}>
                            <td>{act.date}</td>
                            <th scope="row">{entryText(act, state, words)}</th>
                            <td>{signedPoints(-act.change.value)} {signedInterval({ low: -act.change.high, high: -act.change.low })}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

// How much of a small rise of fear is there a year later, and which route brings it back.
function Gain({ gains }) {
    const { state, words } = usePage();
    const { routes } = state.tables;
    return (
        <>
            <h3>{words('gain')}</h3>
            <p class="small-print">{words('gain_text')}</p>
            <GainCurve facts={state.facts} gains={gains} height={150} label={words('gain')} />
            <details>
                <summary>{words('table')}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label={words('gain')}>
                    <table>
                        <thead><tr><th scope="col">{words('date')}</th><th scope="col">{words('gain')}</th>{routes.map((route) => <th key={route.name} scope="col"><Term field={route} /></th>)}</tr></thead>
                        <tbody>
                            {gains.map((row) => (
                                <tr key={row.date}>
                                    <th scope="row">{Math.floor(row.date + 1e-6)}</th>
                                    <td>{row.gain.toFixed(2)}</td>
                                    {row.without.map((without, i) => <td key={i}>{`${row.gain < without ? '−' : '+'}${Math.abs(row.gain - without).toFixed(2)}`}</td>)}
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            </details>
        </>
    );
}

export function Why() {
    const { store, state, words } = usePage();
    const { why } = state;
    const [outcome, setOutcome] = useState('war');
    const account = why?.accounts?.find((one) => one.outcome === outcome);
    return (
        <section class="levers">
            <h2>{words('why')}</h2>
            <p class="small-print">{words('why_text')}</p>
            <p><button type="button" disabled={store.hidden || why?.busy} onClick={() => store.askWhy()}>{words(why?.busy ? 'calculating' : 'why_run')}</button></p>
            {account && !store.hidden && (
                <>
                    <Segments label={words('which_outcome')} value={outcome} onChange={setOutcome} options={['war', 'force'].map((name) => [name, words(`risk_of_${name}`)])} />
                    {account.events === 0 ? <p>{words('why_nothing')}</p> : <><Mechanisms account={account} /><Acts account={account} /></>}
                    {why.gains && <Gain gains={why.gains} />}
                    <p class="small-print">{words('why_runs', why.runs)}</p>
                </>
            )}
        </section>
    );
}
