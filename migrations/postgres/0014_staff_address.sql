-- Reason: failures from elsewhere never keep a staff member out of the addresses from which they signed in before.

CREATE TABLE staff_address (
    staff_id TEXT NOT NULL REFERENCES staff (id),
    address_hash BYTEA NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (staff_id, address_hash)
);
