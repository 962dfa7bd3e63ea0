package dev.stele.server.projection;

/**
 * An event that relates to another one.
 *
 * @param row its place; never redacted
 * @param parentId the event that it relates to
 * @param relationType how
 */
public record RelatedEvent(EventRow row, String parentId, String relationType) {}
