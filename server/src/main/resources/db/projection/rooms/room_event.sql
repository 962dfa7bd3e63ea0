-- One row for each event of a room's timeline; what the event says stays in the log. Analyzed as
-- seldom as the log, and for the same reason: see its db/changes/analyze_seldom.sql.
CREATE TABLE IF NOT EXISTS projection.room_event (
  position          bigint NOT NULL,
  -- hashtextextended(room_id, 0): room ids are long, and indexes hold one for each event. Rooms may
  -- share a key, so whoever looks for it asks for the room_id as well.
  room_key          bigint NOT NULL,
  depth             bigint NOT NULL,
  origin_server_ts  bigint NOT NULL,
  room_id           text NOT NULL,
  event_id          text NOT NULL,
  type              text NOT NULL,
  sender            text NOT NULL,
  state_key         text,
  -- whether the content has a member "url", which filters ask for
  has_url           boolean NOT NULL,
  -- the redaction that took its content away
  redacted_by       text,
  PRIMARY KEY (room_key, position)
) WITH (autovacuum_analyze_scale_factor = 0.5);
CREATE INDEX IF NOT EXISTS room_event_topological ON projection.room_event (room_key, depth, position);
-- By one key of the room and the type together.
CREATE INDEX IF NOT EXISTS room_event_type
  ON projection.room_event (hashtextextended(type, room_key), depth, position);
CREATE INDEX IF NOT EXISTS room_event_url ON projection.room_event (room_key, depth, position) WHERE has_url;
CREATE INDEX IF NOT EXISTS room_event_time ON projection.room_event (room_key, origin_server_ts, position);
