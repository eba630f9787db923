// SPDX-License-Identifier: MIT
//
// A worker: one core. It gets the module and the texts first, and then lists of calls, each answered with a list of results.
import { Core } from './core.js';

let core;

function answerOf(call) {
    try {
        return { answer: call[0] === 'merge' ? core.merge(call[1]) : core.call(...call) };
    } catch (error) {
        return { error: error.message, errors: error.errors };
    }
}

self.onmessage = ({ data }) => {
    if (data.module !== undefined) {
        core = new Core(data.module);
        for (const [path, text] of Object.entries(data.texts)) core.call('keep', path, text);
        return;
    }

    const began = performance.now();
    const answers = [];
    for (const call of data.calls) {
        answers.push(answerOf(call));
        // what follows needs what went before
        if (answers.at(-1).error !== undefined) break;
    }

    // arrays are handed over, not copied
    const arrays = answers.flatMap(({ answer }) => Object.values(answer?.arrays ?? {}));
    self.postMessage({ id: data.id, answers, time: performance.now() - began }, arrays.map((array) => array.buffer));
};
