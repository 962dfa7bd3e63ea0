-- The newest receipt of each user, kind and thread in a room; the thread is empty for receipts that
-- are about no thread.
CREATE TABLE IF NOT EXISTS projection.receipt (
  room_id    text NOT NULL,
  user_id    text NOT NULL,
  type       text NOT NULL,
  thread_id  text NOT NULL,
  event_id   text NOT NULL,
  ts         bigint NOT NULL,
  position   bigint NOT NULL,
  PRIMARY KEY (room_id, user_id, type, thread_id)
);
CREATE INDEX IF NOT EXISTS receipt_position ON projection.receipt (room_id, position);
