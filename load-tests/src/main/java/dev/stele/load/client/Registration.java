package dev.stele.load.client;

import java.util.List;

/** How users come to be. */
public sealed interface Registration {

  /** Anyone may register. */
  record Open() implements Registration {}

  /**
   * Whoever has a registration token may register.
   *
   * @param token one that may be used as often as there are users
   */
  record WithToken(String token) implements Registration {}

  /**
   * Through {@code /_synapse/admin/v1/register}.
   *
   * @param secret shared with the server
   */
  record SharedSecret(String secret) implements Registration {}

  /** They exist already. */
  record Existing(List<Account> accounts) implements Registration {}
}
