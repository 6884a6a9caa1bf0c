-- The tables of Counterfoil for MySQL 8.0.17 and newer, written by its documentation and untested. May run again: it creates missing tables.
-- No column contains a plaintext: hash is its SHA-256, and hash_tag names the algorithm. Times are milliseconds since the epoch, in UTC.
-- utf8mb4_0900_bin compares code point by code point. Other collations ignore case or spaces at the end.
-- With another ROW_FORMAT, or with pages of 4 KB, the index keys would be too long.
-- InnoDB never reuses an id, not even after a restart. The indexes are part of the table, since MySQL lacks CREATE INDEX IF NOT EXISTS.

-- One row that counts the changes that caches on other nodes must notice.
-- Created first: if the table of tokens exists, so does this one.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_changes (
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
  PRIMARY KEY (id)
) ENGINE = InnoDB;

INSERT IGNORE INTO counterfoil_tokens_changes (id, changes) VALUES (1, 0);

-- The keys of tokens that must be inserted once only. Do not delete a row: its token would be inserted again.
CREATE TABLE IF NOT EXISTS counterfoil_tokens_once (
  once_key VARCHAR(100) COLLATE utf8mb4_0900_bin NOT NULL,
  PRIMARY KEY (once_key)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS counterfoil_tokens (
  id                BIGINT NOT NULL AUTO_INCREMENT,
  owner             VARCHAR(255) COLLATE utf8mb4_0900_bin NOT NULL,
  name              VARCHAR(64) COLLATE utf8mb4_0900_bin NOT NULL,
  name_folded       VARCHAR(64) COLLATE utf8mb4_0900_bin NOT NULL, -- in one letter case, for searches
  description       VARCHAR(200) COLLATE utf8mb4_0900_bin NOT NULL,
  hash              VARBINARY(32) NOT NULL,
  hash_tag          VARCHAR(64) COLLATE utf8mb4_0900_bin NOT NULL,
  previous_hash     VARBINARY(32),
  previous_hash_tag VARCHAR(64) COLLATE utf8mb4_0900_bin,
  previous_until    BIGINT,
  enabled           BOOLEAN NOT NULL,
  scopes            VARCHAR(1000) COLLATE utf8mb4_0900_bin NOT NULL, -- separated by spaces
  allowed_addresses VARCHAR(1000) COLLATE utf8mb4_0900_bin NOT NULL, -- separated by spaces
  created_at        BIGINT NOT NULL,
  renewed_at        BIGINT NOT NULL,
  expires_at        BIGINT,
  notice_after      BIGINT,
  tracked_since     BIGINT,
  last_used_at      BIGINT,
  last_used_from    VARCHAR(45) COLLATE utf8mb4_0900_bin,
  revision          BIGINT NOT NULL, -- each change of the row by hand must add 1
  PRIMARY KEY (id),
  CONSTRAINT counterfoil_tokens_name_key UNIQUE (owner, name),
  CONSTRAINT counterfoil_tokens_hash_key UNIQUE (hash),
  INDEX counterfoil_tokens_previous_hash_idx (previous_hash),
  INDEX counterfoil_tokens_owner_idx (owner, id),
  INDEX counterfoil_tokens_enabled_idx (enabled, id),
  INDEX counterfoil_tokens_expires_at_idx (expires_at, id),
  CONSTRAINT counterfoil_tokens_hash_check CHECK (OCTET_LENGTH(hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_hash_check CHECK (OCTET_LENGTH(previous_hash) = 32),
  CONSTRAINT counterfoil_tokens_previous_check CHECK (
    (previous_hash IS NULL AND previous_hash_tag IS NULL AND previous_until IS NULL)
    OR (previous_hash IS NOT NULL AND previous_hash_tag IS NOT NULL AND previous_until IS NOT NULL))
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
