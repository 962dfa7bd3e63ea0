package dev.stele.server.settings;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One address that the server listens on.
 *
 * @param bind an IP literal (IPv6 without brackets) or a host name
 * @param port 0-65535; 0 takes a free port
 * @param resources the APIs served here; never empty
 */
public record Listener(String bind, int port, Optional<Tls> tls, Set<Resource> resources) {

  /** A group of routes that a listener may serve. */
  public enum Resource {
    CLIENT,
    FEDERATION,
    MEDIA,
    ADMIN,
    METRICS
  }

  /**
   * The certificate of a TLS listener. Both files exist and were readable when the settings were
   * loaded.
   *
   * @param certificate a PEM file: the certificate, then its chain
   * @param privateKey a PEM file in PKCS#8 form
   */
  public record Tls(Path certificate, Path privateKey) {}

  public Listener {
    resources = Set.copyOf(resources);
  }

  /** Whether only this machine reaches the listener. */
  public boolean isLoopback() {
    return isLoopback(bind);
  }

  /** Whether {@code host} is localhost or a loopback address. Other names are not looked up. */
  static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + address.length + " bytes", e);
    }
  }

  /** This listener on another port. */
  Listener on(int otherPort) {
    return new Listener(bind, otherPort, tls, resources);
  }

  /** Whether this listener serves the routes of {@code resource}. */
  public boolean serves(Resource resource) {
    return resources.contains(resource);
  }

  /** The URL under which the listener answers, were it bound to {@code port}. */
  public String url(int boundPort) {
    String host = bind.indexOf(':') >= 0 ? "[" + bind + "]" : bind;
    return (tls.isPresent() ? "https" : "http") + "://" + host + ":" + boundPort;
  }
}
