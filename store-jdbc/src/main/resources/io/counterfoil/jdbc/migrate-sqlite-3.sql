-- From version 2 to 3: one row, counting the changes that end something: by it caches notice those of other nodes.
-- A store works without it, too.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_changes (
  id      INTEGER PRIMARY KEY,
  changes INTEGER NOT NULL,
  -- The tokens of the last changes, the latest first, with 0 for a change of many.
  token_1 INTEGER DEFAULT 0 NOT NULL,
  token_2 INTEGER DEFAULT 0 NOT NULL,
  token_3 INTEGER DEFAULT 0 NOT NULL,
  token_4 INTEGER DEFAULT 0 NOT NULL,
  token_5 INTEGER DEFAULT 0 NOT NULL,
  token_6 INTEGER DEFAULT 0 NOT NULL,
  token_7 INTEGER DEFAULT 0 NOT NULL,
  token_8 INTEGER DEFAULT 0 NOT NULL
) STRICT;

INSERT OR IGNORE INTO counterfoil_tokens_changes (id, changes) VALUES (1, 0);
