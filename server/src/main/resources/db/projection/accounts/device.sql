-- The devices that are logged in. Of tokens there are hashes only. A device that refreshes its tokens has next ones
-- until it uses one of them; then they take the place of those before them.
CREATE TABLE IF NOT EXISTS projection.device (
  user_id            text NOT NULL,
  device_id          text NOT NULL,
  display_name       text,
  token_hash         text NOT NULL,
  -- in milliseconds since the Unix epoch; null for never
  expires_at         bigint,
  refresh_hash       text,
  next_token_hash    text,
  next_expires_at    bigint,
  next_refresh_hash  text,
  -- the refresh token before the current one
  spent_hash         text,
  last_seen_ip       text,
  last_seen_ts       bigint,
  PRIMARY KEY (user_id, device_id)
);
CREATE UNIQUE INDEX IF NOT EXISTS device_token ON projection.device (token_hash);
CREATE INDEX IF NOT EXISTS device_refresh ON projection.device (refresh_hash) WHERE refresh_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS device_next_token ON projection.device (next_token_hash)
  WHERE next_token_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS device_next_refresh ON projection.device (next_refresh_hash)
  WHERE next_refresh_hash IS NOT NULL;
CREATE INDEX IF NOT EXISTS device_spent ON projection.device (spent_hash) WHERE spent_hash IS NOT NULL;
