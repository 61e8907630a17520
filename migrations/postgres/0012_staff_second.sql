-- Reason: no administrator acts alone. A new or reset account is asked for by one and agreed to by another (or, while there are
-- fewer than two, by whoever runs the server), and its token goes to the person's own telephone.

ALTER TABLE staff ADD COLUMN mobile_sealed BYTEA NOT NULL DEFAULT '';

DROP TABLE staff_activation;
CREATE TABLE staff_activation (
    staff_id TEXT PRIMARY KEY REFERENCES staff (id),
    -- Never activated yet: when it is refused, it is gone.
    is_new BOOLEAN NOT NULL,
    -- The account works until somebody agrees.
    is_usable BOOLEAN NOT NULL,
    -- Another telephone, where the account gets one with the reset.
    mobile_sealed BYTEA,
    asked_by TEXT NOT NULL REFERENCES staff (id),
    asked_in TEXT NOT NULL,
    asked_from BYTEA NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    -- A staff member, 'operator', or nobody yet.
    agreed_by TEXT,
    token_hash BYTEA UNIQUE,
    expires_at TIMESTAMPTZ NOT NULL
);
