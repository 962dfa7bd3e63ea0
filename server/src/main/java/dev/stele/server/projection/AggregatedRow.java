package dev.stele.server.projection;

/**
 * An event that counts towards what its parent is shown with.
 *
 * @param event the event
 * @param replies of a reply in a thread: how many there are by those who are not ignored
 * @param participated of a reply in a thread: whether whoever asked has replied in it
 */
public record AggregatedRow(RelatedEvent event, long replies, boolean participated) {}
