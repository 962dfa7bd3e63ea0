package dev.stele.server.http;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A listener's settings in Vert.x terms. */
final class Sockets {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int BACKLOG = 1024;
  private static final int MAX_STREAMS = 256;

  /** How many listeners of one edge may ask for any port without meeting those of another. */
  private static final int MOST_LISTENERS = 64;

  private Sockets() {}

  /**
   * A number that no other edge in the same Vert.x has, for {@link #options}: Vert.x shares a
   * negative port among all who name the same one, and this is how the event loops of one edge
   * share a port that was nobody's choice, and not with those of another.
   */
  static int anyPort() {
    return -1 - MOST_LISTENERS * ThreadLocalRandom.current().nextInt(1 << 24);
  }

  /**
   * @param anyPort the port of a listener that asks for any, as {@link #anyPort} gives it, less the
   *     listener's number among others
   */
  static HttpServerOptions options(ListenerOptions listener, Timeouts timeouts, int anyPort) {
    var options =
        new HttpServerOptions()
            .setHost(listener.host())
            .setPort(listener.port() == 0 ? anyPort : listener.port())
            .setAcceptBacklog(BACKLOG)
            .setHttp2ClearTextEnabled(false)
            // No WebSockets are served; what would compress them stands in every connection's way.
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setIdleTimeout((int) timeouts.silence().toMillis())
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(MAX_STREAMS)
                    .setMaxHeaderListSize(MAX_HEADERS));
    ListenerOptions.Tls tls = listener.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setUseAlpn(true)
          .setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of("TLSv1.3", "TLSv1.2")))
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(tls.certificate().toString())
                  .setKeyPath(tls.privateKey().toString()));
    }
    return options;
  }
}
