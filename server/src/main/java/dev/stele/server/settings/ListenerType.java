package dev.stele.server.settings;

import static dev.stele.server.settings.ValueTypes.listOf;

import dev.stele.server.settings.Listener.Resource;
import dev.stele.server.settings.Listener.Tls;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The type of {@code listeners}: a list of which each item has settings of its own. */
final class ListenerType {
  private static final Setting<String> BIND =
      Setting.of(
          "bind",
          ValueTypes.text(
              "address", bind -> bind.matches("[0-9A-Za-z.:%-]+"), "an IP address or a host name"),
          "127.0.0.1",
          "The address to listen on.");
  private static final Setting<Integer> PORT =
      Setting.of("port", ValueTypes.PORT, "8008", "The port to listen on; 0 takes a free one.");
  private static final Setting<Path> CERTIFICATE =
      Setting.optional(
          "tls.certificate",
          new ValueType<>("path", PemFiles::certificates),
          "plain HTTP",
          "PEM file of the certificate and its chain.");
  private static final Setting<Path> PRIVATE_KEY =
      Setting.optional(
          "tls.private_key",
          new ValueType<>("path", PemFiles::privateKey),
          "plain HTTP",
          "PEM file of the private key, PKCS#8.");
  private static final Setting<List<Resource>> RESOURCES =
      Setting.of(
          "resources",
          listOf(ValueTypes.choice("resource", Resource.class)),
          "[client, federation, media, admin, metrics]",
          "The APIs served here.");

  static final Table TABLE = new Table(List.of(BIND, PORT, CERTIFICATE, PRIVATE_KEY, RESOURCES));

  static final ValueType<List<Listener>> LISTENERS =
      new ValueType<>("list of listeners", ListenerType::all);

  private ListenerType() {}

  private static List<Listener> all(Node given) {
    Node node = ValueTypes.structured(given);
    List<Listener> listeners = listOf(new ValueType<>("listener", ListenerType::one)).read(node);
    if (listeners.isEmpty()) {
      throw ValueTypes.wrong(node, "at least one listener");
    }
    return listeners;
  }

  static void refuseDuplicates(List<Listener> listeners, Place place) {
    Set<String> seen = new HashSet<>();
    for (Listener listener : listeners) {
      String address = listener.bind() + " port " + listener.port();
      if (listener.port() != 0 && !seen.add(address)) {
        throw new SettingsException(place + ": two listeners on " + address);
      }
    }
  }

  private static Listener one(Node node) {
    Values values = new Values(TABLE.given(node));
    Optional<Tls> tls =
        values
            .firstOf(CERTIFICATE, PRIVATE_KEY)
            .map(
                place -> new Tls(values.need(CERTIFICATE, place), values.need(PRIVATE_KEY, place)));
    List<Resource> resources = values.get(RESOURCES);
    if (resources.isEmpty()) {
      throw ValueTypes.wrong(node, "at least one resource");
    }
    return new Listener(values.get(BIND), values.get(PORT), tls, EnumSet.copyOf(resources));
  }
}
