-- The fallback keys of devices, one of each algorithm.
CREATE TABLE IF NOT EXISTS projection.fallback_key (
  user_id    text NOT NULL,
  device_id  text NOT NULL,
  algorithm  text NOT NULL,
  -- <algorithm>:<id>
  key_id     text NOT NULL,
  -- the record that it came with
  position   bigint NOT NULL,
  -- JSON text
  key        text NOT NULL,
  -- whether it was ever handed out
  used       boolean NOT NULL DEFAULT false,
  PRIMARY KEY (user_id, device_id, algorithm)
);
