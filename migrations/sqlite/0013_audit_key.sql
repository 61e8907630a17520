-- Reason: a row of the audit trail is never replaced; REPLACE deletes without asking the triggers of deletion,
-- whether it names the row by its key or by its rowid.

CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE chain = NEW.chain AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM audit WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
