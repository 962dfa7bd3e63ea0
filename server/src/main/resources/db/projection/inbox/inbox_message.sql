-- What waits for each device, in the order of the log, which brings a device one message a record.
CREATE TABLE IF NOT EXISTS projection.inbox_message (
  user_id    text NOT NULL,
  device_id  text NOT NULL,
  position   bigint NOT NULL,
  number     int NOT NULL,
  sender     text NOT NULL,
  bytes      int NOT NULL,
  PRIMARY KEY (user_id, device_id, position)
);
CREATE INDEX IF NOT EXISTS inbox_message_content ON projection.inbox_message (position, number);
