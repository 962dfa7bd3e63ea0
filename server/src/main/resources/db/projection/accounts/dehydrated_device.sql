-- The device that a user has left with the server, if any.
CREATE TABLE IF NOT EXISTS projection.dehydrated_device (
  user_id      text PRIMARY KEY,
  device_id    text NOT NULL,
  -- JSON text
  device_data  text NOT NULL
);
