// SPDX-License-Identifier: MIT
//
// Small parts that every screen uses.
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

// The store of the page, for every component below it.
export const Page = createContext(null);

// How long, in milliseconds, the components below may lag behind the run: what is not under the finger is drawn when there is time.
export const Pace = createContext(0);

// What a component that lags shows at once all the same.
const isSameView = (one, other) => ['language', 'theme', 'screen', 'facts', 'lesson', 'curve'].every((key) => one[key] === other[key]);

export function usePage() {
    const store = useContext(Page);
    const pace = useContext(Pace);
    const [, renew] = useState(0);
    useEffect(() => {
        let timer = 0;
        let shown = store.state;
        const draw = () => {
            timer = 0;
            shown = store.state;
            renew((count) => count + 1);
        };
        const listener = () => {
            if (pace > 0 && isSameView(shown, store.state)) {
                timer ||= setTimeout(draw, pace);
                return;
            }
            clearTimeout(timer);
            draw();
        };
        store.listeners.add(listener);
        return () => {
            clearTimeout(timer);
            store.listeners.delete(listener);
        };
    }, [store, pace]);
    return { store, state: store.state, words: (key, ...values) => store.words(key, ...values), language: store.state.language };
}

// A term of the model, which opens its meaning. `field` is a row of a table.
export function Term({ field, value, children }) {
    const { store, language } = usePage();
    return (
        <button type="button" class="term" onClick={() => store.set({ term: { field, value } })}>
            {children ?? field[language]}
        </button>
    );
}

// The sentence of a row of a table: in Chinese where there is one, else as it is in English.
export function Sentence({ field }) {
    const { language } = usePage();
    const chinese = language === 'zh' && field.sentence;
    if (!chinese && !field.doc) return null;
    return <p class="small-print" lang={chinese ? undefined : 'en'}>{chinese || field.doc}</p>;
}

// The meaning of a term: what it is, unit, range, source.
export function Meaning() {
    const { store, state, words, language } = usePage();
    const at = useRef(null);
    const { term } = state;
    useEffect(() => {
        if (term && !at.current.open) at.current.showModal();
    }, [term]);
    const close = () => store.set({ term: null });
    const rows = term && [
        [words('value_now'), term.value],
        [words('unit'), term.field.unit === '1' ? null : term.field.unit],
        [words('range'), term.field.low === undefined ? null : `${term.field.low} – ${term.field.high}`],
        [words('default'), term.field.source === undefined ? null : term.field.value],
        [words('source'), term.field.source || null],
    ];
    return (
        <dialog ref={at} class="meaning" onClose={close} aria-labelledby="meaning-title">
            {term && (
                <>
                    <h2 id="meaning-title">{term.field[language]}</h2>
                    <Sentence field={term.field} />
                    <dl>
                        {rows.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => (
                            <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
                        ))}
                    </dl>
                    <button type="button" onClick={() => at.current.close()}>{words('close')}</button>
                </>
            )}
        </dialog>
    );
}

// A slider with its name, its value and what it does to the run.
export function Lever({ field, name, value, text, note, onChange, disabled }) {
    const id = `lever-${name.replace(/[^A-Za-z0-9]/g, '-')}`;
    const shown = text ?? `${Math.round(value * 100) / 100}`;
    const step = (field.high - field.low) / 100;
    return (
        <div class="lever">
            <div class="lever-head">
                <label for={id} class="visually-hidden">{field.full}</label>
                <Term field={field} value={shown}>{field.shown}</Term>
                <output for={id}>{shown}</output>
            </div>
            <input id={id} type="range" min={field.low} max={field.high} step={step} value={value} disabled={disabled}
                aria-valuetext={`${shown}${note ? `, ${note}` : ''}`} onInput={(event) => onChange(Math.round(event.currentTarget.value * 1000) / 1000)} />
        </div>
    );
}

export function Segments({ label, options, value, onChange }) {
    return (
        <div class="segments" role="group" aria-label={label}>
            {options.map(([name, text]) => (
                <button key={name} type="button" aria-pressed={name === value} onClick={() => onChange(name)}>{text}</button>
            ))}
        </div>
    );
}
