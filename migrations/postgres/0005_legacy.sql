-- Reason: holders of the old certificate are imported as accounts without a password, and an import can be undone as a whole.

CREATE TABLE legacy_batch (
    id TEXT PRIMARY KEY,
    province TEXT NOT NULL,
    file_sha256 BYTEA NOT NULL,
    imported_at TIMESTAMPTZ NOT NULL,
    undone_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX legacy_batch_file ON legacy_batch (province, file_sha256) WHERE undone_at IS NULL;

CREATE TABLE legacy_holder (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    batch_id TEXT NOT NULL REFERENCES legacy_batch (id),
    certificate_sealed BYTEA NOT NULL,
    bureau TEXT NOT NULL
);
CREATE INDEX legacy_holder_batch ON legacy_holder (batch_id, account_id);
