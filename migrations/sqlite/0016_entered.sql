-- Reason: a sign-in whose answer was lost is answered again: its session knows from which token and by what it was made.

ALTER TABLE session ADD COLUMN entered_from BLOB;
ALTER TABLE session ADD COLUMN entered_by BLOB;
ALTER TABLE session ADD COLUMN entered_to TEXT;

CREATE INDEX session_entered_from ON session (entered_from);

-- Reason: files that no row knows are looked for by either hash.

CREATE INDEX attachment_view_sha ON attachment (view_sha256);
