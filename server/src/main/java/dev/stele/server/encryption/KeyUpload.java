package dev.stele.server.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a device publishes, as the client sent it.
 *
 * @param deviceKeys the identity keys, or null if the device published them before
 * @param oneTimeKeys one-time keys by their ids
 * @param fallbackKeys fallback keys by their ids
 */
public record KeyUpload(
    @Nullable ObjectNode deviceKeys, ObjectNode oneTimeKeys, ObjectNode fallbackKeys) {}
