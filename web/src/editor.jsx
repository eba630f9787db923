// SPDX-License-Identifier: MIT
//
// A case as its file: read, changed, checked with the loader's own errors, opened, dropped in, saved.
import { useEffect, useRef, useState } from 'preact/hooks';
import { saveFile } from './model.js';
import { usePage } from './parts.jsx';

export function Editor() {
    const { store, state, words } = usePage();
    const path = `scenarios/${state.facts?.name}.yaml`;
    const [text, setText] = useState(store.texts[path] ?? '');
    const [errors, setErrors] = useState(null);
    const area = useRef(null);
    useEffect(() => setText(store.texts[path] ?? ''), [path]);
    const take = async (files) => files.length > 0 && setText(await files[0].text());
    const goTo = ({ line, column }) => {
        const lines = text.split('\n');
        const at = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
        area.current.focus();
        area.current.setSelectionRange(at, at + 1);
        area.current.scrollTop = Math.max(0, (line - 4) * 18);
    };
    const drop = (event) => {
        event.preventDefault();
        take(event.dataTransfer.files);
    };
    return (
        <article class="editor">
            <h1>{words('edit')}</h1>
            <p class="buttons">
                <button type="button" onClick={async () => setErrors((await store.check(text)).errors)}>{words('check_case')}</button>
                <button type="button" class="primary" onClick={async () => setErrors(await store.use(text))}>{words('use_case')}</button>
                <label class="file">{words('load_file')}<input type="file" accept=".yaml,.yml,text/yaml" onChange={(event) => take(event.currentTarget.files)} /></label>
                <button type="button" onClick={() => saveFile(`${state.facts?.name ?? 'case'}.yaml`, text, 'text/yaml')}>{words('save_file')}</button>
            </p>
            {errors && errors.length === 0 && <p>{words('no_errors')}</p>}
            {errors && errors.length > 0 && (
                <ul class="error">
                    {errors.map((error, i) => (
                        <li key={i}><button type="button" class="term" onClick={() => goTo(error)}>{words('line', error.line, error.column)}</button> <code>{error.path}</code> <span lang="en">{error.message}</span></li>
                    ))}
                </ul>
            )}
            <label for="case-text">{words('case_text')}</label>
            <textarea id="case-text" ref={area} class="case-text" rows="28" spellcheck={false} wrap="off" value={text} onInput={(event) => setText(event.currentTarget.value)} onDrop={drop} onDragOver={(event) => event.preventDefault()} />
            <p class="small-print">{words('drop_hint')}</p>
        </article>
    );
}
