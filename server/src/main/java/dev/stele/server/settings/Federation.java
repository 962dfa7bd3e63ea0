package dev.stele.server.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How this server talks with others.
 *
 * @param trustedCaFiles PEM files of certificate authorities trusted besides the system's
 * @param allowAddresses private ranges that outgoing requests may go to
 * @param serverOverrides server name to {@code host:port}, where discovery is skipped
 * @param maxBackoff the longest wait before a server that was down is tried again
 * @param exposeDeviceNames whether other servers see the names of our users' devices
 */
public record Federation(
    boolean enabled,
    List<Path> trustedCaFiles,
    List<AddressRange> allowAddresses,
    Map<String, String> serverOverrides,
    Duration maxBackoff,
    boolean exposeDeviceNames) {

  public Federation {
    trustedCaFiles = List.copyOf(trustedCaFiles);
    allowAddresses = List.copyOf(allowAddresses);
    serverOverrides = Map.copyOf(serverOverrides);
  }
}
