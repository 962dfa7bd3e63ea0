package dev.stele.load;

/** How users come to be. */
sealed interface Registration {

  /** Anyone may register. */
  record Open() implements Registration {}

  /**
   * Through {@code /_synapse/admin/v1/register}.
   *
   * @param secret shared with the server
   */
  record SharedSecret(String secret) implements Registration {}
}
