-- The tables of Counterfoil for SQLite 3.37 and newer. May run again: it creates only what is missing.
-- No column contains a plaintext: hash is its SHA-256, and hash_tag names the algorithm. Times are milliseconds since the epoch, in UTC.
-- STRICT rejects values of another type. With AUTOINCREMENT, ids are never reused.

-- One row that counts the changes that caches on other nodes must notice.
-- Created first: if the table of tokens exists, so does this one.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_changes (
  id      INTEGER PRIMARY KEY,
  changes INTEGER NOT NULL,
  -- The tokens of the last changes, the latest first, or 0 for a change of several tokens.
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

-- The keys of tokens that must be inserted once only. Do not delete a row: its token would be inserted again.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_once (
  once_key TEXT NOT NULL,
  CONSTRAINT counterfoil_tokens_once_pkey PRIMARY KEY (once_key)
) STRICT;

CREATE TABLE IF NOT EXISTS counterfoil_tokens (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  owner             TEXT    NOT NULL,
  name              TEXT    NOT NULL,
  name_folded       TEXT    NOT NULL, -- in one letter case, for searches
  description       TEXT    NOT NULL,
  hash              BLOB    NOT NULL,
  hash_tag          TEXT    NOT NULL,
  previous_hash     BLOB,
  previous_hash_tag TEXT,
  previous_until    INTEGER,
  enabled           INTEGER NOT NULL, -- 0 or 1
  scopes            TEXT    NOT NULL, -- separated by spaces
  allowed_addresses TEXT    NOT NULL, -- separated by spaces
  created_at        INTEGER NOT NULL,
  renewed_at        INTEGER NOT NULL,
  expires_at        INTEGER,
  notice_after      INTEGER,
  tracked_since     INTEGER,
  last_used_at      INTEGER,
  last_used_from    TEXT,
  revision          INTEGER NOT NULL, -- each change of the row by hand must add 1
  CONSTRAINT counterfoil_tokens_hash_check CHECK (length(hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_hash_check CHECK (length(previous_hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_check CHECK (
    (previous_hash IS NULL AND previous_hash_tag IS NULL AND previous_until IS NULL)
    OR (previous_hash IS NOT NULL AND previous_hash_tag IS NOT NULL AND previous_until IS NOT NULL)),
  CONSTRAINT counterfoil_tokens_enabled_check CHECK (enabled IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX IF NOT EXISTS counterfoil_tokens_name_key ON counterfoil_tokens (owner, name);

CREATE UNIQUE INDEX IF NOT EXISTS counterfoil_tokens_hash_key ON counterfoil_tokens (hash);

CREATE INDEX IF NOT EXISTS counterfoil_tokens_previous_hash_idx ON counterfoil_tokens (previous_hash);

CREATE INDEX IF NOT EXISTS counterfoil_tokens_owner_idx ON counterfoil_tokens (owner, id);

CREATE INDEX IF NOT EXISTS counterfoil_tokens_enabled_idx ON counterfoil_tokens (enabled, id);

CREATE INDEX IF NOT EXISTS counterfoil_tokens_expires_at_idx ON counterfoil_tokens (expires_at, id);
