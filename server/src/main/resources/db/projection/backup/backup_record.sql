-- The records whose content is of a backup and not erased yet.
CREATE TABLE IF NOT EXISTS projection.backup_record (
  user_id   text NOT NULL,
  version   bigint NOT NULL,
  position  bigint NOT NULL,
  -- whether it holds keys, rather than what clients need to know of the backup
  keys      boolean NOT NULL,
  PRIMARY KEY (user_id, version, position)
);
