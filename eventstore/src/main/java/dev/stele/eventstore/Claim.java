package dev.stele.eventstore;

/**
 * A name that at most one record may hold at a time, such as a user id, an alias, an event id or a
 * transaction id. Settled in the append transaction.
 *
 * @param namespace the kind of name, for example {@code alias}
 * @param key the name
 */
public record Claim(String namespace, String key) {}
