-- Reason: 手机号更换: an application for another mobile number, whose effect waits, and which the old number can stop by a link.
-- A closed case is over as an approved one is, so that the person may apply anew.

CREATE TABLE phone_change (
    case_id TEXT PRIMARY KEY REFERENCES case_file (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    mobile_hash BYTEA NOT NULL,
    mobile_sealed BYTEA NOT NULL,
    link_hash BYTEA NOT NULL UNIQUE,
    effective_at TIMESTAMPTZ,
    settled_at TIMESTAMPTZ
);
CREATE INDEX phone_change_due ON phone_change (effective_at) WHERE settled_at IS NULL;

DROP INDEX case_one_open;
CREATE UNIQUE INDEX case_one_open ON case_file (account_id, kind) WHERE status NOT IN ('approved', 'closed');
