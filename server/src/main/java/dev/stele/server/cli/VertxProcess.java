package dev.stele.server.cli;

import dev.stele.server.settings.Settings;
import dev.stele.server.tracing.Traces;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The Vert.x of a process that is Stele and nothing else, traced if the operator wants it. */
final class VertxProcess implements AutoCloseable {
  /** How long a handler may take before it is reported, in milliseconds; for tests. */
  private static final String BLOCKED_THREAD_LIMIT = "stele.blockedThreadLimit";

  private final Vertx vertx;
  private final @Nullable Traces traces;

  private VertxProcess(Vertx vertx, @Nullable Traces traces) {
    this.vertx = vertx;
    this.traces = traces;
  }

  static VertxProcess start(Settings settings) {
    // Names resolve as everywhere else on the machine, /etc/hosts included.
    System.setProperty("vertx.disableDnsResolver", "true");
    VertxBuilder builder = Vertx.builder().with(options());
    if (settings.tracing().isEmpty()) {
      return new VertxProcess(builder.build(), null);
    }
    Traces traces = Traces.to(settings.tracing().get(), settings.serverName());
    return new VertxProcess(traces.build(builder), traces);
  }

  private static VertxOptions options() {
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    Long limit = Long.getLong(BLOCKED_THREAD_LIMIT);
    if (limit != null) {
      options
          .setBlockedThreadCheckInterval(limit)
          .setMaxEventLoopExecuteTime(limit)
          .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS);
    }
    return options;
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public void close() {
    Waiting.on(vertx.close());
    if (traces != null) {
      traces.close();
    }
  }
}
