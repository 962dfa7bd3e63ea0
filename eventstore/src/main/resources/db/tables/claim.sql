-- Names that one record holds at a time.
CREATE TABLE log.claim (
  namespace  text NOT NULL,
  key        text NOT NULL,
  position   bigint NOT NULL,
  PRIMARY KEY (namespace, key)
);
