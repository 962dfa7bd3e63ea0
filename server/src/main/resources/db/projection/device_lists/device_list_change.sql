-- Where in the log each user's devices or cross-signing keys last changed in the eyes of others.
CREATE TABLE IF NOT EXISTS projection.device_list_change (
  user_id   text PRIMARY KEY,
  position  bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS device_list_change_position ON projection.device_list_change (position);
