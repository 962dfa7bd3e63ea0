package dev.stele.server.projection;

/**
 * A thread.
 *
 * @param rootId the event that began it
 * @param latest where its latest reply stands
 * @param participated whether whoever asked has replied in it
 */
public record ThreadRow(String rootId, TopologicalPoint latest, boolean participated) {}
