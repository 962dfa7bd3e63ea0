-- Streams have long names, and the same few again and again: a hash finds their records as well.
DROP INDEX log.record_stream;
CREATE INDEX record_stream ON log.record (hashtextextended(stream, 0), position);
