-- Reason: only SQLite has REPLACE, which deletes without asking the triggers of deletion; the number stays the same for both.

SELECT 1;
