// SPDX-License-Identifier: MIT
//
// The core: calls of web/core/calls.def on an instance of its WebAssembly module. One instance has one session.

// The module asks for a few functions of a system. It has no files: what it writes goes nowhere, and its clock is ours.
function systemOf(memory) {
    const success = 0;
    const badDescriptor = 8;
    return {
        clock_time_get(clock, precision, at) {
            const now = BigInt(Math.round(performance.now() * 1e6));
            new DataView(memory().buffer).setBigUint64(at, now, true);
            return success;
        },
        fd_close: () => badDescriptor,
        fd_seek: () => badDescriptor,
        fd_write: () => badDescriptor,
    };
}

export class CoreError extends Error {
    constructor(answer) {
        super(answer.error);
        this.errors = answer.errors;
    }
}

export class Core {
    constructor(module) {
        const instance = new WebAssembly.Instance(module, {
            wasi_snapshot_preview1: systemOf(() => this.exports.memory),
        });
        this.exports = instance.exports;
        this.exports._initialize();
    }

    // Does a call. Returns its object; `arrays` has copies of the arrays that came with it.
    call(name, ...texts) {
        const block = new TextEncoder().encode([name, ...texts, ''].join('\0'));
        const at = this.put(block);
        const result = this.exports.page_call(at, block.length);
        this.exports.free(at);
        return this.read(result);
    }

    // Adds the counts of another core.
    merge(counts) {
        const at = this.put(counts);
        const result = this.exports.page_merge(at, counts.length);
        this.exports.free(at);
        return this.read(result);
    }

    put(bytes) {
        const at = this.exports.malloc(bytes.length);
        if (at === 0) throw new CoreError({ error: 'out of memory' });
        new Uint8Array(this.exports.memory.buffer).set(bytes, at);
        return at;
    }

    text(at) {
        const bytes = new Uint8Array(this.exports.memory.buffer);
        return new TextDecoder().decode(bytes.subarray(at, bytes.indexOf(0, at)));
    }

    read(result) {
        if (result === 0) throw new CoreError({ error: 'out of memory' });
        const answer = JSON.parse(this.text(result));
        if (answer.error !== undefined) throw new CoreError(answer);
        answer.arrays = this.arrays();
        return answer;
    }

    // struct page_array: name, bytes, size, element, four bytes each.
    arrays() {
        const found = {};
        for (let i = 0; i < this.exports.page_array_count(); i++) {
            const fields = new Uint32Array(this.exports.memory.buffer, this.exports.page_array_at(i), 4);
            const [name, bytes, size, element] = fields;
            const copy = this.exports.memory.buffer.slice(bytes, bytes + size);
            found[this.text(name)] = element === 8 ? new Float64Array(copy) : new Uint8Array(copy);
        }
        return found;
    }
}
