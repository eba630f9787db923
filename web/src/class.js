// SPDX-License-Identifier: MIT
//
// A class without a server: a student's work is one line, which is copied, or shown as a QR code. The teacher pastes the lines of all.
//
//     spiral1|Ann and Bo|p=40|spiral:1b.3a|#v1;ukraine;s=1;at=156;UKR=limited_balance@156
//
// Who; the prediction, a share in per cent, or nothing; the answers in a lesson: step and letter; the recipe.

const clean = (name) => name.replace(/[|\s]+/g, ' ').trim().slice(0, 40);
const letter = (choice) => String.fromCharCode(97 + choice);

export function writeLine({ who, prediction, lesson, answers, recipe }) {
    const given = Object.entries(answers ?? {}).map(([step, choice]) => `${Number(step) + 1}${letter(choice)}`).join('.');
    return ['spiral1', clean(who), prediction == null ? '' : `p=${prediction}`, given ? `${lesson}:${given}` : '', recipe].join('|');
}

export function readLine(line) {
    const parts = line.trim().split('|');
    if (parts[0] !== 'spiral1' || parts.length !== 5 || !/^#v1;[a-z0-9_-]+/.test(parts[4])) return null;
    const prediction = /^p=(\d{1,3})$/.exec(parts[2]);
    if (parts[2] !== '' && (!prediction || Number(prediction[1]) > 100)) return null;
    const [lesson, given = ''] = parts[3].split(':');
    const answers = {};
    for (const one of given.split('.').filter(Boolean)) {
        const found = /^(\d{1,2})([a-f])$/.exec(one);
        if (!found) return null;
        answers[Number(found[1]) - 1] = found[2].charCodeAt(0) - 97;
    }
    return { who: parts[1], prediction: prediction ? Number(prediction[1]) : null, lesson, answers, recipe: parts[4] };
}

// All lines of a text; `bad` are the numbers of those that are no such lines.
export function readLines(text) {
    const pupils = [];
    const bad = [];
    text.split('\n').forEach((line, index) => {
        if (line.trim() === '') return;
        const pupil = readLine(line);
        if (pupil) pupils.push(pupil);
        else bad.push(index + 1);
    });
    return { pupils, bad };
}
