-- Signatures of devices and master keys by cross-signing keys, and of master keys by devices. Both
-- the key that was signed and the one that has signed are there.
CREATE TABLE IF NOT EXISTS projection.key_signature (
  -- whose key was signed, and which: a device id, or the public key of a master key
  user_id        text NOT NULL,
  key_id         text NOT NULL,
  -- who has signed it, by which key: ed25519:<device id or public key>
  signer_id      text NOT NULL,
  signer_key_id  text NOT NULL,
  signature      text NOT NULL,
  PRIMARY KEY (user_id, signer_id, key_id, signer_key_id)
);
CREATE INDEX IF NOT EXISTS key_signature_signer
  ON projection.key_signature (signer_id, signer_key_id);
