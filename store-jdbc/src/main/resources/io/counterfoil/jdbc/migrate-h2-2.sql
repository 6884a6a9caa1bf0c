-- From version 1 to 2: since when the uses of a token are recorded. Nobody knows it of those that are there.
ALTER TABLE counterfoil_tokens ADD COLUMN IF NOT EXISTS tracked_since BIGINT;
