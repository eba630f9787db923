// SPDX-License-Identifier: MIT
//
// The same calls on the core in WebAssembly (with vectors, and scalar) and on the core compiled for this machine: the same JSON to
// the byte, and the same arrays to the bit. Fans that one to four cores share, merged. And `spiral run --recipe` beside both.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Core, CoreError } from '../../web/src/core.js';
import { sentences } from '../../web/src/words.js';

const [folder, native, spiral] = process.argv.slice(2);
const runs = '64'; // two batches of 32

// --- the calls ---------------------------------------------------------------------------------------------------------------------

const textsIn = (path) => fs.readdirSync(path).filter((name) => name.endsWith('.yaml')).map((name) => `${path}/${name}`);
const paths = [...textsIn('scenarios'), ...textsIn('scenarios/lessons'), 'scenarios/posterior.csv'];
const keeps = paths.map((path) => ['keep', path, fs.readFileSync(path, 'utf8')]);
const nameOf = (path) => path.replace(/.*\/|\.yaml$/g, '');
const cases = textsIn('scenarios').map(nameOf);
const lessons = textsIn('scenarios/lessons').map(nameOf);

// Choices of every kind, made of a case's own states.
function recipesOf(facts) {
    const small = facts.states[facts.small].id;
    const rival = facts.states[facts.rivals[0].state].id;
    const middle = Math.floor(facts.steps / 2);
    return [
        `#v1;${facts.name};s=7;at=${facts.steps - 1}`,
        `#v1;${facts.name};s=2;at=${middle + 12};constants=point;${small}=limited_balance@${middle};k.encircle=0.5`,
        `#v1;${facts.name};s=3;at=${middle};${rival}.greed=0.0@0;${small}~${rival}:dialogue*0.5@${middle - 2};${small}~:arm@${middle};doctrine.${small}.arm=0.7@${middle - 1}`,
    ];
}

function callsOfCase(name) {
    const facts = cores.simd.call('facts', name);
    const recipes = recipesOf(facts);
    return [
        ['facts', name],
        ...recipes.flatMap((recipe) => [
            ['session', recipe], ['begin'], ['run', '1', '20'], ['fan', 'false'], ['run', '21', '44'], ['fan', 'true'],
            ['curves'], ['bands'], ['save'], ['measure', '1', recipe, 'present', '32'],
        ]),
        ['measure', '0', recipes[1], 'start', runs],
        ['measure', '2', recipes[2], 'start', runs],
        ['differ', '0', '2'],
        ['falls', facts.states[facts.small].id, 'limited_balance'],
    ];
}

function callsOfLesson(name) {
    const calls = [['lesson', name]];
    let recipe = '';
    cores.simd.call('lesson', name).steps.forEach((step, index) => {
        calls.push(['levers', name, `${index}`, recipe], ['reveal', name, `${index}`, '32']);
        recipe = cores.simd.call('levers', name, `${index}`, recipe).recipe;
        calls.push(['session', recipe]);
    });
    return calls;
}

const broken = keeps[0][2].replace('role: small', 'role: smal').replace('dt: 1/12', 'dt: twelve');
const callsOfErrors = [
    ['check', 'broken.yaml', broken], ['check', 'whole.yaml', keeps[0][2]], ['check', 'none.yaml', ''],
    ['session', '#v1;nowhere'], ['session', '#v1;ukraine;UKR=nothing@3'], ['session', 'ukraine'], ['nothing'], ['facts'],
    ['measure', '0', '#v1;ukraine', 'start', '-1'], ['why', '0', '5'], ['gain', '0'],
    ['game', 'play: 1\ncase: nowhere\n', ''], ['game', 'play: 1\ncase: ukraine\nseats: [UKR, RUSS]\nrounds: 99\n', ''], ['proceed'], ['decide', '', '', '', ''],
    ['saved'], ['debrief', 'en', 'light'], ['lesson', 'nowhere'], ['reveal', 'spiral', '99', '5'], ['differ', '40', '41'],
];

// A game of sides: every seat writes, takes a course now and then, makes moves and answers what was proposed to it. With the facilitator's
// events, and broken off and resumed after the first round.
function callsOfGame(setup, events) {
    const calls = [];
    const core = cores.simd;
    const { doctrines } = core.call('tables');
    const ask = (...call) => {
        calls.push(call);
        return core.call(...call);
    };
    let shown = ask('game', setup, events);
    const { states } = core.call('facts', shown.case);
    for (let turn = 0; shown.phase !== 'end'; ) {
        if (shown.phase !== 'turn') {
            shown = ask('proceed');
            continue;
        }
        const courses = doctrines.filter((one) => one.role === states[shown.state].role);
        const moves = [0, 5, 9].slice(0, 1 + (turn % 3)).map((i) => shown.moves[(7 * turn + i) % shown.moves.length]);
        const accepts = shown.proposals.filter((_, i) => i % 2 === 0).map((one) => `${one.move}:${states[one.from].id}`);
        shown = ask('decide', `turn ${turn}: "so" — 意图`, turn % 2 ? courses[turn % courses.length].name : '',
            moves.map((one) => `${one.move}:${states[one.target]?.id ?? ''}`).join(' '), accepts.join(' '));
        turn++;
        if (shown.phase === 'news' && shown.round === 0) shown = ask('game', ask('saved').text, '');
    }
    calls.push(['decide', 'too late', '', '', ''], ['proceed']);
    calls.push(['debrief', 'en', 'light'], ['debrief', 'zh', 'dark'], ['saved']);
    return calls;
}

// --- both sides --------------------------------------------------------------------------------------------------------------------

// FNV-1a of 64 bits, as sim/hash.h has it, in two halves.
function hashOf(bytes) {
    let high = 0xcbf29ce4;
    let low = 0x84222325;
    for (const byte of bytes) {
        low = (low ^ byte) >>> 0;
        const product = low * 0x1b3;
        const carry = Math.floor(product / 4294967296);
        high = (Math.imul(high, 0x1b3) + carry + (low << 8)) >>> 0;
        low = product >>> 0;
    }
    return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

const bytesOf = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
const describe = (arrays) =>
    Object.entries(arrays).map(([name, array]) => `${name} ${array.byteLength} ${hashOf(bytesOf(array))};`).join('');

// A call as two lines: its JSON, and its arrays.
function linesOf(core, call) {
    let answer;
    try {
        answer = core.call(...call);
    } catch (error) {
        assert.ok(error instanceof CoreError, `${call[0]}: ${error.stack}`);
        return [core.last, ''];
    }
    return [core.last, describe(answer.arrays)];
}

function nativeLines(calls) {
    const input = calls.map((call) => call.join('\x1f').replaceAll('\n', '\x1e') + '\n').join('');
    const lines = execFileSync(native, { input, maxBuffer: 1 << 30, encoding: 'utf8' }).split('\n');
    return calls.map((call, i) => [lines[2 * i], lines[2 * i + 1]]);
}

const load = (name) => {
    const module = new WebAssembly.Module(fs.readFileSync(`${folder}/${name}.wasm`));
    const wanted = WebAssembly.Module.imports(module).map((one) => `${one.module}.${one.name}`);
    const served = ['clock_time_get', 'fd_close', 'fd_seek', 'fd_write'].map((one) => `wasi_snapshot_preview1.${one}`);
    assert.deepEqual(wanted.filter((one) => !served.includes(one)), [], `${name}.wasm asks for what the page does not have`);
    return module;
};
const modules = { simd: load('core'), scalar: load('scalar') };

// A core that remembers the text of its last answer.
function makeCore(module) {
    const core = new Core(module);
    const read = core.read.bind(core);
    core.read = (result) => {
        core.last = core.text(result);
        return read(result);
    };
    for (const keep of keeps) core.call(...keep);
    return core;
}
const cores = { simd: makeCore(modules.simd), scalar: makeCore(modules.scalar) };

// --- the checks --------------------------------------------------------------------------------------------------------------------

// Where two texts part.
function firstDifference(one, other) {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at++;
    return [one, other].map((text) => text.slice(Math.max(0, at - 40), at + 80)).join('\n');
}

// Every term that opens its meaning has a sentence in Chinese: from the core, or from the page's own words.
function checkSentences() {
    const tables = cores.simd.call('tables');
    for (const name of ['constants', 'numbers', 'facts', 'quantities', 'doctrines', 'moves'])
        for (const row of tables[name]) assert.match(row.sentence ?? '', /\p{Script=Han}/u, `${name} ${row.name}`);
    for (const name of ['mechanisms', 'routes'])
        for (const row of tables[name]) assert.match(sentences[name][row.name] ?? '', /\p{Script=Han}/u, `${name} ${row.name}`);
    console.log('ok sentences in Chinese');
}

let compared = 0;
function compare(title, calls) {
    const expected = nativeLines([...keeps, ...calls]).slice(keeps.length);
    for (const kind of Object.keys(cores))
        calls.forEach((call, i) => {
            const [json, arrays] = linesOf(cores[kind], call);
            const what = `${title}, ${kind}: ${call.join(' ').slice(0, 120)}`;
            assert.ok(json === expected[i][0], `${what}\n${firstDifference(json, expected[i][0])}`);
            assert.ok(arrays === expected[i][1], `${what}\n${arrays}\n${expected[i][1]}`);
            compared++;
        });
    console.log(`ok ${title}: ${calls.length} calls`);
}

// One fan, shared among several cores and merged, is the fan of one core.
function compareWorkers(recipe) {
    const shares = (count) => {
        const team = Array.from({ length: count }, () => makeCore(modules.simd));
        const cut = (i) => Math.floor((100 * i) / count);
        team.forEach((core, i) => {
            core.call('session', recipe);
            core.call('begin');
            core.call('run', `${1 + cut(i)}`, `${cut(i + 1) - cut(i)}`);
        });
        team.slice(1).forEach((core) => team[0].merge(core.call('counts').arrays.counts));
        const lines = linesOf(team[0], ['fan', 'true']);
        return [...lines, hashOf(team[0].call('counts').arrays.counts)];
    };
    const alone = shares(1);
    for (const count of [2, 3, 4]) assert.deepEqual(shares(count), alone, `${count} workers`);
    compared += 3;
    console.log('ok counts of 1 to 4 workers, merged');
}

// The account of why is that of `spiral why` under one set of constants.
function compareWhy(name) {
    const told = JSON.parse(execFileSync(spiral, ['why', name, '--constants', 'point', '--runs', '40', '--subsets', '8', '--json'], { encoding: 'utf8' }));
    cores.simd.call('session', `#v1;${name}`);
    const { accounts } = cores.simd.call('why', '40', '8');
    for (const [i, account] of accounts.entries()) {
        const other = told.accounts[i];
        assert.equal(account.events, other.events);
        account.mechanisms.forEach((row, m) => assert.ok(Math.abs(row.share.value - other.mechanisms[m].shapley.value) < 1e-12 && row.gone === other.mechanisms[m].gone));
        const byDate = (acts) => acts.map(({ date, gone, added }) => `${date} ${gone} ${added}`).sort();
        assert.deepEqual(byDate(account.acts), byDate(other.acts));
    }
    compared++;
}

function compareProgram(recipe, runs) {
    const told = JSON.parse(execFileSync(spiral, ['run', '--recipe', recipe, '--runs', runs, '--json'], { encoding: 'utf8' }));
    const session = cores.simd.call('session', recipe);
    const measure = cores.simd.call('measure', '0', recipe, 'present', runs);
    assert.equal(session.hash, told.hash, recipe);
    assert.equal(measure.hash, told.runs_hash, recipe);
    assert.deepEqual(measure.war, told.war, recipe);
    assert.deepEqual(measure.force, told.force, recipe);
    for (const key of ['war_by_constants', 'force_by_constants'])
        for (const end of ['low', 'high']) assert.ok(Math.abs((measure[key]?.[end] ?? 0) - (told[key]?.[end] ?? 0)) < 1e-5, `${recipe} ${key}`);
    compared++;
}

// How fast the module runs beside the same core on this machine, on one thread, with a fan: told, not asserted.
function reportSpeed() {
    const recipe = `#v1;${cases.at(-1)}`;
    const timed = (work) => {
        const begin = performance.now();
        work();
        return performance.now() - begin;
    };
    const nativeTime = (count) => timed(() => nativeLines([...keeps, ['session', recipe], ['begin'], ['run', '1', count], ['fan', 'true']]));
    const machine = nativeTime('2000') - nativeTime('1');
    for (const kind of Object.keys(cores)) {
        // the first times count the compiler of the engine too
        const times = [1, 2, 3].map(() => {
            cores[kind].call('session', recipe);
            cores[kind].call('begin');
            return timed(() => cores[kind].call('run', '1', '2000') && cores[kind].call('fan', 'true'));
        });
        const time = Math.min(...times);
        console.log(`speed of ${kind}: ${(machine / time).toFixed(2)} of this machine's own (${Math.round(time)} ms for 2,000 runs)`);
    }
}

// A game that was played here is played again by the program, from its file: the same run.
function compareGame(title, calls) {
    compare(title, calls);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'spiral-game-'));
    const file = path.join(folder, 'game.yaml');
    const saved = cores.simd.call('saved').text;
    const hash = /^state: *"?([0-9a-f]{16})/m.exec(saved)[1];
    fs.writeFileSync(file, saved);
    const told = execFileSync(spiral, ['play', '--script', file, '--save', path.join(folder, 'again.yaml')], { encoding: 'utf8' });
    assert.ok(told.includes(`state ${hash}`), told);
    assert.equal(fs.readFileSync(path.join(folder, 'again.yaml'), 'utf8'), saved);
    fs.rmSync(folder, { recursive: true });
    compared++;
}

compare('tables', [['tables'], ['phrases']]);
checkSentences();
for (const name of cases) compare(name, callsOfCase(name));
for (const name of lessons) compare(`lesson ${name}`, callsOfLesson(name));
compare('errors', callsOfErrors);
compareGame('a game of sides', callsOfGame('play: 1\ncase: ukraine\nfrom: 2004-12\nrounds: 3\nseats: [UKR, RUS]\npolicies: {NATO: tit_for_tat}\n', fs.readFileSync('scenarios/injects/ukraine.yaml', 'utf8')));
compareGame('a game of two', callsOfGame('play: 1\ncase: finland\nseed: 5\nyears: 1\nrounds: 2\n', ''));
compare('why', [['session', '#v1;georgia;at=12;GEO=neutrality@0'], ['why', '32', '4'], ['gain', '32']]);
compareWhy('georgia');
// runs enough to tell what the constants may be
const spread = [`#v1;${cases[0]};at=40`, `#v1;${cases[0]};at=40;k.encircle=0.5`];
compare('intervals', [
    ['session', spread[0]], ['begin'], ['run', '1', '600'], ['fan', 'true'],
    ['measure', '0', spread[0], 'present', '600'], ['measure', '1', spread[1], 'present', '600'], ['differ', '0', '1'],
]);
assert.ok(cores.simd.call('differ', '0', '1').war.by_constants, 'no interval of what the constants may be');
compareWorkers(`#v1;${cases[0]};at=40`);
for (const name of cases) for (const recipe of recipesOf(cores.simd.call('facts', name))) compareProgram(recipe, runs);
compareProgram(spread[1], '600');
console.log('ok spiral run --recipe');
reportSpeed();
console.log(`[  PASSED  ] ${compared} tests.`);
