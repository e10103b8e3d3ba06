-- The continuous rows alone, so that no others pay for it and retention finds what is old without reading what stays. Apart from the column,
-- so that reads go on while all rows are looked through.
CREATE INDEX measurement_continuous ON measurement (head, measured_at) WHERE continuous;
