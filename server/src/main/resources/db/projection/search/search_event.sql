-- The words of events that can be searched, with where they stand in the text and the event's room
-- as a word of its own. A redacted event has no row. Analyzed as seldom as the log: see its
-- db/changes/analyze_seldom.sql.
CREATE TABLE IF NOT EXISTS projection.search_event (
  position  bigint PRIMARY KEY,
  room_id   text NOT NULL,
  depth     bigint NOT NULL,
  event_id  text NOT NULL,
  type      text NOT NULL,
  sender    text NOT NULL,
  has_url   boolean NOT NULL,
  words     tsvector NOT NULL
) WITH (autovacuum_analyze_scale_factor = 0.5);
-- New words gather before they are sorted into the index, which takes the time of whoever adds one
-- too many: at 1024 kB a tenth of a second, at PostgreSQL's 4096 half a one.
CREATE INDEX IF NOT EXISTS search_event_words ON projection.search_event
  USING gin (words) WITH (gin_pending_list_limit = 1024);
