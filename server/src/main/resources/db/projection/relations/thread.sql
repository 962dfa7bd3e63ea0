-- What the threads of a room come to: how many replies, and the latest of them.
CREATE TABLE IF NOT EXISTS projection.thread (
  room_id          text NOT NULL,
  root_id          text NOT NULL,
  replies          bigint NOT NULL,
  latest_depth     bigint NOT NULL,
  latest_position  bigint NOT NULL,
  PRIMARY KEY (room_id, root_id)
);
CREATE INDEX IF NOT EXISTS thread_latest ON projection.thread (room_id, latest_depth, latest_position);
