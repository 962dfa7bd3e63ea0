package dev.stele.server.http;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A listener's settings in Vert.x terms. */
final class Sockets {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 16 * 1024;
  private static final int BACKLOG = 1024;
  private static final int MAX_STREAMS = 256;

  private Sockets() {}

  /**
   * @param index tells listeners apart that ask for any port: Vert.x shares a negative port among
   *     the event loops that name the same one
   */
  static HttpServerOptions options(ListenerOptions listener, Timeouts timeouts, int index) {
    var options =
        new HttpServerOptions()
            .setHost(listener.host())
            .setPort(listener.port() == 0 ? -1 - index : listener.port())
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
