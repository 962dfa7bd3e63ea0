-- Each user's present membership of each room that they have ever had one in.
CREATE TABLE IF NOT EXISTS projection.membership (
  user_id     text NOT NULL,
  room_id     text NOT NULL,
  membership  text NOT NULL,
  position    bigint NOT NULL,
  event_id    text NOT NULL,
  sender      text NOT NULL,
  forgotten   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (user_id, room_id)
);
CREATE INDEX IF NOT EXISTS membership_room ON projection.membership (room_id, membership, user_id);
CREATE INDEX IF NOT EXISTS membership_position ON projection.membership (room_id, position);
