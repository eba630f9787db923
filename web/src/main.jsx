// SPDX-License-Identifier: MIT
//
// The start: unpacks what the page carries, starts the workers, and shows the first screen.
import { render } from 'preact';
import { App } from './app.jsx';
import { applyDifference, unpack } from './pack.js';
import { Store } from './store.js';
import { Team } from './team.js';
import { word } from './words.js';

// The smallest module with a vector instruction: (func (result v128) i32.const 0 i8x16.splat), and a drop of it.
const VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
const hasVectors = () => WebAssembly.validate(new Uint8Array(VECTOR));

async function start() {
    const language = /^zh/.test(navigator.language) ? 'zh' : 'en';
    const root = document.getElementById('page');
    const stop = (key) => (root.textContent = word(language, key));
    if (typeof WebAssembly === 'undefined' || typeof DecompressionStream === 'undefined') return stop('no_wasm');

    const pack = await unpack(document.getElementById('pack').textContent);
    const scalar = new URLSearchParams(location.search).has('scalar') || !hasVectors();
    const module = await WebAssembly.compile(scalar ? applyDifference(pack.core, pack.difference) : pack.core);
    const source = URL.createObjectURL(new Blob([pack.worker], { type: 'text/javascript' }));
    const asked = Number(new URLSearchParams(location.search).get('workers'));
    const size = asked >= 1 && asked <= 4 ? asked : Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));

    let team;
    try {
        team = new Team(source, module, pack.texts, size);
        await Promise.all(team.members.map((member) => member.ready));
    } catch (error) {
        console.error(error);
        return stop('no_workers');
    }

    const store = new Store(team, pack.texts);
    const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    if (scalar) store.state.status = word(language, 'no_simd');
    root.textContent = '';
    render(<App store={store} />, root);
    addEventListener('hashchange', () => location.hash !== store.state.recipe && store.open(location.hash));
    await store.start(language, theme, decodeURIComponent(location.hash));
}

start();
