// SPDX-License-Identifier: MIT
//
// Makes the page: one file with everything in it.
// usage: node web/tools/build.mjs CORE_FOLDER OUT
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { build } from 'esbuild';
import { Core } from '../src/core.js';
import { applyDifference, bytesOf, LETTERS, tableText } from '../src/pack.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [coreFolder, out] = process.argv.slice(2);
const most = 450 * 1024;

async function bundle(entry, format, define = {}) {
    const { outputFiles } = await build({
        define,
        entryPoints: [path.join(root, 'web/src', entry)], bundle: true, minify: true, write: false, format, target: ['es2022'],
        jsx: 'automatic', jsxImportSource: 'preact', charset: 'utf8', legalComments: 'none', nodePaths: [path.join(root, 'web/node_modules')],
    });
    return outputFiles[0].text;
}

// --- the pack ----------------------------------------------------------------------------------------------------------------------

// The difference of `made` from `old`: see web/src/pack.js. Places with 16 equal bytes are found by a table.
function differenceOf(old, made) {
    const least = 16;
    const places = new Map();
    const keyAt = (bytes, at) => bytes.toString('latin1', at, at + least);
    for (let at = 0; at + least <= old.length; at++) if (!places.has(keyAt(old, at))) places.set(keyAt(old, at), at);
    const lengthFrom = (at, place) => {
        let length = 0;
        while (at + length < made.length && place + length < old.length && made[at + length] === old[place + length]) length++;
        return length;
    };
    const operations = [];
    const fresh = [];
    let since = 0;
    let expected = 0;
    for (let at = 0; at < made.length; ) {
        const [place, length] = [expected, places.get(keyAt(made, at))].filter((one) => one !== undefined)
            .map((one) => [one, lengthFrom(at, one)]).reduce((best, one) => (one[1] > best[1] ? one : best));
        if (length >= least) {
            operations.push(since, place, length);
            at += length;
            expected = place + length;
            since = 0;
        } else {
            fresh.push(made[at++]);
            expected++;
            since++;
        }
    }
    operations.push(since, 0, 0);
    const head = new Uint32Array([operations.length / 3, ...operations]);
    return Buffer.concat([Buffer.from(head.buffer), Buffer.from(fresh)]);
}

function packOf(pieces) {
    const list = Buffer.from(JSON.stringify(pieces.map(([name, bytes]) => [name, bytes.length])));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(list.length);
    const whole = Buffer.concat([length, list, ...pieces.map(([, bytes]) => bytes)]);
    const compressed = zlib.deflateRawSync(whole, { level: 9, memLevel: 9 });
    const letters = lettersOf(compressed);
    if (!compressed.equals(bytesOf(letters, compressed.length))) throw new Error('the letters do not give the pack');
    return `${compressed.length} ${letters}`;
}

// The pieces of a table: see web/src/pack.js.
function tablePieces(text) {
    const lines = text.trimEnd().split('\n');
    const header = lines.findIndex((line) => !line.startsWith('#'));
    const rows = lines.slice(header + 1).map((line) => line.split(','));
    const numbers = rows[0].flatMap((_, column) => rows.map((row) => row[column]));
    const digits = numbers.map((number) => Number(number.replace('.', '')));
    const head = `${lines.slice(0, header + 1).join('\n')}\n`;
    const low = Buffer.from(digits.map((whole) => whole & 255));
    const high = Buffer.from(digits.map((whole) => whole >> 8));
    const decimals = Buffer.from(numbers.map((number) => (number.includes('.') ? number.length - number.indexOf('.') - 1 : 0)));
    if (tableText(head, low, high, decimals) !== text) throw new Error('the planes do not give the posterior');
    return [['head', Buffer.from(head)], ['low', low], ['high', high], ['decimals', decimals]];
}

// See web/src/pack.js.
function lettersOf(bytes) {
    const letters = [];
    let bits = 0;
    let count = 0;
    for (const byte of [...bytes, 0, 0]) {
        bits = (bits << 8) | byte;
        count += 8;
        if (count < 13) continue;
        count -= 13;
        const group = bits >> count;
        letters.push(LETTERS[Math.floor(group / LETTERS.length)], LETTERS[group % LETTERS.length]);
        bits &= (1 << count) - 1;
    }
    return letters.join('');
}

// Titles of cases and lessons, and summaries of lessons, as the core tells them: a page that opens need not read every text for them.
function titlesOf(core, texts) {
    const cores = new Core(new WebAssembly.Module(core));
    const titles = {};
    for (const [path, bytes] of texts) cores.call('keep', path, bytes.toString());
    for (const [path] of texts) {
        const kind = path.includes('/lessons/') ? 'lesson' : 'facts';
        const name = path.replace(/.*\/|\.yaml$/g, '');
        const { title, summary } = cores.call(kind, name);
        titles[kind + name] = kind === 'lesson' ? { title, summary } : { title };
    }
    return Buffer.from(JSON.stringify(titles));
}

const textsIn = (folder) => fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${folder}/${name}`);
const core = fs.readFileSync(path.join(coreFolder, 'core.wasm'));
const scalar = fs.readFileSync(path.join(coreFolder, 'scalar.wasm'));
const difference = differenceOf(core, scalar);
if (!Buffer.from(applyDifference(core, difference)).equals(scalar)) throw new Error('the difference does not give the scalar core');

const readFile = (file) => fs.readFileSync(path.join(root, file));
const texts = [...textsIn('scenarios'), ...textsIn('scenarios/lessons')].map((file) => [file, readFile(file)]);
for (const file of textsIn('web/cases')) texts.push([`scenarios/${path.basename(file)}`, readFile(file)]);
const script = await bundle('main.jsx', 'iife');
const pack = packOf([['core', core], ['difference', difference], ['titles', titlesOf(core, texts)], ['script', Buffer.from(script)], ...texts, ...tablePieces(readFile('scenarios/posterior.csv').toString())]);

// --- the file ----------------------------------------------------------------------------------------------------------------------

const worker = await bundle('worker.js', 'iife');
const boot = await bundle('boot.js', 'iife', { WORKER_SOURCE: JSON.stringify(worker) });
const style = (await build({ entryPoints: [path.join(root, 'web/src/style.css')], minify: true, write: false, charset: 'utf8' })).outputFiles[0].text;
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
// Nothing is loaded from anywhere: both scripts and the style are known by their hashes, and workers come from this file.
const policy = `default-src 'none'; script-src ${hashOf(boot)} ${hashOf(script)} 'wasm-unsafe-eval'; style-src ${hashOf(style)} 'unsafe-hashes'; worker-src blob:; base-uri 'none'; form-action 'none'`;
const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>spiral: the security dilemma</title>
<style>${style}</style>
<div id="page"><p class="loading">spiral …</p></div>
<noscript><p>This page needs JavaScript. 本页需要 JavaScript。</p></noscript>
<script type="application/octet-stream" id="pack">${pack}</script>
<script>${boot}</script>
</html>
`;
fs.mkdirSync(path.dirname(out), { recursive: true });
fs.writeFileSync(out, html);
console.log(`page: ${out}: ${Math.ceil(Buffer.byteLength(html) / 1024)} of ${most / 1024} KiB (start ${Math.ceil(Buffer.byteLength(boot) / 1024)}, pack ${Math.ceil(pack.length / 1024)})`);
if (Buffer.byteLength(html) > most) {
    console.error(`page: the file is larger than ${most / 1024} KiB`);
    process.exit(1);
}
