-- Reason: a bureau speaks for its own province, and one approval alone renames nobody (docs/adr/0016).

DROP TABLE employer;
CREATE TABLE employer (
    province TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Another name that was approved once since; the next approval of it lets it stand.
    other_name TEXT,
    confirmed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (province, code)
);
