-- The keys in them.
CREATE TABLE IF NOT EXISTS projection.backup_key (
  user_id              text NOT NULL,
  version              bigint NOT NULL,
  room_id              text COLLATE "C" NOT NULL,
  session_id           text COLLATE "C" NOT NULL,
  first_message_index  bigint NOT NULL,
  forwarded_count      bigint NOT NULL,
  verified             boolean NOT NULL,
  -- JSON text
  session_data         text NOT NULL,
  PRIMARY KEY (user_id, version, room_id, session_id)
);
