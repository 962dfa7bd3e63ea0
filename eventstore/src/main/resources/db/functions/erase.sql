-- The one way in which the log changes: the content of records goes, their skeletons stay.
CREATE FUNCTION log.erase(positions bigint[]) RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  erased int;
BEGIN
  UPDATE log.record SET content = NULL WHERE position = ANY (positions) AND content IS NOT NULL;
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END
$$;
