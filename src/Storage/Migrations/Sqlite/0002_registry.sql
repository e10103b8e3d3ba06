-- One row per edge that announces a service; exactly one of them owns the service and says what it is.
-- announced orders the announcements of one service.
CREATE TABLE announcement (
    tenant       TEXT    NOT NULL,
    service      TEXT    NOT NULL,
    edge         TEXT    NOT NULL,
    owner        INTEGER NOT NULL,
    announced    INTEGER NOT NULL,
    online       INTEGER NOT NULL,
    registration TEXT    NOT NULL,
    device       BLOB    NOT NULL,
    PRIMARY KEY (tenant, service, edge)
) WITHOUT ROWID;

CREATE INDEX announcement_by_edge ON announcement (tenant, edge, owner, service);
