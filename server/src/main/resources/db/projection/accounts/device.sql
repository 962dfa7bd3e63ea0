-- The devices that are logged in, each with the hash of its one valid access token.
CREATE TABLE IF NOT EXISTS projection.device (
  user_id       text NOT NULL,
  device_id     text NOT NULL,
  token_hash    text NOT NULL,
  display_name  text,
  PRIMARY KEY (user_id, device_id)
);
CREATE UNIQUE INDEX IF NOT EXISTS device_token ON projection.device (token_hash);
