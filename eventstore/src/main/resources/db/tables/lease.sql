-- Who may append: the holder of the newest epoch.
CREATE TABLE log.lease (
  name   text PRIMARY KEY,
  epoch  bigint NOT NULL
);
