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
    constructor(worker, onFailure) {
        this.waiting = new Map();
        this.next = 1;
        this.worker = worker;
        this.worker.onerror = (event) => {
            const error = new Error(event.message);
            for (const { reject } of this.waiting.values()) reject(error);
            onFailure(error);
        };
        this.worker.onmessage = ({ data }) => this.settle(data);
    }

    settle({ id, answers, time }) {
        const { resolve, reject } = this.waiting.get(id);
        this.waiting.delete(id);
        this.time = time;
        const failed = answers.find((one) => one.error !== undefined);
        if (failed) reject(new CallError(failed));
        else resolve(answers.map((one) => one.answer));
    }

    // Does calls in a row, and gives all their answers. Bytes that a call has go to the worker.
    calls(...calls) {
        const id = this.next++;
        const answers = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
        const bytes = calls.flat().filter((part) => part instanceof Uint8Array);
        this.worker.postMessage({ id, calls }, bytes.map((one) => one.buffer));
        return answers;
    }

    get load() {
        return this.waiting.size;
    }
}

const WHOLE = 1000;
const BATCH = 32;
// How long the runs of a coarse fan may take, and those between two looks at what was asked for meanwhile.
const COARSE_TIME = 15;
const PART_TIME = 10;

// So many runs of whole batches as take a time, where one takes `cost`.
const runsWithin = (time, cost, most) => Math.max(BATCH, Math.min(most, BATCH * Math.floor(time / cost / BATCH)));

export class Team {
    // The first worker starts while the page still unpacks what it needs: begin() gives it to all. Where all would have to share two
    // processors with the page, the first is alone until its first fan is whole.
    constructor(source, worker, size, onFailure) {
        this.size = size;
        this.hire = () => new Member(new Worker(source), onFailure);
        this.members = [new Member(worker, onFailure)];
        if (size > 2) while (this.members.length < size) this.members.push(this.hire());
        this.latest = 0;
        this.cost = COARSE_TIME / (2 * BATCH);
    }

    begin(module, texts) {
        this.texts = texts;
        this.equip = (member) => member.worker.postMessage({ module, texts: this.texts });
        this.members.forEach(this.equip);
    }

    // Hires those who are still missing.
    complete() {
        while (this.members.length < this.size) {
            this.members.push(this.hire());
            this.equip(this.members.at(-1));
        }
    }

    // One call, by a member that has little to do; not by the one that follows the slider where there are others.
    async call(...call) {
        const others = this.members.length > 1 ? this.members.slice(1) : this.members;
        const member = others.reduce((least, one) => (one.load < least.load ? one : least));
        return (await member.calls(call))[0];
    }

    // Several calls that one member has to do, because the later need the earlier.
    callsTogether(...calls) {
        return this.members.at(-1).calls(...calls);
    }

    // Keeps a text in all members.
    async keep(path, text) {
        this.texts = { ...this.texts, [path]: text };
        await Promise.all(this.members.map((member) => member.calls(['keep', path, text])));
    }

    // Follows a recipe: the run so far with a coarse fan, then the whole fan, shared out. A later call ends this one.
    async follow(recipe, { fans = true, onRun, onFan }) {
        const fan = { mine: ++this.latest, recipe, next: 1, joined: [] };
        const [first] = this.members;
        if (fan.mine > 1) this.complete();
        const coarse = fans ? [['begin'], this.takeRuns(fan, COARSE_TIME, 4 * BATCH), ['fan', 'false']] : [];
        const answers = await first.calls(['session', recipe], ...coarse);
        if (fan.mine !== this.latest) return;
        await onRun(answers[0], fans ? answers[3] : null);
        if (!fans || fan.mine !== this.latest) return;
        for (const member of this.members.slice(1)) this.join(member, fan);

        // Nobody waits for a member that is still busy with something else when no runs are left for it.
        await this.share(first, fan);
        const counts = (await Promise.all(fan.joined)).filter((bytes) => bytes !== null);
        if (fan.mine !== this.latest) return;
        const whole = await first.calls(...counts.map((bytes) => ['merge', bytes]), ['fan', 'true']);
        if (fan.mine === this.latest) await onFan(whole.at(-1));
        this.complete();
    }

    // The next runs of a fan as a call.
    takeRuns(fan, time, most) {
        const count = Math.min(runsWithin(time, this.cost, most), WHOLE - fan.next + 1);
        fan.next += count;
        return ['run', `${fan.next - count}`, `${count}`];
    }

    hasRuns(fan) {
        return fan.mine === this.latest && fan.next <= WHOLE;
    }

    // Another member takes part, as soon as it is at the recipe.
    async join(member, fan) {
        await member.calls(['session', fan.recipe], ['begin']);
        if (this.hasRuns(fan)) fan.joined.push(this.share(member, fan).then(() => this.countsOf(member, fan)));
    }

    // A member runs parts of a fan until none is left, or another recipe is followed. The next part waits in its queue, so that it need
    // not wait for a page that draws.
    async share(member, fan) {
        const line = async () => {
            while (this.hasRuns(fan)) {
                const part = this.takeRuns(fan, PART_TIME, 6 * BATCH);
                await member.calls(part);
                this.cost = (this.cost + member.time / Number(part[2])) / 2;
            }
        };
        await Promise.all([line(), line()]);
    }

    async countsOf(member, fan) {
        return fan.mine === this.latest ? (await member.calls(['counts']))[0].arrays.counts : null;
    }
}
