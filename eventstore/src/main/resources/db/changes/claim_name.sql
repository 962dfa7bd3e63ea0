-- Claims are found by a digest of their name. It is short and of one length, and says nothing about
-- whoever the name belongs to.
CREATE TABLE log.claim_name (
  name      uuid PRIMARY KEY,
  position  bigint NOT NULL
);
INSERT INTO log.claim_name (name, position)
  SELECT encode(substring(sha256(convert_to(namespace || E'\n' || key, 'UTF8')) FOR 16), 'hex')::uuid,
    position
  FROM log.claim;
DROP TABLE log.claim;
ALTER TABLE log.claim_name RENAME TO claim;
ALTER INDEX log.claim_name_pkey RENAME TO claim_pkey;
