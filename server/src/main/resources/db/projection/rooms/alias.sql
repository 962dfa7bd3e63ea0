CREATE TABLE IF NOT EXISTS projection.alias (
  alias    text PRIMARY KEY,
  room_id  text NOT NULL,
  creator  text NOT NULL
);
CREATE INDEX IF NOT EXISTS alias_room ON projection.alias (room_id);
