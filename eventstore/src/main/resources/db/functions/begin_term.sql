-- Begins a new term of a lease, under the lock that appends take: what the holder sent over earlier
-- connections has been appended by now, or never will be. Returns NULL if somebody else has the lease.
CREATE FUNCTION log.begin_term(lease_name text, lease_epoch bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  begun bigint;
BEGIN
  PERFORM FROM log.head FOR UPDATE;
  UPDATE log.lease l SET term = l.term + 1
    WHERE l.name = lease_name AND l.epoch = lease_epoch
    RETURNING l.term INTO begun;
  RETURN begun;
END
$$;
