// SPDX-License-Identifier: MIT
//
// Lessons: a step tells something, asks, and shows what runs say only when somebody has answered.
import { Clock, Curves } from './explore.jsx';
import { usePage } from './parts.jsx';

function List() {
    const { store, words } = usePage();
    return (
        <article class="lesson-list">
            <h1>{words('lessons')}</h1>
            <ul class="cards">
                {store.lessons.map((name) => (
                    <li key={name} class="card">
                        <h2>{store.titleOf(name, 'lesson')}</h2>
                        <p>{store.summaryOf(name)}</p>
                        <button type="button" class="primary" onClick={() => store.beginLesson(name)}>{words('take_lesson')}<span class="visually-hidden">: {store.titleOf(name, 'lesson')}</span></button>
                    </li>
                ))}
            </ul>
        </article>
    );
}

function Question({ lesson, step }) {
    const { store, words, language } = usePage();
    const given = lesson.steps[lesson.step];
    const chosen = lesson.answers[lesson.step];
    const revealed = lesson.revealed[lesson.step];
    const verdict = (holds) => (holds === null ? words('judgement') : holds ? words('holds') : words('holds_not'));
    return (
        <fieldset class="question">
            <legend>{given.question[language]}</legend>
            {given.choices.map((choice, i) => (
                <label key={i} class={`choice-row ${revealed ? (revealed.holds[i] ? 'holds' : 'holds-not') : ''}`}>
                    <input type="radio" name={`answer-${step}`} checked={chosen === i} disabled={revealed !== undefined || lesson.revealing} onChange={() => store.answer(i)} />
                    <span>{choice[language]}</span>
                    {revealed && <span class="verdict">{verdict(revealed.holds[i])}{chosen === i ? `, ${words('your_answer')}` : ''}</span>}
                </label>
            ))}
            {!revealed && (
                <p>
                    <button type="button" class="primary" disabled={chosen === undefined || lesson.revealing} onClick={() => store.reveal()}>
                        {lesson.revealing ? `${words('calculating')}…` : words('reveal')}
                    </button>{' '}
                    {chosen === undefined && <span class="small-print">{words('predict')}</span>}
                </p>
            )}
            {revealed && <p class="reveal">{revealed.text[language]}</p>}
        </fieldset>
    );
}

function Step() {
    const { store, state, words, language } = usePage();
    const { lesson, session } = state;
    const given = lesson.steps[lesson.step];
    const last = lesson.step === lesson.steps.length - 1;
    if (!given) return null;
    return (
        <div class="explore lesson">
            {session && <Curves />}
            <div class="side">
                <h1>{lesson.title[language]}</h1>
                <p class="small-print">{words('step_of', lesson.step + 1, lesson.steps.length)}</p>
                {given.text && <p class="lesson-text">{given.text[language]}</p>}
                {given.question && <Question key={lesson.step} lesson={lesson} step={lesson.step} />}
                {session && <Clock />}
                {last && !lesson.pending && <p><strong>{words('lesson_done')}</strong></p>}
                <p class="buttons">
                    <button type="button" disabled={lesson.step === 0} onClick={() => store.lessonStep(lesson.step - 1)}>{words('back')}</button>
                    {!last && <button type="button" class="primary" disabled={lesson.pending} onClick={() => store.lessonStep(lesson.step + 1)}>{words('next')}</button>}
                    {last && <button type="button" class="primary" disabled={lesson.pending} onClick={() => store.set({ screen: 'classroom' })}>{words('classroom')}</button>}
                    <button type="button" onClick={() => store.leaveLesson()}>{words('leave_lesson')}</button>
                </p>
            </div>
        </div>
    );
}

export function Lessons() {
    const { state } = usePage();
    return state.lesson ? <Step /> : <List />;
}
