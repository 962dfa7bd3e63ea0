-- The last position that was given out. Whoever appends locks this one row until commit, which puts
-- the commits of all writers in the order of their positions.
CREATE TABLE log.head (
  single    boolean PRIMARY KEY DEFAULT true CHECK (single),
  position  bigint NOT NULL
) WITH (fillfactor = 10);
INSERT INTO log.head (position) VALUES (0);
