package dev.stele.load.client;

import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** The event loops that generate the load, and their connections. */
public final class Loops implements AutoCloseable {
  private static final PoolOptions POOL = new PoolOptions().setHttp2MaxSize(1_000);
  private static final int IDLE_SECONDS = 300;
  private static final int CONNECT_MILLIS = 10_000;
  private static final int MAX_HEADER_BYTES = 65_536;

  private final Vertx vertx;
  private final List<Loop> all;
  private final LongAdder answers;

  private Loops(Vertx vertx, List<Loop> all, LongAdder answers) {
    this.vertx = vertx;
    this.all = all;
    this.answers = answers;
  }

  /** Opens as many loops as the target asks for. Blocks. */
  public static Loops open(Target target) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(target.threads())
                .setPreferNativeTransport(true));
    LongAdder answers = new LongAdder();
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < target.threads(); i++) {
      Starting starting = new Starting(vertx, target, answers);
      vertx.deployVerticle(starting).await();
      loops.add(starting.loop());
    }
    return new Loops(vertx, List.copyOf(loops), answers);
  }

  public Vertx vertx() {
    return vertx;
  }

  /** How many answers came so far, those to polls and to preparations included. */
  public long answers() {
    return answers.sum();
  }

  /** Connections for a user who is not logged in yet; the same index gives the same loop. */
  public User anonymous(int index) {
    return User.anonymous(all.get(Math.floorMod(index, all.size())), index / all.size());
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("connections did not close within 10 s", e);
    }
  }

  /** Makes a loop on the context that a deployment gives. */
  private static final class Starting implements Deployable {
    private final Vertx vertx;
    private final Target target;
    private final LongAdder answers;
    private volatile List<Loop> started = List.of();

    Starting(Vertx vertx, Target target, LongAdder answers) {
      this.vertx = vertx;
      this.target = target;
      this.answers = answers;
    }

    @Override
    public Future<?> deploy(Context context) {
      int sources = Math.max(1, target.sources());
      List<Connections> connections =
          IntStream.range(0, sources)
              .mapToObj(source -> vertx.createHttpClient(options(source), POOL))
              .map(client -> new Connections(client, target.http2()))
              .toList();
      started = List.of(new Loop(context, connections, answers));
      return Future.succeededFuture();
    }

    Loop loop() {
      return started.get(0);
    }

    private HttpClientOptions options(int source) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setDefaultHost(target.url().getHost())
              .setDefaultPort(target.port())
              .setSsl(target.secure())
              .setTrustAll(true)
              .setVerifyHost(false)
              .setConnectTimeout(CONNECT_MILLIS)
              .setReadIdleTimeout(IDLE_SECONDS)
              .setMaxHeaderSize(MAX_HEADER_BYTES)
              .setTcpNoDelay(true);
      if (target.http2()) {
        options
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(target.secure())
            .setHttp2ClearTextUpgrade(false);
      }
      return target.sources() == 0 ? options : options.setLocalAddress("127.0.0." + (source + 1));
    }
  }
}
