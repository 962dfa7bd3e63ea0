-- The account data of users; the room is empty for global data, the content is JSON text.
CREATE TABLE IF NOT EXISTS projection.account_data (
  user_id   text NOT NULL,
  room_id   text NOT NULL,
  type      text NOT NULL,
  content   text NOT NULL,
  position  bigint NOT NULL,
  PRIMARY KEY (user_id, room_id, type)
);
CREATE INDEX IF NOT EXISTS account_data_position ON projection.account_data (user_id, position);
