-- Facts of the store itself. A store that was made anew has another epoch, so that no cursor of the old one fits it.
CREATE TABLE store (
    name  text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

INSERT INTO store (name, value) VALUES ('epoch', substr(replace(gen_random_uuid()::text, '-', ''), 1, 16));

-- One row per attribute of a device. Its id stands for (tenant, service, attribute) everywhere else, so that the long texts are stored once.
-- sequence: the highest one given out; latest_sequence, latest_measured_at: where the row lies that is the latest; latest_received_at,
-- latest_edge: what the rule of the latest needs beside them. Names sort by their bytes, as in SQLite. The free space of a page keeps the
-- versions of a head in it: none of the columns that change is indexed.
CREATE TABLE head (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant             text   COLLATE "C" NOT NULL,
    service            text   COLLATE "C" NOT NULL,
    attribute          text   COLLATE "C" NOT NULL,
    sequence           bigint NOT NULL DEFAULT 0,
    latest_sequence    bigint NOT NULL DEFAULT 0,
    latest_measured_at bigint NOT NULL DEFAULT 0,
    latest_received_at bigint NOT NULL DEFAULT 0,
    latest_edge        text   NOT NULL DEFAULT '',
    UNIQUE (tenant, service, attribute)
) WITH (fillfactor = 70);

CREATE INDEX head_by_attribute ON head (tenant, attribute);

-- Times are Unix ms. One partition per month of measurement (UTC), so that what is old does not slow down what is new. measurement_other
-- takes what has no month of its own: what lies far back or ahead, and anything at all should a month be missing.
CREATE TABLE measurement (
    head        bigint  NOT NULL,
    sequence    bigint  NOT NULL,
    measured_at bigint  NOT NULL,
    received_at bigint  NOT NULL,
    stamped     boolean NOT NULL,
    battery     bytea   NOT NULL,
    quantities  bytea   NOT NULL,
    PRIMARY KEY (head, sequence, measured_at)
) PARTITION BY RANGE (measured_at);

CREATE INDEX measurement_by_time ON measurement (head, measured_at, sequence);

CREATE TABLE measurement_other PARTITION OF measurement DEFAULT;

-- Makes the partition of the month that holds a time, if it is not there, and moves into it what measurement_other has of that month.
CREATE FUNCTION make_measurement_month(at bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    first_day   timestamp := date_trunc('month', to_timestamp(at / 1000.0) AT TIME ZONE 'UTC');
    month_table text      := 'measurement_' || to_char(first_day, 'YYYY_MM');
    first_ms    bigint    := extract(epoch FROM first_day) * 1000;
    end_ms      bigint    := extract(epoch FROM first_day + interval '1 month') * 1000;
BEGIN
    -- Several silos may want it at the same moment.
    PERFORM pg_advisory_xact_lock(hashtext('dwapi measurement month'), hashtext(current_schema()));
    IF to_regclass(format('%I.%I', current_schema(), month_table)) IS NOT NULL THEN
        RETURN;
    END IF;

    LOCK TABLE measurement_other IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE measurement INCLUDING ALL)', month_table);
    EXECUTE format(
        'WITH moved AS (DELETE FROM measurement_other WHERE measured_at >= %s AND measured_at < %s RETURNING *) INSERT INTO %I SELECT * FROM moved',
        first_ms, end_ms, month_table);
    EXECUTE format('ALTER TABLE measurement ATTACH PARTITION %I FOR VALUES FROM (%s) TO (%s)', month_table, first_ms, end_ms);
END
$$;

-- Records that a device may send again from its own memory. An identity outlives its row: retention must not make old values new.
-- Neither this nor position is partitioned: they are unique over all months.
CREATE TABLE identity (
    head     bigint NOT NULL,
    identity bytea  NOT NULL,
    PRIMARY KEY (head, identity)
);

-- acknowledged: the edge itself holds everything up to here as acknowledged; what comes again from a dying link is a duplicate.
CREATE TABLE edge_epoch (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant       text   COLLATE "C" NOT NULL,
    edge         text   COLLATE "C" NOT NULL,
    epoch        text   COLLATE "C" NOT NULL,
    acknowledged bigint NOT NULL DEFAULT 0,
    UNIQUE (tenant, edge, epoch)
);

CREATE TABLE position (
    edge_epoch bigint NOT NULL,
    sequence   bigint NOT NULL,
    PRIMARY KEY (edge_epoch, sequence)
);
