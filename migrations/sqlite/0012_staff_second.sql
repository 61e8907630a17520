-- Reason: no administrator acts alone. A new or reset account is asked for by one and agreed to by another (or, while there are
-- fewer than two, by whoever runs the server), and its token goes to the person's own telephone.

ALTER TABLE staff ADD COLUMN mobile_sealed BLOB NOT NULL DEFAULT x'';

DROP TABLE staff_activation;
CREATE TABLE staff_activation (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    -- Never activated yet: when it is refused, it is gone.
    is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
    -- The account works until somebody agrees.
    is_usable INTEGER NOT NULL CHECK (is_usable IN (0, 1)),
    -- Another telephone, where the account gets one with the reset.
    mobile_sealed BLOB,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_in TEXT NOT NULL,
    asked_from BLOB NOT NULL,
    asked_at TEXT NOT NULL,
    -- A staff member, 'operator', or nobody yet.
    agreed_by TEXT,
    token_hash BLOB UNIQUE,
    expires_at TEXT NOT NULL
) STRICT;
