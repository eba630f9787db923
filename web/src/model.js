// SPDX-License-Identifier: MIT
//
// What the page knows of the core's arrays and dates.

// The quantities of a row, in the order of sim/quantities.def; filled in from the tables.
export const QUANTITIES = {};
export const COLUMN = { size: 0 };
export const OUTCOMES = {};
// The bands of a fan, in the order of enum spiral_band.
export const BANDS = { mean: 0, q05: 1, q25: 2, q50: 3, q75: 4, q95: 5, count: 6 };

export function readTables(tables) {
    tables.quantities.forEach((field, i) => (QUANTITIES[field.name] = i));
    tables.outcomes.forEach((field, i) => (OUTCOMES[field.name] = i));
    COLUMN.size = tables.quantities.length;
}

export const rowAt = (session, step, quantity) => session.arrays.rows[step * COLUMN.size + quantity];
export const bandAt = (fan, step, quantity, band) => fan.arrays.bands[((step - fan.from) * COLUMN.size + quantity) * BANDS.count + band];

// The month of a step, as 2004-12.
export function dateOf(facts, step) {
    const months = Math.round((facts.start + step * facts.dt) * 12);
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

export const percent = (share) => `${Math.round(100 * share)} %`;
export function signedPoints(change) {
    const points = Math.round(100 * change);
    return `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points)}`;
}

// An interval of shares, or of differences of shares, in per cent: [41, 80].
export const interval = ({ low, high }) => `[${Math.round(100 * low)}, ${Math.round(100 * high)}]`;
export const signedInterval = ({ low, high }) => `[${signedPoints(low)}, ${signedPoints(high)}]`;

// Yearly rows of a quantity: what was, and the bands of what follows.
export function yearlyRows(view, quantity) {
    const { facts, session, fan } = view;
    const every = Math.max(1, Math.round(1 / facts.dt));
    const rows = [];
    for (let step = 0; step <= facts.steps; step += every) {
        const date = dateOf(facts, step);
        if (step <= session.present) rows.push({ date, values: [rowAt(session, step, quantity)] });
        else if (fan) rows.push({ date, values: [BANDS.q50, BANDS.q25, BANDS.q75, BANDS.q05, BANDS.q95].map((band) => bandAt(fan, step, quantity, band)) });
    }
    return rows;
}

// Saves a text as a file.
export function saveFile(name, text, type) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// A figure as a file of its own: its styles go with it.
export function figureText(svg) {
    const copy = svg.cloneNode(true);
    const kept = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'font-family', 'font-size', 'opacity'];
    const pairs = [[svg, copy]];
    const all = [...svg.querySelectorAll('*')];
    copy.querySelectorAll('*').forEach((one, i) => pairs.push([all[i], one]));
    for (const [from, to] of pairs) {
        const style = getComputedStyle(from);
        for (const name of kept) if (style.getPropertyValue(name)) to.setAttribute(name, style.getPropertyValue(name));
    }
    const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    paper.setAttribute('width', '100%');
    paper.setAttribute('height', '100%');
    paper.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--paper'));
    copy.prepend(paper);
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    return new XMLSerializer().serializeToString(copy);
}
