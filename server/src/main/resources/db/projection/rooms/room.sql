CREATE TABLE IF NOT EXISTS projection.room (
  room_id  text PRIMARY KEY,
  version  text NOT NULL
);
