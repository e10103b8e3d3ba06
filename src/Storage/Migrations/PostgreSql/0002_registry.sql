-- One row per edge that announces a service; exactly one of them owns the service and says what it is.
-- announced orders the announcements of one service.
CREATE TABLE announcement (
    tenant       text    COLLATE "C" NOT NULL,
    service      text    COLLATE "C" NOT NULL,
    edge         text    COLLATE "C" NOT NULL,
    owner        boolean NOT NULL,
    announced    bigint  NOT NULL,
    online       boolean NOT NULL,
    registration text    NOT NULL,
    device       bytea   NOT NULL,
    PRIMARY KEY (tenant, service, edge)
);

CREATE INDEX announcement_by_edge ON announcement (tenant, edge, owner, service);
