-- State of grains as JSON, on either actor runtime. version is the ETag: a random number, so that a row that was cleared and written anew
-- never looks like the old one.
CREATE TABLE grain_state (
    grain   text   COLLATE "C" NOT NULL,
    state   text   COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    data    text   NOT NULL,
    PRIMARY KEY (grain, state)
);

-- Reminders of the embedded runtime; first_tick is Unix ms, period is ms.
CREATE TABLE reminder (
    grain      text   COLLATE "C" NOT NULL,
    name       text   COLLATE "C" NOT NULL,
    first_tick bigint NOT NULL,
    period     bigint NOT NULL,
    PRIMARY KEY (grain, name)
);

-- What follows is for the AdoNet providers of Microsoft Orleans: membership of clusters, reminders, and states that Orleans itself keeps (who
-- subscribed to which stream). The tables are ours; the providers know only the texts in orleansquery, by their keys, with parameters
-- and result columns of fixed names.

CREATE TABLE actor_cluster (
    cluster text    PRIMARY KEY,
    version integer NOT NULL DEFAULT 0
);

-- One row per life of a silo; status is Orleans' SiloStatus (3 is Active), suspects are silos that could not reach it.
CREATE TABLE actor_silo (
    cluster      text        NOT NULL REFERENCES actor_cluster ON DELETE CASCADE,
    address      text        NOT NULL,
    port         integer     NOT NULL,
    generation   integer     NOT NULL,
    name         text        NOT NULL,
    host         text        NOT NULL,
    status       integer     NOT NULL,
    gateway_port integer     NOT NULL,
    suspects     text,
    started_at   timestamptz NOT NULL,
    alive_at     timestamptz NOT NULL,
    PRIMARY KEY (cluster, address, port, generation)
);

-- A number that is never given twice: an old handle never fits a row that was removed and made anew.
CREATE SEQUENCE actor_version AS integer CYCLE;

CREATE TABLE actor_reminder (
    service   text        NOT NULL,
    grain     text        NOT NULL,
    name      text        NOT NULL,
    hash      integer     NOT NULL,
    start_at  timestamptz NOT NULL,
    period_ms bigint      NOT NULL,
    version   integer     NOT NULL,
    PRIMARY KEY (service, grain, name)
);

-- Each silo reads the reminders of its range of hashes.
CREATE INDEX actor_reminder_hash ON actor_reminder (service, hash);

-- A grain is named by two numbers or by a text. payload is null once the state was cleared.
CREATE TABLE actor_state (
    service text    NOT NULL,
    state   text    NOT NULL,
    key0    bigint  NOT NULL,
    key1    bigint  NOT NULL,
    key     text    NOT NULL,
    payload bytea,
    version integer NOT NULL,
    PRIMARY KEY (service, state, key0, key1, key)
);

-- The table of a cluster changes one step at a time: a silo that saw an older version changes nothing and gets false.
CREATE FUNCTION actor_silo_join(
    its_cluster text, its_address text, its_port integer, its_generation integer, its_name text, its_host text, its_status integer,
    its_gateway_port integer, started timestamptz, alive timestamptz, seen integer)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM actor_cluster WHERE cluster = its_cluster AND version = seen FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    INSERT INTO actor_silo (cluster, address, port, generation, name, host, status, gateway_port, started_at, alive_at)
    VALUES (its_cluster, its_address, its_port, its_generation, its_name, its_host, its_status, its_gateway_port, started, alive)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE actor_cluster SET version = version + 1 WHERE cluster = its_cluster;
    RETURN true;
END $$;

CREATE FUNCTION actor_silo_change(
    its_cluster text, its_address text, its_port integer, its_generation integer, its_status integer, its_suspects text, alive timestamptz,
    seen integer)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM actor_cluster WHERE cluster = its_cluster AND version = seen FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE actor_silo SET status = its_status, suspects = its_suspects, alive_at = alive
    WHERE cluster = its_cluster AND address = its_address AND port = its_port AND generation = its_generation;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    UPDATE actor_cluster SET version = version + 1 WHERE cluster = its_cluster;
    RETURN true;
END $$;

-- True also when there is none any more: to remove it twice is the same as once. False: it was replaced since.
CREATE FUNCTION actor_reminder_remove(its_service text, its_grain text, its_name text, seen integer)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM actor_reminder WHERE service = its_service AND grain = its_grain AND name = its_name AND version = seen;
    RETURN FOUND OR NOT EXISTS (SELECT FROM actor_reminder WHERE service = its_service AND grain = its_grain AND name = its_name);
END $$;

-- The new version; null: somebody else was faster. A state that was never read has no version yet.
CREATE FUNCTION actor_state_write(
    its_service text, its_state text, its_key0 bigint, its_key1 bigint, its_key text, its_payload bytea, seen integer)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    written integer;
BEGIN
    IF seen IS NULL THEN
        INSERT INTO actor_state (service, state, key0, key1, key, payload, version)
        VALUES (its_service, its_state, its_key0, its_key1, coalesce(its_key, ''), its_payload, nextval('actor_version'))
        ON CONFLICT DO NOTHING RETURNING version INTO written;
    ELSE
        UPDATE actor_state SET payload = its_payload, version = nextval('actor_version')
        WHERE service = its_service AND state = its_state AND key0 = its_key0 AND key1 = its_key1 AND key = coalesce(its_key, '')
            AND version = seen
        RETURNING version INTO written;
    END IF;

    RETURN written;
END $$;

CREATE TABLE orleansquery (
    querykey  text PRIMARY KEY,
    querytext text NOT NULL
);

INSERT INTO orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
    WITH made AS (INSERT INTO actor_cluster (cluster) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM made)
$$),
('InsertMembershipKey', $$
    SELECT actor_silo_join(
        @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime, @Version)
$$),
('UpdateMembershipKey', $$
    SELECT actor_silo_change(@DeploymentId, @Address, @Port, @Generation, @Status, @SuspectTimes, @IAmAliveTime, @Version)
$$),
('UpdateIAmAlivetimeKey', $$
    UPDATE actor_silo SET alive_at = @IAmAliveTime
    WHERE cluster = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
('MembershipReadRowKey', $$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
        s.gateway_port AS ProxyPort, s.suspects AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
    FROM actor_cluster c
    LEFT JOIN actor_silo s ON s.cluster = c.cluster AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    WHERE c.cluster = @DeploymentId
$$),
('MembershipReadAllKey', $$
    SELECT s.address AS Address, s.port AS Port, s.generation AS Generation, s.name AS SiloName, s.host AS HostName, s.status AS Status,
        s.gateway_port AS ProxyPort, s.suspects AS SuspectTimes, s.started_at AS StartTime, s.alive_at AS IAmAliveTime, c.version AS Version
    FROM actor_cluster c
    LEFT JOIN actor_silo s ON s.cluster = c.cluster
    WHERE c.cluster = @DeploymentId
$$),
('GatewaysQueryKey', $$
    SELECT address AS Address, gateway_port AS ProxyPort, generation AS Generation
    FROM actor_silo
    WHERE cluster = @DeploymentId AND status = @Status AND gateway_port > 0
$$),
('DeleteMembershipTableEntriesKey', $$
    DELETE FROM actor_cluster WHERE cluster = @DeploymentId
$$),
('CleanupDefunctSiloEntriesKey', $$
    DELETE FROM actor_silo WHERE cluster = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$$),
('ReadReminderRowsKey', $$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM actor_reminder
    WHERE service = @ServiceId AND grain = @GrainId
$$),
('ReadReminderRowKey', $$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM actor_reminder
    WHERE service = @ServiceId AND grain = @GrainId AND name = @ReminderName
$$),
('ReadRangeRows1Key', $$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM actor_reminder
    WHERE service = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$$),
('ReadRangeRows2Key', $$
    SELECT grain AS GrainId, name AS ReminderName, start_at AS StartTime, period_ms AS Period, version AS Version
    FROM actor_reminder
    WHERE service = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$$),
('UpsertReminderRowKey', $$
    INSERT INTO actor_reminder (service, grain, name, hash, start_at, period_ms, version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, nextval('actor_version'))
    ON CONFLICT (service, grain, name) DO UPDATE
    SET hash = excluded.hash, start_at = excluded.start_at, period_ms = excluded.period_ms, version = excluded.version
    RETURNING version AS Version
$$),
('DeleteReminderRowKey', $$
    SELECT actor_reminder_remove(@ServiceId, @GrainId, @ReminderName, @Version)
$$),
('DeleteReminderRowsKey', $$
    DELETE FROM actor_reminder WHERE service = @ServiceId
$$),
('ReadFromStorageKey', $$
    SELECT payload AS PayloadBinary, version AS Version
    FROM actor_state
    WHERE service = @ServiceId AND state = @GrainTypeString AND key0 = @GrainIdN0 AND key1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '')
$$),
('WriteToStorageKey', $$
    SELECT actor_state_write(
        @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, @PayloadBinary, @GrainStateVersion)
        AS NewGrainStateVersion
$$),
('ClearStorageKey', $$
    UPDATE actor_state SET payload = NULL, version = nextval('actor_version')
    WHERE service = @ServiceId AND state = @GrainTypeString AND key0 = @GrainIdN0 AND key1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version AS NewGrainStateVersion
$$),
('DeleteStorageKey', $$
    DELETE FROM actor_state
    WHERE service = @ServiceId AND state = @GrainTypeString AND key0 = @GrainIdN0 AND key1 = @GrainIdN1
        AND key = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING nextval('actor_version')::integer AS NewGrainStateVersion
$$);
