CREATE TABLE servers (name VARCHAR(100) PRIMARY KEY);

INSERT INTO servers VALUES ('alpha'), ('beta');
