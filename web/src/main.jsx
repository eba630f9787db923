// SPDX-License-Identifier: MIT
//
// The start: starts the workers, unpacks what the page carries, and shows the first screen.
import { render } from 'preact';
import { App } from './app.jsx';
import { applyDifference, unpack } from './pack.js';
import { Store } from './store.js';
import { Team } from './team.js';
import { word } from './words.js';

// The smallest module with a vector instruction: (func (result v128) i32.const 0 i8x16.splat), and a drop of it.
const VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
const hasVectors = () => WebAssembly.validate(new Uint8Array(VECTOR));

// A worker's text is written in by tools/build.mjs.
const workerSource = () => URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));

async function start() {
    const language = /^zh/.test(navigator.language) ? 'zh' : 'en';
    const root = document.getElementById('page');
    const stop = (key) => (root.textContent = word(language, key));
    if (typeof WebAssembly === 'undefined' || typeof DecompressionStream === 'undefined') return stop('no_wasm');

    const query = new URLSearchParams(location.search);
    const asked = Number(query.get('workers'));
    const size = asked >= 1 && asked <= 4 ? asked : Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));
    const fail = (error) => {
        console.error(error);
        render(null, root);
        stop('no_workers');
    };
    let team;
    try {
        team = new Team(workerSource(), size, fail);
    } catch (error) {
        return fail(error);
    }

    const pack = await unpack(document.getElementById('pack').textContent);
    const scalar = query.has('scalar') || !hasVectors();
    team.begin(await WebAssembly.compile(scalar ? applyDifference(pack.core, pack.difference) : pack.core), pack.texts);

    const store = new Store(team, pack.texts, pack.titles);
    const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    if (scalar) store.state.status = word(language, 'no_simd');
    const started = store.start(language, theme, decodeURIComponent(location.hash));
    root.textContent = '';
    render(<App store={store} />, root);
    addEventListener('hashchange', () => location.hash !== store.state.recipe && store.open(location.hash));
    await started;
}

start();
