// SPDX-License-Identifier: MIT
//
// What the checks in browsers ask of each: a recipe of every case, and the hash of its runs.
import fs from 'node:fs';

const names = fs.readdirSync(new URL('../../scenarios', import.meta.url)).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -5));
export const recipesOfCases = names.map((name, i) => `#v1;${name};s=${i + 1};at=${10 * i}${i % 3 === 1 ? ';constants=point' : ''}${i % 2 === 1 ? ';k.encircle=0.5' : ''}`);

// In the page: goes to a recipe, and waits until its fan has the runs of this hash. Returns the hash that it has after so many seconds.
export async function goToRuns(recipe, hash, patience) {
    const hashNow = () => document.querySelector('.headline')?.dataset.runsHash;
    const until = Date.now() + 1000 * patience;
    location.hash = recipe;
    while (hashNow() !== hash && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
    return hashNow();
}
