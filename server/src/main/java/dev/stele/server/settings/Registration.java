package dev.stele.server.settings;

import java.util.Optional;

/**
 * Who may make an account.
 *
 * @param open where anybody may
 * @param sharedSecret the secret whose holder may register users through {@code
 *     /_synapse/admin/v1/register}
 * @param requireToken whether open registration asks for a registration token
 * @param guests whether guest accounts may be made
 */
public record Registration(
    Open open, Optional<String> sharedSecret, boolean requireToken, boolean guests) {

  /** Where registration is open. */
  public enum Open {
    EVERYWHERE,
    /** On loopback listeners only: the default, so that a first try just works. */
    ON_LOOPBACK,
    NOWHERE
  }

  /** Whether a request that arrived on {@code listener} may register an account. */
  public boolean openOn(Listener listener) {
    return switch (open) {
      case EVERYWHERE -> true;
      case ON_LOOPBACK -> listener.isLoopback();
      case NOWHERE -> false;
    };
  }
}
