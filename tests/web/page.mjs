// SPDX-License-Identifier: MIT
//
// What a class does with the page, in a browser. Every check waits for what it wants to see, and for no time.
//     node tests/web/page.mjs PAGE SPIRAL [PICTURES]     PICTURES: a folder for a picture of every screen in every width and language
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { goToRuns, recipesOfCases } from './recipes.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [file, spiral, pictures] = process.argv.slice(2);
const address = pathToFileURL(path.resolve(file)).href;
const patience = Number(process.env.SPIRAL_PATIENCE ?? 300000); // ms
const SCREENS = ['story', 'explore', 'lessons', 'sides', 'classroom', 'edit', 'about'];

const browser = await chromium.launch({ executablePath: process.env.SPIRAL_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const requests = [];
const complaints = [];

async function openPage({ width = 1280, height = 900, language = 'en', theme = 'light', recipe = '', query = '' } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, locale: language === 'zh' ? 'zh-CN' : 'en-US', colorScheme: theme, reducedMotion: 'reduce', acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on('request', (request) => request.url().split(/[?#]/)[0] !== address && !request.url().startsWith('blob:') && requests.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(address + query + recipe);
    await page.waitForSelector('main h1');
    return page;
}

const goTo = (page, screen) => page.locator('nav button').nth(SCREENS.indexOf(screen)).click({ force: true });
const wholeFan = (page) => page.waitForSelector('.number.war');
const recipeOf = (page) => page.evaluate(() => location.hash);
const close = (page) => page.context().close();

// Begins a game of the page's case from its present, without some of the seats.
async function beginGame(page, without, rounds) {
    await goTo(page, 'sides');
    await page.waitForSelector('.begin-game');
    for (const id of without) await page.locator(`.seat[data-state=${id}] input`).uncheck();
    await page.locator('.sides .row').last().locator('select').last().selectOption(`${rounds}`);
    await page.click('.begin-game');
    await page.waitForSelector('.curtain');
}

// --- the checks --------------------------------------------------------------------------------------------------------------------

const checks = {
    async 'the first screen tells who fears whom, and why'() {
        const page = await openPage({ width: 360, height: 740 });
        await page.waitForFunction(() => document.querySelectorAll('.fear').length === 2 && document.querySelector('.fears').textContent.includes('%'));
        const text = await page.textContent('.story');
        for (const part of ['Russia fears Ukraine', 'Ukraine fears Russia']) assert.ok(text.includes(part), text);
        assert.ok(await page.isVisible('.go .primary'));
        await page.click('.go .primary');
        await wholeFan(page);
        await close(page);
    },

    async 'a lever changes the run, and the program gives the same bits'() {
        const page = await openPage({ recipe: '#v1;ukraine;s=1;at=156' });
        await wholeFan(page);
        const before = await page.textContent('.number.war');
        await page.selectOption('#doctrine-UKR', 'limited_balance');
        await page.waitForSelector('.compared');
        assert.notEqual(await page.textContent('.number.war'), before);
        const recipe = await recipeOf(page);
        assert.equal(recipe, '#v1;ukraine;s=1;at=156;UKR=limited_balance@156');
        const told = JSON.parse(execFileSync(spiral, ['run', '--recipe', recipe, '--runs', '1000', '--json'], { encoding: 'utf8' }));
        const { low, high } = told.war_by_constants;
        await page.waitForFunction(([share, constants]) => document.querySelector('.number.war').textContent === share && document.querySelector('.interval').textContent.includes(constants),
            [`${Math.round(100 * told.war.share)} %`, `constants [${Math.round(100 * low)}, ${Math.round(100 * high)}]`]);

        // by keyboard, undone by the button
        await page.focus('#lever-UKR-greed');
        await page.keyboard.press('ArrowRight');
        await page.waitForFunction(() => location.hash.includes('UKR.greed'));
        await page.locator('.segments button', { hasText: 'Log' }).click();
        await page.locator('button', { hasText: 'Undo' }).click();
        await page.waitForFunction(() => !location.hash.includes('UKR.greed'));
        await close(page);
    },

    async 'every case gives the bits of the program'() {
        const page = await openPage({ recipe: recipesOfCases[0] });
        for (const recipe of recipesOfCases) {
            const told = JSON.parse(execFileSync(spiral, ['run', '--recipe', recipe, '--runs', '1000', '--json'], { encoding: 'utf8' }));
            const hash = await page.evaluate(`(${goToRuns})(${JSON.stringify(recipe)}, '${told.runs_hash}', ${patience / 2000})`);
            assert.equal(hash, told.runs_hash, recipe);
        }
        await close(page);
    },

    async 'ghosts are kept with their difference'() {
        const page = await openPage({ recipe: '#v1;georgia;s=1;at=60' });
        await wholeFan(page);
        await page.locator('.segments button', { hasText: 'Ghosts' }).click();
        await page.locator('button', { hasText: 'Keep as a ghost' }).click();
        await page.waitForSelector('.ghost-list li');
        await page.locator('.segments button', { hasText: 'Levers' }).click();
        await page.selectOption('#doctrine-GEO', 'neutrality');
        await page.locator('.segments button', { hasText: 'Ghosts' }).click();
        await page.waitForFunction(() => document.querySelector('.ghost-list')?.textContent.includes('against'));
        assert.equal(await page.locator('.curves path.ghost').count(), 1);
        await close(page);
    },

    async 'a lesson asks first, and tells only then'() {
        const page = await openPage();
        await goTo(page, 'lessons');
        await page.locator('.card button').nth(1).click();
        await page.waitForSelector('.lesson h1');
        for (let step = 1; ; step++) {
            await page.waitForFunction((number) => document.querySelector('.side .small-print').textContent.includes(`Step ${number} of`), step);
            if ((await page.locator('.question').count()) > 0) {
                // nothing of the answer is on the page, in it, or to be had by another screen
                await page.waitForFunction(() => document.querySelector('.headline').textContent.includes('?'));
                const html = await page.innerHTML('main');
                assert.ok(!/\d\s?%/.test(await page.textContent('.headline')));
                assert.ok(!html.includes('band') && !html.includes('class="reveal"') && !html.includes('after'), 'the fan is drawn before the answer');
                await goTo(page, 'explore');
                assert.equal(await page.locator('.lesson .question').count(), 1);
                assert.ok(await page.locator('.question button.primary').isDisabled());
                await page.locator('.question input').first().check();
                await page.locator('.question button.primary').click();
                await page.waitForSelector('.reveal');
                assert.ok(await page.locator('.question input').first().isDisabled(), 'an answer can be changed afterwards');
                await wholeFan(page);
            }
            const next = page.locator('.lesson button.primary', { hasText: 'Next' });
            if ((await next.count()) === 0) break;
            await next.click();
        }
        assert.ok((await page.textContent('.lesson')).includes('That was the lesson'));
        await page.locator('.lesson button.primary', { hasText: 'Class' }).click();
        const line = await page.inputValue('#student-line');
        assert.match(line, /^spiral1\|\|\|[a-z]+:2a/);
        await close(page);
    },

    async 'a class of five hands in its lines'() {
        const page = await openPage({ recipe: '#v1;ukraine;s=1;at=156' });
        await wholeFan(page);
        const lines = [];
        await page.locator('.check input').check();
        for (const [who, doctrine, guess] of [['Ann', 'limited_balance', 20], ['Bo', 'neutrality', 5], ['Chen', 'confront_near', 80], ['Dee', 'bandwagon', 35], ['Ede | Fay', 'multi_vector', 50]]) {
            await goTo(page, 'explore');
            await page.selectOption('#doctrine-UKR', doctrine);
            await page.waitForSelector('#prediction');
            assert.ok((await page.textContent('.headline')).includes('?'));
            await page.fill('#prediction', `${guess}`);
            await page.locator('.prediction button').click();
            await wholeFan(page);
            await goTo(page, 'classroom');
            await page.fill('.classroom input[type=text]', who);
            lines.push(await page.inputValue('#student-line'));
        }
        assert.equal(lines[0], 'spiral1|Ann|p=20||#v1;ukraine;s=1;at=156;UKR=limited_balance@156');
        assert.ok(lines[4].startsWith('spiral1|Ede Fay|p=50|'));
        assert.ok(await page.isVisible('.code'));
        await page.fill('#class-lines', [...lines, 'not a line'].join('\n'));
        await page.locator('.classroom button', { hasText: 'Run them all' }).click();
        await page.waitForSelector('.classroom .bar');
        assert.ok((await page.textContent('.classroom .error')).includes('6'));
        assert.ok(!(await page.textContent('.classroom')).includes('Courses of the class'));
        await page.locator('button', { hasText: "Show the model's answers" }).click();
        await page.waitForSelector('.classroom path.ghost');
        assert.equal(await page.locator('.classroom path.ghost').count(), 5);
        await close(page);
    },

    async 'two sides play behind a curtain, and the program plays the same game'() {
        const page = await openPage({ recipe: '#v1;ukraine;s=3;at=156' });
        await wholeFan(page);
        await beginGame(page, ['NATO'], 2);
        const secrets = [];
        for (let turn = 0; turn < 4; turn++) {
            const who = turn % 2 ? 'Russia' : 'Ukraine';
            await page.waitForSelector('.curtain');
            assert.ok((await page.textContent('.curtain h1')).includes(who));
            // nothing of those who played before is on the page, and nothing of the rest can be had
            const curtain = await page.innerHTML('#page');
            for (const secret of secrets) assert.ok(!curtain.includes(secret), secret);
            assert.ok(!curtain.includes('0.'), 'the curtain shows a number');
            await goTo(page, 'explore');
            await page.waitForFunction(() => document.querySelector('[role=status]').textContent.includes('game is on'));
            assert.equal(await page.locator('.explore').count(), 0);
            if (turn === 3) {
                // a reload loses nothing
                await page.reload();
                await page.waitForSelector('main h1');
                await goTo(page, 'sides');
                await page.locator('button', { hasText: 'broken off' }).click();
                await page.waitForSelector('.curtain');
            }
            await page.locator('.curtain .primary').click();
            await page.waitForSelector('.turn');
            assert.equal(await page.locator('.turn .played').count(), 2);
            secrets.push(`secret ${turn} of <${who}>`);
            await page.fill('#play-intention', secrets.at(-1));
            await page.selectOption('#play-course', { index: 1 + (turn >> 1) });
            await page.selectOption('#play-move', { index: turn });
            await page.click('.add-move');
            await page.locator('.chosen li').waitFor();
            for (const accept of await page.locator('.turn .question input').elementHandles()) if (turn % 2) await accept.check();
            await page.click('.done');
            if (turn % 2) {
                await page.waitForFunction(() => document.querySelector('.curtain h1')?.textContent.startsWith('News'));
                await page.locator('.curtain .primary').click();
            }
        }
        await page.waitForFunction(() => document.querySelectorAll('.debrief .played path.curve').length >= 12);
        const told = await page.textContent('.debrief');
        for (const secret of secrets) assert.ok(told.includes(secret), secret);
        assert.ok(told.includes('Of 1000 runs that begin with the first round'));
        const download = page.waitForEvent('download');
        await page.locator('button', { hasText: 'Save the game' }).click();
        const game = await (await download).path();
        const text = fs.readFileSync(game, 'utf8');
        assert.ok(!text.includes('secret'), 'the file tells at a glance what was written');
        const played = execFileSync(spiral, ['play', '--script', game], { encoding: 'utf8' });
        assert.ok(played.includes(`state ${/^state: *"?([0-9a-f]{16})/m.exec(text)[1]}`), played);
        if (pictures) fs.writeFileSync(`${pictures}/debrief.pdf`, await page.pdf({ format: 'A4' }));
        await close(page);
    },

    async 'a case is checked, and used'() {
        const page = await openPage();
        await goTo(page, 'edit');
        const text = await page.inputValue('#case-text');
        await page.fill('#case-text', text.replace('role: small', 'role: smal'));
        await page.locator('button', { hasText: 'Check' }).click();
        await page.waitForSelector('.editor .error');
        assert.ok((await page.textContent('.editor .error')).includes("did you mean 'small'?"));
        await page.fill('#case-text', text.replace('name: ukraine', 'name: mine'));
        await page.locator('button', { hasText: 'Use it' }).click();
        await page.waitForFunction(() => location.hash.startsWith('#v1;mine;'));
        await wholeFan(page);
        await close(page);
    },

    async 'a browser without vectors gives the same figures'() {
        const shares = [];
        for (const query of ['', '?scalar&workers=1']) {
            const page = await openPage({ recipe: '#v1;finland;s=1;at=200', query });
            await page.waitForFunction(() => document.querySelector('[role=status]').textContent.includes('Risk of war'));
            shares.push(await page.textContent('.headline'));
            await close(page);
        }
        assert.equal(shares[0], shares[1]);
    },

    async 'the page prints on A4'() {
        const page = await openPage({ recipe: '#v1;ukraine;s=1;at=156;UKR=limited_balance@156' });
        await wholeFan(page);
        const printed = await page.pdf({ format: 'A4' });
        assert.ok(printed.length > 10000);
        if (pictures) fs.writeFileSync(`${pictures}/print.pdf`, printed);
        await close(page);
    },
};

// The account of why is on the page when its pane is looked at.
checks['axe finds nothing in any pane, nor in an account of why'] = async () => {
    const page = await openPage({ recipe: '#v1;georgia;s=1;at=60;GEO=neutrality@60', width: 360, height: 740 });
    await wholeFan(page);
    await page.evaluate(axe);
    const found = [];
    const panes = page.locator('.side .segments').first().locator('button');
    for (let pane = 0; pane < (await panes.count()); pane++) {
        await panes.nth(pane).click();
        const account = page.locator('.levers button', { hasText: 'Account for the risk' });
        if ((await account.count()) > 0) {
            await account.click();
            await page.waitForSelector('table.why');
            assert.ok((await page.textContent('.levers')).includes('Gain of the loop'));
        }
        const { violations, wide } = await page.evaluate(lookInPage);
        found.push(...violations);
        if (wide) found.push(`pane ${pane}: wider than the screen`);
    }
    await close(page);
    assert.deepEqual(found, []);
};

for (const language of ['en', 'zh'])
    for (const theme of ['light', 'dark'])
        checks[`axe finds nothing, and nothing is wider than the screen: ${language}, ${theme}`] = async () => {
            const page = await openPage({ language, theme });
            await page.waitForFunction(() => document.querySelector('.fears')?.textContent.includes('%'));
            await page.evaluate(axe);
            const found = [];
            for (const screen of SCREENS) found.push(...(await lookAt(page, language, theme, screen)));
            found.push(...(await lookAtGame(page, language, theme)));
            await close(page);
            assert.deepEqual(found, []);
        };

// Told, not asserted, and with nothing beside it: how long a user waits.
async function reportSpeed() {
    const openings = [];
    let waits = [];
    for (let i = 0; i < 5; i++) {
        const page = await openPage({ recipe: '#v1;ukraine;s=1;at=156' });
        await page.waitForFunction(() => performance.getEntriesByName('whole fan').length > 0);
        openings.push(await page.evaluate(() => ['coarse fan', 'whole fan'].map((name) => Math.round(performance.getEntriesByName(name)[0].startTime))));
        if (i === 0) waits = await page.evaluate(measureWaits);
        await close(page);
    }
    const share = (values, part) => [...values].sort((one, other) => one - other)[Math.ceil(part * values.length) - 1];
    for (const [i, what] of ['coarse fan', '1,000 runs'].entries()) {
        const times = openings.map((one) => one[i]);
        const since = waits.map((one) => one[i]);
        console.log(`   ${what}: ${share(times, 0.5)} ms after opening (${times.join(', ')}); ${share(since, 0.5)} ms after a key, p95 ${share(since, 0.95)} ms`);
    }
}

// In the page: moves the date twenty-five times; how long until the coarse fan and the whole one of each are drawn.
async function measureWaits() {
    const slider = document.getElementById('present');
    const waits = [];
    const drawn = (name) => new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
            if (!list.getEntriesByName(name).length) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        });
        observer.observe({ entryTypes: ['mark'] });
    });
    for (let i = 0; i < 25; i++) {
        const begin = performance.now();
        const both = Promise.all([drawn('coarse fan'), drawn('whole fan')]);
        slider.value = 100 + 4 * i;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        waits.push((await both).map((time) => Math.round(time - begin)));
    }
    return waits;
}

// A screen at every width: what axe finds, and whether it scrolls sideways.
async function lookAt(page, language, theme, screen) {
    await goTo(page, screen);
    if (screen === 'explore') await wholeFan(page);
    await page.waitForSelector(`nav button[aria-current]:nth-of-type(${1 + SCREENS.indexOf(screen)})`);
    await page.waitForSelector('main h1');
    return lookAtWidths(page, language, theme, screen);
}

async function lookAtWidths(page, language, theme, name) {
    const found = [];
    assert.equal(await page.evaluate(() => `${document.documentElement.lang.slice(0, 2)} ${document.documentElement.dataset.theme}`), `${language} ${theme}`);
    for (const width of [360, 768, 1280, 1920]) {
        await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
        const where = `${language} ${theme} ${width} ${name}`;
        const { violations, wide } = await page.evaluate(lookInPage);
        found.push(...violations.map((one) => `${where}: ${one}`));
        if (wide) found.push(`${where}: wider than the screen`);
        if (pictures) await page.screenshot({ path: `${pictures}/${name}-${language}-${theme}-${width}.png`, fullPage: true });
    }
    return found;
}

// The screens of a game, one after the other: a turn of the first seat with a choice of each kind, and the others as they come.
async function lookAtGame(page, language, theme) {
    const found = [];
    await beginGame(page, [], 1);
    found.push(...(await lookAtWidths(page, language, theme, 'handover')));
    for (let seat = 0; seat < 3; seat++) {
        await page.locator('.curtain .primary').click();
        await page.waitForSelector('.turn');
        await page.fill('#play-intention', '…');
        await page.selectOption('#play-course', { index: 1 });
        await page.click('.add-move');
        await page.locator('.chosen li').waitFor();
        if (seat === 0) found.push(...(await lookAtWidths(page, language, theme, 'turn')));
        await page.click('.done');
        await page.waitForSelector('.curtain');
    }
    found.push(...(await lookAtWidths(page, language, theme, 'news')));
    await page.locator('.curtain .primary').click();
    await page.waitForSelector('.debrief .played path.curve');
    return [...found, ...(await lookAtWidths(page, language, theme, 'debrief'))];
}

// In the page, when it has been drawn at its width.
async function lookInPage() {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] });
    return {
        violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
        wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    };
}

// --- all of them -------------------------------------------------------------------------------------------------------------------

// Two at a time: while one waits for its runs, the other draws. The longest come first.
let failed = 0;
const waiting = Object.entries(checks).filter(([name]) => name.includes(process.env.SPIRAL_CHECK ?? '')).reverse();
async function runChecks() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [name, check] = next;
        const begin = performance.now();
        try {
            await check();
            console.log(`ok ${name} (${Math.round((performance.now() - begin) / 1000)} s)`);
        } catch (error) {
            failed++;
            console.log(`FAILED ${name}\n${error.stack}`);
        }
    }
}
await Promise.all([runChecks(), runChecks()]);
if ('speed'.includes(process.env.SPIRAL_CHECK ?? '')) await reportSpeed();
await browser.close();
for (const list of [requests, complaints]) if (list.length > 0) {
    failed++;
    console.log(`FAILED: ${list.join('\n')}`);
}
console.log(failed === 0 ? `[  PASSED  ] ${Object.keys(checks).length + 2} tests.` : `[  FAILED  ] ${failed} tests, listed below:`);
process.exit(failed === 0 ? 0 : 1);
