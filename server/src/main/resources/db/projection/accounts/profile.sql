-- One row for each field of a profile; the value is JSON text.
CREATE TABLE IF NOT EXISTS projection.profile (
  user_id  text NOT NULL,
  field    text NOT NULL,
  value    text NOT NULL,
  PRIMARY KEY (user_id, field)
);
