// SPDX-License-Identifier: MIT
//
// Debian's Firefox, driven by its own protocol (Marionette: lines of JSON behind their length, on a port of this machine): the page from
// a disk gives the bits of the program there too. No driver and no package is needed.
//     node tests/web/firefox.mjs PAGE SPIRAL
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { goToRuns, recipesOfCases } from './recipes.mjs';

const [file, spiral] = process.argv.slice(2);
const firefox = process.env.SPIRAL_FIREFOX ?? 'firefox-esr';
const patience = 300000;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

// Firefox says in its profile which port it has chosen.
async function startFirefox(profile) {
    fs.writeFileSync(path.join(profile, 'user.js'), 'user_pref("marionette.port", 0);\nuser_pref("intl.locale.requested", "en-US");\n');
    const child = spawn(firefox, ['--headless', '--marionette', '--no-remote', '--profile', profile], { stdio: 'ignore', env: { ...process.env, HOME: profile } });
    const failed = new Promise((_, reject) => {
        child.on('error', reject);
        child.on('exit', (status) => reject(new Error(`${firefox} ended with status ${status}`)));
    });
    failed.catch(() => {});
    const place = path.join(profile, 'MarionetteActivePort');
    const port = async () => {
        while (!fs.existsSync(place) || fs.readFileSync(place, 'utf8') === '') await pause(100);
        return Number(fs.readFileSync(place, 'utf8'));
    };
    return { child, port: await Promise.race([port(), failed]) };
}

class Marionette {
    constructor(port) {
        this.socket = net.connect(port, '127.0.0.1');
        this.waiting = new Map();
        this.next = 1;
        this.bytes = Buffer.alloc(0);
        this.socket.on('data', (bytes) => this.read(bytes));
        this.socket.on('error', (error) => this.waiting.forEach(({ reject }) => reject(error)));
    }

    read(bytes) {
        this.bytes = Buffer.concat([this.bytes, bytes]);
        for (let colon = this.bytes.indexOf(':'); colon > 0; colon = this.bytes.indexOf(':')) {
            const length = Number(this.bytes.subarray(0, colon));
            if (this.bytes.length < colon + 1 + length) return;
            const message = JSON.parse(this.bytes.subarray(colon + 1, colon + 1 + length));
            this.bytes = this.bytes.subarray(colon + 1 + length);
            // the first is a greeting, an object
            if (Array.isArray(message)) this.settle(message);
        }
    }

    settle([, id, error, result]) {
        const { resolve, reject } = this.waiting.get(id);
        this.waiting.delete(id);
        if (error) reject(new Error(`${error.error}: ${error.message}`));
        else resolve(result?.value);
    }

    command(name, parameters = {}) {
        const text = JSON.stringify([0, this.next, name, parameters]);
        const answer = new Promise((resolve, reject) => this.waiting.set(this.next++, { resolve, reject }));
        this.socket.write(`${Buffer.byteLength(text)}:${text}`);
        return answer;
    }

    run(work, ...args) {
        return this.command('WebDriver:ExecuteAsyncScript', { script: `const done = arguments[arguments.length - 1]; (${work})(...arguments).then(done);`, args });
    }
}

const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'spiral-firefox-'));
const { child, port } = await startFirefox(profile);
try {
    const browser = new Marionette(port);
    await browser.command('WebDriver:NewSession', { capabilities: { alwaysMatch: { timeouts: { script: patience, pageLoad: patience, implicit: 0 } } } });
    for (const query of ['', '?scalar&workers=1']) {
        await browser.command('WebDriver:Navigate', { url: pathToFileURL(path.resolve(file)).href + query + recipesOfCases[0] });
        for (const recipe of recipesOfCases.slice(0, query === '' ? undefined : 1)) {
            const told = JSON.parse(execFileSync(spiral, ['run', '--recipe', recipe, '--runs', '1000', '--json'], { encoding: 'utf8' }));
            assert.equal(await browser.run(goToRuns, recipe, told.runs_hash, patience / 2000), told.runs_hash, `${query} ${recipe}`);
            console.log(`ok ${query} ${recipe}`);
        }
    }
    console.log(`[  PASSED  ] ${recipesOfCases.length + 1} tests.`);
} finally {
    child.kill();
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.on('exit', resolve) : resolve()));
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
process.exit(0);
