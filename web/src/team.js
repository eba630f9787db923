// SPDX-License-Identifier: MIT
//
// The team of workers. A page from a disk has no shared memory, so each worker has a core of its own; a recipe brings all of them to the
// same state, and their counts are merged in the first.

export class CallError extends Error {
    constructor(failed) {
        super(failed.error);
        this.errors = failed.errors ?? [];
    }
}

class Member {
    constructor(source, module, texts) {
        this.waiting = new Map();
        this.next = 1;
        this.worker = new Worker(source);
        this.ready = new Promise((resolve, reject) => {
            this.worker.onerror = (event) => reject(new Error(event.message));
            this.worker.onmessage = ({ data }) => (data.ready ? resolve() : this.settle(data));
        });
        this.worker.postMessage({ module, texts });
    }

    settle({ id, answers }) {
        const { resolve, reject } = this.waiting.get(id);
        this.waiting.delete(id);
        const failed = answers.find((one) => one.error !== undefined);
        if (failed) reject(new CallError(failed));
        else resolve(answers.map((one) => one.answer));
    }

    // Does calls in a row, and gives all their answers.
    async calls(...calls) {
        await this.ready;
        const id = this.next++;
        const answers = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
        this.worker.postMessage({ id, calls });
        return answers;
    }

    get load() {
        return this.waiting.size;
    }
}

const COARSE = 128;
const WHOLE = 1000;

export class Team {
    constructor(source, module, texts, size) {
        this.members = Array.from({ length: size }, () => new Member(source, module, texts));
        this.turn = 0;
        this.latest = 0;
    }

    // One call, by a member that has little to do; not by the one that follows the slider where there are others.
    async call(...call) {
        const others = this.members.length > 1 ? this.members.slice(1) : this.members;
        const member = others.reduce((least, one) => (one.load < least.load ? one : least));
        return (await member.calls(call))[0];
    }

    // Several calls that one member has to do, because the later need the earlier.
    async callsTogether(...calls) {
        const others = this.members.length > 1 ? this.members.slice(1) : this.members;
        return others.at(-1).calls(...calls);
    }

    // Keeps a text in all members.
    async keep(path, text) {
        await Promise.all(this.members.map((member) => member.calls(['keep', path, text])));
    }

    // Follows a recipe: the run so far with a coarse fan, then the whole fan, shared out. A later call ends this one.
    async follow(recipe, { fans = true, onRun, onFan }) {
        const mine = ++this.latest;
        const [first, ...others] = this.members;
        const coarse = fans ? [['begin'], ['run', '1', `${COARSE}`], ['fan', 'false']] : [];
        const answers = await first.calls(['session', recipe], ...coarse);
        if (mine !== this.latest) return;
        onRun(answers[0], fans ? answers[3] : null);
        if (!fans) return;

        // One slice each; the counts of the others come to the first.
        const slices = sliceRuns(COARSE + 1, WHOLE - COARSE, this.members.length);
        const counts = await Promise.all([
            first.calls(['run', ...slices[0]]),
            ...others.map((member, i) =>
                member.calls(['session', recipe], ['begin'], ['run', ...slices[i + 1]], ['counts']).then((found) => found[3].arrays.counts)),
        ]);
        if (mine !== this.latest) return;
        const merges = counts.slice(1).map((bytes) => ['merge', bytes]);
        const whole = await first.calls(...merges, ['fan', 'true']);
        if (mine === this.latest) onFan(whole.at(-1));
    }
}

// Parts of `count` runs from `first` on, as [first, count] in text.
export function sliceRuns(first, count, parts) {
    return Array.from({ length: parts }, (_, i) => {
        const from = Math.floor((count * i) / parts);
        const until = Math.floor((count * (i + 1)) / parts);
        return [`${first + from}`, `${until - from}`];
    });
}
