-- Values that a device gives on and on, beside the single ones of the same attribute: they have a retention of their own. Nobody knows of the
-- rows that are here already, nor of those that a silo of the release before writes: they stay as single ones.
ALTER TABLE measurement ADD COLUMN continuous boolean NOT NULL DEFAULT false;
