-- The holder of a lease counts its connections: see functions/begin_term.sql.
ALTER TABLE log.lease ADD COLUMN term bigint NOT NULL DEFAULT 0;
DROP FUNCTION IF EXISTS log.append(
  text, bigint, text, bigint, text[], text[], text[], text[], int[], text[], text[], text[], text[]);
