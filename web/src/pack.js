// SPDX-License-Identifier: MIT
//
// What the page carries, in one compressed piece: the core, the difference of the scalar core from it, the worker's source and the texts.
// tools/build.mjs packs, this side unpacks.

// The pieces of a pack: four bytes of the length of a list of [name, length], that list as JSON, and the bytes one after the other.
export function readPieces(bytes) {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const list = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
    const pieces = {};
    let at = 4 + length;
    for (const [name, size] of list) {
        pieces[name] = bytes.subarray(at, at + size);
        at += size;
    }
    return pieces;
}

export async function unpack(text) {
    const compressed = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const pieces = readPieces(new Uint8Array(await new Response(stream).arrayBuffer()));
    const texts = {};
    for (const [name, bytes] of Object.entries(pieces)) if (name.endsWith('.yaml')) texts[name] = new TextDecoder().decode(bytes);
    return { core: pieces.core, difference: pieces.difference, worker: new TextDecoder().decode(pieces.worker), texts };
}

// A difference is a list of [new bytes, place, length]: so many new bytes, then so many of the old from that place.
export function applyDifference(old, difference) {
    const view = new DataView(difference.buffer, difference.byteOffset);
    const count = view.getUint32(0, true);
    const operations = Array.from({ length: count }, (_, i) => [0, 4, 8].map((offset) => view.getUint32(4 + 12 * i + offset, true)));
    const made = new Uint8Array(operations.reduce((sum, [fresh, , length]) => sum + fresh + length, 0));
    let at = 0;
    let from = 4 + 12 * count;
    for (const [fresh, place, length] of operations) {
        made.set(difference.subarray(from, from + fresh), at);
        made.set(old.subarray(place, place + length), at + fresh);
        at += fresh + length;
        from += fresh;
    }
    return made;
}
