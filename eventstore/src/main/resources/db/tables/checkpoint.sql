-- How far each projection has folded the log.
CREATE TABLE log.checkpoint (
  name      text PRIMARY KEY,
  position  bigint NOT NULL
);
