-- What the waiting messages say: JSON text, once for all devices that it was sent to. Kept as long
-- as any of them waits; null if it was erased from the log before it was folded.
CREATE TABLE IF NOT EXISTS projection.inbox_content (
  position  bigint NOT NULL,
  number    int NOT NULL,
  type      text NOT NULL,
  content   text,
  -- whether the log's copy may be erased when nobody waits for the message any more
  erasable  boolean NOT NULL,
  PRIMARY KEY (position, number)
);
