package dev.stele.server.http;

import dev.stele.api.Api;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, and for what.
 *
 * @param host an address or a name of this machine
 * @param port 0 for any free one
 * @param tls the server's certificate; plain HTTP without
 * @param apis what is served here; other paths are unknown to this listener
 */
public record ListenerOptions(String host, int port, @Nullable Tls tls, Set<Api> apis) {
  public ListenerOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0-65535)");
    }
    apis = Set.copyOf(apis);
  }

  /**
   * PEM files, read at start.
   *
   * @param certificate the certificate and those between it and the authority's
   * @param privateKey its key, in PKCS#8
   */
  public record Tls(Path certificate, Path privateKey) {}

  /** Plain HTTP for every API. */
  public static ListenerOptions plain(String host, int port) {
    return new ListenerOptions(host, port, null, EnumSet.allOf(Api.class));
  }
}
