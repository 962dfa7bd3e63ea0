-- The identity keys of devices.
CREATE TABLE IF NOT EXISTS projection.device_key (
  user_id    text NOT NULL,
  device_id  text NOT NULL,
  -- JSON text: as uploaded, with the signature of the device itself and no other
  keys       text NOT NULL,
  PRIMARY KEY (user_id, device_id)
);
