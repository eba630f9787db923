// SPDX-License-Identifier: MIT
//
// The page: makes the team of workers and shows the first screen. boot.js has begun all that takes time.
import { render } from 'preact';
import { App } from './app.jsx';
import { Store } from './store.js';
import { Team } from './team.js';
import { word } from './words.js';

async function start({ source, worker, fail, scalar, module, texts, titles }) {
    const language = /^zh/.test(navigator.language) ? 'zh' : 'en';
    const root = document.getElementById('page');
    const asked = Number(new URLSearchParams(location.search).get('workers'));
    const size = asked >= 1 && asked <= 4 ? asked : Math.min(4, Math.max(2, (navigator.hardwareConcurrency ?? 2) - 1));
    const team = new Team(source, worker, size, (error) => {
        render(null, root);
        fail(error);
    });
    team.begin(await module, texts);

    const store = new Store(team, texts, titles);
    const theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    if (scalar) store.state.status = word(language, 'no_simd');
    const started = store.start(language, theme, decodeURIComponent(location.hash));
    root.textContent = '';
    render(<App store={store} />, root);
    addEventListener('hashchange', () => location.hash !== store.state.recipe && store.open(location.hash));
    await started;
}

start(globalThis.spiralStart);
