-- The cross-signing keys that users have now.
CREATE TABLE IF NOT EXISTS projection.cross_signing_key (
  user_id     text NOT NULL,
  -- master, self_signing or user_signing
  usage       text NOT NULL,
  public_key  text NOT NULL,
  -- JSON text: as uploaded, with the signature of the master key if it is another one
  key         text NOT NULL,
  PRIMARY KEY (user_id, usage)
);
