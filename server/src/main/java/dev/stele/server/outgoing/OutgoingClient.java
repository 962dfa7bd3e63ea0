package dev.stele.server.outgoing;

import dev.stele.server.outgoing.OutgoingResult.Answered;
import dev.stele.server.outgoing.OutgoingResult.NoAnswer;
import dev.stele.server.outgoing.OutgoingResult.NotAllowed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks other servers over HTTP. Connects only to addresses that the policy allows, and to the very
 * address that was checked. Follows no redirects. Thread-safe; futures never fail.
 */
public final class OutgoingClient {
  private static final int MAX_ANSWER_BYTES = 1 << 20;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int MAX_ADDRESSES = 3;
  private static final int MAX_WAITING = 200;

  private final Vertx vertx;
  private final AddressPolicy policy;
  private final HttpClientAgent client;
  private final AtomicInteger underWay = new AtomicInteger();

  /**
   * @param insecureTls whether any certificate will do
   */
  public OutgoingClient(Vertx vertx, AddressPolicy policy, boolean insecureTls) {
    this.vertx = vertx;
    this.policy = policy;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setTrustAll(insecureTls)
                .setVerifyHost(!insecureTls)
                .setForceSni(true)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setDecompressionSupported(false),
            new PoolOptions().setMaxWaitQueueSize(MAX_WAITING));
  }

  /** Sends a request, and reads the whole answer. */
  public Future<OutgoingResult> send(OutgoingRequest request) {
    underWay.incrementAndGet();
    return resolve(request.uri().getHost())
        .compose(addresses -> send(request, addresses))
        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(OutgoingClient::noAnswer)
        .onComplete(done -> underWay.decrementAndGet());
  }

  /** Counts the requests that have no answer yet. */
  public void monitor(MeterRegistry metrics) {
    Gauge.builder("stele.outgoing.under_way", underWay, AtomicInteger::get)
        .description("Requests to other servers without an answer")
        .register(metrics);
  }

  public Future<Void> close() {
    return client.close();
  }

  /** Asks the system's resolver, which blocks. */
  private Future<List<InetAddress>> resolve(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return vertx.executeBlocking(() -> Arrays.asList(InetAddress.getAllByName(bare)), false);
  }

  private Future<OutgoingResult> send(OutgoingRequest request, List<InetAddress> addresses) {
    List<InetAddress> allowed =
        addresses.stream().filter(policy::allows).limit(MAX_ADDRESSES).toList();
    return allowed.isEmpty()
        ? Future.succeededFuture(new NotAllowed())
        : connect(request, allowed, 0).compose(sending -> exchange(sending, request));
  }

  /** The next address is tried when one cannot be connected to. */
  private Future<HttpClientRequest> connect(
      OutgoingRequest request, List<InetAddress> addresses, int index) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setServer(
                SocketAddress.inetSocketAddress(
                    request.port(), addresses.get(index).getHostAddress()))
            .setHost(request.uri().getHost())
            .setPort(request.port())
            .setSsl(request.isSecure())
            .setURI(request.target())
            .setFollowRedirects(false);
    request.headers().forEach(options::putHeader);
    Future<HttpClientRequest> connected = client.request(options);
    return index + 1 < addresses.size()
        ? connected.recover(failure -> connect(request, addresses, index + 1))
        : connected;
  }

  private static Future<OutgoingResult> exchange(
      HttpClientRequest sending, OutgoingRequest request) {
    Buffer json = request.json();
    if (json != null) {
      sending.putHeader("Content-Type", "application/json");
    }
    return (json == null ? sending.send() : sending.send(json))
        .compose(response -> read(sending, response))
        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .recover(failure -> sending.reset().transform(reset -> Future.failedFuture(failure)));
  }

  private static Future<OutgoingResult> read(
      HttpClientRequest sending, HttpClientResponse response) {
    Promise<OutgoingResult> read = Promise.promise();
    Buffer body = Buffer.buffer();
    response.exceptionHandler(read::tryFail);
    response.endHandler(end -> read.tryComplete(new Answered(response.statusCode(), body)));
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > MAX_ANSWER_BYTES) {
            if (read.tryComplete(new NoAnswer(false, "the answer is too large"))) {
              Future<?> reset = sending.reset();
              reset.onFailure(read::tryFail);
            }
          } else {
            body.appendBuffer(chunk);
          }
        });
    return read.future();
  }

  private static OutgoingResult noAnswer(Throwable failure) {
    return new NoAnswer(failure instanceof TimeoutException, String.valueOf(failure.getMessage()));
  }
}
