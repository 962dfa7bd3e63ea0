-- The one-time keys of devices that nobody has claimed yet.
CREATE TABLE IF NOT EXISTS projection.one_time_key (
  user_id    text NOT NULL,
  device_id  text NOT NULL,
  -- <algorithm>:<id>
  key_id     text COLLATE "C" NOT NULL,
  algorithm  text NOT NULL,
  -- the record that it came with; the lower, the sooner it is handed out
  position   bigint NOT NULL,
  -- JSON text
  key        text NOT NULL,
  -- of the public key: what tells it from every other key
  digest     text NOT NULL,
  PRIMARY KEY (user_id, device_id, key_id)
);
CREATE INDEX IF NOT EXISTS one_time_key_oldest
  ON projection.one_time_key (user_id, device_id, algorithm, position, key_id);
