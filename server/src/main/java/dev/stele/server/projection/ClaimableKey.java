package dev.stele.server.projection;

import org.jspecify.annotations.Nullable;

/**
 * A key that may be handed out.
 *
 * @param wanted the number of the {@link WantedKeys} that it answers, from 0 on
 * @param keyId {@code <algorithm>:<id>}
 * @param uploaded the position of the record that it came with
 * @param key the key, JSON text
 * @param digest what tells a one-time key from every other; null for a fallback key
 * @param used whether it is a fallback key that was handed out before
 */
public record ClaimableKey(
    int wanted, String keyId, long uploaded, String key, @Nullable String digest, boolean used) {}
