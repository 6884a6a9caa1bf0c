-- A migration that only tests have, from version 1 to 2.
ALTER TABLE counterfoil_tokens ADD COLUMN IF NOT EXISTS made_up BIGINT;
