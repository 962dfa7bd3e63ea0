-- The events of a room that no other event refers to yet: one, mostly, and another one with each
-- event. The index is of what stays the same, since one of ever new ids would only grow.
CREATE TABLE IF NOT EXISTS projection.room_extremity (
  room_id   text NOT NULL,
  event_id  text NOT NULL,
  depth     bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS room_extremity_room ON projection.room_extremity (room_id);
