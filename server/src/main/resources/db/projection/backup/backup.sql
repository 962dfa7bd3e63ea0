-- The backups of room keys that users have made, deleted ones included.
CREATE TABLE IF NOT EXISTS projection.backup (
  user_id    text NOT NULL,
  version    bigint NOT NULL,
  algorithm  text NOT NULL,
  -- JSON text; null once the backup is deleted
  auth_data  text,
  -- how many keys there are
  key_count  bigint NOT NULL,
  -- the position of the last change of the keys
  etag       bigint NOT NULL,
  PRIMARY KEY (user_id, version)
);
