CREATE TABLE IF NOT EXISTS projection.filter (
  user_id    text NOT NULL,
  filter_id  text NOT NULL,
  -- JSON text
  filter     text NOT NULL,
  PRIMARY KEY (user_id, filter_id)
);
