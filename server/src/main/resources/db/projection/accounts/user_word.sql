-- The words that the user directory finds users by.
CREATE TABLE IF NOT EXISTS projection.user_word (
  user_id  text NOT NULL,
  -- whether the word is of the display name rather than of the user id
  named    boolean NOT NULL,
  word     text COLLATE "C" NOT NULL,
  PRIMARY KEY (user_id, word, named)
);
CREATE INDEX IF NOT EXISTS user_word_word ON projection.user_word (word, user_id);
