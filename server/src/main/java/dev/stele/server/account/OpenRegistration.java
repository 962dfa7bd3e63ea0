package dev.stele.server.account;

import dev.stele.server.settings.Listener;
import dev.stele.server.settings.Registration;
import java.util.List;

/** Where anybody may register. */
public final class OpenRegistration {
  private final Registration registration;
  private final List<Listener> listeners;

  public OpenRegistration(Registration registration, List<Listener> listeners) {
    this.registration = registration;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Whether registration is open to requests that come in at an address.
   *
   * @param bind what the listener is bound to, as the settings have it
   */
  public boolean at(String bind) {
    if (registration.requireToken()) {
      return false;
    }
    return registration.open() == Registration.Open.EVERYWHERE
        || listeners.stream()
            .filter(listener -> listener.bind().equals(bind))
            .anyMatch(registration::openOn);
  }
}
