-- The events of a room that no other event refers to yet.
CREATE TABLE IF NOT EXISTS projection.room_extremity (
  room_id   text NOT NULL,
  event_id  text NOT NULL,
  depth     bigint NOT NULL,
  PRIMARY KEY (room_id, event_id)
);
