-- State of grains as JSON. version is the ETag: a random number, so that a row that was cleared and written anew never looks like the old one.
CREATE TABLE grain_state (
    grain   TEXT    NOT NULL,
    state   TEXT    NOT NULL,
    version INTEGER NOT NULL,
    data    TEXT    NOT NULL,
    PRIMARY KEY (grain, state)
) WITHOUT ROWID;

-- Reminders of grains; first_tick is Unix ms, period is ms.
CREATE TABLE reminder (
    grain      TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    first_tick INTEGER NOT NULL,
    period     INTEGER NOT NULL,
    PRIMARY KEY (grain, name)
) WITHOUT ROWID;
