-- Rows that retention took from a head: sequence - removed is what it has, without counting rows. Rows that move from measurement_other
-- into the partition of their month are deleted there by name and do not count.
ALTER TABLE head ADD COLUMN removed bigint NOT NULL DEFAULT 0;

UPDATE head SET removed = sequence - (SELECT count(*) FROM measurement WHERE measurement.head = head.id);

CREATE FUNCTION count_removed_measurements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE head SET removed = removed + gone.number
    FROM (SELECT head AS id, count(*) AS number FROM removed_measurements GROUP BY head) gone
    WHERE head.id = gone.id;
    RETURN NULL;
END $$;

CREATE TRIGGER measurement_removed AFTER DELETE ON measurement
    REFERENCING OLD TABLE AS removed_measurements
    FOR EACH STATEMENT EXECUTE FUNCTION count_removed_measurements();
