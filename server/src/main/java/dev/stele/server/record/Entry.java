package dev.stele.server.record;

/**
 * A committed fact.
 *
 * @param position its place in the log
 * @param recordedAt when it was appended, in milliseconds since the Unix epoch
 * @param fact what it says
 */
public record Entry(long position, long recordedAt, Fact fact) {}
