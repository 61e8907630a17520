-- Reason: the database knows which keys it needs, by ids that tell nothing of the keys, so that nobody serves it with others;
-- a message may lose its meaning at a time, and one that left keeps nothing of what it said.

CREATE TABLE key_needed (
    name TEXT PRIMARY KEY,
    id BLOB NOT NULL
) STRICT;

ALTER TABLE outbox ADD COLUMN expires_at TEXT;
UPDATE outbox SET payload_sealed = x'' WHERE state = 'done';
