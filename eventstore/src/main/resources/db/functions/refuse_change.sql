-- Guards the log against those whom privileges do not bind, such as superusers.
CREATE FUNCTION log.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.content IS NULL
      AND (NEW.position, NEW.stream, NEW.kind, NEW.recorded_at, NEW.skeleton)
        = (OLD.position, OLD.stream, OLD.kind, OLD.recorded_at, OLD.skeleton) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'SL002';
END
$$;

CREATE TRIGGER record_refuse_change BEFORE UPDATE OR DELETE ON log.record
  FOR EACH ROW EXECUTE FUNCTION log.refuse_change();
CREATE TRIGGER record_refuse_truncate BEFORE TRUNCATE ON log.record
  FOR EACH STATEMENT EXECUTE FUNCTION log.refuse_change();
