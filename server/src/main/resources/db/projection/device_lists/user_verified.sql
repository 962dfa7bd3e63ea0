-- Where in the log a user last signed another's master key: a change in the eyes of this user alone.
CREATE TABLE IF NOT EXISTS projection.user_verified (
  signer    text NOT NULL,
  user_id   text NOT NULL,
  position  bigint NOT NULL,
  PRIMARY KEY (signer, user_id)
);
