// SPDX-License-Identifier: MIT
//
// The start: the one script that the page has as it is. It starts a worker, unpacks what the page carries, and runs the page's own script,
// which the policy knows by its hash.
import { applyDifference, unpack } from './pack.js';

// The smallest module with a vector instruction: (func (result v128) i32.const 0 i8x16.splat), and a drop of it.
const VECTOR = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];
const hasVectors = () => WebAssembly.validate(new Uint8Array(VECTOR));

const say = (text) => (document.getElementById('page').textContent = text);

async function start() {
    if (typeof WebAssembly === 'undefined' || typeof DecompressionStream === 'undefined')
        return say('This browser has no WebAssembly. Please open the page in a newer one. 此浏览器不支持 WebAssembly，请使用较新的浏览器。');

    // a worker's text is written in by tools/build.mjs
    const source = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
    const fail = (error) => {
        console.error(error);
        say('This browser does not let a page from a disk start workers. Please open it in another one. 此浏览器不允许本地网页启动 Worker，请换用其他浏览器打开。');
    };
    let worker;
    try {
        worker = new Worker(source);
    } catch (error) {
        return fail(error);
    }

    // the core is compiled while the script is read
    const pack = await unpack(document.getElementById('pack').textContent);
    const scalar = new URLSearchParams(location.search).has('scalar') || !hasVectors();
    const module = WebAssembly.compile(scalar ? applyDifference(pack.core, pack.difference) : pack.core);
    globalThis.spiralStart = { source, worker, fail, scalar, module, texts: pack.texts, titles: pack.titles };
    const script = document.createElement('script');
    script.textContent = pack.script;
    document.body.append(script);
}

start();
