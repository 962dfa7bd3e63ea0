-- What a room looks like from outside: one row for each room, with its current state in short.
CREATE TABLE IF NOT EXISTS projection.room_summary (
  room_id          text PRIMARY KEY,
  -- the position of the create event
  created          bigint NOT NULL,
  version          text NOT NULL,
  creator          text NOT NULL,
  -- empty for rooms of no particular type
  room_type        text NOT NULL DEFAULT '',
  predecessor      text,
  successor        text,
  encryption       text,
  name             text,
  topic            text,
  canonical_alias  text,
  avatar_url       text,
  join_rule        text NOT NULL DEFAULT 'invite',
  -- the rooms whose members may join, by a restricted join rule
  allowed_rooms    text[] NOT NULL DEFAULT '{}',
  guests_may_join  boolean NOT NULL DEFAULT false,
  world_readable   boolean NOT NULL DEFAULT false,
  joined           bigint NOT NULL DEFAULT 0,
  invited          bigint NOT NULL DEFAULT 0,
  listed           boolean NOT NULL DEFAULT false,
  -- what the room directory's search finds the room by
  name_words       tsvector NOT NULL DEFAULT '',
  topic_words      tsvector NOT NULL DEFAULT '',
  alias_words      tsvector NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS room_summary_listed
  ON projection.room_summary (joined, room_id) WHERE listed;
CREATE INDEX IF NOT EXISTS room_summary_listed_type
  ON projection.room_summary (room_type, joined, room_id) WHERE listed;
CREATE INDEX IF NOT EXISTS room_summary_words
  ON projection.room_summary USING gin ((name_words || topic_words || alias_words))
  -- rooms are searched more often than renamed, so nothing waits to be put in
  WITH (fastupdate = off) WHERE listed;
