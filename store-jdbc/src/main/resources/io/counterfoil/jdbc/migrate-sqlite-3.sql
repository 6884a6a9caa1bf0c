-- From version 2 to 3: one row, counting the changes that end something: by it caches notice those of other nodes.
-- A store works without it, too.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_changes (
  id      INTEGER PRIMARY KEY,
  changes INTEGER NOT NULL
) STRICT;

INSERT OR IGNORE INTO counterfoil_tokens_changes (id, changes) VALUES (1, 0);
