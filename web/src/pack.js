// SPDX-License-Identifier: MIT
//
// What the page carries, in one compressed piece: its script, the core, the difference of the scalar core from it, the texts and their
// titles.
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

// A table of decimal numbers, column by column, as three planes of bytes that compress well: the digits of a number as a whole number of
// two bytes, and how many of them are decimals. `head` is the text above the rows.
export function tableText(head, low, high, decimals) {
    const columns = head.trimEnd().split('\n').at(-1).split(',').length;
    const rows = low.length / columns;
    const numberAt = (i) => {
        const digits = `${low[i] + 256 * high[i]}`.padStart(decimals[i] + 1, '0');
        const point = digits.length - decimals[i];
        return decimals[i] === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
    };
    const lines = Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => numberAt(column * rows + row)).join(','));
    return `${head}${lines.join('\n')}\n`;
}

// Bytes as text: 13 bits in two letters of 93, the highest first. These are the visible ones of ASCII but "<", which could end a script.
export const LETTERS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter((letter) => letter !== '<').join('');

export function bytesOf(text, length) {
    const values = new Uint8Array(128);
    for (let i = 0; i < LETTERS.length; i++) values[LETTERS.charCodeAt(i)] = i;
    const bytes = new Uint8Array(length);
    let bits = 0;
    let count = 0;
    for (let at = 0, letter = 0; at < length; ) {
        bits = (bits << 13) | (LETTERS.length * values[text.charCodeAt(letter++)] + values[text.charCodeAt(letter++)]);
        for (count += 13; count >= 8 && at < length; count -= 8) bytes[at++] = bits >> (count - 8);
        bits &= (1 << count) - 1;
    }
    return bytes;
}

// A pack in a page: its compressed length, a space, and its letters.
export async function unpack(text) {
    const space = text.indexOf(' ');
    const compressed = bytesOf(text.slice(space + 1), Number(text.slice(0, space)));
    const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const pieces = readPieces(new Uint8Array(await new Response(stream).arrayBuffer()));
    const textOf = (bytes) => new TextDecoder().decode(bytes);
    const texts = {};
    for (const [name, bytes] of Object.entries(pieces)) if (name.endsWith('.yaml')) texts[name] = textOf(bytes);
    texts['scenarios/posterior.csv'] = tableText(textOf(pieces.head), pieces.low, pieces.high, pieces.decimals);
    return { core: pieces.core, difference: pieces.difference, script: textOf(pieces.script), titles: JSON.parse(textOf(pieces.titles)), texts };
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
