-- The tables of Counterfoil for SQL Server 2016 and newer, written by its documentation and untested. Fails if they exist.
-- No column contains a plaintext: hash is its SHA-256, and hash_tag names the algorithm. Times are milliseconds since the epoch, in UTC.
-- Owner, name, description, scopes and addresses end in "|", which the library adds and removes: SQL Server
-- ignores spaces at the end when it compares. It counts UTF-16 units, and a code point takes up to 2 of them.

-- One row that counts the changes that caches on other nodes must notice.
-- Created first: if the table of tokens exists, so does this one.
CREATE TABLE counterfoil_tokens_changes (
  id      SMALLINT NOT NULL,
  changes BIGINT NOT NULL,
  -- The tokens of the last changes, the latest first, or 0 for a change of several tokens.
  token_1 BIGINT DEFAULT 0 NOT NULL,
  token_2 BIGINT DEFAULT 0 NOT NULL,
  token_3 BIGINT DEFAULT 0 NOT NULL,
  token_4 BIGINT DEFAULT 0 NOT NULL,
  token_5 BIGINT DEFAULT 0 NOT NULL,
  token_6 BIGINT DEFAULT 0 NOT NULL,
  token_7 BIGINT DEFAULT 0 NOT NULL,
  token_8 BIGINT DEFAULT 0 NOT NULL,
  CONSTRAINT counterfoil_tokens_changes_pkey PRIMARY KEY (id)
);

INSERT INTO counterfoil_tokens_changes (id, changes) VALUES (1, 0);

-- The keys of tokens that must be inserted once only. Do not delete a row: its token would be inserted again.
CREATE TABLE counterfoil_tokens_once (
  once_key NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT counterfoil_tokens_once_pkey PRIMARY KEY (once_key)
);

CREATE TABLE counterfoil_tokens (
  id                BIGINT IDENTITY(1, 1) NOT NULL,
  owner             NVARCHAR(511) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name              NVARCHAR(129) COLLATE Latin1_General_100_BIN2 NOT NULL,
  name_folded       NVARCHAR(128) COLLATE Latin1_General_100_BIN2 NOT NULL, -- in one letter case, for searches
  description       NVARCHAR(401) COLLATE Latin1_General_100_BIN2 NOT NULL,
  hash              VARBINARY(32) NOT NULL,
  hash_tag          NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  previous_hash     VARBINARY(32),
  previous_hash_tag NVARCHAR(64) COLLATE Latin1_General_100_BIN2,
  previous_until    BIGINT,
  enabled           BIT NOT NULL,
  scopes            NVARCHAR(1001) COLLATE Latin1_General_100_BIN2 NOT NULL, -- separated by spaces
  allowed_addresses NVARCHAR(1001) COLLATE Latin1_General_100_BIN2 NOT NULL, -- separated by spaces
  created_at        BIGINT NOT NULL,
  renewed_at        BIGINT NOT NULL,
  expires_at        BIGINT,
  notice_after      BIGINT,
  tracked_since     BIGINT,
  last_used_at      BIGINT,
  last_used_from    NVARCHAR(45) COLLATE Latin1_General_100_BIN2,
  revision          BIGINT NOT NULL, -- each change of the row by hand must add 1
  CONSTRAINT counterfoil_tokens_pkey PRIMARY KEY (id),
  CONSTRAINT counterfoil_tokens_name_key UNIQUE (owner, name),
  CONSTRAINT counterfoil_tokens_hash_key UNIQUE (hash),
  CONSTRAINT counterfoil_tokens_hash_check CHECK (DATALENGTH(hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_hash_check CHECK (DATALENGTH(previous_hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_check CHECK (
    (previous_hash IS NULL AND previous_hash_tag IS NULL AND previous_until IS NULL)
    OR (previous_hash IS NOT NULL AND previous_hash_tag IS NOT NULL AND previous_until IS NOT NULL))
);

CREATE INDEX counterfoil_tokens_previous_hash_idx ON counterfoil_tokens (previous_hash);

CREATE INDEX counterfoil_tokens_owner_idx ON counterfoil_tokens (owner, id);

CREATE INDEX counterfoil_tokens_enabled_idx ON counterfoil_tokens (enabled, id);

CREATE INDEX counterfoil_tokens_expires_at_idx ON counterfoil_tokens (expires_at, id);
