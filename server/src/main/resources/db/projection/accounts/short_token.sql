-- Tokens of a short life that stand for users in one respect. Expired ones go when their user gets another.
CREATE TABLE IF NOT EXISTS projection.short_token (
  token_hash  text PRIMARY KEY,
  user_id     text NOT NULL,
  purpose     text NOT NULL,
  -- in milliseconds since the Unix epoch
  expires_at  bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS short_token_user ON projection.short_token (user_id);
