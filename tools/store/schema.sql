-- SPDX-License-Identifier: MIT
--
-- The tables of the four kinds of store; docs/experiments.md says what their columns mean. Tables
-- whose rows have a key of their own are kept in its order (WITHOUT ROWID), so that a store has the
-- same rows in the same order however they came. The last column of each is the checksum of the row
-- (checksum.c). embed_schema.cmake makes a C source of this file.

-- tables: sweep

CREATE TABLE experiment (
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    constants TEXT NOT NULL,
    constants_hash TEXT NOT NULL,
    design TEXT NOT NULL,
    base INTEGER NOT NULL,
    second_order INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    shards INTEGER NOT NULL,
    host TEXT,
    started TEXT,
    ended TEXT,
    checksum INTEGER NOT NULL
);

CREATE TABLE scenario (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    start REAL NOT NULL,
    "end" REAL NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE constant_sets (
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE axis (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    scale TEXT NOT NULL,
    factor INTEGER NOT NULL,
    words TEXT NOT NULL,
    label_en TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE point (
    point INTEGER,
    axis INTEGER,
    value REAL NOT NULL,
    coordinate REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (point, axis)
) WITHOUT ROWID;

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    label_en TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE cell (
    scenario INTEGER,
    point INTEGER,
    runs INTEGER NOT NULL,
    done INTEGER NOT NULL,
    base INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (scenario, point)
) WITHOUT ROWID;

CREATE TABLE result (
    scenario INTEGER,
    point INTEGER,
    outcome INTEGER,
    count INTEGER NOT NULL,
    mean REAL NOT NULL,
    m2 REAL NOT NULL,
    sum TEXT NOT NULL,
    square TEXT NOT NULL,
    sketch BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (scenario, point, outcome)
) WITHOUT ROWID;

CREATE TABLE run (
    scenario INTEGER,
    point INTEGER,
    replicate INTEGER,
    outcome INTEGER,
    value REAL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (scenario, point, replicate, outcome)
) WITHOUT ROWID;

CREATE TABLE trajectory (
    scenario INTEGER,
    point INTEGER,
    replicate INTEGER,
    step INTEGER,
    date REAL NOT NULL
    @quantities@
    , checksum INTEGER NOT NULL
    , PRIMARY KEY (scenario, point, replicate, step)
) WITHOUT ROWID;

CREATE TABLE work (
    round INTEGER,
    unit INTEGER,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (round, unit)
) WITHOUT ROWID;

-- tables: claims

CREATE TABLE claim_trial (
    version TEXT NOT NULL,
    constants_hash TEXT NOT NULL,
    points INTEGER NOT NULL,
    replicates INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    dt REAL NOT NULL,
    text TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    claim TEXT NOT NULL,
    reading TEXT NOT NULL,
    scope TEXT NOT NULL,
    contrast TEXT NOT NULL,
    en TEXT NOT NULL,
    zh TEXT NOT NULL,
    source TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE claim_arm (
    claim TEXT,
    place INTEGER,
    arm TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (claim, place)
) WITHOUT ROWID;

CREATE TABLE claim_axis (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    scale TEXT NOT NULL,
    label_en TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE claim_value (
    point INTEGER,
    axis INTEGER,
    value REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (point, axis)
) WITHOUT ROWID;

CREATE TABLE claim_risk (
    arm TEXT,
    event TEXT,
    point INTEGER,
    runs INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (arm, event, point)
) WITHOUT ROWID;

CREATE TABLE claim_point (
    claim TEXT,
    event TEXT,
    point INTEGER,
    in_scope INTEGER NOT NULL,
    effect REAL NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    verdict INTEGER NOT NULL,
    quiet INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (claim, event, point)
) WITHOUT ROWID;

CREATE TABLE claim_summary (
    claim TEXT,
    event TEXT,
    points INTEGER NOT NULL,
    holds INTEGER NOT NULL,
    reversed INTEGER NOT NULL,
    undecided INTEGER NOT NULL,
    quiet INTEGER NOT NULL,
    median REAL,
    median_low REAL,
    median_high REAL,
    mean REAL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (claim, event)
) WITHOUT ROWID;

-- tables: posterior

CREATE TABLE posterior (
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    method TEXT NOT NULL,
    score TEXT NOT NULL,
    leave_one_out INTEGER NOT NULL,
    host TEXT,
    started TEXT,
    ended TEXT,
    checksum INTEGER NOT NULL
);

CREATE TABLE posterior_setting (
    name TEXT PRIMARY KEY,
    value REAL NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE posterior_scenario (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE posterior_axis (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    low REAL NOT NULL,
    high REAL NOT NULL,
    scale TEXT NOT NULL,
    present REAL,
    truth REAL,
    label_en TEXT NOT NULL,
    label_zh TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE posterior_generation (
    fold INTEGER,
    generation INTEGER,
    tolerance REAL NOT NULL,
    acceptance REAL NOT NULL,
    particles INTEGER NOT NULL,
    evaluations INTEGER NOT NULL,
    effective REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (fold, generation)
) WITHOUT ROWID;

CREATE TABLE posterior_particle (
    fold INTEGER,
    generation INTEGER,
    particle INTEGER,
    weight REAL NOT NULL,
    distance REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (fold, generation, particle)
) WITHOUT ROWID;

CREATE TABLE posterior_value (
    fold INTEGER,
    generation INTEGER,
    particle INTEGER,
    axis INTEGER,
    value REAL NOT NULL,
    latent REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (fold, generation, particle, axis)
) WITHOUT ROWID;

-- tables: robust

CREATE TABLE robust (
    text TEXT NOT NULL,
    request TEXT NOT NULL,
    version TEXT NOT NULL,
    constants TEXT NOT NULL,
    constants_hash TEXT NOT NULL,
    scenario TEXT NOT NULL,
    checksum INTEGER NOT NULL
);

CREATE TABLE robust_world (
    world INTEGER,
    axis TEXT,
    value REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (world, axis)
) WITHOUT ROWID;

CREATE TABLE robust_course (
    genes TEXT PRIMARY KEY,
    war REAL NOT NULL,
    force REAL NOT NULL,
    autonomy REAL NOT NULL,
    checksum INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE robust_value (
    genes TEXT,
    world INTEGER,
    war REAL NOT NULL,
    force REAL NOT NULL,
    autonomy REAL NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (genes, world)
) WITHOUT ROWID;

-- tables: inference

CREATE TABLE inference (
    text TEXT NOT NULL,
    hash TEXT NOT NULL,
    version TEXT NOT NULL,
    host TEXT,
    started TEXT,
    ended TEXT,
    checksum INTEGER NOT NULL
);

CREATE TABLE inference_set (
    number INTEGER PRIMARY KEY,
    point BLOB NOT NULL,
    outputs BLOB NOT NULL,
    checksum INTEGER NOT NULL
);
