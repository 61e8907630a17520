-- Reason: a code is good for one process (a reset, a registration, …), not for whatever its session does next.

DROP TABLE sms_code;
CREATE TABLE sms_code (
    id TEXT PRIMARY KEY,
    process_id TEXT NOT NULL,
    code_hash BYTEA NOT NULL,
    sent_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sms_code_process ON sms_code (process_id);
