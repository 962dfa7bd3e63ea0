-- Which of these names are held: the number of each in the array, from 1 on, and the position of the
-- record that holds it.
CREATE FUNCTION log.held(names uuid[]) RETURNS TABLE (number int, holder bigint)
LANGUAGE sql STABLE AS $$
  SELECT asked.number::int, held.position
  FROM unnest(names) WITH ORDINALITY AS asked (name, number)
  JOIN log.claim held ON held.name = asked.name
  ORDER BY asked.number
$$;
