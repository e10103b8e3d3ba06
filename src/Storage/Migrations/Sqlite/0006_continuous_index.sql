-- The continuous rows alone, so that no others pay for it and retention finds what is old without reading what stays.
CREATE INDEX measurement_continuous ON measurement (head, measured_at) WHERE continuous;
