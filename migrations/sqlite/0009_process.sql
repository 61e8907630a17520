-- Reason: a code is good for one process (a reset, a registration, …), not for whatever its session does next.

DROP TABLE sms_code;
CREATE TABLE sms_code (
    id TEXT PRIMARY KEY,
    process_id TEXT NOT NULL,
    code_hash BLOB NOT NULL,
    sent_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX sms_code_process ON sms_code (process_id);
