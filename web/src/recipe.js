// SPDX-License-Identifier: MIT
//
// Recipes on this side: what the page itself has to change in one. The core reads them (render/live/recipe.h has the grammar) and writes
// them anew, so that here an item is a text.

export function readRecipe(text) {
    const match = /^#?v1;([a-z0-9_-]+)((?:;[^;]*)*)$/.exec(text);
    if (!match) return null;
    const recipe = { name: match[1], seed: '1', at: 0, point: false, items: [] };
    for (const item of match[2].split(';').filter(Boolean)) {
        if (/^s=\d+$/.test(item)) recipe.seed = item.slice(2);
        else if (/^at=\d+$/.test(item)) recipe.at = Number(item.slice(3));
        else if (item === 'constants=point') recipe.point = true;
        else recipe.items.push(item);
    }
    return recipe;
}

export const writeRecipe = ({ name, seed, at, point, items }) => [`#v1;${name};s=${seed};at=${at}`, ...(point ? ['constants=point'] : []), ...items].join(';');

export const startOf = (name) => writeRecipe({ name, seed: '1', at: 0, point: false, items: [] });

// A number as the core reads it.
const numberText = (value) => (Number.isInteger(value) ? `${value}.0` : `${value}`);

export const isDated = (name) => name.startsWith('doctrine.') || /^[^.-]+\.(greed|resolve)$/.test(name);
export const numberItem = (name, value, at) => `${name}=${numberText(value)}${isDated(name) ? `@${at}` : ''}`;
export const doctrineItem = (state, doctrine, at) => `${state}=${doctrine}@${at}`;
export const moveItem = (actor, target, move, weight, at) => `${actor}~${target}:${move}${weight === 1 ? '' : `*${numberText(weight)}`}@${at}`;

// What an item is about: a later one about the same replaces an earlier one of the same date. A move is an act, and replaces nothing.
const subjectOf = (item) => (item.includes('~') ? null : item.replace(/=[^@]*/, '='));

export function addItem(text, item) {
    const recipe = readRecipe(text);
    const subject = subjectOf(item);
    const items = recipe.items.filter((one) => subject === null || subjectOf(one) !== subject);
    return writeRecipe({ ...recipe, items: [...items, item] });
}

export const withoutLast = (text) => {
    const recipe = readRecipe(text);
    return writeRecipe({ ...recipe, items: recipe.items.slice(0, -1) });
};
export const withoutItem = (text, index) => {
    const recipe = readRecipe(text);
    return writeRecipe({ ...recipe, items: recipe.items.filter((_, i) => i !== index) });
};
export const at = (text, step) => writeRecipe({ ...readRecipe(text), at: step });
export const withSeed = (text, seed) => writeRecipe({ ...readRecipe(text), seed });
// With one set of constants, or over all sets that the record cannot tell apart.
export const withPoint = (text, point) => writeRecipe({ ...readRecipe(text), point });
