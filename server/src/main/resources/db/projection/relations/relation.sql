-- Events that relate to another one of their room. A redacted event relates to nothing.
CREATE TABLE IF NOT EXISTS projection.relation (
  room_id           text NOT NULL,
  position          bigint NOT NULL,
  depth             bigint NOT NULL,
  event_id          text COLLATE "C" NOT NULL,
  type              text NOT NULL,
  sender            text NOT NULL,
  state_key         text,
  origin_server_ts  bigint NOT NULL,
  parent_id         text COLLATE "C" NOT NULL,
  rel_type          text NOT NULL,
  -- whether it may replace its parent, as far as it can tell by itself
  replaces          boolean NOT NULL,
  -- of an annotation: a hash of its key
  key_hash          integer,
  PRIMARY KEY (room_id, position)
);
CREATE INDEX IF NOT EXISTS relation_parent ON projection.relation (room_id, parent_id, depth, position);
CREATE INDEX IF NOT EXISTS relation_parent_type ON projection.relation (room_id, parent_id, rel_type, depth, position);
CREATE INDEX IF NOT EXISTS relation_parent_sender
  ON projection.relation (room_id, parent_id, rel_type, sender, type, origin_server_ts, event_id);
