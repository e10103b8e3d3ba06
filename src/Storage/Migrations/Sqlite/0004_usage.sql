-- Rows that retention took from a head: sequence - removed is what it has, without counting rows.
ALTER TABLE head ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;

UPDATE head SET removed = sequence - (SELECT COUNT(*) FROM measurement WHERE measurement.head = head.id);
