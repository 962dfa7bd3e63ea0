package dev.stele.stateres.sign;

import org.jspecify.annotations.Nullable;

/** The keys of servers that are known. Answers at once. */
@FunctionalInterface
public interface KeyRing {
  /** The key of a server; null when it is not known. */
  @Nullable VerifyKey find(String serverName, String keyId);
}
