-- Facts of the store itself. A store that was made anew has another epoch, so that no cursor of the old one fits it.
CREATE TABLE store (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO store (name, value) VALUES ('epoch', lower(hex(randomblob(8))));

-- One row per attribute of a device. Its id stands for (tenant, service, attribute) everywhere else, so that the long texts are stored once.
-- sequence: the highest one given out; latest_sequence: the row that is the latest; latest_edge: the edge through which that one came.
CREATE TABLE head (
    id              INTEGER PRIMARY KEY,
    tenant          TEXT    NOT NULL,
    service         TEXT    NOT NULL,
    attribute       TEXT    NOT NULL,
    sequence        INTEGER NOT NULL,
    latest_sequence INTEGER NOT NULL,
    latest_edge     TEXT    NOT NULL,
    UNIQUE (tenant, service, attribute)
);

CREATE INDEX head_by_attribute ON head (tenant, attribute);

-- Times are Unix ms. Clustered by device and sequence: a replay reads one place of the file.
CREATE TABLE measurement (
    head        INTEGER NOT NULL,
    sequence    INTEGER NOT NULL,
    measured_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    stamped     INTEGER NOT NULL,
    battery     BLOB    NOT NULL,
    quantities  BLOB    NOT NULL,
    PRIMARY KEY (head, sequence)
) WITHOUT ROWID;

CREATE INDEX measurement_by_time ON measurement (head, measured_at, sequence);

-- Records that a device may send again from its own memory. An identity outlives its row: retention must not make old values new.
CREATE TABLE identity (
    head     INTEGER NOT NULL,
    identity BLOB    NOT NULL,
    PRIMARY KEY (head, identity)
) WITHOUT ROWID;

-- acknowledged: the edge itself holds everything up to here as acknowledged; what comes again from a dying link is a duplicate.
CREATE TABLE edge_epoch (
    id           INTEGER PRIMARY KEY,
    tenant       TEXT    NOT NULL,
    edge         TEXT    NOT NULL,
    epoch        TEXT    NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tenant, edge, epoch)
);

CREATE TABLE position (
    edge_epoch INTEGER NOT NULL,
    sequence   INTEGER NOT NULL,
    PRIMARY KEY (edge_epoch, sequence)
) WITHOUT ROWID;
