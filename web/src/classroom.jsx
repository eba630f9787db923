// SPDX-License-Identifier: MIT
//
// A class without a server: each group's work is one line; the teacher pastes all lines.
import { generate } from 'lean-qr';
import { useMemo, useState } from 'preact/hooks';
import { readLines, writeLine } from './class.js';
import { Courses, Histogram } from './figures.jsx';
import { percent } from './model.js';
import { usePage } from './parts.jsx';
import { readRecipe } from './recipe.js';

// The squares of a QR code as one path.
function Code({ text, label }) {
    const code = useMemo(() => generate(text), [text]);
    const squares = [];
    for (let y = 0; y < code.size; y++) for (let x = 0; x < code.size; x++) if (code.get(x, y)) squares.push(`M${x + 4},${y + 4}h1v1h-1z`);
    const size = code.size + 8;
    return (
        <svg class="code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
            <rect width={size} height={size} fill="#fff" />
            <path d={squares.join('')} fill="#000" shape-rendering="crispEdges" />
        </svg>
    );
}

function Student() {
    const { store, state, words } = usePage();
    const [who, setWho] = useState('');
    const line = writeLine({ who, prediction: state.guess?.pending ? null : state.guess?.value, lesson: state.lesson?.name, answers: state.lesson?.answers, recipe: state.recipe });
    return (
        <section>
            <h2>{words('student')}</h2>
            <p><label>{words('your_name')} <input type="text" maxlength="40" value={who} onInput={(event) => setWho(event.currentTarget.value)} autocomplete="off" /></label></p>
            <p class="small-print">{words('line_help')}</p>
            <label for="student-line">{words('your_line')}</label>
            <textarea id="student-line" readonly rows="3" value={line} onFocus={(event) => event.currentTarget.select()} />
            <p><button type="button" onClick={() => navigator.clipboard?.writeText(line).then(() => store.say(words('copied')), () => {})}>{words('copy_line')}</button></p>
            {line.length < 1200 && <Code text={line} label={words('qr')} />}
        </section>
    );
}

// What the lines of a class say, and the runs of their courses.
function Teacher() {
    const { store, words, language } = usePage();
    const [text, setText] = useState('');
    const [found, setFound] = useState(null);
    const [shown, setShown] = useState(false);
    const evaluate = async () => {
        const { pupils, bad } = readLines(text);
        setShown(false);
        setFound({ pupils: [], bad, facts: null, lessons: {}, busy: true });
        const lessons = {};
        const done = [];
        let facts = null;
        for (const pupil of pupils) {
            store.say(`${words('calculating')} ${done.length + 1} / ${pupils.length}`);
            try {
                const whole = await store.team.call('measure', '30', pupil.recipe, 'start', '1000');
                const present = await store.team.call('measure', '31', pupil.recipe, 'present', '1000');
                facts ??= await store.team.call('facts', readRecipe(pupil.recipe).name);
                if (pupil.lesson && !lessons[pupil.lesson]) lessons[pupil.lesson] = await store.team.call('lesson', pupil.lesson);
                done.push({ ...pupil, war: present.war, arrays: whole.arrays });
            } catch (error) {
                done.push({ ...pupil, error: error.message });
            }
        }
        store.say('');
        setFound({ pupils: done, bad, facts, lessons, busy: false });
    };
    const reveal = async () => {
        const answers = {};
        for (const name of Object.keys(found.lessons)) {
            answers[name] = {};
            for (const step of new Set(found.pupils.filter((one) => one.lesson === name).flatMap((one) => Object.keys(one.answers))))
                answers[name][step] = await store.team.call('reveal', name, step, '1000');
        }
        setFound({ ...found, answers });
        setShown(true);
    };
    return (
        <section>
            <h2>{words('teacher')}</h2>
            <label for="class-lines">{words('paste_lines')}</label>
            <textarea id="class-lines" rows="6" value={text} onInput={(event) => setText(event.currentTarget.value)} spellcheck={false} />
            <p><button type="button" class="primary" disabled={text.trim() === '' || found?.busy} onClick={evaluate}>{words('evaluate')}</button></p>
            {found && !found.busy && (
                <>
                    {found.bad.length > 0 && <p class="error">{words('bad_lines', found.bad.join(', '))}</p>}
                    {!shown && <p><button type="button" onClick={reveal}>{words('show_model')}</button></p>}
                    <Predictions found={found} shown={shown} />
                    <Answers found={found} shown={shown} language={language} />
                    {shown && found.facts && (
                        <>
                            <h3>{words('courses')}</h3>
                            <Courses facts={found.facts} courses={found.pupils.filter((one) => one.arrays && readRecipe(one.recipe).name === found.facts.name)} height={240} label={words('courses')} />
                        </>
                    )}
                    <Pairs found={found} shown={shown} />
                </>
            )}
        </section>
    );
}

function Predictions({ found, shown }) {
    const { words } = usePage();
    const predicted = found.pupils.filter((one) => one.prediction !== null);
    if (predicted.length === 0) return null;
    const counts = Array(10).fill(0);
    for (const { prediction } of predicted) counts[Math.min(9, Math.floor(prediction / 10))]++;
    const model = predicted.find((one) => one.war)?.war.share;
    return (
        <>
            <h3>{words('predictions')}</h3>
            <Histogram counts={counts} labels={counts.map((_, i) => `${10 * i}–${10 * i + 10}`)} label={words('predictions')} mark={shown ? model : null} markLabel={`${words('model_says')} ${percent(model ?? 0)}`} />
        </>
    );
}

function Answers({ found, shown, language }) {
    const { words } = usePage();
    return Object.entries(found.lessons).flatMap(([name, lesson]) =>
        lesson.steps.map((step, index) => {
            const given = found.pupils.filter((one) => one.lesson === name && one.answers[index] !== undefined).map((one) => one.answers[index]);
            if (!step.question || given.length === 0) return null;
            const holds = shown ? found.answers?.[name]?.[index]?.holds : null;
            return (
                <div key={`${name}${index}`}>
                    <h3>{step.question[language]}</h3>
                    <Histogram counts={step.choices.map((_, choice) => given.filter((one) => one === choice).length)} labels={step.choices.map((_, choice) => String.fromCharCode(65 + choice))} label={words('answers_of', step.question[language])} />
                    <ol type="A">{step.choices.map((choice, i) => <li key={i}>{choice[language]}{holds?.[i] && <strong> – {words('holds')}</strong>}</li>)}</ol>
                </div>
            );
        }),
    );
}

function Pairs({ found, shown }) {
    const { store, words } = usePage();
    return (
        <div class="scroll" tabindex="0" role="region" aria-label={words('courses')}>
            <table>
                <thead><tr><th scope="col">{words('your_name')}</th><th scope="col">{words('prediction')}</th>{shown && <th scope="col">{words('model_says')}</th>}<th scope="col">{words('course')}</th></tr></thead>
                <tbody>
                    {found.pupils.map((pupil, i) => (
                        <tr key={i}>
                            <th scope="row">{pupil.who || i + 1}</th>
                            <td>{pupil.prediction === null ? '' : `${pupil.prediction} %`}</td>
                            {shown && <td>{pupil.error ?? percent(pupil.war.share)}</td>}
                            <td><button type="button" class="term" onClick={() => store.open(pupil.recipe).then(() => store.set({ screen: 'explore' }))}>{readRecipe(pupil.recipe)?.items.join(' ') || words('no_choice_yet')}</button></td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}

export function Classroom() {
    const { words } = usePage();
    return (
        <article class="classroom">
            <h1>{words('classroom')}</h1>
            <div class="columns"><Student /><Teacher /></div>
        </article>
    );
}
