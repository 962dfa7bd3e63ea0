CREATE TABLE IF NOT EXISTS projection.account (
  user_id        text PRIMARY KEY,
  admin          boolean NOT NULL,
  guest          boolean NOT NULL,
  -- in PHC string form; absent for accounts that cannot log in with a password
  password_hash  text
);
