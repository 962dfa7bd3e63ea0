CREATE TABLE IF NOT EXISTS projection.counted (
  user_id  text PRIMARY KEY
);
