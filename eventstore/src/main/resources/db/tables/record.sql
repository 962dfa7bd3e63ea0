-- The log. Positions are dense and become visible in order: see functions/append.sql.
CREATE TABLE log.record (
  position     bigint PRIMARY KEY,
  stream       text NOT NULL,
  kind         text NOT NULL,
  recorded_at  bigint NOT NULL,
  skeleton     text NOT NULL,
  content      text
);
