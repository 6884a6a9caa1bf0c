-- From version 2 to 3: one row, counting the changes that end something: by it caches notice those of other nodes.
-- A store works without it, too.
CREATE TABLE counterfoil_tokens_changes (
  id      SMALLINT NOT NULL,
  changes BIGINT NOT NULL,
  -- The tokens of the last changes, the latest first, with 0 for a change of many.
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
