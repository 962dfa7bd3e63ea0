-- Appends a batch as a whole, or nothing if any of its claims is held. A claim that the batch also
-- releases passes from its holder to the new record; a name occurs in one append of a batch only.
-- Listeners are told who appended and how far the log goes.
--
-- Returns one row (first_position, NULL, NULL) when the batch was appended, and otherwise a row
-- (NULL, claim, holder) for each claim that is held: its number in the arrays, from 1 on, and the
-- position of the record that holds it.
CREATE FUNCTION log.append(
  lease_name text, lease_epoch bigint, writer text, at bigint,
  streams text[], kinds text[], skeletons text[], contents text[],
  claim_records int[], claim_namespaces text[], claim_keys text[],
  release_namespaces text[], release_keys text[]
) RETURNS TABLE (first_position bigint, claim int, holder bigint)
LANGUAGE plpgsql
-- Plans are kept for as long as the writer's connection. One that was made while the table of
-- claims was small must not read all of it once it has grown: claims are found by their key.
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
  last bigint;
BEGIN
  SELECT h.position INTO last FROM log.head h FOR UPDATE;

  IF lease_name IS NOT NULL AND NOT EXISTS (
    SELECT FROM log.lease l WHERE l.name = lease_name AND l.epoch = lease_epoch
  ) THEN
    RAISE EXCEPTION 'the lease % of epoch % was taken over', lease_name, lease_epoch
      USING ERRCODE = 'SL001';
  END IF;

  RETURN QUERY
    SELECT NULL::bigint, asked.number::int, held.position
    FROM unnest(claim_namespaces, claim_keys) WITH ORDINALITY AS asked (namespace, key, number)
    JOIN log.claim held ON held.namespace = asked.namespace AND held.key = asked.key
    WHERE (asked.namespace, asked.key) NOT IN (
      SELECT given.namespace, given.key
      FROM unnest(release_namespaces, release_keys) AS given (namespace, key)
    )
    ORDER BY asked.number;
  IF FOUND THEN
    RETURN;
  END IF;

  INSERT INTO log.record (position, stream, kind, recorded_at, skeleton, content)
    SELECT last + r.number, r.stream, r.kind, at, r.skeleton, r.content
    FROM unnest(streams, kinds, skeletons, contents)
      WITH ORDINALITY AS r (stream, kind, skeleton, content, number);

  IF cardinality(release_keys) > 0 THEN
    DELETE FROM log.claim held
      USING unnest(release_namespaces, release_keys) AS given (namespace, key)
      WHERE held.namespace = given.namespace AND held.key = given.key;
  END IF;

  INSERT INTO log.claim (namespace, key, position)
    SELECT c.namespace, c.key, last + c.record
    FROM unnest(claim_namespaces, claim_keys, claim_records) AS c (namespace, key, record);

  last := last + cardinality(streams);
  UPDATE log.head SET position = last;
  PERFORM pg_notify('stele_log', writer || ' ' || last);
  RETURN QUERY SELECT last + 1 - cardinality(streams), NULL::int, NULL::bigint;
END
$$;
