-- Appends a batch as a whole, or nothing if any of its claims is held. A claim that the batch also
-- releases passes from its holder to the new record; a name occurs in one append of a batch only.
--
-- Returns one row (first_position, NULL, NULL) when the batch was appended, and otherwise a row
-- (NULL, claim, holder) for each claim that is held: its number in the array, from 1 on, and the
-- position of the record that holds it.
CREATE FUNCTION log.append(
  lease_name text, lease_epoch bigint, lease_term bigint, at bigint,
  streams text[], kinds text[], skeletons text[], contents text[],
  claim_records int[], claims uuid[], releases uuid[]
) RETURNS TABLE (first_position bigint, claim int, holder bigint)
LANGUAGE plpgsql AS $$
DECLARE
  last bigint;
BEGIN
  UPDATE log.head h SET position = h.position + cardinality(streams)
    RETURNING h.position - cardinality(streams) INTO last;

  IF lease_name IS NOT NULL AND NOT EXISTS (
    SELECT FROM log.lease l
    WHERE l.name = lease_name AND l.epoch = lease_epoch AND l.term = lease_term
  ) THEN
    RAISE EXCEPTION 'the lease % of epoch % was taken over', lease_name, lease_epoch
      USING ERRCODE = 'SL001';
  END IF;

  INSERT INTO log.record (position, stream, kind, recorded_at, skeleton, content)
    SELECT last + r.number, r.stream, r.kind, at, r.skeleton, r.content
    FROM unnest(streams, kinds, skeletons, contents)
      WITH ORDINALITY AS r (stream, kind, skeleton, content, number);

  DELETE FROM log.claim c WHERE c.name = ANY (releases);

  INSERT INTO log.claim (name, position)
    SELECT c.name, last + c.record FROM unnest(claims, claim_records) AS c (name, record);

  RETURN QUERY SELECT last + 1, NULL::int, NULL::bigint;

EXCEPTION WHEN unique_violation THEN
  -- What was done so far is undone. Names that the batch releases are not in its way.
  RETURN QUERY
    SELECT NULL::bigint, h.number, h.holder FROM log.held(claims) h
    WHERE NOT claims[h.number] = ANY (releases);
  IF NOT FOUND THEN
    RAISE;
  END IF;
END
$$;
