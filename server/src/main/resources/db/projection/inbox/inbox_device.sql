-- The devices that messages can be sent to, and how much waits for each.
CREATE TABLE IF NOT EXISTS projection.inbox_device (
  user_id    text NOT NULL,
  device_id  text NOT NULL,
  messages   int NOT NULL,
  bytes      bigint NOT NULL,
  PRIMARY KEY (user_id, device_id)
);
