// SPDX-License-Identifier: MIT
//
// Curves as SVG, sized in pixels of the screen, so that letters keep their size. Colours come from the style sheet, by class.
import { area, curveStepAfter, line } from 'd3-shape';
import { useEffect, useRef, useState } from 'preact/hooks';
import { BANDS, COLUMN, dateOf, percent, QUANTITIES, rowAt } from './model.js';

// The width of an element, whenever it changes.
export function useWidth() {
    const at = useRef(null);
    const [width, setWidth] = useState(0);
    useEffect(() => {
        const measure = () => setWidth(Math.floor(at.current.clientWidth));
        const observer = new ResizeObserver(measure);
        observer.observe(at.current);
        measure();
        return () => observer.disconnect();
    }, []);
    return [at, width];
}

const MARGIN = { left: 44, right: 18, top: 10, bottom: 22 };

// Years that are worth a tick at a width.
function yearTicks(facts, width) {
    const until = facts.start + facts.steps * facts.dt;
    const most = Math.max(2, Math.floor(width / 64));
    const every = [1, 2, 5, 10, 20, 50].find((step) => (until - facts.start) / step <= most);
    const ticks = [];
    for (let year = Math.ceil(facts.start / every) * every; year <= until; year += every) ticks.push(year);
    return ticks;
}

// The frame: axes, the present, and dragging, which goes to a date.
function Frame({ facts, width, height, low, high, ticks, tickText, present, onSeek, label, children }) {
    const inner = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const x = (step) => MARGIN.left + (inner.width * step) / facts.steps;
    const y = (value) => MARGIN.top + inner.height * (1 - (value - low) / (high - low));
    const seek = (event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const share = (event.clientX - box.left - MARGIN.left) / inner.width;
        onSeek(Math.round(Math.min(1, Math.max(0, share)) * facts.steps));
    };
    const drag = onSeek && {
        onPointerDown: (event) => {
            event.currentTarget.setPointerCapture?.(event.pointerId);
            seek(event);
        },
        onPointerMove: (event) => event.buttons === 1 && seek(event),
    };
    return (
        <svg class={onSeek ? 'figure seekable' : 'figure'} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} {...drag}>
            {yearTicks(facts, inner.width).map((year) => (
                <g key={year}>
                    <line class="grid" x1={x((year - facts.start) / facts.dt)} x2={x((year - facts.start) / facts.dt)} y1={MARGIN.top} y2={height - MARGIN.bottom} />
                    <text class="tick" x={x((year - facts.start) / facts.dt)} y={height - 6} text-anchor="middle">{year}</text>
                </g>
            ))}
            {ticks.map((tick) => (
                <g key={tick}>
                    <line class="grid" x1={MARGIN.left} x2={width - MARGIN.right} y1={y(tick)} y2={y(tick)} />
                    <text class="tick" x={MARGIN.left - 5} y={y(tick) + 4} text-anchor="end">{tickText ? tickText(tick) : tick}</text>
                </g>
            ))}
            {children(x, y)}
            {present !== undefined && <line class="present" x1={x(present)} x2={x(present)} y1={MARGIN.top} y2={height - MARGIN.bottom} />}
        </svg>
    );
}

const steps = (from, until) => Array.from({ length: Math.max(0, until - from + 1) }, (_, i) => from + i);

// One quantity: the run until now, and bands and median after it.
function Quantity({ view, name, kind, x, y, wide = false, bands = true, dashed = '' }) {
    const { session, fan, facts } = view;
    const q = QUANTITIES[name];
    const past = line().x((step) => x(step)).y((step) => y(rowAt(session, step, q)));
    const after = fan ? steps(fan.from, facts.steps) : [];
    const value = (step, band) => fan.arrays.bands[(step - fan.from) * COLUMN.size * BANDS.count + q * BANDS.count + band];
    const band = (low, high) => area().x((step) => x(step)).y0((step) => y(value(step, low))).y1((step) => y(value(step, high)));
    return (
        <g class={kind}>
            {fan && bands && wide && <path class="band wide" d={band(BANDS.q05, BANDS.q95)(after)} />}
            {fan && bands && <path class="band" d={band(BANDS.q25, BANDS.q75)(after)} />}
            {fan && <path class={`curve after ${dashed}`} d={line().x((step) => x(step)).y((step) => y(value(step, BANDS.q50)))(after)} />}
            <path class={`curve ${dashed}`} d={past(steps(0, session.present))} />
        </g>
    );
}

function Marks({ view, x, y, base }) {
    const { facts, session } = view;
    const fallen = new Set(session.fallen);
    return (
        <g class="marks">
            {facts.entries.map((entry, i) => {
                const step = (entry.year - facts.start) / facts.dt;
                const at = `${x(step)},${y(base)}`;
                return <path key={i} class={fallen.has(i) ? 'mark fallen' : step <= session.present ? 'mark' : 'mark later'} d={`M${at}l-3.5,7h7z`} />;
            })}
            {session.choices.filter((choice) => choice.step >= 0).map((choice, i) => (
                <line key={i} class="choice" x1={x(choice.step)} x2={x(choice.step)} y1={MARGIN.top} y2={y(base) + 7} />
            ))}
        </g>
    );
}

// Mean curves of kept branches, each named by its choice at its end.
function Ghosts({ view, x, y }) {
    return (
        <g class="ghosts">
            {view.ghosts.map((ghost, i) => {
                const mean = ghost.arrays.mean;
                const path = line().x((_, step) => x(step + 1)).y((value) => y(value))([...mean.slice(1)]);
                return <path key={ghost.name + i} class={`ghost ghost${i}`} d={path} />;
            })}
        </g>
    );
}

function Index({ view, size, onSeek, label }) {
    return (
        <Frame facts={view.facts} {...size} low={0} high={100} ticks={[0, 20, 40, 60, 80, 100]} present={view.session.present} onSeek={onSeek} label={label}>
            {(x, y) => (
                <>
                    <Quantity view={view} name="escalation" kind="index" x={x} y={y} wide />
                    <Ghosts view={view} x={x} y={y} />
                    <Marks view={view} x={x} y={y} base={4} />
                </>
            )}
        </Frame>
    );
}

function Risk({ view, size, onSeek, label }) {
    const { facts, session, fan, whole } = view;
    const curve = (values, from, until) => (x, y) =>
        line().x((step) => x(step)).y((step) => y(values[step - from]))(steps(from, until));
    return (
        <Frame facts={facts} {...size} low={0} high={1} ticks={[0, 0.25, 0.5, 0.75, 1]} tickText={percent} present={session.present} onSeek={onSeek} label={label}>
            {(x, y) => (
                <>
                    {whole && <path class="war curve" d={curve(whole.arrays.war, 0, session.present)(x, y)} />}
                    {whole && <path class="force curve dashed" d={curve(whole.arrays.force, 0, session.present)(x, y)} />}
                    {fan && <path class="war curve" d={curve(fan.arrays.war, fan.from, facts.steps)(x, y)} />}
                    {fan && <path class="force curve dashed" d={curve(fan.arrays.force, fan.from, facts.steps)(x, y)} />}
                </>
            )}
        </Frame>
    );
}

function Fear({ view, size, onSeek, label }) {
    return (
        <Frame facts={view.facts} {...size} low={0} high={1} ticks={[0, 0.25, 0.5, 0.75, 1]} present={view.session.present} onSeek={onSeek} label={label}>
            {(x, y) => (
                <>
                    <Quantity view={view} name="threat_neighbour" kind="neighbour" x={x} y={y} />
                    <Quantity view={view} name="threat_small" kind="small" x={x} y={y} />
                </>
            )}
        </Frame>
    );
}

function Alliance({ view, size, onSeek, label }) {
    const { session } = view;
    const gap = (x, y) =>
        area().x((step) => x(step)).y0((step) => y(rowAt(session, step, QUANTITIES.guarantee))).y1((step) => y(rowAt(session, step, QUANTITIES.believed)));
    return (
        <Frame facts={view.facts} {...size} low={0} high={1} ticks={[0, 0.25, 0.5, 0.75, 1]} present={session.present} onSeek={onSeek} label={label}>
            {(x, y) => (
                <>
                    <path class="gap" d={gap(x, y)(steps(0, session.present))} />
                    <Quantity view={view} name="commitment" kind="offshore" x={x} y={y} />
                    <Quantity view={view} name="believed" kind="small" x={x} y={y} bands={false} dashed="dashed" />
                    <Quantity view={view} name="guarantee" kind="offshore" x={x} y={y} bands={false} dashed="dotted" />
                </>
            )}
        </Frame>
    );
}

// Strips of levels: the run, and what was observed with each neighbour until now.
function Ladder({ view, size, onSeek, label, words }) {
    const { facts, session } = view;
    const strips = [
        { name: words('this_run'), levels: runLevels(session) },
        ...facts.rivals.map((rival) => ({ name: `${words('observed')}: ${view.nameOf(rival.state)}`, levels: rival.observed.filter(([step]) => step <= session.present) })),
    ];
    const height = (size.height - MARGIN.top - MARGIN.bottom) / strips.length;
    return (
        <Frame facts={facts} {...size} low={0} high={1} ticks={[]} present={session.present} onSeek={onSeek} label={label}>
            {(x) =>
                strips.map((strip, i) => (
                    <g key={i}>
                        {strip.levels.map(([step, level], j) => (
                            <rect key={j} class={`level${level}`} x={x(step)} y={MARGIN.top + i * height + 15} height={Math.max(6, height - 19)}
                                width={Math.max(0, x(strip.levels[j + 1]?.[0] ?? session.present) - x(step))} />
                        ))}
                        <text class="tick" x={MARGIN.left + 3} y={MARGIN.top + i * height + 11}>{strip.name}</text>
                    </g>
                ))
            }
        </Frame>
    );
}

function runLevels(session) {
    const levels = [];
    for (let step = 0; step <= session.present; step++) {
        const level = Math.floor(rowAt(session, step, QUANTITIES.hostility));
        if (levels.length === 0 || levels.at(-1)[1] !== level) levels.push([step, level]);
    }
    return levels;
}

// The plane of constraint and dependence.
function Plane({ view, size, label, tables, language }) {
    const { session } = view;
    const { width, height } = size;
    const most = 0.6;
    const x = (value) => MARGIN.left + (width - MARGIN.left - MARGIN.right) * value;
    const y = (value) => MARGIN.top + (height - MARGIN.top - MARGIN.bottom) * (1 - Math.min(value, most) / most);
    const { high_constraint: constraint, high_dependence: dependence } = tables;
    const path = line().x((step) => x(rowAt(session, step, QUANTITIES.constraint))).y((step) => y(rowAt(session, step, QUANTITIES.dependence)));
    const place = { diversified_balance: [0.02, 0.03], controllable_risk: [0.02, most - 0.06], limited_balance: [0.99, 0.03], trap: [0.99, most - 0.06] };
    return (
        <svg class="figure" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
            <rect class="trap" x={x(constraint)} y={y(most)} width={x(1) - x(constraint)} height={y(dependence) - y(most)} />
            <line class="divide" x1={x(constraint)} x2={x(constraint)} y1={y(0)} y2={y(most)} />
            <line class="divide" x1={x(0)} x2={x(1)} y1={y(dependence)} y2={y(dependence)} />
            {tables.quadrants.map((quadrant) => (
                <text key={quadrant.name} class="tick" x={x(place[quadrant.name][0])} y={y(place[quadrant.name][1])} text-anchor={place[quadrant.name][0] > 0.5 ? 'end' : 'start'}>{quadrant[language]}</text>
            ))}
            <path class="index curve" d={path(steps(0, session.present))} />
            <circle class="dot" cx={x(rowAt(session, session.present, QUANTITIES.constraint))} cy={y(rowAt(session, session.present, QUANTITIES.dependence))} r={5} />
            {[0, 0.5, 1].map((tick) => <text key={tick} class="tick" x={x(tick)} y={height - 6} text-anchor="middle">{tick}</text>)}
            {[0, 0.2, 0.4].map((tick) => <text key={tick} class="tick" x={MARGIN.left - 5} y={y(tick) + 4} text-anchor="end">{tick}</text>)}
        </svg>
    );
}

const kinds = { index: Index, risk: Risk, fear: Fear, alliance: Alliance, ladder: Ladder, map: Plane };
export const curveNames = Object.keys(kinds);

// A figure of a kind, as wide as there is room.
export function Figure({ kind, height, ...rest }) {
    const [at, width] = useWidth();
    const Kind = kinds[kind];
    return (
        <div class="figure-room" ref={at} style={{ height: `${height}px` }}>
            {width > 0 && <Kind size={{ width, height }} {...rest} />}
        </div>
    );
}

// The gain of the loop of fear by year; above 1 fear grows by itself.
export function GainCurve({ facts, gains, label, height }) {
    const [at, width] = useWidth();
    const most = Math.max(1.5, ...gains.map((one) => one.gain));
    const ticks = most > 3 ? [0, 1, 2, 3, 4, 5].filter((tick) => tick <= most) : [0, 0.5, 1, 1.5, 2, 2.5, 3].filter((tick) => tick <= most);
    const stepOf = ({ date }) => (date - facts.start) / facts.dt;
    return (
        <div class="figure-room" ref={at} style={{ height: `${height}px` }}>
            {width > 0 && (
                <Frame facts={facts} width={width} height={height} low={0} high={most} ticks={ticks} label={label}>
                    {(x, y) => (
                        <>
                            <line class="divide" x1={x(0)} x2={x(facts.steps)} y1={y(1)} y2={y(1)} />
                            <path class="war curve" d={line().x((one) => x(stepOf(one))).y((one) => y(one.gain))(gains)} />
                        </>
                    )}
                </Frame>
            )}
        </div>
    );
}

// Mean curves of many courses on one chart, for a class.
export function Courses({ facts, courses, label, height }) {
    const [at, width] = useWidth();
    return (
        <div class="figure-room" ref={at} style={{ height: `${height}px` }}>
            {width > 0 && (
                <Frame facts={facts} width={width} height={height} low={0} high={100} ticks={[0, 20, 40, 60, 80, 100]} label={label}>
                    {(x, y) =>
                        courses.map((course, i) => (
                            <path key={i} class={`ghost ghost${i % 4}`} d={line().x((_, step) => x(step + 1)).y((value) => y(value))([...course.arrays.mean.slice(1)])}>
                                <title>{course.who}</title>
                            </path>
                        ))
                    }
                </Frame>
            )}
        </div>
    );
}

// Curves of a game over dates, with a line where each round begins, and their names. `role` or `color` tells a curve's colour.
export function PlayedCurves({ name, from, until, low, high, ticks, line: level, curves, begins, height }) {
    const [at, width] = useWidth();
    const span = { start: from, dt: 1, steps: until - from };
    const path = (curve, x, y) => {
        const points = line().defined((i) => Number.isFinite(curve.y[i])).x((i) => x(curve.x[i] - from)).y((i) => y(curve.y[i]));
        return (curve.steps ? points.curve(curveStepAfter) : points)(curve.x.keys());
    };
    return (
        <figure class="panel played">
            <figcaption>{name}</figcaption>
            <div class="figure-room" ref={at} style={{ height: `${height}px` }}>
                {width > 0 && (
                    <Frame facts={span} width={width} height={height} low={low} high={high} ticks={ticks} label={name}>
                        {(x, y) => (
                            <>
                                {begins.map((date) => <line key={date} class="divide" x1={x(date - from)} x2={x(date - from)} y1={MARGIN.top} y2={y(low)} />)}
                                {level != null && <line class="divide" x1={x(0)} x2={x(until - from)} y1={y(level)} y2={y(level)} />}
                                {curves.map((curve, i) => <g key={i} class={curve.role}><path class={curve.dashed ? 'curve dashed' : 'curve'} stroke={curve.color} d={path(curve, x, y)} /></g>)}
                            </>
                        )}
                    </Frame>
                )}
            </div>
            <p class="legend">
                {curves.filter((curve) => curve.name).map((curve, i) => <span key={i} class={`key ${curve.role ?? ''} ${curve.dashed ? 'dashed' : ''}`} style={curve.color && { '--key': curve.color }}>{curve.name}</span>)}
            </p>
        </figure>
    );
}

// Bars of a histogram, with a mark where the model is.
export function Histogram({ counts, labels, mark, label, markLabel }) {
    const [at, width] = useWidth();
    const height = 150;
    const most = Math.max(1, ...counts);
    const x = (share) => MARGIN.left + (width - MARGIN.left - MARGIN.right) * share;
    const y = (count) => height - MARGIN.bottom - (height - MARGIN.bottom - MARGIN.top - 12) * (count / most);
    return (
        <div class="figure-room" ref={at} style={{ height: `${height}px` }}>
            {width > 0 && (
                <svg class="figure" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
                    {counts.map((count, i) => (
                        <g key={i}>
                            <rect class="bar" x={x(i / counts.length) + 2} width={Math.max(0, x(1 / counts.length) - x(0) - 4)} y={y(count)} height={y(0) - y(count)} />
                            <text class="tick" x={x((i + 0.5) / counts.length)} y={height - 6} text-anchor="middle">{labels[i]}</text>
                            {count > 0 && <text class="tick" x={x((i + 0.5) / counts.length)} y={y(count) - 3} text-anchor="middle">{count}</text>}
                        </g>
                    ))}
                    {mark != null && <line class="war curve" x1={x(mark)} x2={x(mark)} y1={MARGIN.top} y2={y(0)} />}
                    {mark != null && <text class="tick strong" x={x(mark) + (mark > 0.7 ? -5 : 5)} y={MARGIN.top + 8} text-anchor={mark > 0.7 ? 'end' : 'start'}>{markLabel}</text>}
                </svg>
            )}
        </div>
    );
}

export { curveStepAfter, dateOf };
