CREATE INDEX record_stream ON log.record (stream, position);
