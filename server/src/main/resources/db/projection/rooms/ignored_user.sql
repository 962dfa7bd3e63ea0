-- Whom each user ignores.
CREATE TABLE IF NOT EXISTS projection.ignored_user (
  user_id  text NOT NULL,
  ignored  text NOT NULL,
  PRIMARY KEY (user_id, ignored)
);
