-- One row for each event of a room's timeline; what the event says stays in the log.
CREATE TABLE IF NOT EXISTS projection.room_event (
  room_id      text NOT NULL,
  position     bigint NOT NULL,
  depth        bigint NOT NULL,
  event_id     text NOT NULL,
  type         text NOT NULL,
  sender       text NOT NULL,
  state_key    text,
  origin_server_ts  bigint NOT NULL,
  -- whether the content has a member "url", which filters ask for
  has_url      boolean NOT NULL,
  -- the redaction that took its content away
  redacted_by  text,
  PRIMARY KEY (room_id, position)
);
CREATE INDEX IF NOT EXISTS room_event_topological ON projection.room_event (room_id, depth, position);
CREATE INDEX IF NOT EXISTS room_event_type ON projection.room_event (room_id, type, depth, position);
CREATE INDEX IF NOT EXISTS room_event_url ON projection.room_event (room_id, depth, position) WHERE has_url;
-- By hash, since room ids are long and there is an entry for each event.
CREATE INDEX IF NOT EXISTS room_event_time
  ON projection.room_event (hashtextextended(room_id, 0), origin_server_ts, position);
